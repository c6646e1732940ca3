"""Any interleaving of three desks with stale bases: nothing doubled, nothing lost, all equal."""

import contextlib
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from console.dispatch.desk import Desk, PlanChange, Refusal
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
    JoinStops,
    Landing,
    LockRoutes,
    LogException,
    MarkDay,
    MergeRoutes,
    MoveStops,
    OpenDay,
    OpenShifts,
    OverrideRule,
    PinStops,
    RecordFact,
    ReleaseRoutes,
    ResolveExceptions,
    ReverseRoute,
    SealDay,
    SendTail,
    SplitRoute,
    SwapRoutes,
    SwapShifts,
    SwitchDriver,
)
from console.domain.errors import Rejected
from console.domain.fleet import DepotId
from console.domain.load import Load
from console.domain.places import PlaceId
from console.domain.plan import Cause, Day, Fact, FactId, FactKind, Plan, RouteId, StopId
from console.storage.memory import MemoryJournal
from tests.dispatch.desks import MORNING, desk, opened, order, shift, stop

DESKS = st.integers(0, 2)
STOPS = st.integers(0, 14).map(lambda i: StopId(f"s{i}"))
ROUTES = st.integers(0, 3).map(lambda i: RouteId(f"r{i}"))
WHOLE = st.sampled_from(("reverse", "swap", "tail", "split", "merge", "release", "withdraw"))
STREET = (FactKind.DEPARTED, FactKind.ARRIVED, FactKind.DELIVERED, FactKind.FAILED)


