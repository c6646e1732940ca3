"""The board: one lane a driver, the stops as cards in the order they are driven."""
