"""Use cases and ports: the desk, optimising, tracking, exceptions."""
