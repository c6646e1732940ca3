"""What moving stops would change in a plan, place by place: columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from console.domain.plan import RouteId, StopId
from console.domain.violations import Rule
from console.domain.visits import Schedule
from console.planning.problem import LOAD_SCALE

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

Broken = tuple[Rule, str]
"""A rule and its unit."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Stops put together at every place of every open route: what changes in the whole plan.

    One entry a place: ``route`` is an index into ``routes``, ``position`` counts the route's other
    stops before it. ``cost`` is in the depot's currency, soft lateness and preferences included;
    paid ``seconds``, ``metres``, lateness ``late`` (s, hard and soft). ``more`` is by how much each
    hard rule would be broken more than now, overridden ones left out: in whole seconds, metres,
    counts, or parts of ``LOAD_SCALE``; a rule that is not named is not broken more anywhere.
    Where no road leads, the rest means nothing.
    """

    stops: tuple[StopId, ...]
    routes: tuple[RouteId, ...]
    route: Ints
    position: Ints
    cost: Floats
    seconds: Ints
    metres: Ints
    late: Ints
    more: Mapping[Broken, Ints]

    @property
    def harmful(self) -> Flags:
        """Where a hard rule would be broken more than now."""
        found = np.zeros(len(self.route), dtype=np.bool_)
        for by in self.more.values():
            found |= by > 0
        return found

    def best(self) -> dict[RouteId, int]:
        """For each route the place (index) without harm that is cheapest, else the least late."""
        harmful = self.harmful
        order = np.lexsort((self.cost, np.where(harmful, self.late, 0), harmful))
        found: dict[int, int] = {}
        for place, route in zip(_listed(order), _listed(self.route[order]), strict=True):
            found.setdefault(route, place)
        return {name: found[i] for i, name in enumerate(self.routes) if i in found}

    def broken(self, place: int) -> dict[Broken, float]:
        """What would be broken more at one place, by how much in the rule's unit."""
        found = {key: int(by[place]) for key, by in self.more.items()}
        return {key: by / _scale(key) for key, by in found.items() if by > 0}

    def joined(self, other: "Moves") -> "Moves":
        """The places of both; the same stops on other routes."""
        nothing = np.zeros(len(self.route), np.int64), np.zeros(len(other.route), np.int64)
        keys = dict.fromkeys((*self.more, *other.more))
        return Moves(
            self.stops,
            (*self.routes, *other.routes),
            np.concatenate((self.route, other.route + len(self.routes))),
            np.concatenate((self.position, other.position)),
            np.concatenate((self.cost, other.cost)),
            np.concatenate((self.seconds, other.seconds)),
            np.concatenate((self.metres, other.metres)),
            np.concatenate((self.late, other.late)),
            {
                key: np.concatenate(
                    (self.more.get(key, nothing[0]), other.more.get(key, nothing[1]))
                )
                for key in keys
            },
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What changes on one route, in the same units as ``Moves``."""

    cost: float
    seconds: int
    metres: int
    late: int
    more: Mapping[Broken, int]


def on_route(
    route: RouteId, stops: tuple[StopId, ...], places: Sequence[int], each: Sequence[Change]
) -> Moves:
    """The changes at some places of one route."""
    keys = dict.fromkeys(key for change in each for key in change.more)
    return Moves(
        stops,
        (route,),
        np.zeros(len(each), dtype=np.int64),
        np.array(places, dtype=np.int64),
        np.array([change.cost for change in each], dtype=np.float64),
        np.array([change.seconds for change in each], dtype=np.int64),
        np.array([change.metres for change in each], dtype=np.int64),
        np.array([change.late for change in each], dtype=np.int64),
        {
            key: np.array([change.more.get(key, 0) for change in each], dtype=np.int64)
            for key in keys
        },
    )


def left(moves: Moves, gone: Mapping[RouteId, Change]) -> Moves:
    """With what changes on the routes that the stops leave, ``gone``, where they go to another."""
    if not gone:
        return moves
    away = [[change for name, change in gone.items() if name != on] for on in moves.routes]
    keys = dict.fromkeys(key for change in gone.values() for key in change.more)
    more = dict(moves.more)
    for key in keys:
        sums = np.array([sum(c.more.get(key, 0) for c in each) for each in away], dtype=np.int64)
        more[key] = more.get(key, np.zeros(len(moves.route), np.int64)) + sums[moves.route]
    cost = np.array([sum(c.cost for c in each) for each in away], dtype=np.float64)
    whole = np.array(
        [[sum(getattr(c, name) for c in each) for each in away] for name in _WHOLE], dtype=np.int64
    )[:, moves.route]
    return replace(
        moves,
        cost=moves.cost + cost[moves.route],
        seconds=moves.seconds + whole[0],
        metres=moves.metres + whole[1],
        late=moves.late + whole[2],
        more=more,
    )


_WHOLE = ("seconds", "metres", "late")


def change(before: Schedule | None, after: Schedule | None) -> Change:
    """Of a route by its schedules."""
    one, other = _figures(before), _figures(after)
    return Change(
        other[0] - one[0],
        other[1] - one[1],
        other[2] - one[2],
        other[3] - one[3],
        _more(before, after),
    )


def _figures(schedule: Schedule | None) -> tuple[float, int, int, int]:
    if schedule is None:
        return 0.0, 0, 0, 0
    late = schedule.lateness + schedule.soft_lateness
    return (
        schedule.cost + schedule.penalty,
        int(schedule.duration.total_seconds()),
        schedule.metres,
        int(late.total_seconds()),
    )


def _more(before: Schedule | None, after: Schedule | None) -> dict[Broken, int]:
    """By how much each hard rule is broken more, subject by subject; a bare one counts 1."""
    known: dict[object, int] = {}
    for violation in before.violations if before else ():
        key = (violation.rule, violation.unit)
        known[key, violation.stop, violation.detail] = _amount(key, violation.amount)
    found: dict[Broken, int] = {}
    for violation in after.violations if after else ():
        key = (violation.rule, violation.unit)
        by = _amount(key, violation.amount) - known.get((key, violation.stop, violation.detail), 0)
        if by > 0 and violation.is_harm:
            found[key] = found.get(key, 0) + by
    return found


def _amount(key: Broken, amount: float) -> int:
    return max(1, round(amount * _scale(key)))


def _scale(key: Broken) -> int:
    return LOAD_SCALE.get(key[1], 1) if key[0] is Rule.OVERLOADED else 1


def _listed(numbers: Ints) -> list[int]:
    return cast("list[int]", numbers.tolist())
