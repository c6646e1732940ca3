"""Who else is here: initials on a disc for each colleague, at the top of the window."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from console.tongues import tr
from console.ui.colleagues import Colleague, colours_of
from console.ui.theme.theme import Theme

MOST = 4
_DISC = 24


class People(QWidget):
    """``chosen(origin)``: show what this colleague has selected."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.avatars: list[Avatar] = []
        self._more = QLabel()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self._more)
        self.setAccessibleName(tr("Colleagues"))
        self.hide()

    def show_company(self, company: Sequence[Colleague]) -> None:
        """One disc a colleague; of many the first, and how many more there are."""
        shown = company if len(company) <= MOST else company[: MOST - 1]
        while len(self.avatars) > len(shown):
            last = self.avatars.pop()
            last.hide()
            last.deleteLater()
        while len(self.avatars) < len(shown):
            avatar = Avatar(self._theme)
            avatar.clicked.connect(lambda _on=False, avatar=avatar: self._choose(avatar))
            self._row.insertWidget(len(self.avatars), avatar)
            self.avatars.append(avatar)
        for avatar, colleague in zip(self.avatars, shown, strict=True):
            avatar.show_colleague(colleague)
        rest = company[len(shown) :]
        self._more.setText(f"+{len(rest)}")
        self._more.setToolTip("\n".join(each.sentence for each in rest))
        self._more.setVisible(bool(rest))
        self.setVisible(bool(company))

    def _choose(self, avatar: "Avatar") -> None:
        if avatar.colleague is not None:
            self.chosen.emit(avatar.colleague.origin)


class Avatar(QToolButton):
    """A colleague's initials; a dashed rim where another day is open there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.colleague: Colleague | None = None
        side = round(_DISC * theme.scale)
        self.setFixedSize(QSize(side + 2, side + 2))
        theme.changed.connect(self.update)

    def show_colleague(self, colleague: Colleague) -> None:
        """Whom this disc stands for."""
        if colleague != self.colleague:
            self.colleague = colleague
            self.setToolTip(colleague.sentence)
            self.setAccessibleName(colleague.sentence)
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.colleague is None:
            return
        theme = self._theme
        fill, ink = colours_of(theme, self.colleague)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            away = bool(self.colleague.elsewhere)
            rim = theme.color("focus" if self.hasFocus() or self.underMouse() else "surface")
            style = Qt.PenStyle.DashLine if away else Qt.PenStyle.SolidLine
            painter.setPen(QPen(fill if away else rim, 1.5, style))
            painter.setBrush(theme.color("surface") if away else fill)
            painter.drawEllipse(box)
            painter.setPen(theme.color("text2") if away else ink)
            painter.setFont(theme.font("small", bold=True))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.colleague.initials)
