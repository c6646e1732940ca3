"""Doubtful addresses beside the map: take the best guess, another one, or click the right door."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.domain.places import Certainty, Coordinate, Location, Place, PlaceId
from console.ui.caption import FAINT, STRONG, Caption
from console.ui.ink import Pen
from console.ui.theme.theme import Theme

CERTAINTIES: Mapping[Certainty, str] = {
    Certainty.STREET: "Street found, house number not",
    Certainty.PLACE: "Only the town was found",
    Certainty.DOUBTFUL: "Found something similar",
    Certainty.OUTSIDE: "Outside the streets that are installed",
    Certainty.UNKNOWN: "Not found",
}
REASONS: Mapping[str, str] = {
    "street_typo": "street spelt differently",
    "street_unknown": "no street of this name",
    "postcode_differs": "another postcode",
    "city_differs": "another town",
    "no_address_near": "no address nearby",
    "outside_region": "outside the region",
}
TITLE = Pen("title", "text", bold=True)


class FixUpPanel(QDockWidget):
    """A dock on the right of its window; one card a place, the worst first.

    ``pointWanted(PlaceId)``: turn on picking on the map, then call ``point_given``.
    ``candidateChosen(PlaceId, Coordinate)``: the dispatcher decided. ``done``: she closed the list.
    """

    pointWanted = Signal(str)
    candidateChosen = Signal(str, object)
    done = Signal()

    def __init__(self, theme: Theme, window: QWidget | None = None) -> None:
        super().__init__("Fix addresses", window)
        self.setObjectName("Fix addresses")
        self.setTitleBarWidget(QWidget())
        self._theme = theme
        self.cards: dict[PlaceId, PlaceCard] = {}
        self.title = Caption(theme, STRONG, "Fix addresses")
        self._list = QVBoxLayout()
        self.setWidget(self._content())
        self.setMinimumWidth(256)
        if isinstance(window, QMainWindow):
            window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)

    def _content(self) -> QWidget:
        inner, content = QWidget(), QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._head())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setContentsMargins(12, 4, 12, 12)
        self._list.setSpacing(10)
        self._list.addStretch(1)
        content.setLayout(self._list)
        area.setWidget(content)
        rows.addWidget(area, 1)
        return inner

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self.title, 1)
        close = QPushButton("Done")
        close.clicked.connect(self._close)
        row.addWidget(close)
        return row

    def show_places(
        self, places: Sequence[Place], answers: Mapping[PlaceId, Location] | None = None
    ) -> None:
        """These places are doubtful now; ``answers`` bring reasons and further candidates.

        Cards of places that stay are kept, with a point that was picked but not yet saved.
        """
        wanted = {place.id: place for place in places}
        for gone in [key for key in self.cards if key not in wanted]:
            card = self.cards.pop(gone)
            card.hide()
            card.deleteLater()
        for i, place in enumerate(places):
            if place.id not in self.cards:
                answer = answers.get(place.id) if answers else None
                self.cards[place.id] = self._card(place, answer)
            self._list.insertWidget(i, self.cards[place.id])
        count = len(places)
        self.title.say(f"Fix {count} address{'' if count == 1 else 'es'}" if count else "All found")

    def point_given(self, place: PlaceId, lat: float, lon: float) -> None:
        """The dispatcher clicked the map for this place; it is saved when she says so."""
        card = self.cards.get(place)
        if card is not None:
            card.show_point(Coordinate(lat, lon))

    def _card(self, place: Place, answer: Location | None) -> "PlaceCard":
        card = PlaceCard(place, answer, self._theme)
        card.pointWanted.connect(self._ask_point)
        card.chosen.connect(self._choose)
        return card

    def _ask_point(self, place: str) -> None:
        """Only one place waits for a click."""
        for key, card in self.cards.items():
            card.wait_for_click(on=key == place)
        self.pointWanted.emit(place)

    def _choose(self, place: str, point: Coordinate) -> None:
        self.candidateChosen.emit(place, point)

    def _close(self) -> None:
        self.hide()
        self.done.emit()


class PlaceCard(QWidget):
    """One address with what was found for it."""

    pointWanted = Signal(str)
    chosen = Signal(str, object)

    def __init__(self, place: Place, answer: Location | None, theme: Theme) -> None:
        super().__init__()
        self._theme, self._place = theme, place
        self.point: Coordinate | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 6, 0, 6)
        self._rows.setSpacing(3)
        self._say_address(answer)
        self.candidates = [self._candidate(*one) for one in _candidates(place, answer)]
        self.map_button = self._button("Click it on the map", "locate-fixed")
        self.map_button.clicked.connect(lambda: self.pointWanted.emit(place.id))
        self.picked = Caption(theme, FAINT, "", wrap=True)
        self.save_button, self.cancel_button = QPushButton("Save"), QPushButton("Cancel")
        self.save_button.setProperty("role", "primary")
        self.save_button.setFont(theme.font("body", bold=True))
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self._cancel)
        self._lay_out()
        self._cancel()

    def _say_address(self, answer: Location | None) -> None:
        theme, address = self._theme, self._place.address
        town = f"{address.postcode} {address.city}".strip()
        why = _why(self._place, answer)
        for pen, text in (
            (STRONG, address.street or "No street"),
            (FAINT, town),
            (Pen("small", "warn"), why),
        ):
            self._rows.addWidget(Caption(theme, pen, text, wrap=True))

    def _lay_out(self) -> None:
        for widget in (*self.candidates, self.map_button, self.picked):
            self._rows.addWidget(widget)
        answers = QHBoxLayout()
        answers.addWidget(self.save_button)
        answers.addWidget(self.cancel_button)
        answers.addStretch(1)
        self._rows.addLayout(answers)

    def show_point(self, point: Coordinate) -> None:
        """A point to be saved or dropped."""
        self.point = point
        self.picked.say(f"{point.lat:.5f}, {point.lon:.5f}. Drag the mark until it is right.")
        self._reveal(on=True)

    def wait_for_click(self, *, on: bool) -> None:
        """Say that the map waits."""
        self.map_button.setText("Click the right door on the map…" if on else "Click it on the map")

    def _reveal(self, *, on: bool) -> None:
        for widget in (self.picked, self.save_button, self.cancel_button):
            widget.setVisible(on)

    def _save(self) -> None:
        if self.point is not None:
            self.chosen.emit(self._place.id, self.point)

    def _cancel(self) -> None:
        self.point = None
        self.wait_for_click(on=False)
        self._reveal(on=False)

    def _candidate(self, label: str, point: Coordinate) -> QPushButton:
        button = self._button(label, "corner-down-right")
        button.clicked.connect(lambda: self.chosen.emit(self._place.id, point))
        return button

    def _button(self, text: str, icon: str) -> QPushButton:
        button = QPushButton(_fitting(text).replace("&", "&&"))
        button.setProperty("role", "quiet")
        button.setStyleSheet("text-align: left; padding: 0 4px;")
        button.setToolTip(text)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._theme.dress(button, icon, "accent", 14)
        return button


def _fitting(text: str, most: int = 40) -> str:
    """Both ends of a long label; the whole of it is the tip."""
    half = (most - 1) // 2
    return text if len(text) <= most else f"{text[:half].rstrip()}…{text[-half:].lstrip()}"


def _why(place: Place, answer: Location | None) -> str:
    said = [CERTAINTIES.get(place.certainty, place.certainty.value)]
    said += [REASONS.get(reason, reason.replace("_", " ")) for reason in _reasons(answer)]
    return " · ".join(said)


def _reasons(answer: Location | None) -> tuple[str, ...]:
    return answer.reasons if answer else ()


def _candidates(place: Place, answer: Location | None) -> list[tuple[str, Coordinate]]:
    """Where it could be, best first, without repeats."""
    found: dict[Coordinate, str] = {}
    if place.coordinate is not None:
        found[place.coordinate] = place.label or "Take the point that was found"
    for candidate in answer.candidates if answer else ():
        if candidate.coordinate is not None:
            found.setdefault(candidate.coordinate, candidate.label or "Another point")
    return [(label, point) for point, label in found.items()]
