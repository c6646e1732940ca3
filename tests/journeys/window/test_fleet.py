"""The fleet through the window: changed in its table, used today, written and read again."""

from pathlib import Path

from console.intake import read_fleet
from console.ui.fleet.away import AwaySheet
from console.ui.fleet.form import FleetForm
from console.ui.fleet.model import GROUPS
from tests.journeys.window.conftest import DAY, Journey
from tests.journeys.window.fingers import choose_file, click


def put(form: FleetForm, place: int, name: str, text: str) -> None:
    side = next(side for side, fields in GROUPS.items() if name in [f.name for f in fields])
    form.tabs.setCurrentIndex(list(GROUPS).index(side))
    names = [field.name for field in GROUPS[side]]
    form.rows.setData(form.rows.index(place, names.index(name)), text)


def test_a_changed_fleet_is_used_today(morning: Journey, tmp_path: Path) -> None:
    journey = morning
    journey.desktop.trigger("fleet")
    form = journey.dialog(FleetForm)
    name = form.rows.rows[0]["driver"]
    put(form, 0, "shift_end", "13:15")
    put(form, 0, "capacity_kg", "333")
    put(form, 0, "break_minutes", "")
    click(form.save_button)
    journey.settle()
    assert journey.told[-1].text == "Fleet saved: 4 rows."
    picture = journey.desktop.station.picture
    route = next(r for r in picture.plan.routes.values() if picture.drivers[r.id].name == name)
    assert picture.clock(route.shift.end) == "13:15"
    assert route.shift.capacity.kg == 333
    assert route.shift.break_rule is None

    journey.desktop.trigger("export_fleet")
    choose_file(journey, tmp_path / "fleet.xlsx")
    journey.settle()
    assert journey.told[-1].text == "Written: fleet.xlsx"
    again = read_fleet(tmp_path / "fleet.xlsx")
    assert again.rejects == ()
    assert len(again.entries) == 4


def test_a_fleet_that_is_left_stays(morning: Journey) -> None:
    before = morning.plan
    morning.desktop.trigger("fleet")
    form = morning.dialog(FleetForm)
    put(form, 0, "shift_end", "13:15")
    form.reject()
    morning.settle()
    assert morning.plan == before


def test_who_is_away_today_is_dealt_out_at_once(planned: Journey) -> None:
    journey, desktop = planned, planned.desktop
    picture = desktop.station.picture
    route = next(r for r in picture.plan.routes.values() if r.stops)
    name = picture.drivers[route.id].name
    desktop.trigger("fleet")
    form = journey.dialog(FleetForm)
    place = next(i for i, row in enumerate(form.rows.rows) if row["driver"] == name)
    put(form, place, "absences", DAY.isoformat())
    click(form.save_button)
    sheet = journey.dialog(AwaySheet)
    assert (sheet.away.name, sheet.away.day) == (name, DAY)
    assert sheet.away.stops == len(route.stops)
    click(sheet.out_button)
    journey.until(lambda: desktop.optimiser.proposal is not None)
    journey.settle()
    journey.do("adopt_proposal")
    after = journey.plan.routes[route.id]
    assert after.off
    assert after.stops == ()
    assert not journey.unexpected
