"""A client-relationship manager for the sales department of a hotel."""

VERSION = "0.1.0"
