"""The language of dispatching and its rules; standard library only."""
