"""Desks of two consoles on one store: they converge, and undo survives a restart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from console.dispatch.desk import Desk
from console.domain.commands import AddStops, MoveStops, OpenShifts, PinStops
from console.domain.plan import RouteId, StopId
from console.storage.store import Store
from tests.postgres import Server
from tests.storage.plans import EIGHT, STREAM, shift, stop


@dataclass(frozen=True, slots=True)
class Eight:
    """Always eight o'clock."""

    def now(self) -> datetime:
        return EIGHT


@pytest.fixture(params=["sqlite", "postgresql"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    where = str(tmp_path)
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        where = server.url(request.getfixturevalue("shared"), "ana")
    one, two = Store.open(where), Store.open(where)
    yield one, two
    one.close()
    two.close()


def _desk(store: Store, name: str) -> Desk:
    return Desk.open(store.journal, STREAM, actor=name, origin=name, clock=Eight())


def test_two_desks_converge(stores: tuple[Store, Store]) -> None:
    ana, ben = _desk(stores[0], "ana"), _desk(stores[1], "ben")
    ana.submit(OpenShifts(((RouteId("r1"), shift(1)),)))
    ana.submit(AddStops(tuple(stop(i) for i in range(4))))
    ana.flush()
    ben.pull()
    ana.submit(MoveStops((StopId("s1"),), RouteId("r1")))
    ben.submit(MoveStops((StopId("s2"),), RouteId("r1")))
    ana.flush()
    ben.flush()
    ana.pull()
    assert ana.plan == ben.plan == _desk(stores[0], "carl").plan
    assert set(ana.plan.routes[RouteId("r1")].stops) == {"s1", "s2"}


def test_undo_after_a_restart(stores: tuple[Store, Store]) -> None:
    first = _desk(stores[0], "ana")
    first.submit(OpenShifts(((RouteId("r1"), shift(1)),)))
    first.submit(AddStops((stop(1),)))
    first.submit(MoveStops((StopId("s1"),), RouteId("r1")))
    first.submit(PinStops((StopId("s1"),)))
    first.flush()
    again = _desk(stores[1], "ana")
    again.undo()
    again.flush()
    again.undo()
    again.flush()
    assert again.plan.stops[StopId("s1")] == stop(1)
    again.redo()
    again.flush()
    first.pull()
    assert first.plan == again.plan
    assert first.plan.stops[StopId("s1")].route == "r1"
