"""Consoles that work until they are killed: forked, so that a thousand of them take minutes."""

import os
import random
import select
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from console.dispatch.desk import Desk
from console.domain.commands import AddStops, Command, MoveStops, OpenShifts, PinStops
from console.domain.errors import Rejected
from console.domain.orders import Order, OrderEntry, OrderId
from console.domain.places import Address, Coordinate, PlaceId
from console.domain.plan import RouteId, Stop, StopId
from console.storage.store import Store
from tests.storage.plans import shift

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
ROUTES = tuple(RouteId(f"r{i}") for i in range(4))


@dataclass(frozen=True, slots=True)
class Ticking:
    """A clock a test may set; aware UTC."""

    start: datetime = EIGHT
    step: timedelta = timedelta(seconds=1)
    ticks: "count[int]" = count()

    def now(self) -> datetime:
        return self.start + next(self.ticks) * self.step


def desk_of(store: Store, stream: str, name: str, clock: Ticking | None = None) -> Desk:
    return Desk.open(store.journal, stream, actor=name, origin=name, clock=clock or Ticking())


def begin(desk: Desk, stops: int = 12) -> None:
    """Routes and stops to move about."""
    desk.submit(OpenShifts(tuple((route, shift(i)) for i, route in enumerate(ROUTES))))
    desk.submit(AddStops(tuple(plain(f"s{i}") for i in range(stops))))
    desk.flush()


def plain(name: str) -> Stop:
    order = Order(OrderId(f"o-{name}"), PlaceId(f"p-{name}"))
    return Stop(StopId(name), PlaceId(f"p-{name}"), (order,))


def some_edit(desk: Desk, chance: random.Random) -> Command:
    """A move, a pin or a new stop: something that fits the plan shown now."""
    stops = sorted(desk.plan.stops)
    kind = chance.random()
    if kind < 0.15:
        return AddStops((plain(f"n{chance.getrandbits(48):012x}"),))
    stop = StopId(chance.choice(stops))
    if kind < 0.3 and desk.plan.stops[stop].route is not None:
        return PinStops((stop,), pinned=not desk.plan.stops[stop].pinned)
    return MoveStops((stop,), chance.choice(ROUTES))


def begun(desk: Desk, chance: random.Random) -> str:
    """One edit that fits the plan shown now, not yet durable; its command id."""
    while True:
        try:
            change = desk.submit(some_edit(desk, chance))
        except Rejected:
            continue
        assert change.entry is not None
        return change.entry.command_id


def edit(desk: Desk, chance: random.Random) -> str:
    """One edit made durable; its command id."""
    own = begun(desk, chance)
    desk.flush()
    return own


def import_orders(store: Store, desk: Desk, batch: str, size: int) -> str:
    """Registers first, then one command with all stops: as the window takes a file in."""
    addresses = [Address(f"Street {batch} {i}", "9490", "Vaduz", "LI") for i in range(size)]
    places = store.places.remember_all(addresses)
    entries = [
        OrderEntry(
            OrderId(f"{batch}-{i}"),
            address,
            recipient=f"Person {i}",
            coordinate=Coordinate(47.1, 9.5),
        )
        for i, address in enumerate(addresses)
    ]
    digests = store.orders.put(entries)
    stops = tuple(
        replace(
            plain(f"{batch}-{i}"),
            place=place.id,
            orders=(Order(entry.id, place.id, digest=digests[entry.id]),),
        )
        for i, (entry, place) in enumerate(zip(entries, places, strict=True))
    )
    change = desk.submit(AddStops(stops))
    assert change.entry is not None
    desk.flush()
    return change.entry.command_id


def killed(work: Callable[[Callable[[str], None]], None], after: int, pause: float) -> list[str]:
    """Run work in a child, which tells each acknowledgement; kill -9 after so many and a pause.

    The answer is all that the child had told before it died.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(read)
            work(lambda told: _tell(write, told))
            code = 0
        except BaseException:  # noqa: BLE001 - told to whoever reads the output
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(write)
    told = b""
    while told.count(b"\n") < after and (more := os.read(read, 65536)):
        told += more
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("a console ended by an error of its own, not by the kill")
    while select.select([read], [], [], 0)[0] and (more := os.read(read, 65536)):
        told += more
    os.close(read)
    return told.decode().split("\n")[:-1]


def _tell(pipe: int, told: str) -> None:
    os.write(pipe, f"{told}\n".encode())
