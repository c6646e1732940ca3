"""What is asked of the optimiser, field by field, and what its chart shows."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from console.domain.objective import COST, GREEN, OBJECTIVES
from console.planning.run import Scope
from console.ui.actions import Actions
from console.ui.notices import Best, Job
from console.ui.optimise.chart import CostChart, Curve, comparable, curve_title, notes, ticks
from console.ui.optimise.choice import OWN, Choice, kept, remembered
from console.ui.optimise.panel import OptimisePanel
from console.ui.theme.theme import Choice as Colours
from console.ui.theme.theme import apply_theme

DAY = date(2026, 11, 24)


@pytest.fixture
def theme(qapp):
    return apply_theme(qapp, Colours.LIGHT)


@pytest.fixture
def panel(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = OptimisePanel(theme, Actions(parent, theme, lambda _name: None))
    qtbot.addWidget(made)
    made.told = []
    made.chosen.connect(made.told.append)
    return made


def test_each_field_changes_its_part_of_the_choice(panel):
    panel.profile.setCurrentIndex(panel.profile.findData("green"))
    assert panel.told[-1].objective == GREEN
    panel.seconds.own.setValue(45)
    assert panel.told[-1].seconds == 45
    panel.scope.setCurrentIndex(1)
    assert panel.told[-1].scope is Scope.ORDER
    panel.scope.setCurrentIndex(3)
    assert (panel.told[-1].scope, panel.told[-1].selected) == (Scope.ALL, True)
    panel.budget.drivers_on.setChecked(True)
    panel.budget.drivers.setValue(7)
    panel.budget.minutes.setValue(20)
    asked = panel.told[-1]
    assert (asked.drivers, asked.promises, asked.minutes) == (7, None, 20)
    assert asked.objective == GREEN
    panel.budget.drivers_on.setChecked(False)
    assert panel.told[-1].drivers is None


def test_released_routes_are_amended_only_where_there_are_some(panel):
    assert panel.amends.isHidden()
    panel.show_released(2)
    assert not panel.amends.isHidden()
    assert panel.amends.text() == "Amend 2 released routes"
    assert not panel.choice.terms().amends
    panel.amends.setChecked(True)
    assert panel.told[-1].terms().amends
    assert remembered(kept(panel.told[-1], DAY), DAY).amends
    assert not remembered(kept(panel.told[-1], DAY), date(2026, 11, 25)).amends
    panel.show_released(1)
    assert panel.amends.text() == "Amend 1 released route"
    panel.show_released(0)
    assert panel.amends.isHidden()


def test_weights_of_ones_own_are_own_until_a_profile_has_them(panel):
    panel.weights.fields["per_km"].setValue(COST.per_km + 0.5)
    assert panel.told[-1].objective.name == OWN
    assert panel.profile.currentData() == OWN
    panel.weights.fields["per_km"].setValue(COST.per_km)
    assert panel.told[-1].objective == COST


def test_the_panel_shows_what_it_is_given_without_answering(panel):
    choice = Choice(OBJECTIVES["balanced"], 60.0, Scope.FILL, drivers=3)
    panel.show_choice(choice, "EUR")
    assert panel.told == []
    assert panel.profile.currentText() == "Balanced"
    assert panel.scope.currentText() == "Only fill in what is unassigned"
    assert panel.budget.drivers.value() == 3
    assert panel.chart_title.text() == curve_title(OBJECTIVES["balanced"])


def test_the_chart_follows_the_search(panel):
    bests = (Best(0.1, 900.0, 40), Best(2.0, 880.0, 40))
    job = Job("optimise", "", bests=bests, seconds=3.0, present=910.0, least=40)
    panel.show_job(job)
    assert panel.chart.curve == Curve(bests, 910.0, "EUR", 3.0, least=40)
    assert "880.00" in panel.chart.accessibleName()


def test_choices_are_remembered_and_limits_only_for_the_day():
    choice = Choice(GREEN, 60.0, Scope.ORDER, selected=True, drivers=3, promises=2, minutes=10)
    assert remembered(kept(choice, DAY), DAY) == choice
    assert remembered(kept(choice, DAY), date(2026, 11, 25)) == Choice(GREEN, 60.0)
    assert remembered("nonsense", DAY) == Choice()


def test_only_plans_that_serve_as_many_are_compared():
    few, enough, better = Best(0, 500, 30), Best(1, 900, 40), Best(2, 880, 40)
    assert comparable((few, enough, better)) == (enough, better)
    assert comparable((few,), 40) == ()
    assert comparable(()) == ()
    assert [words for _, words in notes((enough, better), whole=False)] == [
        "40 served",
        "last improvement",
    ]
    assert notes((enough,), whole=True) == []


def test_ticks_are_round_and_reach_over_both_ends():
    assert ticks(902, 955) == [900, 920, 940, 960]
    assert ticks(0, 6, 3) == [0, 2, 4, 6]


@pytest.mark.parametrize(
    "curve",
    [
        Curve(),
        Curve(present=910.0),
        Curve((Best(0, 500, 30),), 910.0, least=40),
        Curve((Best(0, 905.0, 40), Best(3, 904.0, 40)), 910.0, "GBP", 5.0, "proposal", 40),
    ],
)
def test_every_curve_is_painted(qtbot, theme, curve):
    chart = CostChart(theme)
    qtbot.addWidget(chart)
    chart.resize(320, 200)
    chart.show_curve(curve)
    image = chart.grab().toImage()
    assert len({image.pixel(x, y) for x in range(320) for y in range(0, 200, 2)}) > 1
