"""The running day: drivers, what they are at, and what is reported of them."""
