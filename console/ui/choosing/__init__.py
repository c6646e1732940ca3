"""Choosing by typing: a field, the rows that match, Enter."""
