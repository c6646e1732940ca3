"""Dialogs, each a question with its answer as a property."""
