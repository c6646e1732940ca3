"""The user guide inside the window: pages of ``resources/help``, and which one is about what."""
