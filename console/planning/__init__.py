"""Plan to problem, engines, solution, command; what-if and explanations."""
