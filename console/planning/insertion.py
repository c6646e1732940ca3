"""What it costs to insert demands at every position of every round, in one sweep of arrays.

The break stays on the leg where it is best now, or, for a round that an insertion makes long
enough to owe one, where it would be best now. So a cost may be a little too high, never too low,
and what is feasible here is feasible.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from console.domain.segments import stop_segment
from console.planning.legs import Flags, Ints, Legs, Segments, stacked
from console.planning.problem import UNLIMITED, Problem
from console.planning.rounds import Evaluator

NEVER = 1 << 60  # the cost of what may not be


class Wanted(NamedTuple):
    """What is to be inserted, one entry each: a stop, or a block of stops kept together.

    ``first`` and ``last`` are matrix rows, ``metres`` the way inside a block, ``load`` (n, 4),
    ``allowed`` (n, crews).
    """

    first: Ints
    last: Ints
    metres: Ints
    segment: Segments
    load: Ints
    allowed: Flags

    def at(self, chosen: Ints) -> "Wanted":
        """Only the chosen ones."""
        return Wanted(
            self.first[chosen],
            self.last[chosen],
            self.metres[chosen],
            self.segment.at(chosen),
            self.load[chosen],
            self.allowed[chosen],
        )


@dataclass(frozen=True, slots=True)
class Sums:
    """What each crew's round comes to now: cost, metres, load (crews, 4)."""

    cost: Ints
    metres: Ints
    load: Ints

    @classmethod
    def of(cls, evaluator: Evaluator, routes: Sequence[Sequence[int]]) -> "Sums":
        """The sums of all rounds; an infeasible one costs nothing here."""
        size = len(routes)
        sums = cls(np.zeros(size, np.int64), np.zeros(size, np.int64), _grid(size, 4))
        for crew, order in enumerate(routes):
            sums.follow(evaluator, crew, order)
        return sums

    def follow(self, evaluator: Evaluator, crew: int, order: Sequence[int]) -> None:
        """Take in the change of one round."""
        judged = evaluator.round(crew, order)
        demands = evaluator.problem.demands
        self.cost[crew] = 0 if judged is None else judged.cost
        self.metres[crew] = evaluator.metres(evaluator.problem.crews[crew], order)
        for dimension in range(4):
            self.load[crew, dimension] = sum(demands[i].load[dimension] for i in order)


def _grid(rows: int, columns: int) -> Ints:
    return np.zeros((rows, columns), dtype=np.int64)


