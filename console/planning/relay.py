"""Who searches when: the order of engines in a run.

The first seat makes a first plan by insertion at once. Then every seat lets PyVRP search with a
seed of its own: from nothing where there is time for it, so that they differ, else from that plan.
Halfway the console's own engine puts the breaks right, which PyVRP knows only roughly, and all go
on from the best. Near the end the first seat combines all good rounds anew with CP-SAT and lets
OR-Tools' routing solver polish the best plan; the others end with the console's own engine.

Where the console's own search is compiled, it leads: every seat begins from
nothing with a seed of its own, halfway and near the end CP-SAT combines what all came through, the
others try to do without a crew ("squeeze") from the best plan on, and OR-Tools polishes last.
Where there is time, every other seat is PyVRP's, which finds other things, nearly to the end; what
it came through halfway is combined with the rest as well.
Should the compiled search break down, the engines above take over.

A plan that may change only so much, or only in some places, is searched by the console's own engine
on every core, which keeps to that at every step; OR-Tools' routing solver polishes in between.
"""

from dataclasses import dataclass

from console.planning.run import Terms
from console.planning.standing import Standing

FROM_NOTHING = 0.065  # seconds per stop from which on PyVRP's searches may start from nothing
RICH_FROM_NOTHING = 0.125  # the same on rich days, whose rules PyVRP knows only in part
LEAST = 0.2  # seconds below which a piece of work is not worth giving
CRASHES = 3  # failures of an engine after which it is not asked again in this run


@dataclass(frozen=True, slots=True)
class Assignment:
    """An engine, its seconds, and whether it starts from the best plan and needs the pool.

    ``work`` are steps of its own that count instead of the seconds; ``seed`` replaces the
    run's and seat's own where it is not negative.
    """

    engine: str
    seconds: float
    from_best: bool = True
    with_pool: bool = False
    work: int = 0
    seed: int = -1


@dataclass(frozen=True, slots=True)
class _Leg:
    """An engine that works until a share of the run's time is gone."""

    engine: str
    until: float
    may_begin: bool = False  # from nothing
    with_pool: bool = False


_SEARCH = (_Leg("pyvrp", 0.45, may_begin=True), _Leg("ruin", 0.49))
_LONE = (
    *_SEARCH,
    _Leg("pyvrp", 0.76),
    _Leg("recombination", 0.81, with_pool=True),
    _Leg("ortools", 0.90),
    _Leg("ruin", 1.0),
)
_FIRST = (
    *_SEARCH,
    _Leg("pyvrp", 0.80),
    _Leg("recombination", 0.84, with_pool=True),
    _Leg("ortools", 1.0),
)
_OTHERS = (*_SEARCH, _Leg("pyvrp", 0.90), _Leg("ruin", 1.0))

_COMPILED_LONE = (
    _Leg("strings", 0.55),
    _Leg("squeeze", 0.86),
    _Leg("recombination", 0.92, with_pool=True),
    _Leg("strings", 0.97),
    _Leg("ortools", 1.0),
)
_COMPILED_FIRST = (
    _Leg("strings", 0.48),
    _Leg("recombination", 0.54, with_pool=True),
    _Leg("strings", 0.86),
    _Leg("recombination", 0.92, with_pool=True),
    _Leg("strings", 0.97),
    _Leg("ortools", 1.0),
)
_COMPILED_OTHERS = (
    _Leg("strings", 0.47, may_begin=True),
    _Leg("squeeze", 0.85),
    _Leg("strings", 1.0),
)
_PATIENT_FIRST = (*_COMPILED_FIRST[:2], _Leg("squeeze", 0.86), *_COMPILED_FIRST[3:])
_PATIENT_SECOND = (_Leg("pyvrp", 0.85, may_begin=True), _Leg("strings", 1.0))
_HURRIED_FIRST = (
    _Leg("strings", 0.88),
    _Leg("recombination", 0.96, with_pool=True),
    _Leg("strings", 1.0),
)
_HURRIED_OTHERS = (_Leg("strings", 0.87, may_begin=True), _Leg("squeeze", 1.0))
HURRIED = 0.02  # seconds per stop below which a compiled search has no time for a second start


