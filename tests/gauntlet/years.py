"""Days of a depot, one after another, until a journal is as long as that of years.

Rows are made by a desk, which checks them as a console's does; they become durable a day at once,
as nobody waits for those of years one by one. So a fill that was ended goes on with the next day.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product

from console.dispatch.desk import Desk
from console.dispatch.journal import Draft, Entry
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


WORKED = 20
"""Of so many days one is worked by a desk; the others are stored as it was, under their own name.

A desk takes four times as long as storing what it did, and a journal does not know the difference.
"""


def stream_of(number: int) -> str:
    """The stream of a day, from 0 on."""
    return f"plan/depot-1/{FIRST + timedelta(days=number)}"


def fill(store: Store, days: range) -> int:
    """So many days, those that are there already as they are; the rows of all of them."""
    rows, worked = 0, None
    for number in days:
        if not store.journal.head(stream_of(number)):
            if worked is None or worked[0] != number // WORKED:
                worked = number // WORKED, _worked(store, number)
            _store_again(store, worked[1], stream_of(number))
        rows += store.journal.head(stream_of(number))
    return rows


def _worked(store: Store, number: int) -> Desk:
    """The desk of a day that others are like: of an earlier one where that is there."""
    first = number - number % WORKED
    found = consoles.desk_of(store, stream_of(first), "ana")
    if found.plan.version:
        return found
    return _write_day(store, number)


def _write_day(store: Store, number: int) -> Desk:
    """A whole day into its stream."""
    day = FIRST + timedelta(days=number)
    chance = random.Random(number)
    clock = consoles.Ticking(datetime(day.year, day.month, day.day, 5, tzinfo=UTC))
    desk = consoles.desk_of(store, stream_of(number), "ana", clock)
    commands = _commands(desk, day, chance)
    for _ in range(ROWS):
        _submit_next(desk, commands)
    desk.absorb(store.journal.append_all(desk.outbox))
    store.snapshots.keep(desk.stream, desk.confirmed)
    return desk


def _store_again(store: Store, desk: Desk, stream: str) -> None:
    """What a desk did, once more for another day."""
    if stream == desk.stream:
        return
    store.journal.append_all([_draft(entry, stream) for entry in desk.entries])
    store.snapshots.keep(stream, desk.plan)


def _draft(entry: Entry, stream: str) -> Draft:
    assert entry.command is not None
    return Draft(
        *(stream, entry.version, entry.command_id, entry.command, entry.patch),
        *(entry.actor, entry.origin, entry.at),
    )


def _submit_next(desk: Desk, commands: Iterator[Command]) -> None:
    """The next that fits the plan; as at a console, what does not is not written."""
    while True:
        try:
            desk.submit(next(commands))
        except Rejected:
            continue
        return


def _commands(desk: Desk, day: date, chance: random.Random) -> Iterator[Command]:
    """A morning, the changes of a day, what is told from the street; then late orders."""
    routes = tuple(RouteId(f"r{i}") for i in range(ROUTES))
    stops = tuple(stop(i) for i in range(STOPS))
    yield OpenDay(Day(DepotId("depot-1"), day, "Europe/Vaduz", "li", "ab12", "free"))
    yield OpenShifts(tuple((route, shift(i)) for i, route in enumerate(routes)))
    yield AddStops(stops)
    shares = ((r, tuple(s.id for s in stops[i::ROUTES])) for i, r in enumerate(routes))
    yield AdoptSolution(tuple(shares), "relay", 1234.5)
    while desk.plan.version < ROWS - 3 * STOPS:
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
