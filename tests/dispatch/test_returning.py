"""Back to any version: the plan of then, the facts of now, one step to undo; names and skips."""

import pytest

from console.dispatch.desk import Desk
from console.domain.commands import (
    AdoptSolution,
    LockRoutes,
    MarkDay,
    MoveStops,
    RecordFact,
    ReverseRoute,
)
from console.domain.errors import Rejected
from console.domain.plan import Fact, FactId, FactKind, RouteId, StopId, StopStatus
from console.storage.memory import MemoryJournal
from tests.dispatch.desks import MORNING, desk, opened

R0, R1 = RouteId("r0"), RouteId("r1")
S = [StopId(f"s{i}") for i in range(6)]


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def at_work(journal: MemoryJournal) -> Desk:
    """Version 3: r0 has s0 s1 s2; 4: reversed; 5: s3 joins; 6: r1 locked."""
    made = opened(journal)
    made.submit(AdoptSolution(((R0, tuple(S[:3])),)))
    made.submit(ReverseRoute(R0))
    made.submit(MoveStops((S[3],), R0))
    made.submit(LockRoutes((R1,)))
    made.flush()
    return made


def test_back_and_forth_again(at_work: Desk, journal: MemoryJournal) -> None:
    then = at_work.plan_at(3)
    assert then.routes[R0].stops == tuple(S[:3])
    before = at_work.plan
    change = at_work.return_to(3)
    assert (change.after.routes, change.after.stops) == (then.routes, then.stops)
    at_work.flush()
    assert desk(journal, "other").plan == at_work.plan
    at_work.undo()
    assert (at_work.plan.routes, at_work.plan.stops) == (before.routes, before.stops)


def test_what_was_reported_since_stays(at_work: Desk) -> None:
    at_work.submit(RecordFact(Fact(FactId("f"), FactKind.DELIVERED, S[2], MORNING)))
    at_work.flush()
    at_work.return_to(3)
    assert at_work.plan.stops[S[2]].status is StopStatus.DELIVERED
    assert at_work.plan.routes[R0].stops == (S[2], S[0], S[1])
    assert FactId("f") in at_work.plan.facts


def test_what_is_served_cannot_be_taken_off_its_route(at_work: Desk) -> None:
    at_work.submit(RecordFact(Fact(FactId("f"), FactKind.DELIVERED, S[2], MORNING)))
    at_work.flush()
    with pytest.raises(Rejected, match="already_served"):
        at_work.return_to(2)


def test_refusals(at_work: Desk) -> None:
    with pytest.raises(Rejected, match="no_change"):
        at_work.return_to(6)
    with pytest.raises(Rejected, match="unknown_version"):
        at_work.return_to(7)
    at_work.submit(LockRoutes((R1,), locked=False))
    with pytest.raises(Rejected, match="not_saved_yet"):
        at_work.return_to(3)


def test_a_colleague_who_was_first_wins(at_work: Desk, journal: MemoryJournal) -> None:
    other = desk(journal, "other")
    other.submit(MoveStops((S[3],), None))
    other.flush()
    at_work.return_to(3)
    at_work.flush()
    assert at_work.is_saved
    assert at_work.plan.routes[R0].stops == (S[2], S[1], S[0])
    assert at_work.plan == other.plan


def test_a_name_and_a_skipped_step_are_facts(at_work: Desk) -> None:
    name = Fact(FactId("n"), FactKind.NAMED, RouteId("3"), MORNING, note="note-1")
    skip = Fact(FactId("k"), FactKind.SKIPPED, RouteId("locate"), MORNING, note="note-2")
    stack = at_work.undo_stack()
    for fact in (name, skip, name):
        at_work.submit(MarkDay(fact))
    at_work.flush()
    assert at_work.undo_stack() == stack
    assert at_work.plan.facts == {name.id: name, skip.id: skip}
    with pytest.raises(Rejected, match="not_a_mark"):
        at_work.submit(MarkDay(Fact(FactId("x"), FactKind.DELIVERED, S[0], MORNING)))
