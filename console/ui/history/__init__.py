"""The journal of the day, newest first."""
