"""The timeline: one row a driver, the stops as bars along the clock."""
