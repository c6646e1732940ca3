"""A plan becomes a problem, engines solve it, the solution becomes a command."""
