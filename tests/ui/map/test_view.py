import os
import signal

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from console.ui.map.marks import DepotMark, RouteLine, StopMark, StopState
from console.ui.theme.theme import Choice
from tests.ui.map.conftest import BOUNDS

MANY_STOPS, MANY_ROUTES, POINTS = 2000, 60, 300
LEFT = Qt.MouseButton.LeftButton


def line(key, number=1, color="#8688fe", points=((47.12, 9.50), (47.18, 9.50))):
    return RouteLine(key, number, color, "#000000", points, name="Mette Holm", summary="2 stops")


def stop(key, lat, lon, **more):
    return StopMark(key, "r1", more.pop("number", 1), lat, lon, color="#b8d259", ink="#000", **more)


def day(view):
    view.set_routes([line("r1")])
    view.set_stops([stop("s1", 47.15, 9.52), stop("s2", 47.15, 9.56, number=2)])
    view.set_depots([DepotMark("d1", 47.13, 9.54)])


@pytest.fixture
def shown(driven, town):
    day(driven.view)
    driven.show(town)
    return driven


def test_what_was_set_before_the_page_was_there_appears(shown, town):
    counts = shown.counts()
    assert (counts["stops"], counts["routes"], counts["depots"]) == (2, 1, 1)
    assert counts["tiles"] > 0
    assert town.asked
    assert all(8 <= z <= 14 for z, _, _ in town.asked)
    point = shown.where("s1")
    shown.paints(point + QPoint(5, -3), lambda pixel: pixel.name() == "#b8d259")


def test_a_map_shown_late_and_resized_still_shows_the_whole_day(driven, town, qtbot):
    driven.view.show_region(town, BOUNDS)
    qtbot.waitUntil(lambda: driven.view._web.is_loaded, timeout=5000)
    day(driven.view)
    driven.view.resize(900, 500)
    with driven.settled():
        driven.view.show()
    with driven.settled():
        driven.view.resize(500, 700)
    for key in ("s1", "s2", "d1"):
        assert driven.view.rect().contains(driven.where(key))
    assert driven.where("s2").x() - driven.where("s1").x() > 150


def test_patches_upsert_and_remove(shown):
    with shown.settled():
        shown.view.set_stops([stop("s2", 47.15, 9.53, number=2), stop("s3", 47.16, 9.5)])
        shown.view.set_routes([])
    assert shown.counts()["stops"] == 2
    assert shown.counts()["routes"] == 0
    assert shown.where("s1") is None
    assert shown.where("s2") is not None


def test_a_click_on_a_stop_names_it_with_the_keys_held(shown, qtbot):
    with qtbot.waitSignal(shown.view.stopClicked, timeout=3000) as clicked:
        QTest.mouseClick(shown.glass, LEFT, Qt.KeyboardModifier.ControlModifier, shown.where("s2"))
    assert clicked.args == ["s2", Qt.KeyboardModifier.ControlModifier]


def test_a_click_on_a_line_names_the_route_and_elsewhere_the_point(shown, qtbot):
    with shown.settled():
        shown.view.fit(["r1"])
    middle = shown.where("d1")
    shown.view.counts(lambda _: None)
    with qtbot.waitSignal(shown.view.mapClicked, timeout=3000) as ground:
        QTest.mouseClick(shown.glass, LEFT, pos=QPoint(700, 300))
    assert ground.args[0] == pytest.approx(47.15, abs=0.05)
    assert middle
    with shown.settled():
        shown.view.set_stops([])
        shown.view.set_routes([line("r1", points=((47.15, 9.48), (47.15, 9.60)))])
        shown.view.set_depots([DepotMark("on", 47.15, 9.53)])
    on_line = shown.where("on") + QPoint(60, 1)
    with qtbot.waitSignal(shown.view.routeClicked, timeout=3000) as route:
        QTest.mouseClick(shown.glass, LEFT, pos=on_line)
    assert route.args == ["r1"]


def test_a_rectangle_drawn_with_shift_selects_what_is_inside(shown, qtbot):
    first, second = shown.where("s1"), shown.where("s2")
    start, end = first - QPoint(25, 25), second + QPoint(25, 25)
    shift = Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(shown.view.areaSelected, timeout=3000) as area:
        QTest.mousePress(shown.glass, LEFT, shift, start)
        for step in range(1, 6):
            QTest.mouseMove(shown.glass, start + (end - start) * step / 5, 10)
        QTest.mouseRelease(shown.glass, LEFT, shift, end)
    assert sorted(area.args[0]) == ["s1", "s2"]


def test_picking_a_point_answers_where(shown, qtbot):
    with shown.settled():
        shown.view.pick_point_mode("Click where the parcel goes", on=True)
    with qtbot.waitSignal(shown.view.pointPicked, timeout=3000) as picked:
        QTest.mouseClick(shown.glass, LEFT, pos=shown.where("s1"))
    assert picked.args == pytest.approx([47.15, 9.52], abs=0.001)
    with shown.settled():
        shown.view.pick_point_mode("", on=False)


