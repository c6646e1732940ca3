"""The list of what was not done."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from console.dispatch.journal import Draft, Entry
from console.dispatch.overtaken import Overtaken
from console.domain.commands import MoveStops
from console.domain.errors import Rejected
from console.domain.patch import Patch, diff
from console.domain.plan import RouteId
from console.ui.overtaken.faces import face
from console.ui.overtaken.panel import MOST, OvertakenPanel
from tests.ui.day import NAMES
from tests.ui.sample import Desk, light

AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def _item(desk: Desk, count: int, *, by: str = "ben.roth") -> Overtaken:
    plan = desk.picture.plan
    stops = next(iter(plan.routes.values())).stops[:count]
    command = MoveStops(stops, RouteId("r2"))
    draft = Draft("plan/x", 7, "id", command, Patch(), "ana", "a", AT)
    if not by:
        return Overtaken(draft, Rejected("not_allowed", kind="move_stops.1"))
    theirs = MoveStops(stops[:1], None)
    patch = diff(plan, theirs.apply(plan))
    entry = Entry("plan/x", 7, "other", theirs.kind, theirs, patch, by, "b", AT, "")
    return Overtaken(draft, Rejected("changed_since", by=by, entity=stops[0]), entry)


def test_a_card_says_what_why_and_who(qtbot) -> None:
    desk = Desk(qtbot)
    found = face(_item(desk, 4), desk.picture, "ana")
    assert found.title == "Stops moved, 09:30"
    assert found.what.endswith(f"more to {NAMES[1]}")
    assert found.why.startswith("A colleague changed this")
    assert "ben" not in found.why
    assert found.theirs == "09:30  Ben Roth moved 1\N{THIN SPACE}stop."
    assert len(found.stops) == 4
    alone = face(_item(desk, 1, by=""), desk.picture, "ana")
    assert (alone.theirs, alone.why[:9]) == ("", "Your role")


def test_choices_are_one_click(qtbot) -> None:
    desk = Desk(qtbot)
    panel = OvertakenPanel(light())
    qtbot.addWidget(panel)
    asked: list[str] = []
    panel.redoAsked.connect(lambda key: asked.append(f"redo {key}"))
    panel.keepAsked.connect(lambda key: asked.append(f"keep {key}"))
    panel.showAsked.connect(lambda key: asked.append(f"show {key}"))
    panel.show_faces([face(_item(desk, 2), desk.picture, "ana")])
    (card,) = panel.cards
    for button in (card.redo, card.keep, card.show_on_map):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["redo id", "keep id", "show id"]
    assert panel.keep_all.isHidden()
    many = [face(_item(desk, 1), desk.picture, "ana")] * (MOST + 5)
    panel.show_faces(many)
    assert len(panel.cards) == MOST
    assert panel.title.text() == f"Not done  {MOST + 5}"
    assert not panel.keep_all.isHidden()
    panel.show_faces([])
    assert panel.hint.text() == "Nothing waits for a decision."
