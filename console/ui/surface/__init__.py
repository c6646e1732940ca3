"""What painted views of stops have in common: following, picking, dragging, the keyboard."""
