"""What a solver is given: integers only, nothing of the plan that may not change.

Seconds are epoch seconds or durations, distances metres, money whole ``1 / MONEY`` parts of the
depot's currency, loads whole ``LOAD_SCALE`` parts (see there). How a plan becomes a problem stands
in ``stating``.
"""

from dataclasses import dataclass

from console.domain.plan import RouteId, StopId
from console.domain.segments import UNLIMITED as UNLIMITED
from console.domain.timetable import Duty, Task
from console.domain.travel import TravelMatrix

MONEY = 10_000_000  # fine enough that a second's wage and a metre's price stay whole numbers
LOAD_SCALE = {"pieces": 1, "kg": 1_000, "m3": 10_000, "units": 1_000}

Amounts = tuple[int, int, int, int]
"""One number per dimension of ``domain.load.DIMENSIONS``."""

Order = tuple[int, ...]
"""The demands of one crew, in order, as indices into ``Problem.demands``."""

Routes = tuple[Order, ...]
"""One ``Order`` per crew; a demand in none of them is unassigned."""

NOTHING: Amounts = (0, 0, 0, 0)
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Demand:
    """A stop to be planned. ``orders`` counts its orders that have to be served, high first.

    ``crews`` are the indices of the crews that may serve it, sorted. ``windows`` of ``task`` hold
    what overrides and pins relax. ``load`` is all that is brought, ``fetched`` the part of it that
    is collected on the way and not loaded at the depot, ``collected`` what is taken along.
    ``brings`` are (demand, amounts): what it brings of what that other demand collects, which has
    to come before on the same round; ``held`` are goods it brings that its only crew has on board
    already (in ``aboard`` there, in ``fetched`` here). It is not loaded before ``ready`` (epoch s).

    Prices: ``skip`` for leaving its ``optional`` orders out, ``late_price`` per second of soft
    lateness, ``prices`` (one per crew, () for none) where other drivers or a change of driver
    cost. Service that begins outside ``promise`` (epoch s) costs ``promise_price``.

    One that ``stays`` is not taken off its round, and those on one round keep their order.
    """

    stop: StopId
    task: Task
    load: Amounts
    orders: tuple[int, int, int]
    crews: tuple[int, ...]
    collected: Amounts = NOTHING
    fetched: Amounts = NOTHING
    brings: tuple[tuple[int, Amounts], ...] = ()
    ready: int = 0
    optional: int = 0
    skip: int = 0
    late_price: int = 0
    prices: tuple[int, ...] = ()
    promise: tuple[int, int] | None = None
    promise_price: int = 0
    stays: bool = False
    held: Amounts = NOTHING

    @property
    def count(self) -> int:
        """How many orders it is."""
        return sum(self.orders) + self.optional


@dataclass(frozen=True, slots=True)
class Past:
    """What a crew that is under way has behind it: seconds, metres, seconds at the wheel, stops.

    ``driven`` seconds of them since its last whole rest; ``is_half`` after the first part of one.
    """

    seconds: int = 0
    metres: int = 0
    driving: int = 0
    stops: int = 0
    driven: int = 0
    is_half: bool = False


@dataclass(frozen=True, slots=True)
class Crew:
    """A shift that may be planned: duty, limits and prices (per route, metre and second).

    It travels by ``Problem.matrix.of(profile, speed_factor)``. It may load again at ``base`` (row),
    ``reloads`` times, ``reload_time`` seconds each. Where there are ``chargers`` (rows),
    ``range_m`` counts between two charges of ``charge_time`` seconds, else over the whole round.
    ``most_metres`` and ``most_driving`` (s) count the whole round.

    A crew that ``is_away`` has left; its duty begins where it is now, at a fixed moment, with
    ``past`` behind it, ``aboard`` on the vehicle, and its way home has to be paid even if nothing
    is left to do: rounds are priced above that. ``behind`` are its stops that are done.
    """

    route: RouteId
    duty: Duty
    capacity: Amounts
    range_m: int
    fixed: int
    per_metre: int
    per_second: int
    per_overtime_second: int  # on top of ``per_second``
    per_inner_metre: int = 0  # on top, between two stops
    most_stops: int = UNLIMITED
    most_metres: int = UNLIMITED
    most_driving: int = UNLIMITED
    base: int = -1
    reloads: int = 0
    reload_time: int = 0
    chargers: tuple[int, ...] = ()
    charge_time: int = 0
    profile: str = ""
    speed_factor: float = 1.0
    is_away: bool = False
    past: Past = Past()
    aboard: Amounts = NOTHING
    behind: tuple[StopId, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """``price`` for each unit by which a round differs from the mean of all that have stops.

    ``unit``: 0 seconds, 1 stops, 2 parts of ``LOAD_SCALE`` kg brought.
    """

    price: int = 0
    unit: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Demands, crews, travel; ``present`` is the plan as it stands, where it keeps every rule.

    ``home`` is the crew of every demand in the present plan (``NOBODY`` for none), () where nobody
    counts changes; then at most ``most_changes`` demands may leave the crew they have, and at most
    ``most_broken`` promises may be broken. ``change_price`` is the part of ``Demand.prices`` and
    ``skip`` that a demand costs which leaves its crew; what breaks no promise and changes no crew
    costs what it really costs. ``sunk`` is what crews that are away have spent, their way home
    from where they are included.
    """

    demands: tuple[Demand, ...]
    crews: tuple[Crew, ...]
    matrix: TravelMatrix
    present: Routes
    balance: Balance = Balance()
    home: tuple[int, ...] = ()
    most_changes: int = UNLIMITED
    most_broken: int = UNLIMITED
    change_price: int = 0
    sunk: int = 0

    @property
    def is_plain(self) -> bool:
        """True when runs of stops joined in constant time tell the whole truth."""
        return (
            not self.matrix.slices
            and not self.matrix.others
            and not self.balance.price
            and all(is_plain_demand(demand) for demand in self.demands)
            and all(is_plain_crew(crew) for crew in self.crews)
        )


def is_plain_demand(demand: Demand) -> bool:
    """True for one hard window at most, and goods that only come from the depot."""
    task = demand.task
    if len(task.windows) > 1 or task.setup or task.soft_latest is not None:
        return False
    if demand.collected != NOTHING or demand.brings or demand.fetched != NOTHING or demand.ready:
        return False
    return not demand.prices and not demand.skip and demand.promise is None


def is_plain_crew(crew: Crew) -> bool:
    """True where a round is one trip from the depot and back, without further limits."""
    duty = crew.duty
    if duty.end_row != duty.row or duty.fixed_start or duty.driving is not None or crew.is_away:
        return False
    if crew.reloads or crew.chargers or crew.per_inner_metre or crew.speed_factor != 1.0:
        return False
    return min(crew.most_stops, crew.most_metres, crew.most_driving) >= UNLIMITED
