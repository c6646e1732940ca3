"""Paper as a printer gets it: each driver's on pages of its own, every letter of Europe on them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from console.dispatch.maplinks import MapLink
from console.dispatch.paper import Paper, Papers, PaperSize, PaperWish
from console.dispatch.picture import Picture
from console.dispatch.ports import Step
from console.dispatch.ways import Leg, Way, points_of
from console.domain.errors import ConsoleError
from console.domain.load import Load
from console.domain.orders import Order, OrderEntry, OrderId
from console.domain.places import Access, Address, Coordinate
from console.domain.plan import Plan
from console.gateway.ink import BOLD, FONT, Qr, barcode
from console.gateway.loadinglist import LoadingList
from console.gateway.sheets import PdfSheets
from console.settings import bundled
from console.tongues import Tongue, aside
from tests.dispatch.prints import HARD, day, picture

A4_POINTS, LETTER_POINTS = (595, 842), (612, 792)


def papers(drawn: Picture | None = None, **wished: object) -> Papers:
    drawn = drawn or picture()
    orders = [order.id for stop in drawn.plan.stops.values() for order in stop.orders]
    entries = {o: OrderEntry(o, Address("Weg 1", city="Ebene"), f"R {o}") for o in orders}
    ways = {
        route: Way(points, points)
        for route in drawn.schedules
        if (points := points_of(drawn, drawn.plan.routes[route], {}))
    }
    return Papers(drawn, PaperWish(**wished), entries, ways)


def pages(wanted: Papers) -> list[str]:
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(PdfSheets().render(wanted)))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    assert document.status() is QPdfDocument.Status.Ready
    sizes = {document.pagePointSize(i).toSize().toTuple() for i in range(document.pageCount())}
    assert sizes == {A4_POINTS if wanted.wish.size is PaperSize.A4 else LETTER_POINTS}
    return [document.getAllText(i).text() for i in range(document.pageCount())]


def flat(page: str) -> str:
    return " ".join(page.split())


def crowded(orders: int, notes: str = "") -> Picture:
    """A stop with many orders."""
    made = day()
    stop = made.stops_of(next(iter(made.routes)))[0]
    many = tuple(replace(stop.orders[0], id=OrderId(f"MANY-{i}")) for i in range(orders))
    return picture(made.with_stops([replace(stop, orders=many)]), notes=notes)


def test_one_page_a_driver_by_number(qtbot: QtBot) -> None:
    told = pages(papers())
    assert len(told) == 2
    assert flat(told[0]).startswith("1 Driver A & co FL 1")
    assert flat(told[1]).startswith("2 Driver B & co FL 2")
    assert "page 1 of 1" in told[0]
    assert "plan version" in told[0]


def test_what_the_driver_needs_is_on_it(qtbot: QtBot) -> None:
    drawn = picture()
    schedule = next(s for s in drawn.schedules.values() if len(s.visits) == 3)
    page = flat(pages(papers(drawn))[1])
    assert "Mon 23 Nov 2026" in page
    assert f"Leave at {drawn.clock(schedule.start)}" in page
    assert "3 stops" in page
    assert "10:00–11:00" in page  # noqa: RUF001 - nine to ten in UTC
    assert "cold" in page
    assert "ring <twice> & wait" in page
    assert "+423 1" in page
    for visit in schedule.visits:
        assert drawn.plan.stops[visit.stop].orders[0].id in page


def test_every_letter_is_printed(qtbot: QtBot) -> None:
    page = flat(pages(papers())[0])
    for word in (*HARD.split(), "Zoë", "Krüger", "Åse"):
        assert word in page
    assert "\ufffd" not in page


@pytest.mark.parametrize("size", PaperSize)
def test_a_loading_list_begins_with_the_last_stop(qtbot: QtBot, size: PaperSize) -> None:
    drawn = picture()
    told = [flat(page) for page in pages(papers(drawn, paper=Paper.LOADING, size=size))]
    assert len(told) == 2
    route = next(r for r, s in drawn.schedules.items() if len(s.visits) == 3)
    orders = [o.id for stop in drawn.plan.stops_of(route) for o in stop.orders]
    places = [told[1].index(f" {order} ") for order in orders]
    assert places == sorted(places, reverse=True)
    assert "first in, last out" in told[1]


def test_both_papers_lie_together_for_each_driver(qtbot: QtBot) -> None:
    told = [page.rsplit("plan version", 1)[0] for page in pages(papers(paper=Paper.BOTH))]
    kinds = ["Loading list" if "Loading list ·" in page else "Route sheet" for page in told]
    assert kinds == ["Loading list", "Route sheet"] * 2


def test_several_stops_are_scanned_at_once(qtbot: QtBot) -> None:
    page = flat(pages(papers(link=MapLink.GOOGLE))[1])
    assert "Stops 1 to 3" in page
    assert "Stops 1 to 3" not in flat(pages(papers(link=MapLink.GOOGLE, with_pieces=False))[1])
    assert "on the phone" not in flat(pages(papers(link=MapLink.OSM))[1])


def test_directions_follow_the_stops(qtbot: QtBot) -> None:
    drawn = picture()
    route = next(r for r, s in drawn.schedules.items() if len(s.visits) == 3)
    at = Coordinate(47, 9.5)
    steps = tuple(Step(f"Turn <left> {i}.", 1200, 60, "left", "", at) for i in range(200))
    legs = (
        Leg(1, "Weg 1", at, steps, drawn.schedules[route].visits[0].stop),
        Leg(0, "Home", at, ()),
    )
    told = pages(replace(papers(drawn, language="pl"), directions={route: legs}))
    whole = flat(" ".join(told))
    assert "Directions · Polski" in whole
    assert "Turn <left> 199. 1.2 km" in whole
    assert "Home 0 m No road leads there." in whole
    assert f"Weg 1 · {drawn.clock(drawn.schedules[route].visits[0].arrival)} 240.0 km" in whole


def test_how_a_door_is_reached_is_on_it(qtbot: QtBot) -> None:
    drawn = picture()
    access = Access("code 12 & ring", "4", "shed", timedelta(minutes=3), Coordinate(47, 9))
    labels = {s: replace(x, access=access) for s, x in drawn.labels.items()}
    page = flat(pages(papers(replace(drawn, labels=labels)))[0])
    for told in ("Gate: code 12 & ring", "Floor: 4", "Safe place: shed", "Parking takes 3 min"):
        assert told in page
    assert "to where the van stands" in page


def test_one_driver_alone(qtbot: QtBot) -> None:
    drawn = picture()
    (second,) = (r for r, label in drawn.drivers.items() if label.number == 2)
    (page,) = pages(papers(drawn, routes=(second,)))
    assert flat(page).startswith("2 Driver B")


def test_each_trip_is_loaded_by_itself() -> None:
    drawn = picture()
    route = next(r for r, s in drawn.schedules.items() if len(s.visits) == 3)
    schedule, minute = drawn.schedules[route], timedelta(minutes=1)
    last = schedule.visits[-1].start
    split = replace(schedule, reloads=((last - 2 * minute, last - minute),))
    wanted = papers(replace(drawn, schedules={**drawn.schedules, route: split}))
    trips = LoadingList(wanted, route, 500).trips(split)
    assert [[number for number, _ in trip] for trip in trips] == [[2, 1], [3]]


def test_what_is_collected_is_not_loaded(qtbot: QtBot) -> None:
    made = day()
    route = next(r for r in made.routes if len(made.routes[r].stops) == 3)
    stop = made.stops_of(route)[0]
    taken = replace(stop.orders[0], load=Load(), collected=Load(2, 5.0))
    drawn = picture(made.with_stops([replace(stop, orders=(taken,))]))
    wanted = papers(drawn)
    (trip,) = LoadingList(wanted, route, 500).trips(drawn.schedules[route])
    assert taken.id not in {order.id for _, order in trip}
    assert "collect 2 pcs · 5 kg" in " ".join(flat(page) for page in pages(wanted))


def test_a_break_stands_between_the_stops(qtbot: QtBot) -> None:
    drawn = picture()
    route = next(r for r, s in drawn.schedules.items() if len(s.visits) == 3)
    schedule = drawn.schedules[route]
    second = schedule.visits[1].start
    pause = replace(schedule, breaks=((second - timedelta(minutes=5), second),))
    wanted = papers(replace(drawn, schedules={**drawn.schedules, route: pause}))
    page = flat(pages(wanted)[1])
    first, other = (drawn.plan.stops[v.stop].orders[0].id for v in schedule.visits[:2])
    assert page.index(f" {first} ") < page.index("Break, ") < page.index(f" {other} ")


def test_a_long_day_goes_on_overleaf(qtbot: QtBot) -> None:
    told = pages(papers(picture(notes="note " * 800)))
    assert len(told) > 2
    assert all("Way there" in page for page in told)  # the heading is repeated
    assert "page 2 of " in told[1]


def test_more_than_a_page_for_one_stop_is_no_crash(qtbot: QtBot) -> None:
    for drawn in (picture(notes="word " * 9000), crowded(60), crowded(60, "word " * 300)):
        assert len(pages(papers(drawn, paper=Paper.BOTH))) > 4


def test_long_words_and_control_signs_are_no_crash(qtbot: QtBot) -> None:
    drawn = picture(notes="x" * 5000 + "\x07\x00")
    labels = {
        s: replace(x, street="y" * 900, recipients=("z" * 900,)) for s, x in drawn.labels.items()
    }
    assert pages(papers(replace(drawn, labels=labels)))


def test_an_id_that_bars_cannot_say_is_a_square() -> None:
    assert not isinstance(barcode("ORD-10023", 150), Qr)
    for order in ("Ø-12", "4711-" * 12, "tab\tbed"):
        assert isinstance(barcode(order, 150), Qr)


def test_a_bar_is_thick_enough_to_scan() -> None:
    for length in range(1, 40):
        code = barcode("A" * length, 150)
        assert isinstance(code, Qr) or code.barWidth >= 0.19 * 72 / 25.4


def test_nothing_to_print() -> None:
    with pytest.raises(ConsoleError, match="no route to print") as caught:
        PdfSheets().render(Papers(Picture(plan=Plan())))
    assert caught.value.remedy


def test_an_order_without_a_register_row_is_printed(qtbot: QtBot) -> None:
    bare = replace(papers(paper=Paper.BOTH), entries={}, ways={})
    assert len(pages(bare)) == 4
    assert isinstance(next(iter(bare.picture.plan.stops.values())).orders[0], Order)


def test_fonts_stand_beside_their_licence() -> None:
    assert (bundled("resources/fonts") / "LICENSE").is_file()
    for name in (FONT, BOLD):
        assert Path(bundled(f"resources/fonts/{name}.ttf")).is_file()


def test_paper_speaks_the_drivers_language_or_the_consoles():
    wanted = papers(paper=Paper.BOTH)
    first = wanted.routes()[0]
    german = {first: "de"}
    whole = [flat(page) for page in pages(replace(wanted, spoken=german))]
    assert "Ladeliste, Abfahrt um" in whole[0]
    assert "Seite 1 von" in whole[0]
    assert any("Loading list, to leave at" in page for page in whole)
    with aside(Tongue.of("de")):
        mine = [flat(page) for page in pages(wanted)]
    assert not [page for page in mine if "Loading list" in page or "Way there" in page]
    assert any("Weg dorthin" in page for page in mine)
