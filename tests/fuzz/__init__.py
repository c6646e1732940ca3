"""Hostile input: a coverage-guided fuzzer (atheris) over everything the console reads."""
