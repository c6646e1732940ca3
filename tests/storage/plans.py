"""Plans, commands and journals that the storage tests share."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from console.dispatch.journal import Draft
from console.domain.alarm import AlarmKind, AlarmNote, AlarmStep, AnswerKind
from console.domain.cases import CaseNote, Resolution, Step
from console.domain.commands import (
    Acceptance,
    AddStops,
    AdmitStop,
    AdoptSolution,
    AmendOrders,
    AmendShift,
    AttendException,
    CancelOrders,
    Command,
    JoinStops,
    Landing,
    LoadStops,
    LockRoutes,
    LogException,
    MarkDay,
    MergeRoutes,
    MoveStops,
    NoteAlarms,
    OpenDay,
    OpenShifts,
    OverrideRule,
    PinStops,
    RecordFact,
    ReleaseRoutes,
    ResolveExceptions,
    ReturnTo,
    ReverseRoute,
    Revert,
    SealDay,
    SendTail,
    SplitRoute,
    SwapRoutes,
    SwapShifts,
    SwitchDriver,
)
from console.domain.commands.returning import returned
from console.domain.fleet import BreakRule, DepotId, DriverId, Rates, Shift, VehicleId
from console.domain.load import Capacity, Load
from console.domain.objective import OBJECTIVES
from console.domain.orders import Order, OrderId, Priority, TimeWindow
from console.domain.patch import Patch, diff
from console.domain.places import PlaceId
from console.domain.plan import (
    Cause,
    Day,
    Fact,
    FactId,
    FactKind,
    Plan,
    RouteId,
    Stop,
    StopId,
)
from console.storage import codec, schema, sqlite
from console.storage.sqlite import SqliteDatabase

STREAM = "plan/depot-1/2026-11-23"
EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def fresh_database(folder: Path, name: str = "store.db", busy_ms: int = 15_000) -> SqliteDatabase:
    """A database with all tables, made directly."""
    made = sqlite.connect(folder / name, busy_ms=busy_ms)
    with made.writing() as connection:
        schema.metadata.create_all(connection)
        made.renewed(connection)
    return made


def stop(i: int, **changes: Any) -> Stop:
    """A stop with one order."""
    window = TimeWindow(EIGHT + HOUR, EIGHT + 3 * HOUR)
    order = Order(
        OrderId(f"o{i}"),
        PlaceId(f"p{i}"),
        Load(1, 2.5, 0.1),
        (window,),
        skills=("cold",),
        priority=Priority.HIGH,
        digest=f"{i:064x}",
    )
    return Stop(StopId(f"s{i}"), PlaceId(f"p{i}"), (order,), **changes)


def shift(i: int = 1) -> Shift:
    """A shift with a break and prices."""
    return Shift(
        DriverId(f"d{i}"),
        VehicleId(f"v{i}"),
        DepotId("depot-1"),
        PlaceId("p0"),
        EIGHT,
        EIGHT + 9 * HOUR,
        Capacity(100, 800.0, 6.5),
        ("cold", "lift"),
        Rates(30.0, 0.4, 24.5),
        BreakRule(timedelta(minutes=30), EIGHT + 3 * HOUR, EIGHT + 6 * HOUR),
        HOUR,
        180_000,
    )


def draft(plan: Plan, command: Command, number: int, stream: str = STREAM) -> Draft:
    """The row that makes the command's effect durable."""
    return Draft(
        stream,
        plan.version + 1,
        f"00000000-0000-4000-8000-{number:012d}",
        command,
        diff(plan, command.apply(plan)),
        "ana",
        "console-1",
        EIGHT + timedelta(seconds=number, microseconds=number),
    )


