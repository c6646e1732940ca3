"""The right dock: what is picked, why it is as it is, and where else it could go."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.plan import StopId
from console.ui.actions import Actions
from console.ui.details.alternatives import Alternative, alternatives
from console.ui.details.card import Card, Trouble
from console.ui.details.day_card import day_card, route_card
from console.ui.details.page import CardPage
from console.ui.details.stop_card import stop_card, stops_card
from console.ui.hands import Hands
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Theme

WIDTH = 256
SETTLE_MS = 60
MANY = 40
"""More stops than this are not tried elsewhere: nobody moves them as one block."""


class DetailsPanel(QWidget):
    """A card of the selection; hidden, it does nothing, and catches up when shown."""

    def __init__(
        self,
        hands: Hands,
        signals: Signals,
        selection: Selection,
        theme: Theme,
        actions: Actions,
    ) -> None:
        super().__init__()
        self._hands, self._selection = hands, selection
        self._reasons: Mapping[StopId, Sequence[str]] = {}
        self._tried: tuple[StopId, ...] = ()
        self.setMinimumWidth(WIDTH)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName("Details")
        self.page = CardPage(theme, actions)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.page)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._try_elsewhere)
        self.page.troubles.picked.connect(self._go_to)
        self.page.alternatives.chosen.connect(self._move)
        signals.planChanged.connect(self._refresh)
        signals.selectionChanged.connect(self._refresh)

    def show_reasons(self, reasons: Mapping[StopId, Sequence[str]]) -> None:
        """Why unassigned stops have no driver, sentences by stop."""
        self._reasons = reasons
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self, _change: object = None) -> None:
        if not self.isVisible():
            return
        card = self._card()
        self.page.show_card(card)
        self.page.alternatives.setEnabled(card.stops == self._tried)
        self._settle.start()

    def _card(self) -> Card:
        picture = self._hands.picture
        known = picture.plan.stops
        picked = [known[stop] for stop in self._selection.stops if stop in known]
        if len(picked) == 1:
            return stop_card(picked[0], picture, self._reasons.get(picked[0].id, ()))
        if picked:
            return stops_card(picked, picture)
        route = self._selection.route
        if route is not None and route in picture.plan.routes:
            return route_card(picture.plan.routes[route], picture)
        return day_card(picture)

    def _try_elsewhere(self) -> None:
        """The alternatives, once the hand rests."""
        card = self.page.card
        if card is None or not self.isVisible():
            return
        self._tried = card.stops
        if not card.stops or len(card.stops) > MANY:
            self.page.alternatives.show_found([])
            return
        blocked = self._hands.why_not(card.stops, None)
        if blocked:
            self.page.alternatives.show_found([], blocked)
            return
        previews = self._hands.previews(card.stops)
        found = alternatives(card.stops, previews, self._hands.picture)
        self.page.alternatives.show_found(found)

    def _move(self, chosen: Alternative) -> None:
        preview = chosen.preview
        forced = preview.harm is not None
        self._hands.move(self._tried, preview.route, preview.after, forced=forced)

    def _go_to(self, trouble: Trouble) -> None:
        if trouble.stop is not None:
            self._selection.pick([trouble.stop], trouble.route)
        elif trouble.route is not None:
            self._selection.pick([], trouble.route)
