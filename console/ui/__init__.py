"""The desktop window and everything in it."""
