"""The audit beside the work: a moment of the day is looked at, gone back to, and written out."""

from pathlib import Path

from console.domain.commands import MoveStops
from console.domain.plan import StopId
from console.ui.map.view import MapView
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import busiest, click


def test_a_day_is_audited(planned: Journey, tmp_path: Path) -> None:
    journey, deeds = planned, planned.desktop.audit
    stop, before = busiest(journey).stops[0], journey.plan
    journey.desktop.conductor.submit(MoveStops((stop,), None))
    journey.settle()
    journey.pick(stop)
    journey.do("trace_order")
    window = deeds.window
    assert window is not None
    assert window.shown[0].what == "Stops moved"
    assert all(stop in row.stops for row in window.shown)
    journey.do("audit")
    assert len(window.shown) >= len(journey.desktop.station.workday.desk.entries)
    assert window.table.go_to(before.version)
    assert window.hands.picture.plan.stops[stop].route == before.stops[stop].route
    assert journey.plan.stops[stop].route is None  # looking changes nothing
    _the_map_shows_that_moment(journey, stop)
    assert window.table.go_to(before.version)
    for name in ("audit.csv", "audit.xlsx"):
        journey.run(deeds.write(tmp_path / name))
        assert (tmp_path / name).stat().st_size > 100
    click(window.return_button)
    journey.until(lambda: journey.plan.stops[stop].route == before.stops[stop].route)
    window.close()


def _the_map_shows_that_moment(journey: Journey, stop: StopId) -> None:
    """Each jump moves stops and lines on the audit's own map, and none on the day's."""
    deeds, day = journey.desktop.audit, journey.desktop.panes.map_view
    assert deeds.window is not None
    view = deeds.window.findChild(MapView)
    assert isinstance(view, MapView)
    journey.until(lambda: view._was_ready)
    last = journey.plan.version
    for version, route in (
        (last - 1, deeds.window.hands.picture.plan.stops[stop].route),
        (last, None),
    ):
        deeds.window.jump(version)
        journey.until(lambda route=route: view._shown._stops[stop].route_key == route)
        assert deeds.window.hands.picture.plan.version == version
    assert day._shown._stops[stop].route_key is None
    deeds.window.jump(0)
    journey.until(lambda: not view._shown._stops and not view._shown._routes)
    deeds.window.jump(last)
    journey.until(lambda: len(view._shown._stops) == len(day._shown._stops))
    assert set(view._shown._routes) == set(day._shown._routes)
