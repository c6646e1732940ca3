"""Emission classes of vehicles, and which of them a low-emission zone lets in."""

from collections.abc import Sequence

CLASSES = ("euro1", "euro2", "euro3", "euro4", "euro5", "euro6", "electric")
"""From the dirtiest to the cleanest; electric is whatever emits nothing where it drives."""


def from_class(least: str) -> tuple[str, ...]:
    """A class and all that are cleaner; () for none."""
    return CLASSES[CLASSES.index(least) :] if least in CLASSES else ()


def least_of(allowed: Sequence[str]) -> str:
    """The dirtiest class from which on all are allowed; empty where words are not by class."""
    named = set(CLASSES).intersection(allowed)
    return next((least for least in CLASSES if set(from_class(least)) == named), "")
