"""What goes wrong in the window is told with a remedy; nothing is lost and the window goes on."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from console.dispatch.fleetwork import import_fleet
from console.dispatch.reporting import record
from console.domain.commands import LoadStops, MoveStops, PinStops
from console.domain.plan import FactKind
from console.storage.database import Database
from console.ui.dialogs.import_report import ImportReport
from console.ui.dialogs.region_form import RegionForm
from console.ui.notices import Tone
from tests.journeys.town import Town
from tests.journeys.window.conftest import DAY, Journey

HEADER = "order_id,recipient,street,postcode,city,pieces,weight_kg\n"


class At:
    """A clock that stands still where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def bring(journey: Journey, path: Path) -> None:
    """Drop a file on the window."""
    journey.desktop.window.files_dropped([str(path)])


# -- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty"),
        ("header.csv", HEADER.encode(), "no "),
        ("binary.csv", bytes(range(256)) * 40, ""),
        ("binary.xlsx", b"PK\x03\x04" + bytes(range(256)) * 40, ""),
    ],
)
def test_a_file_that_is_no_order_file(
    planned: Journey, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    journey, before = planned, planned.plan
    (tmp_path / name).write_bytes(content)
    bring(journey, tmp_path / name)
    journey.settle()
    notice = journey.told[-1]
    assert notice.tone is Tone.BAD
    assert notice.remedy
    assert words in notice.text
    assert "Traceback" not in notice.text + notice.remedy
    assert journey.plan == before
    assert not journey.desktop.workplace.jobs["import"].running


def test_an_order_number_twice_is_rejected_with_its_row(planned: Journey, tmp_path: Path) -> None:
    row = "TWICE-1,Ines,Finkengrund 30,43107,Wendelfurt,1,2.5\n"
    (tmp_path / "twice.csv").write_text(HEADER + row + row, encoding="utf-8")
    bring(planned, tmp_path / "twice.csv")
    report = planned.dialog(ImportReport)
    assert [(reject.row, reject.order) for reject in report.rejects] == [(3, "TWICE-1")]
    report.accept()
    planned.settle()
    assert planned.plan.stop_of_order("TWICE-1") is not None


def test_orders_outside_every_region_offer_more_streets(planned: Journey, tmp_path: Path) -> None:
    row = "FAR-1,Ines,Marktgasse 1,3011,Bern,1,2.5\n"
    (tmp_path / "far.csv").write_text(HEADER + row, encoding="utf-8")
    bring(planned, tmp_path / "far.csv")
    planned.dialog(ImportReport).accept()
    planned.settle()
    stop = planned.plan.stop_of_order("FAR-1")
    assert stop is not None
    assert stop.id in planned.desktop.station.picture.off_road
    notice = next(notice for notice in planned.told if notice.deed == "add_region")
    assert notice.deed_label == "Add streets…"


def test_without_any_region_the_map_says_so(
    open_window: Callable[..., Journey], town: Town, tmp_path: Path
) -> None:
    journey = open_window(home=tmp_path / "home")
    view = journey.desktop.panes.map_view
    offered = [
        b for b in view.findChildren(QPushButton) if b.isVisible() and b.text() == "Add streets…"
    ]
    assert offered, "the empty map offers to add streets"
    bring(journey, town.orders)
    journey.dialog(ImportReport).accept()
    journey.settle()
    assert len(journey.plan.stops) > 30
    assert any(notice.deed == "add_region" for notice in journey.told)
    offered[0].click()
    journey.dialog(RegionForm).reject()
    journey.do("optimise")
    assert journey.told[-1].remedy


def test_a_corrupt_extract_is_refused_and_the_old_streets_stay(
    planned: Journey, town: Town, tmp_path: Path
) -> None:
    whole = (town.home / "town.osm.pbf").read_bytes()
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(whole[: len(whole) // 2])
    region = planned.desktop.station.region
    planned.desktop.trigger("add_region")
    form = planned.dialog(RegionForm)
    form.path_field.setText(str(broken))
    assert form.add_button.isEnabled()
    form.add_button.click()
    planned.settle()
    notice = planned.told[-1]
    assert notice.tone is Tone.BAD
    assert "damaged" in notice.text
    assert notice.remedy
    assert planned.desktop.station.region == region
    assert [known.name for known in planned.desktop.station.services.regions.known()] == ["town"]
    assert not planned.desktop.workplace.jobs["region"].running
    planned.until(lambda: planned.counts()["routes"] > 0)


# -- nobody to drive, nothing to plan ------------------------------------------------------------


def test_optimising_without_drivers_or_orders_says_what_is_missing(
    open_window: Callable[..., Journey], town: Town
) -> None:
    journey = open_window()
    journey.do("optimise")
    assert journey.told[-1].text == "No driver is on shift."
    assert journey.told[-1].remedy
    journey.run(import_fleet(journey.desktop.station, town.fleet))
    journey.do("optimise")
    assert journey.told[-1].text == "There are no orders to plan."
    assert not journey.desktop.workplace.jobs["optimise"].running


def test_a_fleet_with_nobody_on_shift(
    open_window: Callable[..., Journey], town: Town, tmp_path: Path
) -> None:
    journey = open_window()
    header = town.fleet.read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "fleet.csv").write_text(header + "\n", encoding="utf-8")
    bring(journey, tmp_path / "fleet.csv")
    journey.settle()
    assert journey.told[-1].tone is Tone.BAD
    assert journey.told[-1].remedy


# -- the disk ------------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_saved_later(planned: Journey) -> None:
    journey = planned
    store, station = journey.console.store, journey.desktop.station
    stops = list(station.picture.visits)
    limit_pages(store.database, 1)
    told = len(journey.told)
    pinned: list[str] = []
    for stop in stops:
        journey.desktop.conductor.submit(PinStops((stop,)))
        pinned.append(stop)
        journey.settle()
        if len(journey.told) > told:
            break
    assert "full" in journey.told[-1].text
    assert journey.told[-1].remedy
    assert not station.workday.desk.is_saved
    assert all(journey.plan.stops[stop].pinned for stop in pinned), "what was done stays shown"

    limit_pages(store.database, 1_000_000)
    journey.until(lambda: station.workday.desk.is_saved)  # by itself, without another deed
    kept = station.services.journal.read(station.workday.desk.stream)
    assert kept[-1].version == journey.plan.version
    journey.do("undo")
    assert not journey.plan.stops[pinned[-1]].pinned


def limit_pages(database: Database, most: int) -> None:
    """SQLite's own limit, on every open connection; it never cuts what is there."""
    pool = database.engine.pool
    held = [database.engine.raw_connection() for _ in range(max(1, pool.checkedin()))]
    for connection in held:
        connection.driver_connection.execute(f"PRAGMA max_page_count={most}").fetchone()
        connection.close()


# -- two consoles --------------------------------------------------------------------------------


def test_two_windows_on_one_store(
    planned: Journey, open_window: Callable[..., Journey], planned_store: Path
) -> None:
    one, two = planned, open_window(planned_store)
    two.settle()
    assert two.plan == one.plan
    stop, other = list(one.desktop.station.picture.visits)[:2]
    one.desktop.conductor.submit(MoveStops((stop,), None))
    one.settle()
    two.until(lambda: two.plan.stops[stop].route is None)
    two.desktop.conductor.submit(PinStops((other,)))
    two.settle()
    one.until(lambda: one.plan.stops[other].pinned)
    assert one.plan == two.plan

    picked = next(s for s in one.desktop.station.picture.visits if s != other)
    target = next(r for r in one.plan.routes if r != one.plan.stops[picked].route)
    home = one.plan.stops[picked].route
    one.desktop.conductor.submit(MoveStops((picked,), None))
    two.desktop.conductor.submit(MoveStops((picked,), target))  # neither has seen the other's yet
    assert home != target
    one.settle()
    two.settle()
    one.until(lambda: one.plan == two.plan)
    assert any(notice.tone is Tone.WARN for j in (one, two) for notice in j.told)
    assert one.plan.stops[picked].route in (None, target)


# -- time ----------------------------------------------------------------------------------------


def test_a_day_that_is_over_is_not_planned_again(
    open_window: Callable[..., Journey], planned_store: Path
) -> None:
    later = At(datetime(2026, 11, 26, 9, tzinfo=UTC))
    journey = open_window(planned_store, clock=later)
    journey.settle()
    before = journey.plan
    journey.do("optimise")
    assert "over" in journey.told[-1].text
    assert journey.told[-1].remedy
    assert journey.plan.routes == before.routes


def test_today_nothing_is_planned_before_now_on_a_started_route_either(
    open_window: Callable[..., Journey], planned_store: Path
) -> None:
    clock = At(datetime(2026, 11, 23, 15, tzinfo=UTC))
    journey = open_window(planned_store, clock=clock)
    journey.settle()
    station = journey.desktop.station
    zone = station.service_day.zone
    started = min(station.picture.schedules, key=lambda r: station.picture.schedules[r].start)
    ten = datetime(DAY.year, DAY.month, DAY.day, 10, tzinfo=zone)
    clock.moment = ten.astimezone(UTC)
    left = station.picture.schedules[started].start
    assert left < clock.moment
    journey.run(record(station, FactKind.DEPARTED, started, left))
    journey.desktop.conductor.submit(LoadStops(journey.plan.routes[started].stops))
    journey.desktop.following._minute_passed()
    away = next(s for s in station.picture.visits if journey.plan.stops[s].route != started)
    journey.desktop.conductor.submit(MoveStops((away,), None))
    journey.optimise()
    journey.settle()
    picture = station.picture
    fresh = {r: s for r, s in picture.schedules.items() if r != started}
    assert fresh
    assert all(schedule.start >= clock.moment for schedule in fresh.values())
    assert picture.schedules[started].start == left
    assert all(visit.start >= clock.moment for visit in picture.schedules[started].visits)
