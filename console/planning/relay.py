"""Who searches when: the order of engines in a run.

The first seat makes a first plan by insertion at once. Then every seat lets PyVRP search with a
seed of its own: from nothing where there is time for it, so that they differ, else from that plan.
Halfway the console's own engine puts the breaks right, which PyVRP knows only roughly, and all go
on from the best. Near the end the first seat combines all good rounds anew with CP-SAT and lets
OR-Tools' routing solver polish the best plan; the others end with the console's own engine.

Where the console's own search is compiled and the problem is plain, it leads: it makes the first
plan and searches in the first seat, while the others let PyVRP find something different first.

A plan that may change only so much, or only in some places, is searched by the console's own engine
on every core, which keeps to that at every step; OR-Tools' routing solver polishes in between.
"""

from dataclasses import dataclass

from console.planning.run import Scope, Terms
from console.planning.standing import Standing

FROM_NOTHING = 0.075  # seconds per stop from which on searches may start from nothing
LEAST = 0.2  # seconds below which a piece of work is not worth giving
CRASHES = 3  # failures of an engine after which it is not asked again in this run


@dataclass(frozen=True, slots=True)
class Assignment:
    """An engine, its seconds, and whether it starts from the best plan and needs the pool."""

    engine: str
    seconds: float
    from_best: bool = True
    with_pool: bool = False


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
    _Leg("strings", 0.45),
    _Leg("pyvrp", 0.65),
    _Leg("strings", 0.86),
    _Leg("recombination", 0.92, with_pool=True),
    _Leg("ortools", 1.0),
)
_COMPILED_FIRST = (
    _Leg("strings", 0.86),
    _Leg("recombination", 0.91, with_pool=True),
    _Leg("ortools", 1.0),
)
_COMPILED_OTHERS = (
    _Leg("pyvrp", 0.35, may_begin=True),
    _Leg("strings", 0.86),
    _Leg("strings", 1.0),
)


class Relay:
    """Hands out work to seats, one child process each."""

    def __init__(self, terms: Terms, seats: int, *, compiled: bool = False) -> None:
        self._terms = terms
        legs = _compiled if compiled else _legs
        if terms.is_careful:
            legs = _careful_compiled if compiled else _careful
        if terms.engine:
            legs = _one
        self._legs = [list(legs(terms, seat, seats)) for seat in range(seats)]
        self._last: list[_Leg | None] = [None] * seats
        self._failed: dict[str, int] = {}

    def fail(self, seat: int, engine: str) -> None:
        """Note that an engine broke down: it is tried again, but not for ever."""
        self._failed[engine] = self._failed.get(engine, 0) + 1
        last = self._last[seat]
        if last is not None and last.engine == engine:
            self._legs[seat].insert(0, last)

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
        if self._terms.seconds < FROM_NOTHING * stops:
            return True
        return seat == 0 and standing.was_planned


_MAKERS = ("insertion", "strings")
"""Engines that make a first plan."""


def _one(terms: Terms, seat: int, _seats: int) -> tuple[_Leg, ...]:
    return (_Leg(terms.engine, 1.0),) if seat == 0 else ()


def _careful_compiled(terms: Terms, seat: int, _seats: int) -> tuple[_Leg, ...]:
    return _around_polish("strings", terms, seat)


def _careful(terms: Terms, seat: int, _seats: int) -> tuple[_Leg, ...]:
    legs = _around_polish("ruin", terms, seat)
    return legs if seat else (_Leg("insertion", 1.0), *legs)


def _around_polish(own: str, terms: Terms, seat: int) -> tuple[_Leg, ...]:
    """OR-Tools has no notion of an order that stays."""
    polish = () if seat or terms.scope is Scope.FILL else (_Leg(own, 0.6), _Leg("ortools", 0.85))
    return (*polish, _Leg(own, 1.0))


def _compiled(_terms: Terms, seat: int, seats: int) -> tuple[_Leg, ...]:
    if seat:
        return _COMPILED_OTHERS
    return _COMPILED_LONE if seats == 1 else _COMPILED_FIRST


def _legs(_terms: Terms, seat: int, seats: int) -> tuple[_Leg, ...]:
    if seat:
        return _OTHERS
    return (_Leg("insertion", 1.0), *(_LONE if seats == 1 else _FIRST))
