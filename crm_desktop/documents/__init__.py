"""Papers: plain data and a template become pages, numbered, kept as issued, and shown. No Qt here."""
