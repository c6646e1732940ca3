"""Training: a day is chosen, driven, graded; kinds of days are written."""
