"""Every control says what it is to a screen reader: in the window, its docks and its dialogs."""

import asyncio

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import busiest
from tests.journeys.window.naming import nameless

OPENING = (
    "view_board", "view_exceptions", "view_orders", "view_live", "view_plan", "optimise_panel",
    "scenarios", "history", "traffic", "how_far", "audit", "recurring_orders", "join_doors",
    "add_order", "edit_order", "cancel_order", "trace_order", "change_selected", "log_exception",
    "override", "edit_shift", "driver_out", "send_stops", "send_tail", "swap_routes",
    "merge_routes", "palette", "find", "directions", "to_phone", "name_version", "keep_scenario",
    "search_scenario", "overtaken", "export_plan", "route_sheets", "fleet", "regions",
    "add_region", "services", "database", "formats", "online_tiles", "watch_folder", "shortcuts",
    "edit_shortcuts", "training", "edit_scenarios", "training_results", "import_report", "tour",
    "about", "help",
)  # fmt: skip
"""Deeds that show a page, a panel or a dialog."""
SURFACES = 30
"""At least so many of them are seen, or they did not open."""


def test_every_control_of_the_window_and_its_dialogs_has_a_name(planned: Journey) -> None:
    desktop, seen, found = planned.desktop, set[str](), dict[str, str]()
    stop = busiest(planned).stops[1]
    for deed in OPENING:
        planned.pick(stop)
        desktop.trigger(deed)
        planned.run(asyncio.sleep(0.05))
        for window in _shown():
            seen.add(type(window).__name__)
            seen |= {type(w).__name__ for w in window.findChildren(QWidget) if w.isVisible()}
            for control in nameless(window):
                found.setdefault(control, deed)
        for window in _shown():
            if window is not desktop.window:
                window.close()
    assert found == {}, found
    dialogs = {name for name in seen if name.endswith(("Dialog", "Form", "Panel", "Page"))}
    assert len(dialogs) >= SURFACES, sorted(dialogs)


def _shown() -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]


@pytest.mark.parametrize(("name", "told"), [("", True), ("Weight", False)])
def test_a_field_without_a_name_is_told(qapp: QApplication, name: str, told: bool) -> None:
    box = QWidget()
    field, button = QLineEdit("12", box), QPushButton("Save", box)
    field.setAccessibleName(name)
    assert button.text() == "Save"
    assert bool(list(nameless(box))) is told
