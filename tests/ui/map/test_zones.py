"""Zones on the map: drawn with the mouse, mended, shown; and what else the map shows."""

import socket
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.ui.map.layers import LAYERS, ONLINE, Layers, Online, kept, remembered
from console.ui.map.marks import RouteLine, StopMark, ZoneMark
from console.ui.map.online import AGENT
from console.ui.theme.tokens import Scheme

SQUARE = (47.13, 9.52, 47.13, 9.56, 47.17, 9.56, 47.17, 9.52)
A, B, C = QPoint(300, 200), QPoint(500, 200), QPoint(400, 400)


def drag(glass, start, end, button=Qt.MouseButton.LeftButton):
    QTest.mousePress(glass, button, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 6):
        point = QPointF(start + (end - start) * step / 5)
        event = QMouseEvent(
            QEvent.Type.MouseMove, point, glass.mapToGlobal(point), button, button,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(glass, event)
    QTest.mouseRelease(glass, button, Qt.KeyboardModifier.NoModifier, end)


def click(glass, point, button=Qt.MouseButton.LeftButton):
    QTest.mouseClick(glass, button, Qt.KeyboardModifier.NoModifier, point)


def count(driven, selector):
    script = f"document.querySelectorAll('{selector}').length"
    got = []
    driven.view._web.page.runJavaScript(script, got.append)
    driven._qtbot.waitUntil(lambda: bool(got), timeout=5000)
    return int(got[0])


def test_zones_are_shown_and_hidden(driven, town, qtbot):
    driven.show(town)
    with driven.settled():
        driven.view.set_zones([ZoneMark("z", "Works", SQUARE, "bad")])
    assert count(driven, "path.zone") == 1
    assert count(driven, ".doorstep-zone.bad") == 1
    with driven.settled():
        driven.view.set_layers(Layers().with_layer("zones", shown=False))
    assert count(driven, "path.zone") == 0


def test_a_rectangle_and_a_circle_are_pulled(driven, town, qtbot):
    driven.show(town)
    for tool, corners in (("rectangle", 4), ("circle", 24)):
        with driven.settled():
            driven.view.draw_zone(tool, "Pull it")
        with qtbot.waitSignal(driven.view.zoneDrawn, timeout=5000) as drawn:
            drag(driven.glass, A, C)
        assert len(drawn.args[0]) == 2 * corners
    lats, lons = drawn.args[0][::2], drawn.args[0][1::2]
    assert 47.0 < min(lats) < max(lats) < 47.3
    assert 9.3 < min(lons) < max(lons) < 9.8


def test_a_polygon_is_clicked_and_closed_at_its_first_corner(driven, town, qtbot):
    driven.show(town)
    clicked = []
    driven.view.mapClicked.connect(lambda *_: clicked.append(1))
    with driven.settled():
        driven.view.draw_zone("polygon", "Click the corners")
    with qtbot.waitSignal(driven.view.zoneDrawn, timeout=5000) as drawn:
        for point in (A, B, C, A):
            click(driven.glass, point)
    assert len(drawn.args[0]) == 6
    with driven.settled():
        driven.view.draw_zone("")
    with qtbot.waitSignal(driven.view.mapClicked, timeout=5000):
        click(driven.glass, C)
    assert clicked == [1]


def test_corners_are_moved_added_and_taken_out(driven, town, qtbot):
    driven.show(town)
    with driven.settled():
        driven.view.draw_zone("rectangle", "")
    with qtbot.waitSignal(driven.view.zoneDrawn, timeout=5000) as drawn:
        drag(driven.glass, A, C)
    corners = drawn.args[0]
    with driven.settled():
        driven.view.draw_zone("edit", "Pull the corners", corners)
    with qtbot.waitSignal(driven.view.zoneDrawn, timeout=5000) as moved:
        drag(driven.glass, A, A - QPoint(60, 60))
    assert len(moved.args[0]) == 8
    assert moved.args[0][0] > corners[0]
    middle = QPoint(400, 300)
    with qtbot.waitSignal(driven.view.zoneDrawn, timeout=5000) as added:
        drag(driven.glass, middle, middle + QPoint(50, 0))
    assert len(added.args[0]) == 10
    with qtbot.waitSignal(driven.view.zoneDrawn, timeout=5000) as taken:
        click(driven.glass, middle + QPoint(50, 0), Qt.MouseButton.RightButton)
    assert len(taken.args[0]) == 8


def test_escape_puts_the_pencil_down(driven, town, qtbot):
    driven.show(town)
    with driven.settled():
        driven.view.draw_zone("polygon", "")
    click(driven.glass, A)
    with qtbot.waitSignal(driven.view.drawingEnded, timeout=5000):
        QTest.keyClick(driven.glass, Qt.Key.Key_Escape)


def test_escape_calls_off_a_point(driven, town, qtbot):
    driven.show(town)
    with driven.settled():
        driven.view.pick_point_mode("Click the door", on=True)
    assert driven.view.is_asking
    with qtbot.waitSignal(driven.view.drawingEnded, timeout=5000):
        QTest.keyClick(driven.glass, Qt.Key.Key_Escape)
    with qtbot.waitSignal(driven.view.drawingEnded, timeout=5000):
        assert driven.view.call_off(), "as the window's own key does"
    driven.view.pick_point_mode("", on=False)
    assert not driven.view.call_off()


def test_from_the_right_what_floats_on_the_map_changes_sides(driven, town):
    driven.show(town)
    tools = partial(driven.view._web.ask, "controls.tools.getBoundingClientRect().left")
    assert float(driven.answer(tools)) < driven.view.width() / 2
    driven.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    with driven.settled():
        driven.view.set_theme()
    assert float(driven.answer(tools)) > driven.view.width() / 2


@pytest.mark.parametrize("name", LAYERS)
def test_every_layer_can_be_hidden(name):
    hidden = Layers().with_layer(name, shown=False)
    assert not hidden.shows(name)
    assert hidden.with_layer(name, shown=True) == Layers()
    assert hidden.body(1, "©")["on"] == {each: each != name for each in LAYERS}
    assert remembered(kept(hidden)) == hidden


def test_hidden_stops_and_routes_are_not_painted(driven, town, qtbot):
    driven.show(town)
    line = RouteLine("r", 1, "#ff0000", "#ffffff", ((47.12, 9.5), (47.18, 9.58)))
    driven.view.set_routes([line])
    with driven.settled():
        driven.view.set_stops([StopMark("s", "r", 1, 47.15, 9.54, color="#ff0000", ink="#ffffff")])
    assert driven.counts()["discs"] == 1
    with driven.settled():
        driven.view.set_layers(Layers().with_layer("stops", shown=False))
    assert driven.counts()["discs"] == 0


def test_the_ground_has_colours_of_its_own(driven, town, theme):
    driven.show(town)
    with driven.settled():
        driven.view.set_layers(Layers(style=Scheme.LIGHT.value))
    land = theme.tokens.maps[Scheme.LIGHT]["land"]
    colours = {driven.pixel(QPoint(x, 560)).name() for x in range(300, 700, 7)}
    assert land in colours
    assert Layers(style="window").scheme(Scheme.DARK) is Scheme.DARK


def test_what_cannot_be_read_any_more_is_as_usual():
    assert remembered("no json") == Layers()
    assert remembered('{"style": "online"}') == Layers()
    online = Layers(style=ONLINE, online=Online("https://tiles.test/{z}/{x}/{y}.png", "© Test"))
    assert remembered(kept(online)) == online
    assert online.body(1, "© ours")["credit"] == "© Test"
    assert Layers().body(1, "© ours")["credit"] == "© ours"


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("https://tiles.test/{z}/{x}/{y}.png", ""),
        ("ftp://tiles.test/{z}/{x}/{y}.png", "https"),
        ("https://tiles.test/{z}/{x}.png", "{y}"),
    ],
)
def test_the_address_of_online_tiles_is_checked(template, problem):
    assert problem in Online(template, "").problem
    assert bool(problem) == bool(Online(template, "").problem)


