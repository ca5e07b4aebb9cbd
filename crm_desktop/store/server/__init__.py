"""The department's server: PostgreSQL behind the same calls as the file on one PC.

Nothing here is loaded unless a database's address begins with postgresql://."""
