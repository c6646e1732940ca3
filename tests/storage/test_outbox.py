"""The line drops: the desk goes on, its outbox is on the disk, and nothing of it is lost."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from console.dispatch.desk import Desk, PlanChange, Refusal
from console.dispatch.journal import Disconnected, Outbox
from console.dispatch.lanes import InlineLanes
from console.dispatch.saving import Saving, opened
from console.dispatch.services import Services
from console.domain.commands import AddStops, MoveStops, OpenShifts, PinStops
from console.domain.plan import Plan, RouteId, StopId
from console.storage.outbox import FileOutbox
from console.storage.store import Store
from tests.postgres import Server
from tests.storage.plans import STREAM, one_of_each, rows_of, shift, stop
from tests.storage.test_desks import Eight

R1, R2 = RouteId("r1"), RouteId("r2")


@dataclass
class Seat:
    """One console's desk and what makes it durable."""

    desk: Desk
    saving: Saving
    refused: list[Refusal] = field(default_factory=list[Refusal])

    def save(self) -> None:
        asyncio.run(self.saving.save(self.desk))


class _Ears:
    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def plan_changed(self, change: PlanChange) -> None:
        """Views would repaint."""

    def refused(self, refusal: Refusal) -> None:
        self._seat.refused.append(refusal)


def _seat(store: Store, name: str, outbox: Outbox | None) -> Seat:
    services = cast(
        "Services",
        SimpleNamespace(
            journal=store.journal,
            snapshots=store.snapshots,
            outbox=outbox,
            lanes=InlineLanes(),
            actor=name,
            origin=name,
            clock=Eight(),
            roles=store.roles,
        ),
    )
    desk = asyncio.run(opened(services, STREAM))
    seat = Seat(desk, Saving(services))
    desk.follow(_Ears(seat))
    asyncio.run(seat.saving.resume(desk))
    return seat


def test_every_command_comes_back_from_the_outbox(tmp_path: Path) -> None:
    outbox = FileOutbox(tmp_path / "outbox.db", "console-1")
    assert outbox.waiting(STREAM) == []
    outbox.keep(STREAM, ())
    assert not outbox.file.exists()
    drafts, _ = rows_of(one_of_each())
    outbox.keep(STREAM, drafts)
    assert outbox.waiting(STREAM) == drafts
    assert FileOutbox(outbox.file, "console-2").waiting(STREAM) == []
    assert outbox.waiting("plan/other") == []
    outbox.keep(STREAM, drafts[1:])
    assert outbox.waiting(STREAM) == drafts[1:]


def test_a_console_killed_with_a_full_outbox_loses_nothing(
    server: Server, shared: str, tmp_path: Path
) -> None:
    outbox = FileOutbox(tmp_path / "outbox.db", "ana")
    store = Store.open(server.url(shared, "ana"))
    ana = _seat(store, "ana", outbox)
    ana.desk.submit(OpenShifts(((R1, shift(1)), (R2, shift(2)))))
    ana.desk.submit(AddStops(tuple(stop(i) for i in range(4))))
    ana.save()
    assert not outbox.file.exists()  # as long as the line holds, the journal is the only place
    server.control("-m", "immediate", "stop")
    try:
        ana.desk.submit(MoveStops((StopId("s0"),), R1))
        with pytest.raises(Disconnected):
            ana.save()
        assert ana.saving.could_not_save
        ana.desk.submit(MoveStops((StopId("s1"),), R1))
        ana.desk.submit(PinStops((StopId("s1"),)))
        with pytest.raises(Disconnected):
            ana.save()
        kept = outbox.waiting(STREAM)
        assert [draft.command for draft in kept] == [d.command for d in ana.desk.outbox]
        assert len(kept) == 3
    finally:
        server.start()
    store.close()  # and nothing else: this console is gone
    store = Store.open(server.url(shared, "ana"))
    ben = _seat(store, "ben", None)
    ben.desk.submit(MoveStops((StopId("s0"),), R2))
    ben.save()
    again = _seat(store, "ana", outbox)
    (refusal,) = again.refused
    assert refusal.verdict.reason == "changed_since"
    assert refusal.verdict.details["by"] == "ana"  # the server knows ben's console by its login
    again.save()
    assert outbox.waiting(STREAM) == []
    ben.desk.pull()
    assert ben.desk.plan == again.desk.plan
    assert again.desk.plan.stops[StopId("s0")].route == R2
    assert again.desk.plan.stops[StopId("s1")].route == R1
    assert again.desk.plan.stops[StopId("s1")].pinned
    store.close()


def test_what_had_arrived_after_all_is_not_sent_twice(store: Store, tmp_path: Path) -> None:
    """The line went down between the commit and its answer."""
    outbox = FileOutbox(tmp_path / "outbox.db", "ana")
    ana = _seat(store, "ana", outbox)
    change = ana.desk.submit(AddStops((stop(1),)))
    outbox.keep(STREAM, ana.desk.outbox)
    ana.desk.flush()
    again = _seat(store, "ana", outbox)
    assert again.desk.is_saved
    again.save()
    assert outbox.waiting(STREAM) == []
    assert again.desk.plan == change.after
    assert store.journal.head(STREAM) == 1


def test_an_undo_waits_too(store: Store, tmp_path: Path) -> None:
    outbox = FileOutbox(tmp_path / "outbox.db", "ana")
    ana = _seat(store, "ana", outbox)
    ana.desk.submit(AddStops((stop(1),)))
    ana.save()
    ana.desk.undo()
    outbox.keep(STREAM, ana.desk.outbox)
    again = _seat(store, "ana", outbox)
    again.save()
    assert again.desk.plan.stops == Plan().stops
    assert again.desk.plan.version == 2


def test_nothing_waits_on_the_disk_of_a_local_store(store: Store) -> None:
    seat: Any = _seat(store, "ana", None)
    seat.desk.submit(AddStops((stop(1),)))
    seat.save()
    assert seat.desk.is_saved