class _Ear:
    """Remembers the plan as a view would that only follows changes."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.refusals: list[Refusal] = []

    def plan_changed(self, change: PlanChange) -> None:
        assert change.before == self.plan
        assert change.patch.apply(change.before).stops == change.after.stops
        self.plan = change.after
        if change.entry is not None and not change.entry.command.is_fact:
            _promises_kept(change.before, change.after)

    def refused(self, refusal: Refusal) -> None:
        assert not refusal.command.is_fact
        self.refusals.append(refusal)


def _promises_kept(before: Plan, after: Plan) -> None:
    for route in before.routes.values():
        now = after.routes.get(route.id)
        if now is None:  # the opening of an empty shift was undone
            assert not route.stops
            assert not route.is_frozen
            continue
        done = [i for i, s in enumerate(route.stops) if not before.stops[s].is_open]
        prefix = route.stops[: done[-1] + 1] if done else ()
        assert now.stops[: len(prefix)] == prefix
        if route.is_frozen and now.is_frozen:
            assert now.stops == route.stops
            assert [after.stops[s].orders for s in now.stops] == [
                before.stops[s].orders for s in route.stops
            ]
    for route in after.routes.values():
        assert not (route.off and any(after.stops[s].is_open for s in route.stops))


class ThreeDesks(RuleBasedStateMachine):
    @initialize()
    def open_day(self) -> None:
        self.journal = MemoryJournal()
        opened(self.journal)
        self.desks = [desk(self.journal, name) for name in "abc"]
        self.ears = [_Ear(d.plan) for d in self.desks]
        for d, ear in zip(self.desks, self.ears, strict=True):
            d.follow(ear)
        self.facts: set[FactId] = set()
        self.next_id = 100

    def submit(self, who: int, command: object, stale: int = 0) -> None:
        d: Desk = self.desks[who]
        base = max(0, d.plan.version - stale) if stale else None
        try:
            d.submit(command, base)
        except Rejected:
            assert not command.is_fact

    def new_id(self) -> str:
        self.next_id += 1
        return str(self.next_id)

    @rule(
        who=DESKS,
        stops=st.lists(STOPS, min_size=1, max_size=4, unique=True),
        to=st.none() | ROUTES,
        after=st.none() | STOPS,
        before=st.none() | STOPS,
        stale=st.integers(0, 3),
    )
    def move(self, who, stops, to, after, before, stale) -> None:
        self.submit(who, MoveStops(tuple(stops), to, after, before), stale)

    @rule(who=DESKS, cut=st.integers(0, 12), seed=st.randoms(), stale=st.integers(0, 4))
    def adopt(self, who, cut, seed, stale) -> None:
        plan = self.desks[who].plan
        routes = sorted(plan.routes)[:2]
        pool = [s for r in routes for s in plan.routes[r].stops] + list(plan.unassigned)
        seed.shuffle(pool)
        halves = (tuple(pool[:cut]), tuple(pool[cut : cut + 5]))
        self.submit(who, AdoptSolution(tuple(zip(routes, halves, strict=False))), stale)

    @rule(who=DESKS)
    def undo(self, who) -> None:
        try:
            self.desks[who].flush()
            self.desks[who].undo()
        except Rejected:
            pass

    @rule(who=DESKS)
    def redo(self, who) -> None:
        try:
            self.desks[who].flush()
            self.desks[who].redo()
        except Rejected:
            pass

    @rule(who=DESKS, version=st.integers(3, 40))
    def revert_any(self, who, version) -> None:
        with contextlib.suppress(Rejected):
            self.desks[who].revert(version)

    @rule(who=DESKS, one=ROUTES, other=ROUTES, first=STOPS, stale=st.integers(0, 3), pick=WHOLE)
    def whole_routes(self, who, one, other, first, stale, pick) -> None:
        commands = {
            "reverse": ReverseRoute(one),
            "swap": SwapRoutes(one, other),
            "swap_shifts": SwapShifts(one, other),
            "tail": SendTail(one, first, other),
            "split": SplitRoute(one, first, other),
            "merge": MergeRoutes(one, other),
            "release": ReleaseRoutes((one,)),
            "withdraw": ReleaseRoutes((one,), released=False),
        }
        self.submit(who, commands[pick], stale)

    @rule(who=DESKS, version=st.integers(1, 40))
    def return_to(self, who, version) -> None:
        with contextlib.suppress(Rejected):
            self.desks[who].return_to(version)

    @rule(who=DESKS, version=st.integers(1, 40))
    def name(self, who, version) -> None:
        fact = Fact(FactId(f"f{self.new_id()}"), FactKind.NAMED, RouteId(str(version)), MORNING)
        self.facts.add(fact.id)
        self.submit(who, MarkDay(fact))

    @rule(who=DESKS, stops=st.lists(STOPS, min_size=1, max_size=3, unique=True), on=st.booleans())
    def pin(self, who, stops, on) -> None:
        self.submit(who, PinStops(tuple(stops), on))

    @rule(who=DESKS, route=ROUTES, on=st.booleans())
    def lock(self, who, route, on) -> None:
        self.submit(who, LockRoutes((route,), on))

    @rule(who=DESKS, route=ROUTES, off=st.booleans(), stale=st.integers(0, 2))
    def switch(self, who, route, off, stale) -> None:
        self.submit(who, SwitchDriver(route, off), stale)

    @rule(who=DESKS, subject=STOPS | ROUTES, reason=st.sampled_from((None, "", "knows better")))
    def override(self, who, subject, reason) -> None:
        self.submit(who, OverrideRule(subject, "late", reason))

    @rule(
        who=DESKS,
        one=STOPS,
        to=ROUTES,
        after=st.none() | STOPS,
        others=st.lists(STOPS, max_size=2, unique=True),
        opens=st.booleans(),
        stale=st.integers(0, 3),
    )
    def admit(self, who, one, to, after, others, opens, stale) -> None:
        command = AdmitStop(
            (Landing(one, to, after),),
            orders=(order(one[1:]),),
            parts=(replace(stop(self.new_id()), place=PlaceId("p0")),) if opens else (),
            overtime=((to, timedelta(minutes=20)),),
            dropped=tuple(s for s in others if s != one),
            unlocked=(to,) if opens else (),
            accepted=(Acceptance(one, "skill", "knows better"),),
        )
        self.submit(who, command, stale)

    @rule(who=DESKS, name=st.integers(0, 14))
    def add(self, who, name) -> None:
        self.submit(who, AddStops((stop(str(name)),)))

    @rule(who=DESKS, names=st.lists(st.integers(0, 14), min_size=1, max_size=2, unique=True))
    def cancel(self, who, names) -> None:
        self.submit(who, CancelOrders(tuple(order(str(n)).id for n in names)))

    @rule(who=DESKS, group=st.lists(STOPS, min_size=1, max_size=4), stale=st.integers(0, 3))
    def join(self, who, group, stale) -> None:
        self.submit(who, JoinStops((tuple(group),)), stale)

    @rule(who=DESKS, name=st.integers(0, 14), place=st.integers(0, 3), kg=st.integers(0, 9))
    def amend(self, who, name, place, kg) -> None:
        changed = replace(order(str(name)), place=PlaceId(f"p{place}"), load=Load(kg=kg))
        self.submit(who, AmendOrders((changed,), (StopId(f"x{self.new_id()}"),)))

    @rule(who=DESKS, i=st.integers(0, 3), hours=st.integers(-1, 9))
    def shifts(self, who, i, hours) -> None:
        self.submit(who, OpenShifts(((RouteId(f"r{i}"), shift(i)),)))
        amended = replace(shift(i), end=MORNING + timedelta(hours=hours))
        self.submit(who, AmendShift(RouteId(f"r{i}"), amended))

    @rule(who=DESKS, region=st.sampled_from(("north", "south")))
    def region(self, who, region) -> None:
        day = Day(DepotId("depot"), MORNING.date(), "Europe/Vaduz", region)
        self.submit(who, OpenDay(day))

    @rule(
        who=DESKS,
        kind=st.sampled_from(STREET),
        subject=STOPS | ROUTES,
        stale=st.integers(0, 5),
        correct=st.booleans(),
    )
    def report(self, who, kind, subject, stale, correct) -> None:
        corrects = max(self.facts) if correct and self.facts else None
        fact = Fact(FactId(f"f{self.new_id()}"), kind, subject, MORNING, corrects=corrects)
        self.facts.add(fact.id)
        self.submit(who, RecordFact(fact), stale)

    @rule(who=DESKS, subject=STOPS | ROUTES)
    def log(self, who, subject) -> None:
        fact = Fact(FactId(f"f{self.new_id()}"), FactKind.EXCEPTION, subject, MORNING, Cause.ABSENT)
        self.facts.add(fact.id)
        self.submit(who, LogException(fact))

    @rule(who=DESKS, about=st.integers(0, 3), seed=st.randoms(), to=st.none() | ROUTES)
    def resolve(self, who, about, seed, to) -> None:
        known = sorted(self.facts)
        subject = StopId(seed.choice(known) if known else "nothing")
        name = FactId(f"f{self.new_id()}")
        owned = CaseNote(Step.OWNED, owner="ana")
        self.facts.add(name)
        self.submit(
            who, AttendException(Fact(name, FactKind.ATTENDED, subject, MORNING, case=owned))
        )
        note = CaseNote(Step.RESOLVED, resolution=Resolution.TODAY)
        fact = Fact(FactId(f"d{self.new_id()}"), FactKind.ATTENDED, subject, MORNING, case=note)
        again = replace(stop(90), id=StopId(f"y{self.new_id()}"))
        tried = replace(again, orders=(order(f"again{self.next_id}"),))
        gone = (order(str(about)).id,)
        out = () if to is None else (to,)
        self.submit(who, ResolveExceptions((fact,), gone, tried, to, opened=out))

    @rule(who=DESKS, opens=st.booleans())
    def seal(self, who, opens) -> None:
        """Closed now and then, and soon open again."""
        kinds = (FactKind.SEALED, FactKind.REOPENED)[: 1 + opens]
        for kind in kinds:
            fact = Fact(FactId(f"f{self.new_id()}"), kind, RouteId("day"), self.later())
            self.facts.add(fact.id)
            self.submit(who, SealDay(fact))

    def later(self) -> datetime:
        return MORNING + timedelta(seconds=self.next_id)

    @rule(who=DESKS)
    def pull(self, who) -> None:
        self.desks[who].pull()

    @rule(who=DESKS)
    def flush(self, who) -> None:
        self.desks[who].flush()

    @invariant()
    def nothing_doubled_or_lost(self) -> None:
        for d, ear in zip(self.desks, self.ears, strict=True):
            plan = d.plan
            assert ear.plan == plan
            routed = [s for r in plan.routes.values() for s in r.stops]
            assert len(routed) == len(set(routed))
            assert set(routed) == {s.id for s in plan.stops.values() if s.route is not None}
            for route in plan.routes.values():
                assert all(plan.stops[s].route == route.id for s in route.stops)
            orders = [o.id for s in plan.stops.values() for o in s.orders]
            assert len(orders) == len(set(orders))
            assert all(s.orders for s in plan.stops.values())

    def teardown(self) -> None:
        if not hasattr(self, "desks"):
            return
        for d in self.desks:
            d.flush()
        for d in self.desks:
            d.pull()
        fresh = desk(self.journal, "fresh")
        for d in self.desks:
            assert d.is_saved
            assert d.plan == fresh.plan
        assert self.facts <= set(fresh.plan.facts)


ThreeDesks.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestThreeDesks = ThreeDesks.TestCase