class Relay:
    """Hands out work to seats, one child process each."""

    def __init__(
        self,
        terms: Terms,
        seats: int,
        *,
        compiled: bool = False,
        stops: int = 0,
        is_rich: bool = False,
    ) -> None:
        self._terms = terms
        self._from_nothing = RICH_FROM_NOTHING if is_rich else FROM_NOTHING
        self._compiled = compiled and not terms.engine
        self._pace = terms.seconds / max(1, stops)
        self._legs = [list(self._course(seat, seats)) for seat in range(seats)]
        self._last: list[_Leg | None] = [None] * seats
        self._failed: dict[str, int] = {}

    def fail(self, seat: int, engine: str) -> None:
        """Note that an engine broke down: it is tried again, but not for ever."""
        self._failed[engine] = self._failed.get(engine, 0) + 1
        last = self._last[seat]
        if last is not None and last.engine == engine:
            self._legs[seat].insert(0, last)
        if self._compiled and self._failed.get("strings", 0) >= CRASHES:
            self._compiled = False
            seats = len(self._legs)
            self._legs = [list(self._course(seat, seats)) for seat in range(seats)]

    def _course(self, seat: int, seats: int) -> tuple[_Leg, ...]:
        terms = self._terms
        if terms.engine:
            return (_Leg(terms.engine, 1.0),) if seat == 0 else ()
        if terms.is_careful:
            legs = _around_polish("strings" if self._compiled else "ruin", seat)
            return legs if seat or self._compiled else (_Leg("insertion", 1.0), *legs)
        if self._compiled:
            return _compiled_legs(
                seat, seats, self._pace, is_patient=self._pace >= self._from_nothing
            )
        return _legs(seat, seats)

    def next(self, seat: int, standing: Standing) -> Assignment | None:
        """What this seat does now; None when there is nothing more to do."""
        legs = self._legs[seat]
        while legs:
            from_best = self._from_best(seat, legs[0], standing)
            if from_best and self._waits(legs[0], standing):
                return None  # the first seat is about to make a plan
            leg = self._last[seat] = legs.pop(0)
            seconds = leg.until * self._terms.seconds - standing.elapsed
            if seconds >= LEAST and self._failed.get(leg.engine, 0) < CRASHES:
                return Assignment(leg.engine, seconds, from_best, leg.with_pool)
        return None

    def _waits(self, leg: _Leg, standing: Standing) -> bool:
        if standing.has_plan or self._terms.engine or leg.engine in _MAKERS:
            return False
        return all(self._failed.get(engine, 0) < CRASHES for engine in _MAKERS)

    def _from_best(self, seat: int, leg: _Leg, standing: Standing) -> bool:
        if not leg.may_begin:
            return True
        stops = len(standing.problem.demands)
        if leg.engine not in _MAKERS and self._terms.seconds < self._from_nothing * stops:
            return True
        return seat == 0 and standing.was_planned


_MAKERS = ("insertion", "strings")
"""Engines that make a first plan."""


def _around_polish(own: str, seat: int) -> tuple[_Leg, ...]:
    """The console's own engine, with OR-Tools in between on the first seat."""
    polish = () if seat else (_Leg(own, 0.6), _Leg("ortools", 0.85))
    return (*polish, _Leg(own, 1.0))


def _compiled_legs(seat: int, seats: int, pace: float, *, is_patient: bool) -> tuple[_Leg, ...]:
    """The course of a seat by the seconds per stop, and whether PyVRP begins from nothing."""
    if pace < HURRIED:
        return _HURRIED_OTHERS if seat else _HURRIED_FIRST
    if seat:
        return _PATIENT_SECOND if seat % 2 and is_patient else _COMPILED_OTHERS
    if seats == 1:
        return _COMPILED_LONE
    return _PATIENT_FIRST if is_patient else _COMPILED_FIRST


def _legs(seat: int, seats: int) -> tuple[_Leg, ...]:
    if seat:
        return _OTHERS
    return (_Leg("insertion", 1.0), *(_LONE if seats == 1 else _FIRST))
