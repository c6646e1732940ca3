"""A proposal beside the present plan: what changes, and what it brings."""
