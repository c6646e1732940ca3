"""The day's exceptions as a table."""
