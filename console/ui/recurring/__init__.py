"""Recurring orders in a table."""
