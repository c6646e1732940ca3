"""The tour, walked with the real window: each card goes on when the thing was really done."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from console.dispatch.fleetwork import import_fleet
from console.ui.choosing.chooser import Chooser
from console.ui.deeds.tour import SEEN
from console.ui.dialogs.fixup import FixUpPanel
from console.ui.dialogs.import_report import ImportReport
from console.ui.dialogs.print_form import PrintForm
from tests.journeys.town import Town
from tests.journeys.window.conftest import DAY, Journey, close
from tests.journeys.window.fingers import choose_file, click, leave_doors
from tests.journeys.window.test_keys import chooser, take


def at(journey: Journey, key: str) -> None:
    tours = journey.desktop.tours
    journey.until(lambda: tours.card is not None and tours.step.key == key)
    assert tours.card is not None
    assert tours.card.isVisible()
    assert journey.desktop.window.rect().contains(tours.card.geometry())
    assert not tours.card.hasFocus()


def load_fleet(journey: Journey, town: Town) -> None:
    station = journey.desktop.station
    journey.run(station.use_region(station.services.regions.find("town")))
    journey.run(import_fleet(station, town.home / "fleet.csv"))
    journey.settle()


def import_by_hand(journey: Journey, path: Path) -> None:
    journey.desktop.trigger("import_orders")
    choose_file(journey, path)
    leave_doors(journey)
    click(journey.dialog(ImportReport).close_button)
    journey.settle()


def fix_one(journey: Journey) -> None:
    journey.desktop.actions["fix_addresses"].trigger()
    panel = journey.dialog(FixUpPanel)
    card = panel.list.cards[panel.list.current]
    spot = card.spots[0][1]
    journey.desktop.panes.map_view.candidatePicked.emit(spot.lat, spot.lon)
    click(card.save_button)
    journey.settle()


def test_the_whole_way(open_window: Callable[..., Journey], town: Town, tmp_path: Path) -> None:
    journey = open_window(tour=True)
    desktop = journey.desktop
    tours = desktop.tours
    at(journey, "drivers")  # the town's streets are installed
    load_fleet(journey, town)
    at(journey, "load")
    import_by_hand(journey, town.orders)
    at(journey, "locate")
    assert "Fix addresses (Ctrl+G)" in tours.card.text.text()
    fix_one(journey)
    at(journey, "plan")
    journey.search()
    at(journey, "move")
    stop = next(iter(desktop.station.picture.visits))
    journey.pick(stop)
    dialog = chooser(journey, "send_stops")
    take(journey, dialog, forced=bool(dialog.current and dialog.current.harmful))
    at(journey, "undo")
    desktop.actions["undo"].trigger()
    at(journey, "why")
    if not journey.plan.unassigned:
        journey.pick(stop)
        desktop.actions["unassign"].trigger()
        journey.settle()
    if not desktop.window.details_dock.isVisible():
        desktop.actions["details"].trigger()
    journey.pick(journey.plan.unassigned[0])
    at(journey, "print")
    desktop.actions["route_sheets"].trigger()
    click(journey.dialog(PrintForm).save_button)
    choose_file(journey, tmp_path / f"plan-{DAY}.pdf")
    at(journey, "end")
    assert (tmp_path / f"plan-{DAY}.pdf").read_bytes().startswith(b"%PDF")
    click(tours.card.next_button)
    assert tours.card is None
    journey.settle()
    close(journey)
    again = open_window(tmp_path / "store", tour=True)
    again.settle()
    assert again.desktop.tours.card is None
    assert again.desktop.keeper.kept[SEEN]


def test_it_is_not_in_the_way_and_can_be_had_again(planned: Journey) -> None:
    desktop = planned.desktop
    assert desktop.tours.card is None
    desktop.trigger("tour")
    at(planned, "load")
    card = desktop.tours.card
    click(card.more_button)
    assert desktop.guide.window.address == "orders"
    wide = desktop.window.width()
    desktop.window.resize(wide + 320, 900)
    bar = desktop.panes.strip.bar
    planned.until(
        lambda: card.ring.geometry().left() < bar.mapTo(desktop.window, bar.rect().topRight()).x()
    )
    desktop.trigger("palette")
    planned.dialog(Chooser).reject()
    click(card.next_button)
    if desktop.tours.step.key == "locate":
        click(card.next_button)
    at(planned, "plan")
    click(card.next_button)
    at(planned, "move")
    below = card.ring.geometry()
    timeline = desktop.panes.timeline
    assert below.contains(timeline.mapTo(desktop.window, timeline.rect().center()))
    assert card.ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    click(card.end_button)
    assert desktop.tours.card is None
    planned.settle()
