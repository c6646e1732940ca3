"""Notices that float over the window for some seconds."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.notices import Notice, Tone
from console.ui.theme.theme import Theme

MOST, WIDTH, EDGE = 3, 420, 16
_LONG = 2  # bad news stays this many times as long
_ICONS = {
    Tone.INFO: "info",
    Tone.GOOD: "circle-check",
    Tone.WARN: "triangle-alert",
    Tone.BAD: "circle-alert",
}
_TONES = {Tone.INFO: "accent", Tone.GOOD: "ok", Tone.WARN: "warn", Tone.BAD: "bad"}


class Toasts:
    """At most three notices, the newest at the bottom."""

    def __init__(self, window: QWidget, over: QWidget, theme: Theme) -> None:
        self._window, self._over, self._theme = window, over, theme
        self._shown: list[Toast] = []

    @property
    def texts(self) -> list[str]:
        """What is shown now, oldest first."""
        return [toast.notice.text for toast in self._shown]

    def show(self, notice: Notice, act: Callable[[str], None] | None = None) -> "Toast":
        """Show a notice; the same one again only starts its time anew."""
        for toast in self._shown:
            if toast.notice == notice:
                toast.linger()
                return toast
        toast = Toast(self._window, self._theme, notice, self._gone)
        if act is not None:
            toast.on_action(act)
        self._shown.append(toast)
        while len(self._shown) > MOST:
            self._shown[0].leave()
        toast.show()
        toast.raise_()
        self.place()
        return toast

    def clear(self) -> None:
        """Let all go."""
        for toast in tuple(self._shown):
            toast.leave()

    def place(self) -> None:
        """Stack them in the lower middle of what they float over."""
        ground = self._over
        left = ground.mapTo(self._window, ground.rect().bottomLeft())
        bottom = left.y() - EDGE
        for toast in reversed(self._shown):
            toast.setFixedWidth(min(WIDTH, ground.width() - 2 * EDGE))
            toast.adjustSize()
            bottom -= toast.height()
            toast.move(left.x() + (ground.width() - toast.width()) // 2, bottom)
            bottom -= 8

    def _gone(self, toast: "Toast") -> None:
        if toast in self._shown:
            self._shown.remove(toast)
        toast.hide()
        toast.deleteLater()
        self.place()


class Toast(QWidget):
    """One notice with its remedy and, where there is one, its action."""

    def __init__(self, window: QWidget, theme: Theme, notice: Notice, gone: "Gone") -> None:
        super().__init__(window)
        self.notice = notice
        self._theme = theme
        self._gone = gone
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self.action: QPushButton | None = None
        self._labels: list[tuple[QLabel, str]] = []
        self._icon = QLabel()
        self._lay_out()
        self._dress()
        theme.changed.connect(self._dress)
        self.setAccessibleName(f"{notice.text} {notice.remedy}".strip())
        self.linger()

    def linger(self) -> None:
        """Stay for the usual time from now on."""
        stay = self._theme.duration("toast_stay")
        self._timer.start(stay * (_LONG if self.notice.tone is Tone.BAD else 1))

    def leave(self) -> None:
        """Go."""
        self._timer.stop()
        self._gone(self)

    def on_action(self, act: Callable[[str], None]) -> None:
        """Call this with the deed's name when its button is pressed."""

        def pressed() -> None:
            self.leave()
            act(self.notice.deed)

        if self.action is not None:
            self.action.clicked.connect(pressed)

    def _lay_out(self) -> None:
        theme, notice = self._theme, self.notice
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 8, 10)
        row.setSpacing(8)
        row.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        for text, role in ((notice.text, "text"), (notice.remedy, "text2")):
            if text:
                label = QLabel(text)
                label.setWordWrap(True)
                self._labels.append((label, role))
                words.addWidget(label)
        row.addLayout(words, 1)
        if notice.deed:
            self.action = QPushButton(notice.deed_label)
            row.addWidget(self.action)
        close = QToolButton()
        theme.dress(close, "x", "text3")
        close.setAccessibleName(tr("Dismiss"))
        close.clicked.connect(self.leave)
        row.addWidget(close, alignment=Qt.AlignmentFlag.AlignTop)

    def _dress(self) -> None:
        theme, tone = self._theme, self.notice.tone
        picture = theme.pixmap(_ICONS[tone], _TONES[tone], 16, self.devicePixelRatioF())
        self._icon.setPixmap(picture)
        for label, role in self._labels:
            label.setStyleSheet(f"color: {theme.color(role).name()}")

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(self._theme.color("raised"))
            painter.setPen(QPen(self._theme.color(_TONES[self.notice.tone]), 1))
            radius = self._theme.radius("float")
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius
            )


Gone = Callable[[Toast], None]
