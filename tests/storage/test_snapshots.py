"""Snapshots open long streams fast and are never believed when they do not fit the journal."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from console.dispatch import journal
from console.dispatch.desk import Desk
from console.domain.commands import AddStops
from console.domain.plan import Plan
from console.storage import snapshots
from console.storage.store import Store
from tests.storage.plans import STREAM, draft, one_of_each, rows_of, stop
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

    def counted(self: object, stream: str, after: int = 0) -> object:
        reads.append(after)
        return read(self, stream, after)

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


def test_a_short_stream_is_read_whole(store: Store, plan: Plan) -> None:
    store.snapshots.store(STREAM, plan)
    begun, rows = journal.beginning(store.journal, store.snapshots, STREAM)
    assert begun == Plan()
    assert len(rows) == plan.version


def test_one_is_kept_when_it_is_due(
    store: Store, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.snapshots.keep(STREAM, plan)
    assert store.snapshots.latest(STREAM) is None
    monkeypatch.setattr(snapshots, "EVERY_ROWS", 10)
    store.snapshots.keep(STREAM, plan)
    assert store.snapshots.latest(STREAM) == (plan.version, plan)