def one_of_each() -> list[Command]:
    """Every kind of command in an order in which each of them applies."""
    r1, r2 = RouteId("r1"), RouteId("r2")
    s = [StopId(f"s{i}") for i in range(6)]
    fact = Fact(FactId("f1"), FactKind.DEPARTED, r1, EIGHT + timedelta(seconds=1, microseconds=7))
    exception = Fact(
        FactId("f2"), FactKind.EXCEPTION, s[0], EIGHT + 2 * HOUR, Cause.ABSENT, "note-1"
    )
    later = Order(OrderId("o5"), PlaceId("p5"), Load(2, 1.0), (), timedelta(minutes=4, seconds=30))
    return [
        OpenDay(Day(DepotId("depot-1"), date(2026, 11, 23), "Europe/Vaduz", "li", "ab12", "free")),
        OpenShifts(((r1, shift(1)), (r2, shift(2)))),
        AddStops(tuple(stop(i) for i in range(6))),
        AdoptSolution(((r1, (s[0], s[1])), (r2, (s[2],))), "relay", 123.45),
        MoveStops((s[3],), r1, after=s[0]),
        MoveStops((s[4],), r2, before=s[2]),
        Revert(6),
        PinStops((s[3],)),
        LoadStops((s[1],)),
        OverrideRule(s[1], "late", "agreed with the shop, Müller & Söhne"),
        AmendOrders((later,)),
        AmendShift(r2, shift(2)),
        CancelOrders((OrderId("o4"),)),
        LockRoutes((r2,)),
        AdmitStop(
            (Landing(s[5], r2, before=s[2]),),
            orders=(replace(later, load=Load(1, 0.5)),),
            parts=(replace(stop(7), orders=(replace(later, id=OrderId("o7")),)),),
            overtime=((r2, 2 * HOUR),),
            dropped=(s[2],),
            unlocked=(r2,),
            accepted=(Acceptance(s[5], "skill", "knows better"),),
        ),
        LoadStops((s[1],), loaded=False),
        ReverseRoute(r1),
        SwapRoutes(r1, r2),
        SwapShifts(r1, r2),
        SendTail(r1, s[5], r2),
        SplitRoute(r2, s[0], r1),
        JoinStops(((s[1], s[2]),)),
        MergeRoutes(r1, r2),
        ReturnTo(20),
        ReleaseRoutes((r2,)),
        ReleaseRoutes((r2,), released=False),
        SwitchDriver(r2),
        RecordFact(fact),
        LogException(exception),
        AttendException(_case("f4", "f2", CaseNote(Step.OWNED, owner="Anne"))),
        AttendException(
            _case(
                "f9", "s1", CaseNote(Step.TOLD, promised=EIGHT, low=EIGHT + HOUR, high=EIGHT + HOUR)
            )
        ),
        AttendException(
            _case("f10", "f2", CaseNote(Step.EXPLAINED, owner="Anne", scope="area", key="9490"))
        ),
        ResolveExceptions(
            (_case("f5", "f2", CaseNote(Step.RESOLVED, resolution=Resolution.CLOSED, cost=-1.5)),),
            gone=(OrderId("o3"),),
            stop=replace(stop(9), orders=(replace(later, id=OrderId("o1~2")),)),
            to=r1,
            opened=(r1,),
        ),
        MarkDay(Fact(FactId("f3"), FactKind.SKIPPED, RouteId("locate"), EIGHT, note="note-2")),
        SealDay(Fact(FactId("f6"), FactKind.SEALED, RouteId("day"), EIGHT)),
        SealDay(Fact(FactId("f7"), FactKind.REOPENED, RouteId("day"), EIGHT + HOUR, note="n")),
        NoteAlarms((_alarm(),)),
    ]


def _alarm() -> Fact:
    note = AlarmNote(
        *(AlarmStep.ANSWERED, AlarmKind.LATE_AHEAD, "r1", "s1", "Anne", EIGHT + HOUR),
        *(AnswerKind.HAND_OVER, -1.5, 30.0, True),
    )
    return Fact(FactId("f8"), FactKind.ALARM, RouteId("late_ahead|r1||1"), EIGHT, alarm=note)


def _case(name: str, about: str, note: CaseNote) -> Fact:
    return Fact(FactId(name), FactKind.ATTENDED, RouteId(about), EIGHT, case=note)


def rows_of(commands: list[Command]) -> tuple[list[Draft], Plan]:
    """Their drafts in order and the plan they lead to."""
    plan, drafts, patches = Plan(), list[Draft](), list[Patch]()
    for number, command in enumerate(commands, 1):
        if isinstance(command, ReturnTo):
            then = Plan()
            for patch in patches[: command.version]:
                then = patch.apply(then)
            command = replace(command, back=diff(plan, returned(plan, then)))  # noqa: PLW2901
        if isinstance(command, Revert) and not command.undo:
            command = Revert(command.version, patches[command.version - 1].inverted())  # noqa: PLW2901
        row = draft(plan, command, number)
        drafts.append(row)
        patches.append(row.patch)
        plan = row.patch.apply(plan)
    return drafts, plan


moments = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001
    datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
spans = st.timedeltas(timedelta(), timedelta(days=3))
_floats = st.floats(0, 1e9, allow_nan=False)
_ids = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
loads = st.builds(Load, st.integers(0, 10**6), _floats, _floats, _floats)
_prices = st.none() | _floats
windows = st.builds(
    lambda at, long, price: TimeWindow(at, at + long, price), moments, spans, _prices
)
orders = st.builds(
    Order,
    _ids.map(OrderId),
    _ids.map(PlaceId),
    loads,
    st.lists(windows, max_size=3).map(tuple),
    spans,
    st.lists(_ids, max_size=2).map(tuple),
    st.sampled_from(Priority),
    _ids,
    collected=st.just(Load()) | loads,
    pickup=st.none() | _ids.map(OrderId),
    people=st.integers(1, 3),
    skip_price=_prices,
    deadline=st.none() | moments,
    drivers=st.lists(_ids.map(DriverId), max_size=2).map(tuple),
    territory=st.just("") | st.just(',"loaded":false') | _ids,
)
stops = st.builds(
    Stop,
    _ids.map(StopId),
    _ids.map(PlaceId),
    st.lists(orders, max_size=2).map(tuple),
    st.none() | _ids.map(RouteId),
    st.booleans(),
    loaded=st.booleans(),
)
days = st.builds(
    Day,
    _ids.map(DepotId),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.just("Europe/Vaduz"),
    _ids,
    _ids,
    _ids,
    objective=st.sampled_from(tuple(OBJECTIVES.values())),
)
MIDNIGHT = time(0)


def decodes(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every patch that is decoded from now on, in order."""
    decoded = list[bytes]()
    decode = codec.decode_patch

    def counted(data: bytes) -> Patch:
        decoded.append(data)
        return decode(data)

    monkeypatch.setattr(codec, "decode_patch", counted)
    return decoded
