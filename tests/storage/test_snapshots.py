"""Snapshots open long streams fast and are never believed when they do not fit the journal."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from console.dispatch import journal
from console.dispatch.desk import Desk
from console.dispatch.journal import Draft
from console.domain.commands import AddStops, OverrideRule
from console.domain.errors import ConsoleError
from console.domain.plan import Plan
from console.domain.violations import Rule
from console.storage import snapshots
from console.storage.store import Store
from tests.storage.plans import STREAM, decodes, draft, one_of_each, rows_of, stop
from tests.storage.test_desks import Eight


@pytest.fixture
def plan(store: Store) -> Plan:
    drafts, plan = rows_of(one_of_each())
    store.journal.append_all(drafts)
    return plan


def test_none_at_first(store: Store) -> None:
    assert store.snapshots.latest(STREAM) is None
    assert not store.snapshots.is_due(STREAM)


def test_a_snapshot_comes_back(store: Store, plan: Plan) -> None:
    assert store.snapshots.store(STREAM, plan)
    assert store.snapshots.latest(STREAM) == (plan.version, plan)


def test_a_plan_the_journal_does_not_know_is_not_kept(store: Store, plan: Plan) -> None:
    assert not store.snapshots.store("plan/elsewhere", plan)


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE snapshot SET codec = codec + 1",
        "UPDATE snapshot SET entry_hash = 'another history'",
        "UPDATE snapshot SET value = x'00'",
        "UPDATE snapshot SET digest = ''",
    ],
)
def test_one_that_does_not_fit_is_passed_over(store: Store, plan: Plan, spoil: str) -> None:
    store.snapshots.store(STREAM, plan)
    with store.database.writing() as connection:
        connection.execute(text(spoil))
    assert store.snapshots.latest(STREAM) is None
    assert store.snapshots.replayed(store.journal, STREAM) == plan


def test_replay_goes_on_from_the_snapshot(
    store: Store, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.snapshots.store(STREAM, plan)
    row = draft(plan, AddStops((stop(99),)), 900)
    store.journal.append(row)
    reads: list[int] = []
    read: Callable[..., object] = type(store.journal).read

    def counted(self: object, stream: str, after: int = 0, known: int = 0) -> object:
        reads.append(after)
        return read(self, stream, after, known)

    monkeypatch.setattr(type(store.journal), "read", counted)
    assert store.snapshots.replayed(store.journal, STREAM) == row.patch.apply(plan)
    assert reads == [plan.version]


def test_due_after_many_rows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "EVERY_ROWS", 10)
    plan, drafts = Plan(), []
    drafts.append(draft(plan, AddStops((stop(1),)), 1))
    plan = drafts[0].patch.apply(plan)
    plan = plan.with_stops([stop(1)])
    for i in range(2, 11):
        row = draft(plan, AddStops((stop(i),)), i)
        drafts.append(row)
        plan = row.patch.apply(plan)
    store.journal.append_all(drafts)
    assert store.snapshots.is_due(STREAM)
    assert store.snapshots.replayed(store.journal, STREAM) == plan
    assert not store.snapshots.is_due(STREAM)
    assert store.snapshots.latest(STREAM) == (10, plan)


def test_due_after_many_bytes(store: Store) -> None:
    row = draft(Plan(), AddStops(tuple(stop(i) for i in range(1600))), 1)
    store.journal.append(row)
    assert store.snapshots.is_due(STREAM)


def test_a_desk_begins_at_the_snapshot_and_remembers_the_rows_before(
    store: Store, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "TAIL", 5)
    store.snapshots.store(STREAM, plan)
    row = draft(plan, AddStops((stop(99),)), 900)
    store.journal.append(row)
    whole = Desk.open(store.journal, STREAM, actor="ana", origin="console-1", clock=Eight())
    short = Desk(store.journal, STREAM, "ana", "console-1", Eight())
    short.begin(*journal.beginning(store.journal, store.snapshots, STREAM))
    assert short.plan == whole.plan == row.patch.apply(plan)
    assert short.entries == whole.entries[-6:]
    short.undo()
    short.flush()
    assert short.plan.stops == plan.stops


def test_a_short_stream_begins_there_too_with_all_its_rows(store: Store, plan: Plan) -> None:
    store.snapshots.store(STREAM, plan)
    row = draft(plan, AddStops((stop(99),)), 900)
    store.journal.append(row)
    whole = Desk.open(store.journal, STREAM, actor="ana", origin="console-1", clock=Eight())
    begun, rows = journal.beginning(store.journal, store.snapshots, STREAM)
    assert (begun, begun.version) == (plan, plan.version)
    desk = Desk(store.journal, STREAM, "ana", "console-1", Eight())
    desk.begin(begun, rows)
    assert desk.plan == whole.plan
    assert desk.entries == whole.entries
    assert desk.undo_stack() == whole.undo_stack()


def test_a_plan_from_a_snapshot_lists_its_entities_as_a_replay_does(store: Store) -> None:
    plan, drafts = Plan(), list[Draft]()
    for command in (
        AddStops((stop(3), stop(1), stop(2))),
        OverrideRule(stop(1).id, Rule.LATE, "agreed"),
        AddStops((stop(0),)),
        OverrideRule(stop(3).id, Rule.LATE, "agreed"),
    ):
        drafts.append(draft(plan, command, len(drafts)))
        plan = drafts[-1].patch.apply(plan)
    store.journal.append_all(drafts)
    store.snapshots.store(STREAM, plan)
    begun, _ = journal.beginning(store.journal, store.snapshots, STREAM)
    assert list(begun.stops) == list(plan.stops) == [stop(n).id for n in (2, 1, 0, 3)]


def test_what_a_row_before_the_snapshot_did_is_read_when_it_is_asked_for(
    store: Store, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.snapshots.store(STREAM, plan)
    store.journal.append(draft(plan, AddStops((stop(99),)), 900))
    whole = list(store.journal.read(STREAM))
    decoded = decodes(monkeypatch)
    _, rows = journal.beginning(store.journal, store.snapshots, STREAM)
    assert len(decoded) == 1, "only the row after it"
    assert [row.outline for row in rows] == [row.outline for row in whole]
    assert len(decoded) == 1
    assert rows[0].patch == whole[0].patch
    assert rows[0].patch is rows[0].patch
    assert len(decoded) == 2
    journal.read_all(rows)
    journal.read_all(rows)
    assert len(decoded) == len(rows)
    assert rows == whole


def test_a_row_before_the_snapshot_that_was_changed_is_still_found_out(
    store: Store, plan: Plan
) -> None:
    store.snapshots.store(STREAM, plan)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE entry SET actor = 'nobody' WHERE version = 2"))
    with pytest.raises(ConsoleError, match="Version 2"):
        journal.beginning(store.journal, store.snapshots, STREAM)


def test_one_is_kept_when_it_is_due(
    store: Store, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.snapshots.keep(STREAM, plan)
    assert store.snapshots.latest(STREAM) is None
    monkeypatch.setattr(snapshots, "EVERY_ROWS", 10)
    store.snapshots.keep(STREAM, plan)
    assert store.snapshots.latest(STREAM) == (plan.version, plan)