class Insertions:
    """The prices of insertions for one problem."""

    def __init__(self, evaluator: Evaluator) -> None:
        problem = evaluator.problem
        size = len(problem.matrix.places)
        durations = np.frombuffer(problem.matrix.durations, dtype=np.uint32)
        distances = np.frombuffer(problem.matrix.distances, dtype=np.uint32)
        self._durations = durations.reshape(size, size)
        self._distances = distances.reshape(size, size)
        self._terms = _Terms(problem)
        self.wanted = wanted(problem)

    def costs(self, legs: Legs, sums: Sums, wanted: Wanted) -> Ints:
        """The added cost (wanted, leg), ``NEVER`` where a rule forbids it."""
        whole = self.whole(legs, wanted)
        metres = self._metres(legs, sums, wanted)
        cost = self._price(legs, whole, metres) - sums.cost[legs.crew]
        wrong = (whole.warp > 0) | (metres > self._terms.range_m[legs.crew])
        wrong |= ~self._admitted(sums, wanted)[:, legs.crew]
        cost[wrong] = NEVER
        return cost

    def least_harm(self, legs: Legs, sums: Sums, wanted: Wanted) -> int:
        """The leg where one wanted thing is least late, then cheapest, whatever rule it breaks."""
        whole = self.whole(legs, wanted)
        cost = self._price(legs, whole, self._metres(legs, sums, wanted))
        return int(np.lexsort((cost[0], whole.warp[0]))[0])

    def _price(self, legs: Legs, whole: Segments, metres: Ints) -> Ints:
        terms, crew = self._terms, legs.crew
        overtime = np.maximum(whole.earliest + whole.duration - terms.shift_end[crew], 0)
        cost = metres * terms.per_metre[crew] + whole.duration * terms.per_second[crew]
        return cost + overtime * terms.per_overtime[crew] + terms.fixed[crew]

    def whole(self, legs: Legs, wanted: Wanted) -> Segments:
        """The rounds as they would be in time (wanted, leg)."""
        into = self._durations[legs.origin[None, :], wanted.first[:, None]].astype(np.int64)
        out = self._durations[wanted.last[:, None], legs.target[None, :]].astype(np.int64)
        stop = Segments(*(column[:, None] for column in wanted.segment))
        whole = legs.ahead.then(into, stop).then(out, legs.behind)
        owed = whole.duration > self._terms.pause_after[legs.crew]
        if not owed.any():
            return whole
        broken = self._broken(legs, stop, into, out)
        return Segments(*(np.where(owed, b, p) for b, p in zip(broken, whole, strict=True)))

    def _broken(self, legs: Legs, stop: Segments, into: Ints, out: Ints) -> Segments:
        whole = legs.broken_ahead.then(into, stop).then(out, legs.broken_behind)
        at = np.flatnonzero(legs.here)
        if not len(at):
            return whole
        ahead, behind = legs.ahead.at(at), legs.behind.at(at)
        into, out = into[:, at], out[:, at]
        nothing = np.zeros(1, dtype=np.int64)
        crews = legs.crew[at]
        before = ahead.then(nothing, self._terms.pause(crews, into)).then(into, stop)
        after = ahead.then(into, stop).then(nothing, self._terms.pause(crews, out))
        best = before.then(out, behind).better(after.then(out, behind))
        for column, part in zip(whole, best, strict=True):
            column[:, at] = part
        return whole

    def _metres(self, legs: Legs, sums: Sums, wanted: Wanted) -> Ints:
        added = self._distances[legs.origin[None, :], wanted.first[:, None]].astype(np.int64)
        added += self._distances[wanted.last[:, None], legs.target[None, :]]
        added += wanted.metres[:, None]
        added -= self._distances[legs.origin, legs.target]
        return added + sums.metres[legs.crew]

    def _admitted(self, sums: Sums, wanted: Wanted) -> Flags:
        room = self._terms.capacity - sums.load
        fits = (wanted.load[:, None, :] <= room[None, :, :]).all(axis=2)
        return wanted.allowed & fits


class _Terms:
    """The crews' limits and prices as columns."""

    def __init__(self, problem: Problem) -> None:
        crews = problem.crews
        pauses = [crew.duty.pause for crew in crews]
        self.capacity = _column([crew.capacity for crew in crews]).reshape(-1, 4)
        self.range_m = _column([crew.range_m for crew in crews])
        self.fixed = _column([crew.fixed for crew in crews])
        self.per_metre = _column([crew.per_metre for crew in crews])
        self.per_second = _column([crew.per_second for crew in crews])
        self.per_overtime = _column([crew.per_overtime_second for crew in crews])
        self.shift_end = _column([crew.duty.end for crew in crews])
        self.pause_after = _column([p.after if p else UNLIMITED for p in pauses])
        self._pause = _column([p.duration if p else 0 for p in pauses])
        self._pause_from = _column([p.earliest if p else 0 for p in pauses])
        self._pause_by = _column([p.latest - p.duration if p else 0 for p in pauses])

    def pause(self, crew: Ints, hop: Ints) -> Segments:
        """``segments.pause_segment`` for hops (wanted, leg) of the legs' crews."""
        nothing = np.zeros(1, dtype=np.int64)
        return Segments(
            self._pause[crew], nothing, self._pause_from[crew] - hop, self._pause_by[crew]
        )


def _column(numbers: Sequence[object]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def wanted(problem: Problem) -> Wanted:
    """Every demand by itself."""
    demands = problem.demands
    rows = _column([demand.task.row for demand in demands])
    allowed = np.zeros((len(demands), len(problem.crews)), dtype=np.bool_)
    for i, demand in enumerate(demands):
        allowed[i, list(demand.crews)] = True
    return Wanted(
        rows,
        rows,
        np.zeros(len(demands), dtype=np.int64),
        stacked([stop_segment(demand.task.service, demand.task.windows) for demand in demands]),
        _column([demand.load for demand in demands]).reshape(-1, 4),
        allowed,
    )
