"""Rows whose shifts are stretched and whose breaks are moved with the mouse."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from console.dispatch.picture import DropPreview
from console.domain.commands import AmendShift
from console.domain.fleet import Shift
from console.tongues import tr
from console.ui.droptag import DropTag
from console.ui.hands import Hands
from console.ui.harm import harm_text
from console.ui.labels import delta_text, route_label
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.surface.picking import MenuMaker
from console.ui.theme.figures import THIN, number
from console.ui.theme.theme import Theme
from console.ui.timeline.faces import RowFace, timed
from console.ui.timeline.grips import Grip, Part, grip_on, reshaped, shifted_face
from console.ui.timeline.rowview import RowView

_REACH = 5
"""How far beside the end of a shift it can still be taken, px."""


class StretchView(RowView):
    """``stretched`` is the row as it would be while a grip is held. Esc lets go of it."""

    def __init__(
        self,
        hands: Hands,
        signals: Signals,
        selection: Selection,
        theme: Theme,
        *,
        menu: MenuMaker | None = None,
    ) -> None:
        self.stretched: RowFace | None = None
        self._grip: Grip | None = None
        self._shift: Shift | None = None
        super().__init__(hands, signals, selection, theme, menu=menu)
        self._word = DropTag(self.viewport(), self.ink)

    def grip_at(self, point: QPoint) -> Grip | None:
        """What of a shift lies there; stops come first, and a frozen route keeps its shift."""
        route = self.row_at(point)
        if route is None or self.is_beside(point) or self.stop_at(point) is not None:
            return None
        entry = self.picture.plan.routes[route]
        if entry.is_frozen or entry.off:
            return None
        at = self.scale.minute(point.x() - self.zero)
        grip = grip_on(self.rows[route], at, _REACH / self.scale.per_minute)
        return None if grip and grip.part is Part.BREAK and not entry.shift.break_rule else grip

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        self._grip = self.grip_at(point) if plain else None
        if self._grip is None:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._grip is None:
            self._show_cursor(point, event)
            super().mouseMoveEvent(event)
        else:
            self._stretch_to(self._grip, point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        grip, shift = self._grip, self._shift
        if grip is None:
            super().mouseReleaseEvent(event)
            return
        self._let_go()
        if shift is not None and shift != self.picture.plan.routes[grip.route].shift:
            self.hands.carry_out(AmendShift(grip.route, shift))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._grip is not None:
            self._let_go()
            return
        super().keyPressEvent(event)

    def _show_cursor(self, point: QPoint, event: QMouseEvent) -> None:
        grip = None if event.buttons() else self.grip_at(point)
        shapes = {Part.BREAK: Qt.CursorShape.OpenHandCursor}
        if grip is None:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(shapes.get(grip.part, Qt.CursorShape.SizeHorCursor))

    def _stretch_to(self, grip: Grip, point: QPoint) -> None:
        entry = self.picture.plan.routes.get(grip.route)
        if entry is None:
            self._let_go()
            return
        shift = reshaped(entry.shift, grip, self.scale.minute(point.x() - self.zero))
        if shift != self._shift:
            self._shift = shift
            found = self.hands.try_shift(grip.route, shift)
            face = shifted_face(self.rows[grip.route], shift)
            if found is not None and found.schedule is not None:
                face = timed(self.picture, face, found.schedule)
            self.stretched = face
            self._word.tell(*self._words(grip, shift, found))
            self.repaint_lanes([grip.route])
        self._word.hang(point)

    def _words(self, grip: Grip, shift: Shift, found: DropPreview | None) -> tuple[str, str, str]:
        """(first line, second line, colour token) of the tag."""
        name = route_label(self.picture, grip.route).name
        clock = self.picture.clock
        if grip.part is Part.BREAK and shift.break_rule is not None:
            rule = shift.break_rule
            head = tr(
                "Break between {clock} and {clock2}",
                clock=clock(rule.earliest),
                clock2=clock(rule.latest),
            )
        else:
            head = tr(
                "{name} {clock} to {clock2}",
                name=name,
                clock=clock(shift.start),
                clock2=clock(shift.end),
            )
        if found is None:
            return head, tr("travel times are not known yet"), "text"
        delta = delta_text(found.seconds, found.cost, self.picture.currency)
        if found.harm is not None and found.harm.is_harm:
            return head, f"{harm_text(found.harm)} · {delta}", "bad"
        late = (
            tr("{late_stops}{THIN}late", late_stops=number(found.late_stops), THIN=THIN)
            if found.late_stops
            else tr("no one late")
        )
        return head, f"{delta} · {late}", "text"

    def _let_go(self) -> None:
        grip, self._grip, self._shift, self.stretched = self._grip, None, None, None
        self._word.hide()
        self.viewport().unsetCursor()
        if grip is not None:
            self.repaint_lanes([grip.route])

    def _follow_theme(self) -> None:
        super()._follow_theme()
        self._word.ink = self.ink
