"""Sections of the dock that keep their widgets and change only what differs."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.caption import HEADING, PLAIN, QUIET, Caption, Meter, Tag
from console.ui.details.card import Part, Row, TagFace
from console.ui.details.window_bar import WindowBar
from console.ui.ink import Pen
from console.ui.theme.theme import Theme

_NAME_WIDTH = 76


class RowLine(QWidget):
    """A name, perhaps a load bar, a text, and something quiet behind it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._row: Row | None = None
        self.name = Caption(theme, QUIET)
        self.name.setFixedWidth(round(_NAME_WIDTH * theme.scale))
        self.name.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.meter = Meter(theme)
        self.text = Caption(theme, PLAIN)
        self.more = Caption(theme, QUIET, wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.name)
        line.addWidget(self.meter, 1)
        line.addWidget(self.text)
        line.addWidget(self.more, 1)

    def show_row(self, row: Row) -> None:
        """Another row."""
        if row == self._row:
            return
        self._row = row
        self.name.say(row.name)
        self.text.say(row.text, row.tone)
        wide = not row.more and row.share is None
        self.text.setWordWrap(wide)
        across = QSizePolicy.Policy.Ignored if wide else QSizePolicy.Policy.Preferred
        policy = QSizePolicy(across, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wide)  # else what takes three lines is cut to two
        self.text.setSizePolicy(policy)
        line = self.layout()
        if isinstance(line, QHBoxLayout):
            line.setStretchFactor(self.text, 1 if wide else 0)
        self.more.say(row.more)
        self.more.setVisible(bool(row.more))
        self.meter.setVisible(row.share is not None)
        self.meter.show_share(row.share or 0.0)
        self.setAccessibleName(f"{row.name}: {row.text} {row.more}".strip())


class Section(QWidget):
    """A hairline, a title and what stands under it."""

    def __init__(self, theme: Theme, title: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(12, 10, 12, 6)
        self.rows.setSpacing(3)
        self.title = Caption(theme, HEADING, title)
        self.rows.addWidget(self.title)
        theme.changed.connect(self.update)

    def widen(self) -> None:
        """For rows that light up under the pointer: they begin left of the text."""
        self.rows.setContentsMargins(4, 10, 4, 6)
        self.rows.setSpacing(0)
        self.title.setIndent(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(12, 0, self.width() - 24, 1, self._theme.color("border"))


class PartSection(Section):
    """Rows, and the bar of windows where there is one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lines: list[RowLine] = []
        self.bar = WindowBar(theme)
        self.rows.addWidget(self.bar)
        self._part: Part | None = None

    def show_part(self, part: Part) -> None:
        """Another part; lines are kept and hidden."""
        if part == self._part:
            return
        self._part = part
        self.title.say(part.title)
        while len(self.lines) < len(part.rows):
            line = RowLine(self._theme)
            self.lines.append(line)
            self.rows.insertWidget(len(self.lines), line)
        for i, line in enumerate(self.lines):
            line.setVisible(i < len(part.rows))
            if i < len(part.rows):
                line.show_row(part.rows[i])
        self.bar.show_bar(part.bar)


class Reasons(Section):
    """Why a stop has no driver."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Why it has no driver"))
        self.text = Caption(theme, Pen("body", "warn"), wrap=True)
        self.rest = Caption(theme, QUIET, wrap=True)
        self.rows.addWidget(self.text)
        self.rows.addWidget(self.rest)

    def show_reasons(self, reasons: tuple[str, ...]) -> None:
        """The first line says most."""
        self.setVisible(bool(reasons))
        self.text.say(reasons[0] if reasons else "")
        self.rest.say("\n".join(reasons[1:]))
        self.rest.setVisible(len(reasons) > 1)


class Tags(QWidget):
    """Tags side by side, in as many rows as they need."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pool: list[Tag] = []
        self._count = 0
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tags(self, faces: tuple[TagFace, ...]) -> None:
        """Other tags."""
        while len(self._pool) < len(faces):
            tag = Tag(self._theme)
            tag.setParent(self)
            self._pool.append(tag)
        self._count = len(faces)
        for i, tag in enumerate(self._pool):
            if i < len(faces):
                tag.say(faces[i].text, faces[i].icon, faces[i].tone)
            tag.setVisible(i < len(faces))
        self.setVisible(bool(faces))
        self.updateGeometry()
        self._place(self.width())

    def heightForWidth(self, width: int) -> int:
        return self._flow(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(100, self._flow(max(self.width(), 100))[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(self.width())

    def _place(self, width: int) -> None:
        spots, height = self._flow(width)
        for tag, spot in zip(self._pool, spots, strict=False):
            tag.setGeometry(QRect(spot, tag.sizeHint()))
        self.setFixedHeight(height)

    def _flow(self, width: int) -> tuple[list[QPoint], int]:
        """Where each tag stands, and the height of all."""
        x = y = low = 0
        spots: list[QPoint] = []
        for tag in self._pool[: self._count]:
            size = tag.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, low + 4
            spots.append(QPoint(x, y))
            x += size.width() + 4
            low = max(low, y + size.height())
        return spots, low
