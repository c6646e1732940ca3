"""What happens when an action of the table is triggered."""
