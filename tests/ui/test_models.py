"""Every model of the window keeps Qt's contract, while it changes."""

import importlib
import pkgutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

import console.ui
from console.dispatch.kindofday import IncidentKind
from console.dispatch.training.words import KINDS
from console.domain.commands import LockRoutes, MoveStops, PinStops
from console.domain.plan import RouteId
from console.ui.audit.rows import audit_rows
from console.ui.audit.table import AuditModel
from console.ui.history.panel import StepList
from console.ui.history.steps import steps
from console.ui.orders.model import StopFilter, StopList
from console.ui.orders.panel import UNASSIGNED, OrdersPanel
from console.ui.rowink import InkRows
from console.ui.scenarios.list import ScenarioModel
from console.ui.scenarios.rows import Row
from console.ui.training.editor import IncidentRows
from tests.shared import ROOT
from tests.ui.day import at
from tests.ui.sample import Desk, entry_of

R1, R2 = RouteId("r1"), RouteId("r2")
HERE = {StopList, StopFilter, StepList, AuditModel, ScenarioModel, IncidentRows}
ELSEWHERE = {
    "OrderRows": "ui/ordertable/test_model.py",
    "Columns": "ui/importing/test_wizard.py",
    "TypedRows": "ui/fleet/test_form.py",
    "ChoiceList": "ui/choosing/test_choices.py",
}
"""Where the others are tested while they change."""


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


@pytest.fixture
def desk(qtbot) -> Desk:
    return Desk(qtbot)


@pytest.fixture
def entries(desk: Desk) -> list:
    """Three steps of the desk's day."""
    plan, made = desk.picture.plan, []
    for number, command in enumerate(
        (PinStops(plan.routes[R1].stops[:2]), LockRoutes((R2,)), LockRoutes((R2,), locked=False)), 1
    ):
        entry, plan = entry_of(plan, command, number, at(7, number))
        made.append(entry)
    return made


def answers_itself(kind: type) -> bool:
    """It has to be watched: ``InkRows`` is, in what derives from it."""
    return kind is not InkRows and bool(
        vars(kind).keys() & {"data", "rowCount", "filterAcceptsRow"}
    )


def test_every_model_is_watched_by_a_test() -> None:
    for found in pkgutil.walk_packages(console.ui.__path__, "console.ui."):
        importlib.import_module(found.name)
    ours, left = set(), [QAbstractItemModel]
    while left:
        for kind in left.pop().__subclasses__():
            left.append(kind)
            if kind.__module__.startswith("console.") and answers_itself(kind):
                ours.add(kind)
    assert {kind.__name__ for kind in ours - HERE} == set(ELSEWHERE)
    for name, file in ELSEWHERE.items():
        text = (ROOT / "tests" / Path(file)).read_text(encoding="utf-8")
        assert "QAbstractItemModelTester(" in text, name


def test_the_list_of_stops_while_the_plan_changes(qtbot, desk: Desk) -> None:
    panel = OrdersPanel(desk.hands, desk.signals, desk.selection, desk.theme, desk.actions)
    qtbot.addWidget(panel)
    testers = [watched(panel.model), watched(panel.shown)]
    panel.show_picture(desk.picture)
    mine = desk.picture.plan.routes[R1].stops[0]
    desk.hands.submit(MoveStops((mine,), None))
    panel.tabs.setCurrentIndex(UNASSIGNED)
    assert panel.shown.rowCount() >= 1
    desk.hands.submit(PinStops(desk.picture.plan.routes[R1].stops[:1]))
    panel.shown.look_for("nothing has this in it")
    assert panel.shown.rowCount() == 0
    panel.shown.look_for("")
    assert len(testers) == 2


def test_the_history_grows_at_the_top_and_is_filled_anew(desk: Desk, entries: list) -> None:
    model = StepList()
    tester = watched(model)
    for known in (1, 3, 2, 0):
        model.fill(steps(entries[:known], desk.picture))
        assert model.rowCount() == known
    assert tester.model() is model


def test_the_audit_shows_other_rows(desk: Desk, entries: list) -> None:
    model = AuditModel()
    tester = watched(model)
    rows = audit_rows(entries, desk.picture, {})
    for shown in (rows, rows[:1], ()):
        model.show_lines(shown)
        assert model.rowCount() == len(shown)
    assert tester.model() is model


def test_scenarios_keep_their_rows_where_only_words_change(desk: Desk) -> None:
    model = ScenarioModel()
    tester = watched(model)
    rows = [Row(key, key, "€ 1", "", "", "text2", "") for key in ("", "one", "two")]
    for shown in (rows, [replace(row, cost="€ 2") for row in rows], rows[:1], []):
        model.show_rows(shown)
        assert model.rowCount() == len(shown)
    assert tester.model() is model


def test_incidents_are_added_edited_and_removed(desk: Desk) -> None:
    model = IncidentRows(desk.theme)
    tester = watched(model)
    model.add()
    model.add()
    assert model.setData(model.index(0, 0), "breakdown", Qt.ItemDataRole.EditRole)
    assert model.index(0, 0).data() == KINDS[IncidentKind.BREAKDOWN]
    model.remove([1])
    assert model.rowCount() == 1
    assert tester.model() is model
