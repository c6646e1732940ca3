"""The timeline's header: what it shows, what the colours mean, sorting and zoom."""

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from console.tongues import tr, trn
from console.ui.ink import Ink, Pen, is_mirrored, sided
from console.ui.labels import count_text
from console.ui.theme.figures import THIN, number, with_unit
from console.ui.theme.theme import HasIcon, Theme
from console.ui.timeline.scale import ZOOMS
from console.ui.timeline.view import TimelineView

_SORTS = {"number": tr("number"), "finish": tr("latest finish"), "load": tr("fullest")}
_LEGEND = (
    (tr("window"), "text3", False),
    (tr("under 15 min slack"), "warn", False),
    (tr("late"), "bad", True),
)
_LEGEND_FROM = 760
"""Below this width the buttons need the room."""


class TimelineStrip(QWidget):
    """Stands above a TimelineView and steers it."""

    def __init__(self, view: TimelineView, theme: Theme) -> None:
        super().__init__()
        self._view, self._theme, self._ink = view, theme, Ink(theme)
        zooms = {str(zoom): tr("{zoom}{THIN}min", zoom=zoom, THIN=THIN) for zoom in ZOOMS}
        self.sort_button = self._menu_button("arrow-up-down", _SORTS, view.set_sorting)
        self.zoom_button = self._menu_button(
            "settings-2", zooms, lambda zoom: view.set_zoom(int(zoom))
        )
        self.fit_button = self._button("maximize")
        self.fit_button.setToolTip(tr("Fit the day"))
        self.fit_button.setAccessibleName(tr("Fit the day"))
        self.fit_button.clicked.connect(view.fit)
        row = QHBoxLayout(self)
        row.setContentsMargins(*((8, 0, 12, 0) if is_mirrored(self) else (12, 0, 8, 0)))
        row.setSpacing(4)
        row.addStretch(1)
        for button in (self.sort_button, self.zoom_button, self.fit_button):
            row.addWidget(button)
        view.turned.connect(self.refresh)
        theme.changed.connect(self._follow_theme)
        self.refresh()

    def refresh(self) -> None:
        """Take the words from the view."""
        self.sort_button.setText(tr("Sort: {SORTS}", SORTS=_SORTS[self._view.sorting]))
        self.zoom_button.setText(tr("{zoom}{THIN}min", zoom=self._view.scale.zoom, THIN=THIN))
        self.setAccessibleName(tr("Timeline, {summary}", summary=self.summary()))
        self.update()

    def summary(self) -> str:
        """``10 routes · 241 stops``; while dragging, what the rows say."""
        view = self._view
        if view.drag is not None:
            stops = count_text(len(view.drag.stops)).replace(THIN, " ")
            return tr("what each driver would cost if you dropped the {stops} there", stops=stops)
        faces = [face for face in view.rows.values() if face.bars]
        routes = with_unit(number(len(faces)), trn("route", "routes", len(faces)))
        return f"{routes} · {count_text(sum(len(face.bars) for face in faces))}"

    def sizeHint(self) -> QSize:
        return QSize(600, self._theme.size("dock_header"))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self._theme.size("dock_header"))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self._ink.sided(self)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink.color("surface"))
            painter.fillRect(self.rect().adjusted(0, self.height() - 1, 0, 0), ink.color("border"))
            box = QRectF(ink.px(12), 0, self.width(), self.height() - 1)
            title = Pen("body", "text", bold=True)
            end = ink.write(painter, box, tr("Timeline"), title) + ink.px(8)
            first = sided(QRectF(self.sort_button.geometry()), self)
            right = QPointF(first.x() - ink.px(12), box.center().y())
            room = self._paint_right(painter, right) - end - ink.px(12)
            quiet = Pen("body", "text3")
            said = ink.begun(self.summary(), room, quiet)
            ink.write(painter, box.translated(end - box.x(), 0), said, quiet)

    def _paint_right(self, painter: QPainter, right: QPointF) -> float:
        """What stands before the buttons; answers where it begins."""
        if self._view.drag is not None:
            return self._paint_refusals(painter, right)
        if self.width() >= self._ink.px(_LEGEND_FROM):
            return self._paint_legend(painter, right)
        return right.x()

    def _paint_legend(self, painter: QPainter, right: QPointF) -> float:
        """What the underlines and the frame of a bar mean, from the right."""
        ink, pen = self._ink.sided(self), Pen("small", "text2")
        x = right.x()
        for words, color, is_frame in reversed(_LEGEND):
            x -= ink.width(words, pen)
            painter.setPen(ink.color("text2"))
            ink.put(painter, QPointF(x, right.y()), words, pen)
            x -= ink.px(18)
            bar = QRectF(x, round(right.y()) - 4, ink.px(12), 8)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(ink.color("bad"), 2) if is_frame else Qt.PenStyle.NoPen)
            painter.setBrush(ink.color("border_strong"))
            bar = sided(bar, self)
            painter.drawRoundedRect(bar, 2, 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            if not is_frame:
                painter.fillRect(bar.adjusted(0, 10, 0, 4), ink.color(color))
            x -= ink.px(14)
        return x

    def _paint_refusals(self, painter: QPainter, right: QPointF) -> float:
        """How many drivers cannot, from the right: locked ones and broken rules apart."""
        if not self._view.has_verdicts:
            return right.x()
        verdicts = [self._view.verdict(route) for route in self._view.order]
        blocked = sum(1 for v in verdicts if v is not None and v.blocked)
        refused = sum(1 for v in verdicts if v is not None and v.is_forbidden) - blocked
        ink, x = self._ink.sided(self), right.x()
        for count, words, icon, color in (
            (blocked, tr("closed"), "lock", "text2"),
            (refused, tr("cannot"), "ban", "bad"),
        ):
            if count:
                pen = Pen("small", color)
                x = ink.write_right(
                    painter, QRectF(0, 0, x, self.height()), f"{count}{THIN}{words}", pen
                )
                ink.icon(painter, QPointF(x - ink.px(18), right.y() - ink.px(7)), icon, color)
                x -= ink.px(30)
        return x

    def _button(self, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        self._theme.dress(cast("HasIcon", button), icon, "text2", 14)
        return button

    def _menu_button(
        self, icon: str, words: dict[str, str], choose: Callable[[str], None]
    ) -> QToolButton:
        button = self._button(icon)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for key, word in words.items():
            menu.addAction(word, partial(choose, key))
        button.setMenu(menu)
        return button

    def _follow_theme(self) -> None:
        self._ink = Ink(self._theme)
        self.refresh()
