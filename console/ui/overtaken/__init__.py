"""What a colleague overtook, and what becomes of it."""
