"""Days of a depot, one after another, until a journal is as long as that of years.

Every row is made by a desk, which checks it as a console's does; rows become durable some hundreds
a transaction, as nobody waits for the days of years one row at a time.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product

from console.dispatch.desk import Desk
from console.domain.commands import (
    AddStops,
    AdoptSolution,
    Command,
    MoveStops,
    OpenDay,
    OpenShifts,
    PinStops,
    RecordFact,
)
from console.domain.errors import Rejected
from console.domain.fleet import DepotId
from console.domain.plan import Day, Fact, FactId, FactKind, Plan, RouteId, StopId
from console.storage.store import Store
from tests.gauntlet import consoles
from tests.storage.plans import shift, stop

FIRST = date(2024, 1, 1)
ROWS = 2_500
"""Of a day: plans that are made and changed, then what drivers tell of every stop."""
STOPS, ROUTES = 480, 16
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Written:
    """A day as its desk left it."""

    stream: str
    plan: Plan
    ids: tuple[str, ...]


def stream_of(number: int) -> str:
    """The stream of a day, from 0 on."""
    return f"plan/depot-1/{FIRST + timedelta(days=number)}"


def write_day(store: Store, number: int, rows: int = ROWS) -> Written:
    """A whole day into its stream; what became durable, in order."""
    day = FIRST + timedelta(days=number)
    chance = random.Random(number)
    clock = consoles.Ticking(datetime(day.year, day.month, day.day, 5, tzinfo=UTC))
    desk = consoles.desk_of(store, stream_of(number), "ana", clock)
    commands = _commands(desk, day, chance, rows)
    while len(desk.entries) < rows:
        for _ in range(min(_BATCH, rows - len(desk.entries))):
            _submit_next(desk, commands)
        desk.absorb(store.journal.append_all(desk.outbox))
        store.snapshots.keep(desk.stream, desk.confirmed)
    return Written(desk.stream, desk.plan, tuple(entry.command_id for entry in desk.entries))


def _submit_next(desk: Desk, commands: Iterator[Command]) -> None:
    """The next that fits the plan; as at a console, what does not is not written."""
    while True:
        try:
            desk.submit(next(commands))
        except Rejected:
            continue
        return


def _commands(desk: Desk, day: date, chance: random.Random, rows: int) -> Iterator[Command]:
    """A morning, the changes of a day, what is told from the street; then late orders."""
    routes = tuple(RouteId(f"r{i}") for i in range(ROUTES))
    stops = tuple(stop(i) for i in range(STOPS))
    yield OpenDay(Day(DepotId("depot-1"), day, "Europe/Vaduz", "li", "ab12", "free"))
    yield OpenShifts(tuple((route, shift(i)) for i, route in enumerate(routes)))
    yield AddStops(stops)
    shares = ((r, tuple(s.id for s in stops[i::ROUTES])) for i, r in enumerate(routes))
    yield AdoptSolution(tuple(shares), "relay", 1234.5)
    while desk.plan.version < rows - 3 * STOPS:
        yield _edit(desk.plan, chance, routes)
    yield from _street(desk.plan, day, chance)
    while True:
        yield AddStops((stop(chance.getrandbits(30)),))


def _edit(plan: Plan, chance: random.Random, routes: tuple[RouteId, ...]) -> Command:
    """Mostly stops that change place; some are pinned, some come."""
    kind, own = chance.random(), StopId(f"s{chance.randrange(STOPS)}")
    if kind < 0.05:
        return AddStops((stop(chance.getrandbits(30)),))
    if kind < 0.2:
        return PinStops((own,), pinned=not plan.stops[own].pinned)
    return MoveStops((own,), chance.choice(routes))


def _street(plan: Plan, day: date, chance: random.Random) -> Iterator[Command]:
    """Every stop in its turn: come to, delivered or not, left."""
    begun = datetime.combine(day, consoles.EIGHT.timetz())
    longest = max(len(route.stops) for route in plan.routes.values())
    for place, route in product(range(longest), plan.routes.values()):
        if place >= len(route.stops):
            continue
        at, own = begun + timedelta(minutes=12 * place), route.stops[place]
        done = FactKind.DELIVERED if chance.random() < 0.97 else FactKind.FAILED
        for minutes, kind in ((0, FactKind.ARRIVED), (4, done), (5, FactKind.DEPARTED)):
            fact = FactId(f"{kind} {own}")
            yield RecordFact(Fact(fact, kind, own, at + timedelta(minutes=minutes)))
