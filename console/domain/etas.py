"""How sure an arrival is: what was foretold against what came, by how long before it was foretold.

An error is actual minus foretold, in seconds: late is positive. The band about an arrival is that
of the 10th to the 90th percentile of the errors measured at the same lead. Until enough are
measured, those of ``BEFOREHAND`` stand in for the ones that lack.
"""

from array import array
from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LEADS = (0, 15, 30, 60, 120, 240)
"""Minutes at which each class of leads begins."""

ENOUGH = 20
"""Errors from which on a class stands on its own."""

LOW, HIGH = 0.1, 0.9

BEFOREHAND: tuple[tuple[int, int, int, int, int], ...] = (
    (-120, -45, 0, 75, 210),
    (-240, -105, 0, 150, 390),
    (-330, -150, 0, 210, 570),
    (-480, -210, 0, 300, 840),
    (-720, -300, 0, 420, 1260),
    (-960, -420, 0, 570, 1680),
)
"""Errors (s) at the 5th, 25th, 50th, 75th and 95th percentile, one row a class of leads."""


@dataclass(frozen=True, slots=True)
class Eta:
    """When a stop is come to: most likely, and from when to when in eight of ten cases.

    ``measured`` is how many errors of this lead the band rests on.
    """

    at: datetime
    low: datetime
    high: datetime
    measured: int


def lead_class(lead: timedelta) -> int:
    """The class a lead belongs to."""
    return max(0, bisect_right(LEADS, lead.total_seconds() / 60) - 1)


@dataclass(slots=True)
class EtaErrors:
    """All errors measured so far (s), sorted, by class of leads."""

    measured: list[array[int]] = field(default_factory=lambda: [array("q") for _ in LEADS])
    _bands: dict[int, tuple[int, tuple[timedelta, timedelta]]] = field(
        default_factory=dict[int, tuple[int, tuple[timedelta, timedelta]]], compare=False
    )

    def note(self, lead: timedelta, error: timedelta) -> None:
        """One more."""
        insort(self.measured[lead_class(lead)], round(error.total_seconds()))

    def eta(self, at: datetime, now: datetime) -> Eta:
        """With its band; nothing is still to come before ``now``."""
        at = max(at, now)
        kind = lead_class(at - now)
        low, high = self._band(kind)
        return Eta(at, max(now, at + low), at + high, len(self.measured[kind]))

    def _band(self, kind: int) -> tuple[timedelta, timedelta]:
        """How much earlier and later; worked out anew where an error more is measured."""
        known = self.measured[kind]
        if (band := self._bands.get(kind)) is not None and band[0] == len(known):
            return band[1]
        errors = known
        if len(known) < ENOUGH:
            errors = sorted([*known, *_beforehand(kind, ENOUGH - len(known))])
        low = timedelta(seconds=min(0.0, quantile(errors, LOW)))
        high = timedelta(seconds=max(0.0, quantile(errors, HIGH)))
        self._bands[kind] = len(known), (low, high)
        return low, high

    def summary(self) -> Mapping[int, tuple[int, float, float, float]]:
        """By first minute of lead: how many, and their 10th, 50th, 90th percentile in seconds."""
        return {
            lead: (len(some), quantile(some, LOW), quantile(some, 0.5), quantile(some, HIGH))
            for lead, some in zip(LEADS, self.measured, strict=True)
            if some
        }


def _beforehand(kind: int, count: int) -> list[float]:
    """So many errors, spread as those of the table."""
    table = BEFOREHAND[kind]
    shares = (0.05, 0.25, 0.5, 0.75, 0.95)
    wanted = [(i + 0.5) / count for i in range(count)]
    return [_between(shares, table, share) for share in wanted]


def _between(shares: Sequence[float], values: Sequence[float], share: float) -> float:
    at = min(max(bisect_right(shares, share), 1), len(shares) - 1)
    span = (share - shares[at - 1]) / (shares[at] - shares[at - 1])
    clipped = min(1.0, max(0.0, span))
    return values[at - 1] + clipped * (values[at] - values[at - 1])


def quantile(values: Sequence[float], share: float) -> float:
    """Of sorted values, straight between neighbours (Hyndman and Fan 1996, definition 7)."""
    at = share * (len(values) - 1)
    below = int(at)
    above = min(below + 1, len(values) - 1)
    return values[below] + (at - below) * (values[above] - values[below])
