"""What past days teach of what goes wrong."""
