"""What is raced on: jobs, vans and travel in whole numbers, the same for every solver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Window = tuple[int, int]
Amounts = tuple[int, ...]
Cells = NDArray[np.int64]

Routes = tuple[tuple[int, ...], ...]
"""One tuple of job indices per van, in driving order; a job in none of them is not served."""

FOR_EVER = 10_000_000  # seconds; the end of a window or shift that has none
NO_ROAD = 10_000_000  # a cell that nobody drives


@dataclass(frozen=True, slots=True)
class Job:
    """A visit. ``name`` is what the file calls it, ``row`` its row in the matrices.

    ``brought`` is loaded at the depot, ``taken`` goes back there. A job with a ``pickup`` (index
    of another job) brings ``amount``, which that one collects: same van, later. ``setup`` is spent
    before service unless the van already stood there; ``windows`` are for the beginning of the
    setup. ``skip_price`` is what leaving it out costs, None where it must be served.
    ``priority`` is 0 to 100, higher first.
    """

    name: int | str
    row: int
    service: int = 0
    windows: tuple[Window, ...] = ()
    brought: Amounts = ()
    taken: Amounts = ()
    skills: frozenset[str] = frozenset()
    skip_price: float | None = None
    priority: int = 0
    setup: int = 0
    pickup: int | None = None
    amount: Amounts = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """A break of ``duration`` s wholly within [earliest, latest].

    It is owed by a route longer than ``after`` s. Driving may pause for it, service may not.
    """

    duration: int
    earliest: int
    latest: int
    after: int = -1


@dataclass(frozen=True, slots=True)
class Van:
    """A vehicle with its driver; prices per route, metre and paid second, loads whole numbers.

    It leaves ``start`` after ``begins`` and is back at ``end`` by ``latest_end``; seconds after
    ``ends`` cost ``overtime_factor`` times as much. It may load again at ``base`` ``reloads``
    times, ``reload_time`` s each. One that is ``away`` has its way home to pay for in any case.
    """

    name: int | str
    start: int
    end: int
    begins: int = 0
    ends: int = FOR_EVER
    latest_end: int = FOR_EVER
    capacity: Amounts = ()
    skills: frozenset[str] = frozenset()
    rests: tuple[Rest, ...] = ()
    fixed: float = 0.0
    per_metre: float = 0.0
    per_second: float = 0.0
    overtime_factor: float = 1.0
    profile: str = "car"
    max_stops: int | None = None
    max_driving: int | None = None
    base: int = 0
    reloads: int = 0
    reload_time: int = 0
    away: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """An instance. ``seconds`` and ``metres`` are square matrices per profile.

    ``grain`` is how many whole numbers make one unit of cost (rivals count in whole numbers),
    ``money`` what a unit of cost is in Doorstep's currency, ``unserved_price`` what a job without
    ``skip_price`` counts when it is left out. With ``must_serve`` a plan that leaves such a job out
    is not feasible. ``present`` is the plan as it stands, where there is one. ``origin`` is added
    to all times to make them epoch seconds.
    """

    name: str
    jobs: tuple[Job, ...]
    vans: tuple[Van, ...]
    seconds: Mapping[str, Cells]
    metres: Mapping[str, Cells]
    best_known: int | None = None
    grain: int = 1
    money: float = 1.0
    unserved_price: float = 0.0
    must_serve: bool = True
    notes: tuple[str, ...] = ()
    origin: int = 1_795_392_000  # 23 November 2026, midnight UTC
    present: Routes = field(default=())

    @property
    def dimensions(self) -> int:
        """How many amounts a load has."""
        return max((len(van.capacity) for van in self.vans), default=0)

    @property
    def mandatory(self) -> int:
        """How many jobs must be served."""
        return sum(job.skip_price is None for job in self.jobs)

    def allows(self, van: Van, job: Job) -> bool:
        """True when the van has every skill the job needs."""
        return job.skills <= van.skills


def padded(amounts: Sequence[int], size: int) -> Amounts:
    """The amounts in ``size`` dimensions; what is not said is 0."""
    return (*amounts, *(0 for _ in range(size - len(amounts))))
