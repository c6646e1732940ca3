"""Streets through the shared database: published in one window, fetched in a new one."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.bootstrap import Console, open_console
from console.dispatch.alarmlimits import RuleMode
from console.dispatch.depotrules import keep_rules, rules_of
from console.dispatch.lanes import ThreadLanes
from console.dispatch.orderwork import fix_place
from console.dispatch.publications import Package
from console.domain.places import Coordinate
from console.geo import pointers
from console.geo.regions import RegionStore
from console.settings import Settings
from console.simulator.city import write_city
from console.storage.publications import SqlPublications
from console.ui.deeds.sharedstreets import SharedStreetDeeds
from console.ui.dialogs.regions import JobRow, RegionsDialog
from console.ui.notices import Notice, Tone
from console.ui.start import Desktop, Options
from console.ui.theme.theme import Choice
from tests.journeys.town import Town
from tests.journeys.window.conftest import DAY, Journey, Runner, Yesterday, close, load
from tests.postgres import Server, running


@pytest.fixture(scope="module")
def server() -> Server:
    return running()


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    name = server.fresh()
    yield name
    server.drop(name)


Window = Callable[[str, Path], Journey]


@pytest.fixture
def window(run: Runner, server: Server, database: str, tmp_path: Path) -> Iterator[Window]:
    """Opens a login's window on the shared database, with a home of its own."""
    opened: list[tuple[Journey, ThreadLanes]] = []

    def opener(login: str, home: Path) -> Journey:
        lanes = ThreadLanes()
        config = Settings(home, login, 2, database=server.url(database, login))
        console: Console = open_console(config, lanes)
        services = replace(console.services, clock=Yesterday())
        options = Options(tmp_path / login, Choice.LIGHT, size=(1280, 800), service_day=DAY)

        async def made() -> Desktop:
            desktop = Desktop(services, options)
            desktop.signals.noticed.connect(told.append)
            await desktop.open()
            return desktop

        told: list[Notice] = []
        journey = Journey(run(made()), replace(console, services=services), run, told)
        run.loop.set_exception_handler(journey.desktop.faults._loop_hook)
        journey.desktop.faults.found.connect(lambda _short, whole: journey.unexpected.append(whole))
        opened.append((journey, lanes))
        return journey

    yield opener
    for journey, lanes in opened:
        close(journey)
        lanes.close()
    run(asyncio.sleep(0.05))
    for journey, _ in opened:
        assert not journey.unexpected, journey.unexpected[0]


def statuses(dialog: RegionsDialog) -> dict[str, str]:
    rows = range(dialog.table.rowCount())
    cells = [(dialog.table.item(row, 0), dialog.table.item(row, 1)) for row in rows]
    return {name.text(): said.text() for name, said in cells if name and said}


def listed(journey: Journey) -> RegionsDialog:
    journey.do("regions")
    return journey.dialog(RegionsDialog)


def test_a_new_console_fetches_what_a_manager_published(
    window: Window, town: Town, tmp_path: Path
) -> None:
    mia = window("mia", _home(town, tmp_path))
    mia.run(load(mia.desktop, town.home))
    mia.settle()
    dialog = listed(mia)
    assert dialog.publish_button.isEnabled()
    assert not dialog.fetch_button.isEnabled()
    dialog.publish_button.click()
    mia.until(lambda: bool(dialog.findChildren(JobRow)))
    assert statuses(dialog)["town"] == "being published"
    mia.settle()
    mia.notice("town is published")
    assert statuses(dialog)["town"].startswith("in use by ")
    assert statuses(dialog)["town"].endswith("; published")
    assert "by mia on" in dialog.more.text()

    ana = window("ana", tmp_path / "ana")
    ana.settle()
    station, page = ana.desktop.station, ana.desktop.panes.map_view.missing
    assert station.region is None
    assert ana.plan.day is not None
    assert ana.plan.day.region_hash == town.region.hash  # not overwritten by who lacks it
    assert ana.plan.version == mia.plan.version
    assert page.isVisible()
    assert "town are not on this computer yet" in page.label.text()
    assert ana.notice("not on this computer yet").deed == "fetch_region"
    page.offer_button.click()
    ana.until(lambda: "region" in ana.desktop.workplace.jobs)
    ana.settle()
    assert station.region is not None
    assert (station.region.hash, station.region.zone) == (town.region.hash, town.region.zone)
    assert ana.plan.version == mia.plan.version
    assert not page.isVisible()
    assert station.picture.is_timed
    mine = listed(ana)
    assert statuses(mine) == statuses(dialog)
    assert not mine.publish_button.isEnabled()
    assert "Only managers" in mine.publish_button.toolTip()
    _what_a_colleague_settles_is_seen(mia, ana)