def test_selection_light_and_preview_are_painted(shown):
    before = shown.view.grab().toImage()
    with shown.settled():
        shown.view.set_selection(["s1"])
        shown.view.light_route("r1")
        shown.view.set_preview([(47.13, 9.54), (47.15, 9.56)])
    after = shown.view.grab().toImage()
    assert before != after
    ring = shown.where("s1") + QPoint(0, 14)
    shown.paints(ring, lambda pixel: pixel.lightness() > 200)
    with shown.settled():
        shown.view.set_selection([])
        shown.view.light_route(None)
        shown.view.set_preview(None)
    shown.paints(ring, lambda pixel: pixel.lightness() < 80)


def test_a_driven_way_is_painted_piece_by_piece(shown):
    before = shown.view.grab().toImage()
    with shown.settled():
        shown.view.set_driven([[(47.13, 9.54), (47.14, 9.55)], [(47.15, 9.55), (47.15, 9.56)]])
    assert before != shown.view.grab().toImage()
    with shown.settled():
        shown.view.set_driven([])
    assert before == shown.view.grab().toImage()


def test_every_state_of_a_stop_is_drawn_differently(shown, theme):
    pictures = set()
    for state in StopState:
        with shown.settled():
            shown.view.set_stops([stop("s1", 47.15, 9.52, state=state)])
        at = shown.where("s1")
        image = shown.view.grab().toImage().copy(at.x() - 14, at.y() - 14, 28, 28)
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == len(StopState) - 1  # late tells itself by its badge
    with shown.settled():
        shown.view.set_stops([stop("s1", 47.15, 9.52, state=StopState.LATE, badge="+17")])
    badge = shown.where("s1") + QPoint(9, -9)
    red = theme.color("bad_fill").name()
    shown.paints(badge, lambda pixel: pixel.name() == red)


def test_minutes_late_never_lie_on_each_other(shown, theme):
    crowd = [
        stop(f"s{i}", 47.15, 9.52 + i * 1e-4, state=StopState.LATE, badge=f"+{i + 1}0")
        for i in range(9)
    ]
    with shown.settled():
        shown.view.set_stops(crowd)
    assert 1 <= shown.answer(shown.view.counts)["badges"] < len(crowd)
    at, bad = shown.where("s0"), theme.color("bad").name()
    box = QRect(at.x() - 10, at.y() - 12, 90, 24)
    image = shown.view.grab().toImage().copy(box)
    pixels = {image.pixelColor(x, y).name() for x in range(90) for y in range(24)}
    assert bad in pixels  # those without their minutes have a ring
    with shown.settled():
        shown.view.set_stops(crowd[:1])
    assert shown.answer(shown.view.counts)["badges"] == 1


def test_the_theme_s_colours_reach_the_page(shown, theme):
    corner = QPoint(5, 300)
    shown.paints(corner, lambda pixel: pixel.lightness() < 80)
    with shown.settled():
        theme.choose(Choice.LIGHT)
    shown.paints(corner, lambda pixel: pixel.lightness() > 180)


def test_two_thousand_stops_and_sixty_routes(shown):
    stops = [
        stop(f"s{n}", 47.10 + 0.1 * (n % 50) / 50, 9.48 + 0.12 * (n // 50) / 40, number=n % 99)
        for n in range(MANY_STOPS)
    ]
    routes = [
        line(
            f"r{n}",
            n,
            points=tuple(
                (47.10 + k / 3000, 9.48 + n / 500 + (k % 7) / 2000) for k in range(POINTS)
            ),
        )
        for n in range(1, MANY_ROUTES + 1)
    ]
    with shown.settled():
        shown.view.set_stops(stops)
        shown.view.set_routes(routes)
    counts = shown.counts()
    assert (counts["stops"], counts["routes"]) == (MANY_STOPS, MANY_ROUTES)
    assert 0 < counts["discs"] < MANY_STOPS


@pytest.mark.skipif(os.name == "nt", reason="kills the process by signal")
def test_a_crash_of_the_page_s_process_is_healed(shown, qtbot):
    shown.view.set_selection(["s1"])
    with shown.settled():
        shown.view.move_camera(47.16, 9.53, 14)
    with qtbot.waitSignal(shown.view.settled, timeout=15_000):
        os.kill(shown.view._web.page.renderProcessPid(), signal.SIGKILL)
    assert shown.counts()["stops"] == 2
    middle = QPoint(shown.view.width() // 2, shown.view.height() // 2)
    with shown.settled():
        shown.view.set_depots([DepotMark("middle", 47.16, 9.53)])
    assert (shown.where("middle") - middle).manhattanLength() < 4


def test_without_a_region_the_map_says_what_to_do(driven, qtbot):
    driven.view.show_region(None, None)
    driven.view.resize(600, 400)
    driven.view.show()
    from PySide6.QtWidgets import QPushButton

    button = next(b for b in driven.view.findChildren(QPushButton) if b.isVisible())
    with qtbot.waitSignal(driven.view.regionWanted):
        button.click()


def test_the_page_can_fetch_nothing_from_outside(shown, qtbot):
    script = (
        "window.tried = ''; Promise.allSettled([fetch('http://127.0.0.1:9/'),"
        " fetch('file:///etc/hostname')])"
        ".then(all => { tried = all.map(one => one.status).join() })"
    )
    page = shown.view._web.page
    page.runJavaScript(script)
    answers = []

    def tried():
        page.runJavaScript("window.tried", answers.append)
        return bool(answers and answers[-1])

    qtbot.waitUntil(tried, timeout=5000)
    assert answers[-1] == "rejected,rejected"
