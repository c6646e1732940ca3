"""The demo city and its orders."""
