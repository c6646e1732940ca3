"""A small town in one tile, and a map that shows it."""

import mapbox_vector_tile
import pytest
from PySide6.QtCore import QEvent, QPoint

from console.ui.map.view import MapView
from console.ui.theme.theme import Choice, apply_theme

BOUNDS = (47.10, 9.48, 47.20, 9.60)


class Town:
    """Answers the same few streets for every tile and counts what is asked."""

    def __init__(self):
        self.asked = []
        road = {"geometry": "LINESTRING(0 2000, 4096 2100)", "properties": {"kind": "major_road"}}
        lake = {
            "geometry": "POLYGON((500 500, 1500 500, 1500 1500, 500 1500, 500 500))",
            "properties": {"kind": "lake"},
        }
        self._tile = mapbox_vector_tile.encode(
            [{"name": "roads", "features": [road]}, {"name": "water", "features": [lake]}]
        )

    attribution = "© OpenStreetMap contributors"

    def tile(self, z, x, y):
        self.asked.append((z, x, y))
        return self._tile if (x + y) % 5 else None


@pytest.fixture
def theme(qapp):
    made = apply_theme(qapp, Choice.DARK)
    yield made
    qapp.styleHints().colorSchemeChanged.disconnect(made._follow)
    made.deleteLater()


@pytest.fixture(scope="session")
def page_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("page")


@pytest.fixture
def town():
    return Town()


class Driven:
    """The map with what a test needs to wait for."""

    def __init__(self, view, qtbot):
        self.view = view
        self._qtbot = qtbot

    def answer(self, ask, *given):
        got = []
        ask(*given, got.append)
        self._qtbot.waitUntil(lambda: bool(got), timeout=5000)
        return got[0]

    def settled(self):
        return self._qtbot.waitSignal(self.view.settled, timeout=10_000)

    def counts(self):
        return self.answer(self.view.counts)

    def where(self, key) -> QPoint:
        return self.answer(self.view.where, key)

    @property
    def glass(self):
        """The widget that takes the mouse."""
        return self.view._web.view.focusProxy()

    def pixel(self, point):
        return self.view.grab().toImage().pixelColor(point)

    def paints(self, point, so):
        """Wait until the pixel is so: the page has drawn before its frame reaches the window."""
        self._qtbot.waitUntil(lambda: so(self.pixel(point)), timeout=10_000)

    def show(self, town, bounds=BOUNDS):
        with self.settled():
            self.view.show_region(town, bounds)
            self.view.resize(800, 600)
            self.view.show()


@pytest.fixture
def driven(theme, page_cache, qtbot, qapp):
    view = MapView(theme, page_cache)
    yield Driven(view, qtbot)
    view.close()
    view.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
