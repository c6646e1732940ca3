"""Measures, costs, carbon and learning from days gone by."""
