"""The end of a day: what is open, the report, the seal."""
