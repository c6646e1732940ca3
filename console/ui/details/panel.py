"""The right dock: what is picked, why it is as it is, and where else it could go."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.dispatch.picture import DropPreview
from console.domain.plan import RouteId, StopId
from console.tongues import tr
from console.ui.actions import Actions
from console.ui.details.alternatives import Alternative, alternatives
from console.ui.details.card import Card, Trouble
from console.ui.details.day_card import day_card, route_card
from console.ui.details.page import CardPage
from console.ui.details.stop_card import stop_card, stops_card
from console.ui.hands import Hands
from console.ui.remedies import Remedy
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Theme

WIDTH = 256
SETTLE_MS = 60
SLICE_MS = 6
"""Trying sixty drivers takes longer than a frame may; it is cut into pieces."""
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
        self._remedies: Mapping[StopId, Sequence[Remedy]] = {}
        self._tried: tuple[StopId, ...] = ()
        self.setMinimumWidth(WIDTH)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName(tr("Details"))
        self.page = CardPage(theme, actions)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.page)
        self._trying: tuple[StopId, ...] = ()
        self._left: list[RouteId] = []
        self._found: dict[RouteId, DropPreview] = {}
        self._settle = self._timer(SETTLE_MS, self._try_elsewhere)
        self._slice = self._timer(0, self._try_some)
        self.page.troubles.picked.connect(self._go_to)
        self.page.alternatives.chosen.connect(self._move)
        self.page.remedies.chosen.connect(self._let_in)
        signals.planChanged.connect(self._refresh)
        signals.selectionChanged.connect(self._refresh)

    def _timer(self, after: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(call)
        return timer

    def show_reasons(self, reasons: Mapping[StopId, Sequence[str]]) -> None:
        """Why unassigned stops have no driver, sentences by stop."""
        self._reasons = reasons
        self._refresh()

    def show_remedies(self, remedies: Mapping[StopId, Sequence[Remedy]]) -> None:
        """What would let unassigned stops in."""
        self._remedies = remedies
        self._refresh_remedies()

    def _refresh_remedies(self) -> None:
        card = self.page.card
        alone = card is not None and len(card.stops) == 1
        self.page.remedies.show_found(
            self._remedies.get(card.stops[0], ()) if card and alone else ()
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self, _change: object = None) -> None:
        if not self.isVisible():
            return
        card = self._card()
        self.page.show_card(card)
        self._refresh_remedies()
        self.page.alternatives.setEnabled(card.stops == self._tried)
        self._slice.stop()
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
        self._trying = card.stops
        tries = 0 < len(card.stops) <= MANY
        blocked = self._hands.why_not(card.stops, None) if tries else ""
        if blocked or not tries:
            self._tried = card.stops
            self.page.alternatives.show_found([], blocked)
            return
        self._left = list(self._hands.picture.plan.routes)
        self._found = {}
        self._try_some()

    def _try_some(self) -> None:
        """A few routes, then the window breathes, then the next ones."""
        spent = QElapsedTimer()
        spent.start()
        while self._left and spent.elapsed() < SLICE_MS:
            self._found |= self._hands.previews(self._trying, [self._left.pop()])
        if self._left:
            self._slice.start()
            return
        self._tried = self._trying
        found = alternatives(self._tried, self._found, self._hands.picture)
        self.page.alternatives.show_found(found)

    def _move(self, chosen: Alternative) -> None:
        preview = chosen.preview
        forced = preview.harm is not None
        self._hands.move(self._tried, preview.route, preview.after, forced=forced)

    def _let_in(self, remedy: Remedy) -> None:
        self._hands.submit(remedy.command, remedy.base)

    def _go_to(self, trouble: Trouble) -> None:
        if trouble.stop is not None:
            self._selection.pick([trouble.stop], trouble.route)
        elif trouble.route is not None:
            self._selection.pick([], trouble.route)
