"""What a user arranged is found again: colours, text size, keys, panels, the second window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from console.settings import language
from console.ui.dialogs.edit_shortcuts import EditShortcutsDialog
from console.ui.layout import can_move, layout_state, restore_layout
from console.ui.theme.tokens import Scheme
from console.ui.window import BOARD, PLAN
from tests.journeys.window.conftest import Journey, close

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea


def test_it_is_found_again(open_window: Callable[..., Journey], tmp_path: Path) -> None:
    store = tmp_path / "mine"
    journey = open_window(store)
    window = journey.desktop.window
    journey.do("text_larger")
    journey.do("move_panels")
    window.addDockWidget(LEFT, window.details_dock)
    window.details_dock.show()
    journey.desktop.trigger("edit_shortcuts")
    dialog = journey.dialog(EditShortcutsDialog)
    dialog.set_keys("validate", "Ctrl+Alt+V")
    dialog.accept()
    journey.settle()
    journey.do("board_window")
    journey.do("timeline_window")
    assert journey.desktop.panes.board.window() is journey.desktop.shape.away["board"].window
    assert not window.timeline_dock.isVisible()
    close(journey)

    again = open_window(store)
    window, desktop = again.desktop.window, again.desktop
    try:
        assert desktop.theme.scale == 1.1
        assert desktop.actions.keys("validate") == "Ctrl+Alt+V"
        assert window.dockWidgetArea(window.details_dock) == LEFT
        assert can_move(window)
        assert set(desktop.shape.away) == {"board", "timeline"}
        assert desktop.panes.board.isVisible()
        assert desktop.panes.timeline.isVisible()
        again.do("usual_layout")
        assert window.dockWidgetArea(window.details_dock) != LEFT
        assert not can_move(window)
        assert desktop.shape.away == {}
        assert window.timeline_dock.isVisible()
    finally:
        desktop.theme.set_scale(1.0)
    again.settle()


def test_the_board_moves_out_and_comes_back(planned: Journey) -> None:
    desktop = planned.desktop
    pages = desktop.window.pages.count()
    desktop.window.show_page(BOARD)
    planned.do("board_window")
    assert desktop.window.pages.currentIndex() == PLAN
    second = desktop.shape.away["board"].window
    stop = next(iter(desktop.station.picture.visits))
    planned.pick(stop)
    assert desktop.panes.board.current == stop, "one selection for both windows"
    assert set(desktop.actions.all) <= set(second.actions())
    second.close()
    assert desktop.shape.away == {}
    assert desktop.panes.board.window() is desktop.window
    desktop.window.show_page(BOARD)
    assert desktop.panes.board.isVisible()
    assert desktop.window.pages.count() == pages


def test_map_and_timeline_move_out_and_come_back(planned: Journey) -> None:
    desktop, window = planned.desktop, planned.desktop.window
    pages = window.pages.count()
    planned.do("map_window")
    assert desktop.panes.map_view.window() is desktop.shape.away["map"].window
    assert window.pages.currentIndex() == BOARD
    planned.do("timeline_window")
    assert desktop.panes.timeline.window() is desktop.shape.away["timeline"].window
    assert not window.timeline_dock.isVisible()
    stop = next(iter(desktop.station.picture.visits))
    planned.pick(stop)
    assert desktop.panes.timeline.current == stop, "one selection for all windows"
    planned.until(lambda: planned.counts()["stops"] > 0)
    desktop.shape.away["timeline"].window.close()
    assert desktop.panes.timeline.window() is window
    assert desktop.panes.timeline.isVisible()
    planned.do("map_window")
    window.show_page(PLAN)
    assert desktop.panes.map_view.isVisible()
    assert desktop.panes.map_view.window() is window
    assert window.pages.count() == pages
    planned.until(lambda: planned.counts()["stops"] > 0)


def test_the_timeline_is_a_panel_that_moves(planned: Journey) -> None:
    window = planned.desktop.window
    top = Qt.DockWidgetArea.TopDockWidgetArea
    window.addDockWidget(top, window.timeline_dock)
    kept = layout_state(window)
    planned.do("usual_layout")
    assert window.dockWidgetArea(window.timeline_dock) == Qt.DockWidgetArea.BottomDockWidgetArea
    assert restore_layout(window, kept)
    assert window.dockWidgetArea(window.timeline_dock) == top
    window.timeline_dock.hide()
    planned.do("go_timeline")
    assert window.timeline_dock.isVisible()


def test_colours_are_chosen_and_kept(open_window: Callable[..., Journey], tmp_path: Path) -> None:
    journey = open_window(tmp_path / "mine")
    try:
        journey.do("theme_contrast")
        assert journey.desktop.theme.scheme is Scheme.HIGH_CONTRAST
        services = journey.desktop.station.services
        assert services.preferences.get(services.actor)["colours"] == "high_contrast"
    finally:
        journey.do("theme_light")


def test_one_tool_at_a_time_and_the_details_come_back(planned: Journey) -> None:
    window = planned.desktop.window
    window.details_dock.setVisible(True)
    planned.do("traffic")
    traffic = planned.desktop.traffic.panel
    assert traffic is not None
    assert traffic.isVisible()
    assert not window.details_dock.isVisible()
    kept = layout_state(window)
    planned.do("how_far")
    measuring = planned.desktop.measuring.panel
    assert measuring is not None
    assert measuring.isVisible()
    assert not traffic.isVisible()
    planned.do("optimise_panel")
    assert not measuring.isVisible()
    assert window.optimise_dock.isVisible()
    planned.do("optimise_panel")
    assert window.details_dock.isVisible()
    planned.do("traffic")
    planned.do("view_board")
    assert not traffic.isVisible()
    assert window.details_dock.isVisible()
    window.details_dock.hide()
    assert restore_layout(window, kept)
    assert window.details_dock.isVisible()


def test_a_language_is_chosen_for_the_next_start(
    planned: Journey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOORSTEP_HOME", str(tmp_path))
    monkeypatch.delenv("DOORSTEP_LANGUAGE", raising=False)
    for deed, code, name in (
        ("language_de", "de", "Deutsch"),
        ("language_en", "en", "English"),
        ("language_system", "", "the language of the system"),
    ):
        planned.do(deed)
        planned.notice(f"From the next start on, the window speaks {name}.")
        assert language() == code
