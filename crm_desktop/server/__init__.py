"""Setting up and looking after the department's PostgreSQL server: database, roles, rights, certificates, checks."""
