"""What driven legs teach of the speeds: how much longer they took than the table says, how surely.

The factor of a part of the week is the time its legs took over the time they were planned with.
Legs of one round resemble each other, so its variance is that of a ratio of sums over rounds
(Cochran 1977, 6.4), or over legs where that is more. The table is believed beforehand: the factor
is drawn towards 1 as far as it is unsure (normal prior), and so is its interval.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from statistics import NormalDist

from console.domain.traffic import FREE, LEAST, MOST, Row, SpeedTable

ENOUGH_LEGS, ENOUGH_ROUNDS = 30, 4
"""With fewer nothing is proposed."""
CONFIDENCE = 0.95
PRIOR = 0.2
"""How far the table is usually off: the standard deviation of the factor, before anything is
measured."""
SHORTEST = 90.0
"""Seconds a leg has to be planned with: on shorter ones doors, lights and clocks weigh more."""
ODD = (1 / 3, 3.0)
"""A leg that took less or more of its time than this was something else than a drive."""

Cell = tuple[int, int]
"""A group of weekdays and a slice of the day, by position in a speed table."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One leg: seconds ``planned`` and ``actual``; ``round`` names the route of the day."""

    round: str
    planned: float
    actual: float

    @property
    def is_odd(self) -> bool:
        """True where it was no mere drive."""
        return not ODD[0] <= self.actual / self.planned <= ODD[1]


@dataclass(frozen=True, slots=True)
class Learned:
    """What the legs of a cell come to.

    ``factor`` multiplies the times of the table; it lies between ``low`` and ``high`` in 95 of 100
    cases. ``raw`` is before it is drawn towards 1. ``before`` and ``after`` are the mean error of a
    leg (minutes) with the table as it is and with the factor, each round foretold by the others.
    """

    legs: int
    rounds: int
    raw: float
    factor: float
    low: float
    high: float
    before: float
    after: float

    @property
    def is_sure(self) -> bool:
        """True where the table is wrong for sure."""
        return not self.low <= 1.0 <= self.high


def learn(lessons: Sequence[Lesson]) -> Learned | None:
    """The factor of these legs; None where they are too few."""
    rounds = _by_round(lessons)
    if len(lessons) < ENOUGH_LEGS or len(rounds) < ENOUGH_ROUNDS:
        return None
    sums = [_sums(legs) for legs in rounds.values()]
    raw, error = _ratio(sums, [(leg.planned, leg.actual) for leg in lessons])
    trust = PRIOR**2 / (PRIOR**2 + error**2)
    factor = 1 + trust * (raw - 1)
    margin = _t(len(rounds) - 1) * math.sqrt(trust) * error
    before = sum(abs(leg.actual - leg.planned) for leg in lessons) / len(lessons)
    return Learned(
        len(lessons), len(rounds), raw, factor, max(0.0, factor - margin), factor + margin,
        before / 60, _unseen(rounds) / 60,
    )  # fmt: skip


def _by_round(lessons: Sequence[Lesson]) -> Mapping[str, list[Lesson]]:
    rounds: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        rounds.setdefault(lesson.round, []).append(lesson)
    return rounds


def _sums(legs: Sequence[Lesson]) -> tuple[float, float]:
    return sum(leg.planned for leg in legs), sum(leg.actual for leg in legs)


def _ratio(
    rounds: Sequence[tuple[float, float]], legs: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """Actual over planned, and its standard error: the larger of rounds' and legs'."""
    planned, actual = (sum(each) for each in zip(*rounds, strict=True))
    ratio = actual / planned

    def variance(of: Sequence[tuple[float, float]]) -> float:
        off = sum((took - ratio * wanted) ** 2 for wanted, took in of)
        return len(of) / (len(of) - 1) * off / planned**2

    return ratio, math.sqrt(max(variance(rounds), variance(legs)))


def _unseen(rounds: Mapping[str, Sequence[Lesson]]) -> float:
    """The mean error (s) of legs foretold by the factor of all other rounds."""
    planned, actual = _sums([leg for legs in rounds.values() for leg in legs])
    errors, count = 0.0, 0
    for legs in rounds.values():
        own_planned, own_actual = _sums(legs)
        factor = (actual - own_actual) / (planned - own_planned)
        errors += sum(abs(leg.actual - factor * leg.planned) for leg in legs)
        count += len(legs)
    return errors / count


def _t(freedom: int) -> float:
    """Student's quantile (Cornish-Fisher, Abramowitz and Stegun 26.7.5)."""
    z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / freedom ** (power + 1) for power, term in enumerate(terms))


def cell_of(table: SpeedTable, moment: datetime, zone: tzinfo) -> Cell:
    """The group of weekdays and the slice a moment lies in, on the depot's clock."""
    wall = moment.astimezone(zone)
    group = next(i for i, each in enumerate(table.groups) if wall.weekday() in each.days)
    begun = [i for i, part in enumerate(table.slices) if part.begins <= wall.time()]
    return group, begun[-1]


def row_with(row: Row, factor: float) -> Row:
    """Speeds at which everything takes so many times as long, as far as a table may say it."""
    return tuple(min(MOST, max(LEAST, round(cell / factor))) for cell in row)


def taught(table: SpeedTable, factors: Mapping[Cell, float], *, source: str) -> SpeedTable:
    """The table with these cells' times multiplied; all kinds of road alike."""
    rows = tuple(
        tuple(
            row_with(row, factors[group, part]) if (group, part) in factors else row
            for part, row in enumerate(rows)
        )
        for group, rows in enumerate(table.rows)
    )
    return replace(table, rows=rows, source=source)


def free(table: SpeedTable) -> SpeedTable:
    """The same hours and days on empty roads."""
    rows = tuple(tuple((FREE,) * len(row) for row in rows) for rows in table.rows)
    return replace(table, rows=rows)
