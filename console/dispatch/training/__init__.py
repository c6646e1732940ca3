"""Training: kinds of days, what a trainee did on one, and how good that was."""
