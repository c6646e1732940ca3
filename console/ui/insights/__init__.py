"""What dispatchers found out and share with each other."""
