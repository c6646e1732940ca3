"""Doubtful addresses: take the best guess, another one, or click the right door on a map."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.domain.places import Access, Coordinate, Location, Place, PlaceId
from console.tongues import tr, trn
from console.ui.caption import STRONG, Caption
from console.ui.dialogs.place_card import PlaceCard
from console.ui.scrolling import scrolling
from console.ui.theme.theme import Theme
from console.ui.tooldock import ToolDock


class FixUpList(QWidget):
    """One card a place, the worst first; stands beside any map, in a dock or a wizard.

    ``pointWanted(PlaceId)``: turn on picking, then call ``point_given``; "" to turn it off.
    ``candidateChosen(PlaceId, Coordinate)``: the dispatcher decided. ``accessNoted(PlaceId,
    Access)``: how it is reached. ``candidatesShown([(label, Coordinate)])``: those of the card
    that is looked at now; a click on one or a drag calls ``candidate_given``.
    """

    pointWanted = Signal(str)
    candidateChosen = Signal(str, object)
    accessNoted = Signal(str, object)
    candidatesShown = Signal(list)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cards: dict[PlaceId, PlaceCard] = {}
        self.current: PlaceId | None = None
        self._parks: PlaceId | None = None
        self._is_asking = False
        self._list = QVBoxLayout()
        self._area = self._scrolling()

    def _scrolling(self) -> QScrollArea:
        rows, content = QVBoxLayout(self), QWidget()
        rows.setContentsMargins(0, 0, 0, 0)
        self._list.setContentsMargins(6, 4, 12, 12)
        self._list.setSpacing(10)
        self._list.addStretch(1)
        content.setLayout(self._list)
        area = scrolling(content)
        rows.addWidget(area)
        return area

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
        if self.current not in self.cards:
            self.look_at(next(iter(wanted), None))
            self._area.ensureVisible(0, 0)

    def look_at(self, place: PlaceId | None) -> None:
        """Its candidates go to the map."""
        self.current = place
        for key, card in self.cards.items():
            card.mark_current(on=key == place)
        card = self.cards.get(place) if place else None
        self.candidatesShown.emit(card.spots if card else [])

    def point_given(self, place: PlaceId, lat: float, lon: float) -> None:
        """The dispatcher clicked the map for this place; it is saved when she says so."""
        card = self.cards.get(place)
        if card is None:
            return
        if self._parks == place:
            card.show_parking(Coordinate(lat, lon))
        else:
            card.show_point(Coordinate(lat, lon))

    def candidate_given(self, lat: float, lon: float) -> None:
        """A candidate of the card that is looked at was clicked on the map, or dragged."""
        card = self.cards.get(self.current) if self.current else None
        if card is not None:
            card.show_point(Coordinate(lat, lon))

    def _card(self, place: Place, answer: Location | None) -> PlaceCard:
        card = PlaceCard(place, answer, self._theme)
        card.pointWanted.connect(self._ask_door)
        card.parkingWanted.connect(self._ask_parking)
        card.chosen.connect(self._choose)
        card.accessNoted.connect(self._note)
        card.entered.connect(self._enter)
        return card

    def _enter(self, place: str) -> None:
        if place != self.current:
            self.look_at(PlaceId(place))

    def _ask_door(self, place: str) -> None:
        self._ask_point(PlaceId(place), parks=False)

    def _ask_parking(self, place: str) -> None:
        self._ask_point(PlaceId(place), parks=True)

    def _ask_point(self, place: PlaceId, *, parks: bool) -> None:
        """Only one place waits for a click."""
        self._is_asking, self._parks = True, place if parks else None
        for key, card in self.cards.items():
            card.wait_for_click(on=key == place and not parks)
            card.wait_for_parking(on=key == place and parks)
        if place != self.current:
            self.look_at(place)
        self.pointWanted.emit(place)

    def put_down(self) -> None:
        """No place waits for a click any more; a point that was clicked stays."""
        if not self._is_asking:
            return
        self._is_asking, self._parks = False, None
        for card in self.cards.values():
            card.wait_for_click(on=False)
            card.wait_for_parking(on=False)
        self.pointWanted.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc calls off the click that is waited for, before it closes what is around."""
        if event.key() == Qt.Key.Key_Escape and self._is_asking:
            self.put_down()
            return
        super().keyPressEvent(event)

    def _choose(self, place: str, point: Coordinate) -> None:
        self._is_asking, self._parks = False, None
        self.candidateChosen.emit(place, point)

    def _note(self, place: str, access: Access) -> None:
        self._is_asking, self._parks = False, None
        self.accessNoted.emit(place, access)


class FixUpPanel(ToolDock):
    """The list as a tool."""

    def __init__(self, theme: Theme, window: QWidget | None = None) -> None:
        super().__init__(tr("Fix addresses"), window)
        self.title = Caption(theme, STRONG, tr("Fix addresses"))
        self.close_button = QPushButton(tr("Done"))
        self.list = FixUpList(theme)
        self.setWidget(self._content())
        self.setMinimumWidth(272)

    def _content(self) -> QWidget:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 8)
        head.addWidget(self.title, 1)
        self.close_button.clicked.connect(self.end)
        head.addWidget(self.close_button)
        rows.addLayout(head)
        rows.addWidget(self.list, 1)
        return inner

    def show_places(
        self, places: Sequence[Place], answers: Mapping[PlaceId, Location] | None = None
    ) -> None:
        """See ``FixUpList.show_places``."""
        self.list.show_places(places, answers)
        count = len(places)
        self.title.say(
            trn("Fix {count} address", "Fix {count} addresses", count, count=count)
            if count
            else tr("All found")
        )
