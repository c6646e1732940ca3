"""Traffic and zones: the dock, the speed table and its picture."""