@pytest.fixture
def server():
    asked = []

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["User-Agent"]))
            picture = bytes.fromhex(
                "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
                "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
            )
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(picture)))
            self.end_headers()
            self.wfile.write(picture)

        def log_message(self, *_):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", asked
    running.shutdown()
    running.server_close()


def test_online_tiles_are_fetched_by_the_window_which_says_who_it_is(driven, town, server, qtbot):
    address, asked = server
    driven.show(town)
    assert count(driven, ".doorstep-pill.credit.hidden") == 0
    with driven.settled():
        online = Online(f"{address}/{{z}}/{{x}}/{{y}}.png", "© Test tiles")
        driven.view.set_layers(Layers(style=ONLINE, online=online))
    assert asked
    assert {agent for _, agent in asked} == {AGENT}
    assert all(path.count("/") == 3 and path.endswith(".png") for path, _ in asked)
    assert driven.counts()["tiles"] >= 4
    got = []
    script = "document.querySelector('.credit').textContent"
    driven.view._web.page.runJavaScript(script, got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=5000)
    assert got == ["© Test tiles"]


def test_a_server_that_is_away_leaves_the_map_working(driven, town, qtbot):
    driven.show(town)
    online = Online("http://127.0.0.1:9/{z}/{x}/{y}.png", "")
    with driven.settled():
        driven.view.set_layers(Layers(style=ONLINE, online=online))
    with driven.settled():
        driven.view.set_layers(Layers(style="window", online=online))
    assert driven.counts()["tiles"] >= 4


def test_a_tile_that_is_called_off_on_its_way_is_not_answered(driven, town, qtbot):
    """A server that never answers, and a page that goes elsewhere meanwhile."""
    held = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(10)
        reached = Thread(target=lambda: held.append(silent.accept()[0]))
        reached.start()
        driven.show(town)
        online = Online(f"http://127.0.0.1:{silent.getsockname()[1]}/{{z}}/{{x}}/{{y}}.png", "")
        driven.view.set_layers(Layers(style=ONLINE, online=online))
        qtbot.waitUntil(lambda: bool(held), timeout=10_000)
        with driven.settled():
            driven.view.set_layers(Layers(style="window", online=online))
        reached.join()
    held[0].close()
    assert driven.counts()["tiles"] >= 4
