"""What a colleague overtook: who was first, what doing it anew means, and what the disk keeps."""

import asyncio
from types import SimpleNamespace
from typing import cast

from console.dispatch.desk import Desk, PlanChange, Refusal
from console.dispatch.lanes import InlineLanes
from console.dispatch.overtaken import keep, overtaken, recall, renewed
from console.dispatch.services import Services
from console.dispatch.workday import Workday
from console.domain.commands import Command, MoveStops, PinStops
from console.domain.errors import Rejected
from console.domain.plan import RouteId, StopId
from console.storage.memory import MemoryJournal
from console.storage.outbox import FileOutbox
from tests.dispatch.desks import STREAM, desk, opened

R0, R1, R2 = (RouteId(f"r{i}") for i in range(3))
S = [StopId(f"s{i}") for i in range(10)]


class Ears:
    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    def plan_changed(self, change: PlanChange) -> None:
        """Views would repaint."""

    def refused(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)


def _race(mine: Command, *theirs: Command) -> tuple[Desk, list[Refusal]]:
    """Ana submits while ben's rows are there already and not yet seen."""
    journal = MemoryJournal()
    opened(journal)
    ana, ben, ears = desk(journal, "ana"), desk(journal, "ben"), Ears()
    ana.follow(ears)
    for command in theirs:
        ben.submit(command)
    ben.flush()
    ana.submit(mine)
    ana.flush()
    return ana, ears.refusals


def test_who_was_first_is_named() -> None:
    ana, refusals = _race(
        MoveStops((S[0], S[1]), R0), MoveStops((S[5],), R1), MoveStops((S[1],), R1),
        MoveStops((S[6],), R1),
    )  # fmt: skip
    item = overtaken(ana, refusals[0])
    assert item.verdict.reason == "changed_since"
    assert item.theirs is not None
    assert item.theirs.command == MoveStops((S[1],), R1)
    assert item.theirs.actor == "ben"


def test_a_place_that_is_gone_is_looked_for_anew() -> None:
    journal = MemoryJournal()
    first = opened(journal)
    first.submit(MoveStops((S[1], S[2]), R0))
    first.flush()
    ana, ben, ears = desk(journal, "ana"), desk(journal, "ben"), Ears()
    ana.follow(ears)
    ben.submit(MoveStops((S[1], S[2]), R1))
    ben.submit(MoveStops((S[3],), R0))
    ben.flush()
    ana.submit(MoveStops((S[0],), R0, after=S[1], before=S[2]))
    ana.flush()
    item = overtaken(ana, ears.refusals[0])
    assert item.verdict.reason == "place_gone"
    again = renewed(cast("Workday", _UntimedDay(ana)), item.draft.command)
    assert again == MoveStops((S[0],), R0, S[3], None)
    ana.submit(again)
    ana.flush()
    assert ana.plan.routes[R0].stops == (S[3], S[0])


class _UntimedDay:
    """A workday without travel times: no landing can be priced."""

    def __init__(self, ana: Desk) -> None:
        self.desk = ana

    def previews(self, stops: object, routes: object) -> dict[RouteId, object]:
        return {}


def test_other_commands_are_done_as_they_were() -> None:
    ana, _ = _race(MoveStops((S[0],), R0), MoveStops((S[0],), R1))
    pin = PinStops((S[0],), pinned=True)
    day = cast("Workday", _UntimedDay(ana))
    assert renewed(day, pin) is pin
    gone = MoveStops((StopId("sx"),), R0)
    assert renewed(day, gone) is gone
    off = MoveStops((S[0], StopId("sx")), None)
    assert renewed(day, off) is off


def test_what_nobody_decided_is_asked_again_at_the_next_start(tmp_path) -> None:
    ana, refusals = _race(MoveStops((S[0],), R0), MoveStops((S[0],), R1))
    services = cast(
        "Services",
        SimpleNamespace(outbox=FileOutbox(tmp_path / "outbox.db", "ana"), lanes=InlineLanes()),
    )
    item = overtaken(ana, refusals[0])
    asyncio.run(keep(services, STREAM, [item]))
    again = desk(ana.journal, "ana")
    (found,) = asyncio.run(recall(services, again))
    assert (found.draft, found.verdict.reason) == (item.draft, "changed_since")
    assert found.theirs == item.theirs
    assert services.outbox is not None
    assert services.outbox.waiting(STREAM) == []  # it is not sent by itself
    asyncio.run(keep(services, STREAM, []))
    assert asyncio.run(recall(services, again)) == []


def test_a_file_of_our_own_keeps_nothing_apart() -> None:
    ana, refusals = _race(MoveStops((S[0],), R0), MoveStops((S[0],), R1))
    services = cast("Services", SimpleNamespace(outbox=None, lanes=InlineLanes()))
    asyncio.run(keep(services, STREAM, [overtaken(ana, refusals[0])]))
    assert asyncio.run(recall(services, ana)) == []


def test_a_verdict_says_whether_it_would_fit_now() -> None:
    ana, refusals = _race(MoveStops((S[0],), R0), MoveStops((S[0],), R1))
    assert isinstance(ana.verdict_on(refusals[0].draft), Rejected)
    ana.submit(MoveStops((S[2],), R2))
    waiting = ana.head_of_outbox()
    assert waiting is not None
    ana.flush()
    fits = ana.verdict_on(waiting)
    assert fits is not None
    assert fits.reason == "no_change"
