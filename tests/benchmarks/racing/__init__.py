"""The race: instances, runners and the one evaluator that scores them all."""
