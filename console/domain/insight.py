"""What somebody found out, for all who plan: about whom, until when, and whether it still holds."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

InsightId = NewType("InsightId", str)


class About(StrEnum):
    """What an insight is about; its key is an id, a postcode or town, or a cause."""

    DOOR = "door"  # an address and who lives there
    AREA = "area"
    DRIVER = "driver"
    VEHICLE = "vehicle"
    CAUSE = "cause"
    DEPOT = "depot"  # all of it; the key is ''


Topic = tuple[About, str]


@dataclass(frozen=True, slots=True)
class Vote:
    """Somebody says that it holds, or that it is no longer true."""

    holds: bool
    on: date


@dataclass(frozen=True, slots=True)
class Insight:
    """``note`` is the id of its text; it is shown up to and with ``until`` (None: for good).

    ``votes`` are everybody's last words, by their names.
    """

    id: InsightId
    about: About
    key: str
    note: str
    author: str
    made: date
    until: date | None = None
    votes: Mapping[str, Vote] = field(default_factory=dict[str, Vote])

    @property
    def holding(self) -> list[str]:
        """Who says that it holds."""
        return sorted(who for who, vote in self.votes.items() if vote.holds)

    @property
    def doubting(self) -> list[str]:
        """Who says that it is no longer true."""
        return sorted(who for who, vote in self.votes.items() if not vote.holds)

    def is_over(self, today: date) -> bool:
        """True once its end date has passed."""
        return self.until is not None and today > self.until

    def stands(self, today: date) -> bool:
        """True while it is shown where it applies.

        It is not where as many say that it is no longer true as that it holds. Its author counts
        among these until she says otherwise.
        """
        faith = len(self.holding) + (self.author not in self.votes)
        return not self.is_over(today) and faith > len(self.doubting)

    def concerns(self, topics: Set[Topic], town: str) -> bool:
        """True for what is about one of these, or about the area of a ``town`` with its postcode.

        What is about the whole depot concerns no stop more than another.
        """
        if self.about is not About.AREA:
            return (self.about, self.key) in topics
        key = self.key
        is_part = town.startswith(f"{key} ") or town.endswith(f" {key}")
        return bool(key) and (town == key or is_part)
