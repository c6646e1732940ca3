"""Who searches when: the order of engines in a run.

The first seat makes a first plan by insertion at once. Then every seat lets PyVRP search with a
seed of its own: from nothing where there is time for it, so that they differ, else from that plan.
Halfway the console's own engine puts the breaks right, which PyVRP knows only roughly, and all go
on from the best. Near the end the first seat combines all good rounds anew with CP-SAT and lets
OR-Tools' routing solver polish the best plan; the others end with the console's own engine.

Where the console's own search is compiled, it leads: every seat begins from nothing with a seed of
its own, then CP-SAT combines what all came through, the best plan is bettered part by part on every
seat at once, where crews cost money some try to do without one ("squeeze"), and OR-Tools polishes
last. Where there is time, a seat begins from nothing twice, as the better of two short searches
beats one long one, and every other seat is PyVRP's, which finds other things: from the beginning
where crews cost nothing, else for its second search.
Should the compiled search break down, the engines above take over.

A plan that may change only so much, or only in some places, is searched by the console's own engine
on every core, which keeps to that at every step; OR-Tools' routing solver polishes in between.
"""

from dataclasses import dataclass, replace

from console.planning.problem import Problem
from console.planning.run import Terms
from console.planning.standing import Standing

FROM_NOTHING = 0.065  # seconds per stop from which on PyVRP's searches may start from nothing
RICH_FROM_NOTHING = 0.11  # the same on rich days, whose rules PyVRP knows only in part
LEAST = 0.2  # seconds below which a piece of work is not worth giving
AGAIN = 1_000  # between the seeds of a seat's searches from nothing
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
    again: int = 0  # from nothing whatever there is, by the run's seed and so much


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
    _Leg("squeeze", 0.70),
    _Leg("recombination", 0.76, with_pool=True),
    _Leg("parts", 0.95),
    _Leg("ortools", 1.0),
)
_COMPILED_FIRST = (
    _Leg("strings", 0.50),
    _Leg("recombination", 0.54, with_pool=True),
    _Leg("parts", 0.95),
    _Leg("ortools", 1.0),
)
_PATIENT_FIRST = (
    _Leg("strings", 0.74),
    _Leg("recombination", 0.80, with_pool=True),
    _Leg("parts", 0.94),
    _Leg("ortools", 1.0),
)
_PRICED_FIRST = (
    _Leg("strings", 0.45),
    _Leg("recombination", 0.50, with_pool=True),
    _Leg("squeeze", 0.76),
    _Leg("recombination", 0.81, with_pool=True),
    _Leg("parts", 0.94),
    _Leg("ortools", 1.0),
)
_COMPILED_OTHERS = (_Leg("strings", 0.49, may_begin=True), _Leg("parts", 1.0))
_PRICED_OTHERS = (
    _Leg("strings", 0.44, may_begin=True),
    _Leg("squeeze", 0.70),
    _Leg("parts", 1.0),
)
_PATIENT_OTHERS = (
    _Leg("pyvrp", 0.80, may_begin=True),
    _Leg("parts", 0.92),
    _Leg("pyvrp", 1.0),
)
_LEISURELY_OTHERS = (
    _Leg("strings", 0.50, may_begin=True),
    _Leg("pyvrp", 0.85, again=AGAIN),
    _Leg("parts", 0.93),
    _Leg("pyvrp", 1.0),
)
_PATIENT_PRICED_OTHERS = (
    _Leg("strings", 0.38, may_begin=True),
    _Leg("pyvrp", 0.80, again=AGAIN),
    _Leg("parts", 1.0),
)
_HURRIED_FIRST = (
    _Leg("strings", 0.88),
    _Leg("recombination", 0.96, with_pool=True),
    _Leg("strings", 1.0),
)
_HURRIED_OTHERS = (_Leg("strings", 0.87, may_begin=True), _Leg("squeeze", 1.0))
LEISURELY = 0.1  # seconds per stop from which on the best of many searches is found
HURRIED = 0.02  # seconds per stop below which a compiled search has no time for a second start
START = 0.02  # seconds per stop that a compiled search from nothing takes where there is time
CREWED_START = 1.2e-4  # the same per stop and stop where crews cost, as theirs is hard to choose
STARTS = 8  # such searches one after the other, at most


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a problem decides who searches: its rules beyond the plain, crews that cost."""

    stops: int = 0
    is_rich: bool = False
    is_priced: bool = False

    @classmethod
    def of(cls, problem: Problem) -> "Outline":
        """That of a problem."""
        is_priced = any(crew.fixed for crew in problem.crews)
        return cls(len(problem.demands), not problem.is_plain, is_priced)


PLAIN = Outline()


class Relay:
    """Hands out work to seats, one child process each."""

    def __init__(
        self, terms: Terms, seats: int, outline: Outline = PLAIN, *, compiled: bool = False
    ) -> None:
        self._terms, self._outline = terms, outline
        self._from_nothing = RICH_FROM_NOTHING if outline.is_rich else FROM_NOTHING
        self._compiled = compiled and not terms.engine
        self._pace = terms.seconds / max(1, outline.stops)
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
            return self._compiled_course(seat, seats)
        return _legs(seat, seats)

    def _compiled_course(self, seat: int, seats: int) -> tuple[_Leg, ...]:
        if self._pace < HURRIED:
            return _HURRIED_OTHERS if seat else _HURRIED_FIRST
        if seats == 1:
            return _COMPILED_LONE
        return self._starting(self._others(seat) if seat else self._first)

    @property
    def _is_patient(self) -> bool:
        return self._pace >= self._from_nothing

    @property
    def _first(self) -> tuple[_Leg, ...]:
        if self._outline.is_priced:
            return _PRICED_FIRST
        return _PATIENT_FIRST if self._is_patient else _COMPILED_FIRST

    def _others(self, seat: int) -> tuple[_Leg, ...]:
        """PyVRP has every other seat, where there is time."""
        if seat % 2 and self._is_patient:
            if self._outline.is_priced:
                return _PATIENT_PRICED_OTHERS
            return _LEISURELY_OTHERS if self._pace >= LEISURELY else _PATIENT_OTHERS
        return _PRICED_OTHERS if self._outline.is_priced else _COMPILED_OTHERS

    def _starting(self, course: tuple[_Leg, ...]) -> tuple[_Leg, ...]:
        """The course with its first leg in several starts, each from nothing, where there is time.

        The best of some short searches of our own beats a long one.
        """
        leg, *others = course
        if leg.engine != "strings":
            return course
        outline = self._outline
        needed = max(START, CREWED_START * outline.stops) if outline.is_priced else START
        starts = max(1, min(STARTS, round(leg.until * self._pace / needed)))
        parts = (
            replace(leg, until=leg.until * (i + 1) / starts, again=AGAIN * i) for i in range(starts)
        )
        return (*parts, *others)

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
                seed = self._terms.seed + seat + leg.again if leg.again else -1
                return Assignment(leg.engine, seconds, from_best, leg.with_pool, seed=seed)
        return None

    def _waits(self, leg: _Leg, standing: Standing) -> bool:
        if standing.has_plan or self._terms.engine or leg.engine in _MAKERS:
            return False
        return all(self._failed.get(engine, 0) < CRASHES for engine in _MAKERS)

    def _from_best(self, seat: int, leg: _Leg, standing: Standing) -> bool:
        if leg.again:
            return False
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


def _legs(seat: int, seats: int) -> tuple[_Leg, ...]:
    if seat:
        return _OTHERS
    return (_Leg("insertion", 1.0), *(_LONE if seats == 1 else _FIRST))
