"""The right dock: one stop, several, a route, or the day."""
