"""The panes around the map: painted at any size, read aloud, and clicked."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest

from console.ui.actions import Actions
from console.ui.proposal.panes import ProposalPanes
from console.ui.theme.theme import Choice, apply_theme


@pytest.fixture
def panes(qapp, qtbot, proposal):
    theme = apply_theme(qapp, Choice.LIGHT)
    made = ProposalPanes(theme, Actions(made_parent(qtbot), theme, lambda _name: None))
    for part in (made, made.banner, made.left, made.right, made.below):
        qtbot.addWidget(part)
    made.show_proposal(proposal)
    made.theme = theme
    return made


def made_parent(qtbot):
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.mark.parametrize("width", [256, 320, 480])
@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.HIGH_CONTRAST])
def test_every_pane_is_painted_at_any_width(panes, width, choice):
    panes.theme.choose(choice)
    for part in (panes.left, panes.right, panes.below, panes.banner):
        part.resize(QSize(width, 600))
        image = part.grab().toImage()
        assert image.width() >= width
        colours = {image.pixel(x, y) for x in range(0, width, 3) for y in range(0, 600, 3)
                   if image.valid(x, y)}  # fmt: skip
        assert len(colours) > 3


def test_what_is_painted_is_said_too(panes, proposal):
    assert "Change driver 2 of 2" in panes.meters.accessibleName()
    assert "Served 18, proposed 19, +1" in panes.table.accessibleName()
    assert proposal.comparison.sentence in panes.banner.accessibleName()
    index = panes.changes.changes.index(0)
    assert "now served" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_row_says_which_stop_is_meant(panes, qtbot):
    panes.left.resize(300, 600)
    panes.left.show()
    qtbot.waitExposed(panes.left)
    with qtbot.waitSignal(panes.picked) as picked:
        QTest.mouseClick(panes.changes.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 12))
    assert picked.args == [panes.changes.changes.rows[0].stop]


def test_a_plan_that_moved_is_said_in_the_banner(panes):
    said = panes.banner.said.text()
    panes.mark_outdated(outdated=True)
    assert "has changed since" in panes.banner.said.text()
    panes.mark_outdated(outdated=False)
    assert panes.banner.said.text() == said
