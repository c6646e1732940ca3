"""A dispatcher's morning in the real window."""

from collections.abc import Callable
from pathlib import Path

from console.dispatch.orderwork import fix_place, locate_day
from console.domain.commands import LockRoutes, MoveStops, OverrideRule, PinStops
from console.domain.plan import Cause, FactKind
from console.domain.violations import Rule
from tests.journeys.window.conftest import Journey, close


def test_load_and_optimise_shows_stops_and_routes_on_the_map(morning: Journey) -> None:
    journey = morning
    located = [s for s in journey.plan.stops if s not in journey.desktop.station.picture.off_road]
    journey.until(lambda: journey.counts()["stops"] >= len(located))
    assert journey.counts()["routes"] == 0
    assert journey.optimise()
    picture = journey.desktop.station.picture
    assert picture.totals.served >= 30
    assert picture.totals.harms == 0
    journey.until(lambda: journey.counts()["routes"] == len(picture.schedules))
    assert journey.desktop.panes.strip.primary.isEnabled()


def test_every_view_shows_the_same_plan(planned: Journey) -> None:
    picture = planned.desktop.station.picture
    panes = planned.desktop.panes
    shown = {lane: stops for lane, stops in panes.board.lanes() if lane in picture.plan.routes}
    assert shown == {route.id: route.stops for route in picture.plan.routes.values()}
    bars = {route: len(face.bars) for route, face in panes.timeline.rows.items()}
    assert bars == {route.id: len(route.stops) for route in picture.plan.routes.values()}
    assert panes.orders.model.rowCount() == len(picture.plan.stops)


def test_move_undo_redo(planned: Journey) -> None:
    conductor, picture = planned.desktop.conductor, planned.desktop.station.picture
    stop, visit = next(iter(picture.visits.items()))
    home = picture.plan.stops[stop].route
    before = picture.plan
    assert visit.stop == stop
    assert conductor.submit(MoveStops((stop,), None))
    assert planned.plan.stops[stop].route is None
    planned.settle()
    planned.do("undo")
    assert planned.plan.stops == before.stops
    assert planned.plan.routes == before.routes
    planned.do("redo")
    assert planned.plan.stops[stop].route is None
    planned.do("undo")
    assert planned.plan.stops[stop].route == home


def test_pins_locks_and_overrides_survive_the_optimiser(planned: Journey) -> None:
    desktop = planned.desktop
    routes = [route for route in planned.plan.routes.values() if len(route.stops) > 2]
    locked, open_route = routes[0], routes[1]
    stop = open_route.stops[0]
    desktop.conductor.submit(PinStops((stop,)))
    desktop.conductor.submit(LockRoutes((locked.id,)))
    desktop.conductor.submit(OverrideRule(stop, Rule.LATE, "customer agreed by phone"))
    planned.optimise()
    assert planned.plan.routes[locked.id].stops == locked.stops
    assert planned.plan.stops[stop].route == open_route.id
    assert planned.plan.stops[stop].overrides[0].reason == "customer agreed by phone"


def test_everything_is_there_after_closing_and_opening_again(
    planned: Journey, open_window: Callable[..., Journey], planned_store: Path
) -> None:
    stop = next(iter(planned.desktop.station.picture.visits))
    planned.desktop.selection.pick([stop])
    planned.do("pin")
    kept = planned.plan
    assert kept.stops[stop].pinned
    close(planned)
    again = open_window(planned_store)
    again.settle()
    assert again.plan == kept
    assert again.desktop.station.picture.totals.served > 0
    again.do("undo")
    assert not again.plan.stops[stop].pinned


def test_an_exception_is_logged_and_listed(planned: Journey) -> None:
    from console.dispatch.exceptions import log_exception

    stop = next(iter(planned.desktop.station.picture.visits))
    planned.run(log_exception(planned.desktop.station, stop, Cause.ABSENT, "rang twice"))
    planned.run(planned.desktop.orders.show_exceptions())
    facts = [f for f in planned.plan.facts.values() if f.kind is FactKind.EXCEPTION]
    assert [(fact.subject, fact.cause) for fact in facts] == [(stop, Cause.ABSENT)]
    note = planned.desktop.station.services.notes.get([facts[0].note])
    assert note == {facts[0].note: "rang twice"}


def test_a_doubtful_address_is_put_on_the_map(morning: Journey) -> None:
    station = morning.desktop.station
    waiting = morning.run(locate_day(station))
    assert waiting, "the town's orders hold one misspelt address"
    place = waiting[0]
    depot = next(iter(station.picture.depots.values()))
    morning.run(fix_place(station, place.id, depot))
    stop = next(s for s in morning.plan.stops.values() if s.place == place.id)
    assert stop.id not in station.picture.off_road
    assert station.picture.labels[stop.id].coordinate == depot
    assert place.id not in {p.id for p in morning.run(locate_day(station))}


def test_what_cannot_be_dropped_says_why(planned: Journey) -> None:
    told: list[str] = []
    planned.desktop.signals.noticed.connect(lambda notice: told.append(notice.text))
    picture = planned.desktop.station.picture
    source, target = [r for r in picture.plan.routes.values() if r.stops][:2]
    planned.desktop.conductor.submit(LockRoutes((target.id,)))
    moved = planned.desktop.conductor.move([source.stops[0]], target.id, None, forced=False)
    assert not moved
    assert "locked" in told[-1]
    assert planned.plan.stops[source.stops[0]].route == source.id
