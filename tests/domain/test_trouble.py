"""What befell a day: customers who change their minds, drivers who stand still."""

from dataclasses import replace
from datetime import timedelta

from console.domain.commands import AdoptSolution, LockRoutes, RecordFact, Revert
from console.domain.commands.trouble import Trouble
from console.domain.load import Load
from console.domain.orders import OrderId
from console.domain.places import PlaceId
from console.domain.plan import Fact, FactId, FactKind, Hold, StopId
from console.storage.codec import decode_command, decode_patch, encode_command, encode_patch
from tests.dispatch.desks import MORNING, order
from tests.domain.test_amendments import R0, R1, R2, S, done, refused, step, street

MORE = Trouble(changed=(replace(order("1"), load=Load(pieces=5)),))
AWAY = Trouble(changed=(replace(order("3"), place=PlaceId("elsewhere")),))
STANDS = Trouble(held=((R0, Hold(MORNING, MORNING + timedelta(hours=1))),))


def test_a_changed_order_hands_its_route_out_anew_and_is_undone_whole() -> None:
    plan = street(S[0])
    made = step(plan, AdoptSolution((), trouble=MORE))
    after = made.apply(plan)
    assert after.stops[S[1]].load == Load(pieces=5)
    assert [(after.routes[r].released, after.routes[r].edition) for r in (R0, R1)] == [
        (True, 1),
        (True, 0),
    ]
    undone = done(after, Revert(1, made.inverted()))
    assert replace(undone, version=plan.version) == plan


def test_a_route_that_changes_twice_in_one_step_is_handed_out_once() -> None:
    moved = AdoptSolution(((R0, (*S[:3], S[3])), (R1, (S[4],))), opened=(R0, R1), trouble=AWAY)
    after = done(street(), moved)
    assert after.stops[S[3]].place == "elsewhere"
    assert [after.routes[r].edition for r in (R0, R1)] == [1, 1]
    last = AdoptSolution(((R0, (*S[:3], S[3], S[4])), (R1, ())), opened=(R0, R1), trouble=AWAY)
    assert not done(street(), last).routes[R1].released, "nothing is left of it"


def test_what_is_known_of_a_day_is_not_told_twice() -> None:
    plan = street(S[0])
    for trouble in (MORE, AWAY, STANDS):
        once = trouble.befallen(plan)
        assert trouble.befallen(once) == once
        assert trouble.is_felt
    assert not Trouble().is_felt


def test_it_names_what_it_decides_about() -> None:
    plan = street()
    assert AdoptSolution((), trouble=MORE).names(plan) == {S[1]}
    assert AdoptSolution((), trouble=STANDS).names(plan) == {R0, *S[:3]}
    assert MORE.handed(plan) == {R0}
    assert STANDS.handed(plan) == frozenset()


def test_what_comes_too_late_is_refused() -> None:
    arrived = street(S[1], kind=FactKind.ARRIVED)
    assert refused(arrived, AdoptSolution((), trouble=MORE)) == "driver_is_there"
    assert refused(street(S[1]), AdoptSolution((), trouble=MORE)) == "already_served"
    locked = done(street(), LockRoutes((R0,)))
    assert refused(locked, AdoptSolution((), trouble=MORE)) == "frozen"
    gone = Trouble(changed=(replace(order("9"), id=OrderId("gone")),))
    assert refused(street(), AdoptSolution((), trouble=gone)) == "unknown_order"


def test_only_who_is_under_way_stands_still() -> None:
    assert refused(street(), AdoptSolution((), trouble=STANDS)) == "not_under_way"
    left = done(street(), RecordFact(Fact(FactId("left"), FactKind.DEPARTED, R0, MORNING)))
    after = done(left, AdoptSolution((), trouble=STANDS))
    assert after.routes[R0].hold == STANDS.held[0][1]
    assert after.routes[R0].edition == 0, "nothing of her orders is another"
    assert after.routes[R2].hold is None


def test_it_is_stored_as_it_is_and_short_where_there_is_none() -> None:
    plan = street(S[0])
    for trouble in (
        MORE,
        STANDS,
        Trouble(apart=(StopId("x"),)),
        Trouble(stops=(plan.stops[S[5]],)),
    ):
        command = AdoptSolution(((R0, tuple(S[:3])),), trouble=trouble)
        data = encode_command(command)
        assert decode_command(command.kind, data) == command
        assert (b'"held"' in data) == bool(trouble.held)
    assert b"trouble" not in encode_command(AdoptSolution(()))
    patch = step(plan, AdoptSolution((), trouble=STANDS))
    assert decode_patch(encode_patch(patch)) == patch
