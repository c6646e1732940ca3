"""A card on the dock: the same widgets for a stop, several, a route and the day."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.ui.actions import Actions
from console.ui.caption import FAINT, QUIET, STRONG, Caption, DriverChip
from console.ui.details.alternatives import AlternativeList
from console.ui.details.card import Card
from console.ui.details.parts import PartSection, Reasons, Tags
from console.ui.details.remedy_list import RemedyList
from console.ui.details.troubles_list import TroubleList
from console.ui.ink import Pen
from console.ui.theme.theme import Theme

_ICONS = {
    "override": "shield",
    "unassign": "map-pin-off",
    "pin": "pin",
    "log_exception": "triangle-alert",
    "edit_order": "pencil",
    "lock": "lock",
    "switch_driver": "user-x",
    "edit_shift": "clock",
    "directions": "route",
    "to_phone": "phone",
}
_COLUMNS = 2


class CardPage(QWidget):
    """Head above, sections that scroll, buttons below."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self.card: Card | None = None
        self.chip = DriverChip(theme)
        self.head, self.more = Caption(theme, STRONG), Caption(theme, FAINT, wrap=True)
        self.title = Caption(theme, Pen("title", "text", bold=True), wrap=True)
        self.second = Caption(theme, QUIET, wrap=True)
        self.tags = Tags(theme)
        self.reasons = Reasons(theme)
        self.remedies = RemedyList(theme)
        self.troubles = TroubleList(theme)
        self.alternatives = AlternativeList(theme)
        self.parts: list[PartSection] = []
        self.buttons = _Buttons(theme, actions)
        self._sections = QVBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._header())
        top = QVBoxLayout()
        top.setContentsMargins(12, 4, 12, 8)
        top.setSpacing(3)
        for widget in (self.title, self.second, self.tags):
            top.addWidget(widget)
        self._sections.setContentsMargins(0, 0, 0, 8)
        self._sections.setSpacing(2)
        self._sections.addLayout(top)
        for widget in (self.reasons, self.remedies, self.troubles, self.alternatives):
            self._sections.addWidget(widget)
        self._sections.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._sections)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        rows.addWidget(self.area, 1)
        rows.addWidget(self.buttons)

    def _header(self) -> QWidget:
        header = QWidget()
        header.setFixedHeight(self._theme.size("dock_header"))
        line = QHBoxLayout(header)
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(8)
        line.addWidget(self.chip)
        line.addWidget(self.head)
        line.addWidget(self.more, 1)
        return header

    def show_card(self, card: Card) -> None:
        """Another card; what is the same keeps still."""
        before, self.card = self.card, card
        if card == before:
            return
        self.chip.show_number(card.chip)
        self.head.say(card.head)
        self.more.say(card.more)
        for caption, text in ((self.title, card.title), (self.second, card.second)):
            caption.say(text)
            caption.setVisible(bool(text))
        if before is None or card.tags != before.tags:
            self.tags.show_tags(card.tags)
        self.reasons.show_reasons(card.reasons)
        self._show_parts(card)
        self.troubles.show_troubles(card.trouble_title, card.troubles)
        self.buttons.show_buttons(card.buttons)
        self.setAccessibleName(" ".join(t for t in (card.head, card.title, card.second) if t))
        if before is not None and before.stops != card.stops:
            self.area.verticalScrollBar().setValue(0)

    def _show_parts(self, card: Card) -> None:
        """Parts stand between the reasons and the troubles."""
        while len(self.parts) < len(card.parts):
            section = PartSection(self._theme)
            self.parts.append(section)
            self._sections.insertWidget(self._sections.indexOf(self.troubles), section)
        for i, section in enumerate(self.parts):
            section.setVisible(i < len(card.parts))
            if i < len(card.parts):
                section.show_part(card.parts[i])


class _Buttons(QWidget):
    """Buttons that trigger actions of the table and are enabled with them."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 8, 12, 10)
        self._grid.setSpacing(6)
        self.by_name: dict[str, QPushButton] = {}
        self._shown: tuple[tuple[str, str], ...] = ()
        for name, icon in _ICONS.items():
            button = QPushButton()
            button.setMinimumWidth(0)
            theme.dress(button, icon)
            button.clicked.connect(actions[name].trigger)
            actions[name].changed.connect(_follower(button, actions[name]))
            button.setEnabled(actions[name].isEnabled())
            button.hide()
            self.by_name[name] = button

    def show_buttons(self, wanted: tuple[tuple[str, str], ...]) -> None:
        """In two columns, in the order given."""
        if wanted == self._shown:
            return
        self._shown = wanted
        for button in self.by_name.values():
            self._grid.removeWidget(button)
            button.hide()
        for i, (name, text) in enumerate(wanted):
            button = self.by_name[name]
            button.setText(text)
            keys = self._actions[name].shortcut().toString()
            button.setToolTip(f"{text.rstrip('…')} ({keys})" if keys else text.rstrip("…"))
            self._grid.addWidget(button, i // _COLUMNS, i % _COLUMNS)
            button.show()
        self.setVisible(bool(wanted))


def _follower(button: QPushButton, action: QAction) -> Callable[[], None]:
    def follow() -> None:
        button.setEnabled(action.isEnabled())

    return follow
