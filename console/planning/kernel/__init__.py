"""The search's inner loops, compiled: tables of a problem, rounds joined from both ends, search."""
