"""What is open, in four parts; each line with its buttons, each part with one for all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.dispatch.closing import Loose, LooseEnd
from console.dispatch.dayreport import LEFT
from console.dispatch.picture import Picture
from console.domain.casework import cases_of
from console.domain.plan import StopStatus
from console.tongues import tr
from console.ui.caption import FAINT, PLAIN, STRONG, Caption
from console.ui.exceptions.words import what
from console.ui.ink import Pen
from console.ui.labels import route_label
from console.ui.scrolling import scrolling
from console.ui.theme.figures import kg, pieces
from console.ui.theme.theme import Theme

MOST = 6
"""Lines shown of each part; the others come up as these are done."""
MOST_TIED = 30
"""Of what is back: a mistake is among the last."""


class Act(Enum):
    """What one click does."""

    DELIVERED = tr("Delivered")
    FAILED = tr("Failed")
    LOOK = tr("Look into it")
    PUT_OFF = tr("To tomorrow")
    COUNT_IN = tr("Goods are back")
    BACK = tr("Driver is back")
    TAKE_BACK = tr("Take back")


ACTS = {
    Loose.UNTOLD: (Act.DELIVERED, Act.FAILED),
    Loose.EXCEPTION: (Act.LOOK, Act.PUT_OFF),
    Loose.GOODS: (Act.COUNT_IN,),
    Loose.DRIVER: (Act.BACK,),
}
FOR_ALL = {
    Loose.EXCEPTION: (Act.PUT_OFF, tr("All failed stops to tomorrow")),
    Loose.GOODS: (Act.COUNT_IN, tr("All goods are back")),
    Loose.DRIVER: (Act.BACK, tr("All drivers are back")),
}
TIED = {
    Loose.GOODS: (tr("Goods counted in"), tr("Take all goods back")),
    Loose.DRIVER: (tr("Drivers who are back"), tr("Take all drivers back")),
}
"""What was told to be back: by mistake, perhaps."""
DECISIONS = frozenset((Act.PUT_OFF,))
"""What a sealed day refuses."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was clicked, and for which."""

    act: Act
    ends: tuple[LooseEnd, ...]


class LooseEnds(QWidget):
    """``asked`` tells what was clicked."""

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._inner = QWidget()
        self.buttons: dict[tuple[Act, str], QPushButton] = {}
        self.all_buttons: dict[Loose, QPushButton] = {}
        self.back_buttons: dict[Loose, QPushButton] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(self._inner)
        whole.addWidget(self._area)

    def show_ends(
        self,
        ends: Sequence[LooseEnd],
        picture: Picture,
        *,
        is_sealed: bool,
        back: Sequence[LooseEnd] = (),
    ) -> None:
        """All anew, scrolled as it was; below it what is ``back`` already."""
        self.buttons, self.all_buttons, self.back_buttons = {}, {}, {}
        at = self._area.verticalScrollBar().value()
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(2)
        for kind, name in LEFT.items():
            some = [end for end in ends if end.kind is kind]
            if some:
                self._add_part(rows, name, some, picture)
        if not ends:
            said = tr("Nothing is open: every stop is reported, everything is back.")
            rows.addWidget(Caption(self._theme, PLAIN, said, wrap=True))
        for kind in TIED:
            some = [end for end in back if end.kind is kind]
            if some:
                self._add_back(rows, some, picture)
        rows.addStretch(1)
        for (act, _), button in self.buttons.items():
            button.setEnabled(button.isEnabled() and not (is_sealed and act in DECISIONS))
        if is_sealed and Loose.EXCEPTION in self.all_buttons:
            self.all_buttons[Loose.EXCEPTION].setEnabled(False)
        self._area.setWidget(inner)
        self._area.verticalScrollBar().setValue(at)

    def _add_part(
        self, rows: QVBoxLayout, name: str, ends: Sequence[LooseEnd], picture: Picture
    ) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 0, 2)
        head.addWidget(Caption(self._theme, STRONG, f"{name}  {len(ends)}"), 1)
        kind = ends[0].kind
        whole = [end for end in ends if _fits(FOR_ALL[kind][0], end, picture)] if (
            kind in FOR_ALL) else []  # fmt: skip
        if whole:
            act, text = FOR_ALL[kind]
            self.all_buttons[kind] = self._button(text, act, whole)
            head.addWidget(self.all_buttons[kind])
        rows.addLayout(head)
        for end in ends[:MOST]:
            rows.addLayout(self._line(end, picture, ACTS[kind]))
        self._add_more(rows, len(ends) - MOST)

    def _add_back(self, rows: QVBoxLayout, ends: Sequence[LooseEnd], picture: Picture) -> None:
        """What is back, each with the button that corrects it."""
        kind = ends[0].kind
        name, text = TIED[kind]
        head = QHBoxLayout()
        head.setContentsMargins(0, 14, 0, 2)
        head.addWidget(Caption(self._theme, FAINT, f"{name}  {len(ends)}"), 1)
        if len(ends) > 1:
            self.back_buttons[kind] = self._button(text, Act.TAKE_BACK, ends)
            head.addWidget(self.back_buttons[kind])
        rows.addLayout(head)
        for end in ends[:MOST_TIED]:
            rows.addLayout(self._line(end, picture, (Act.TAKE_BACK,), FAINT))
        self._add_more(rows, len(ends) - MOST_TIED)

    def _add_more(self, rows: QVBoxLayout, count: int) -> None:
        if count > 0:
            more = tr("and {count} more", count=count)
            rows.addWidget(Caption(self._theme, FAINT, more))

    def _line(
        self, end: LooseEnd, picture: Picture, acts: Sequence[Act], pen: Pen = PLAIN
    ) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Caption(self._theme, pen, told_of(end, picture), wrap=True), 1)
        for act in acts:
            button = self._button(act.value, act, [end])
            button.setEnabled(_fits(act, end, picture))
            button.setAccessibleName(f"{act.value}: {told_of(end, picture)}")
            self.buttons[act, end.subject] = button
            row.addWidget(button)
        return row

    def _button(self, text: str, act: Act, ends: Sequence[LooseEnd]) -> QPushButton:
        made = QPushButton(text)
        made.setAutoDefault(False)
        made.clicked.connect(partial(self.asked.emit, Asked(act, tuple(ends))))
        return made


def _fits(act: Act, end: LooseEnd, picture: Picture) -> bool:
    """Only what failed is put off; the rest of an exception's ways are on its page."""
    if act is not Act.PUT_OFF:
        return True
    stop = picture.plan.stops.get(end.stop) if end.stop else None
    return stop is not None and stop.status is StopStatus.FAILED


def told_of(end: LooseEnd, picture: Picture) -> str:
    """Who, which stop, where, what: in one line."""
    parts = [route_label(picture, end.route).name if end.route else tr("On no route")]
    label = picture.labels.get(end.stop) if end.stop else None
    if end.stop is not None and label is not None:
        number = picture.numbers.get(end.stop)
        parts.append(f"{number}, {label.street}" if number else label.street)
    if end.kind is Loose.EXCEPTION:
        cases = cases_of(picture.plan.facts.values())
        parts += [what(case) for case in cases if case.fact.id == end.subject]
    if end.kind is Loose.GOODS:
        parts.append(pieces(end.load.pieces) if end.load.pieces else kg(end.load.kg))
    if end.at is not None:
        parts.append(tr("back at {time}", time=picture.clock(end.at)))
    return " · ".join(parts)
