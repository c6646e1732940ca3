"""A day's report as it is printed and shown: everything said already, planned beside actual."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DayPaper:
    """``rows`` are drivers under ``heads``, ``total`` the whole day; a cell is planned → actual.

    ``left`` is what is open by name and number. ``sealed`` says how the day was closed, or that it
    was not; ``head`` is the hash of the journal's newest row, ``version`` its number, and
    ``journal`` the sentence that says both.
    """

    title: str
    day: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: Sequence[str]
    left: Sequence[tuple[str, int]]
    sealed: str
    version: int
    head: str
    journal: str = ""
    notes: Sequence[str] = ()