def _what_a_colleague_settles_is_seen(mia: Journey, ana: Journey) -> None:
    """A door put on the map, and a depot's limits: rows of registers, none of the journal."""
    theirs, ours = mia.desktop.station, ana.desktop.station
    stop = next(stop for stop in ana.plan.stops if ours.picture.labels[stop].coordinate)
    known = ours.picture.labels[stop].coordinate
    assert known is not None
    spot = Coordinate(known.lat + 0.001, known.lon)
    mia.run(fix_place(theirs, mia.plan.stops[stop].place, spot))
    ana.until(lambda: ours.picture.labels[stop].coordinate == spot)
    ana.until(lambda: ana.desktop.panes.map_view._shown._stops[stop].lat == spot.lat)
    rules = mia.run(rules_of(theirs))
    limits = replace(rules.limits, rule=RuleMode.PROPOSE)
    mia.run(keep_rules(theirs, replace(rules, limits=limits)))
    ana.until(lambda: ana.desktop.live.alarms._limits == limits)


def test_a_newer_version_is_noticed_and_fetched_beside_the_work(
    window: Window, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = _home(town, tmp_path)
    mia = window("mia", home)
    mia.run(load(mia.desktop, town.home))
    mia.run(mia.desktop.regions.publish("town"))
    ana = window("ana", tmp_path / "ana")
    ana.run(ana.desktop.regions.fetch("town"))
    ana.settle()
    before = ana.desktop.station.region
    assert before is not None
    ana.desktop.streets.look.setInterval(10)
    write_city(tmp_path / "town.osm.pbf", seed=3, addresses=950)
    mia.desktop.station.services.regions.add(tmp_path / "town.osm.pbf", "town", lambda *_: None)
    mia.run(mia.desktop.regions.publish("town"))
    newer = ana.notice("Newer streets of town are in the shared database")
    assert (newer.deed, newer.deed_label) == ("fetch_region", "Fetch them")
    dialog = listed(ana)
    assert "a newer one is in the shared database" in statuses(dialog)["town"]
    dialog.fetch_button.click()
    ana.until(lambda: bool(dialog.findChildren(JobRow)))
    dialog.findChildren(JobRow)[0].cancel_button.click()
    ana.settle()
    assert ana.desktop.station.region == before
    ana.notice("called off")
    ana.do(newer.deed)
    assert ana.desktop.station.region is not None
    assert ana.desktop.station.region.hash != before.hash
    assert ana.plan.day is not None
    assert ana.plan.day.region_hash == ana.desktop.station.region.hash
    ana.do("fetch_region")
    ana.notice("nothing newer")


def test_what_goes_wrong_is_said_in_the_list(
    window: Window, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = window("mia", _home(town, tmp_path))
    mia.run(mia.desktop.regions.publish("town"))
    vera = window("mia", tmp_path / "second")
    dialog = listed(vera)
    assert statuses(dialog) == {"town": "in the shared database, not here"}
    assert (dialog.fetch_button.isEnabled(), dialog.use_button.isEnabled()) == (True, False)
    whole = SqlPublications.piece

    def damaged(shelf: SqlPublications, package: Package, number: int) -> bytes | None:
        data = whole(shelf, package, number)
        return bytes(len(data or b""))

    with monkeypatch.context() as broken:
        broken.setattr(SqlPublications, "piece", damaged)
        dialog.fetch_button.click()
        vera.settle()
    assert "arrived damaged" in dialog.said.text()
    assert vera.told[-1].tone is Tone.BAD
    assert vera.desktop.station.services.regions.known() == []
    dialog.fetch_button.click()
    vera.settle()
    assert [each.name for each in vera.desktop.station.services.regions.known()] == ["town"]


def test_a_file_has_nothing_to_publish(open_window: Callable[..., Journey]) -> None:
    journey = open_window()
    dialog = listed(journey)
    assert dialog.publish_button.isHidden()
    assert dialog.fetch_button.isHidden()
    assert isinstance(journey.desktop.streets, SharedStreetDeeds)
    journey.desktop.streets.news()
    assert not journey.desktop.streets.look.isActive()


def _home(town: Town, tmp_path: Path) -> Path:
    """A manager's computer, which has the town."""
    shutil.copytree(town.home / "regions", tmp_path / "mia" / "regions")
    assert pointers.facts(tmp_path / "mia" / "regions" / "town") is not None
    assert RegionStore(tmp_path / "mia" / "regions", Yesterday()).known()
    return tmp_path / "mia"
