"""The day's stops as a list."""
