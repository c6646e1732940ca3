"""The audit beside the work: a moment of the day is looked at, gone back to, and written out."""

from pathlib import Path

from console.domain.commands import MoveStops
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
    for name in ("audit.csv", "audit.xlsx"):
        journey.run(deeds.write(tmp_path / name))
        assert (tmp_path / name).stat().st_size > 100
    click(window.return_button)
    journey.until(lambda: journey.plan.stops[stop].route == before.stops[stop].route)
    window.close()
