"""One page of the guide, set in the window's type and colours."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser

from console.tongues import spoken, tr
from console.ui.guide.pages import PICTURES, Guide, picture_file, shown
from console.ui.theme.theme import Theme

MARGIN = 24
_ROLES = {1: "figure", 2: "title", 3: "lead"}
_LINES = 140  # % of a line's height: prose needs more air than a table
_IMAGE = QTextDocument.ResourceType.ImageResource
_SMOOTH = Qt.TransformationMode.SmoothTransformation
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


class Reader(QTextBrowser):
    """Shows an address of the guide; links are the owner's to follow."""

    def __init__(self, guide: Guide, say: Callable[[str], str], theme: Theme) -> None:
        super().__init__()
        self._guide, self._say, self._theme = guide, say, theme
        self.page = ""
        self._heading, self._is_read = "", False
        self._document: QTextDocument | None = None
        self.setAccessibleName(tr("Guide"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.verticalScrollBar().actionTriggered.connect(self._scrolled)
        theme.changed.connect(self._renew)

    def show_page(self, page: str, heading: str = "") -> None:
        """The page from its top, or from a heading."""
        if page != self.page:
            self.page = page
            self._set()
        self._heading, self._is_read = heading, False
        self.verticalScrollBar().setValue(self._top_of(heading))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures of the guide, no wider than the page; nothing else, and nothing from outside."""
        link = QUrl(name)
        if QTextDocument.ResourceType(kind) is not _IMAGE or link.scheme() not in ("", "file"):
            return None
        try:
            image = QImage(str(picture_file(f"{PICTURES}/{link.fileName()}", spoken().code)))
        except FileNotFoundError:  # an incomplete installation: the words are there all the same
            return None
        room = self.viewport().width() - 2 * MARGIN - 4
        return image.scaledToWidth(room, _SMOOTH) if 0 < room < image.width() else image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.page and event.oldSize().width() != event.size().width():
            self._renew()

    def _renew(self) -> None:
        """The same page in other colours or another width, from the same place."""
        if not self.page:
            return
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._set()
        wanted = round(share * bar.maximum()) if self._is_read else self._top_of(self._heading)
        bar.setValue(wanted)

    def _scrolled(self, _action: int) -> None:
        self._is_read = True

    def _set(self) -> None:
        """A document of its own for each page, set before it is shown: Qt crashes otherwise."""
        document, before = QTextDocument(self), self._document
        document.setDocumentMargin(MARGIN)
        document.setDefaultFont(_light(self._theme.font("lead")))
        document.setMarkdown(shown(self._guide.sources[self.page], self._say))
        for block in _blocks(document):
            self._set_block(block)
        for child in document.rootFrame().childFrames():
            if isinstance(child, QTextTable):
                self._set_table(child)
        self.setDocument(document)
        self._document = document
        if before is not None:
            before.deleteLater()

    def _set_block(self, block: QTextBlock) -> None:
        level = block.blockFormat().headingLevel()
        layout = QTextBlockFormat()
        layout.setLineHeight(_LINES, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if level:
            layout.setTopMargin(0 if level == 1 else self._theme.space(7))
            layout.setBottomMargin(self._theme.space(3))
        elif not block.textList() and not _in_table(block):
            layout.setBottomMargin(self._theme.space(4))
        if _is_picture(block):  # a line of a picture's height needs no air
            layout.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(layout)
        if level:
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.setCharFormat(self._heading_ink(level))
        else:
            self._set_keys(block)

    def _heading_ink(self, level: int) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self._theme.font(_ROLES.get(level, "lead"), bold=True))
        made.setForeground(self._theme.color("text"))
        return made

    def _set_keys(self, block: QTextBlock) -> None:
        """Keys and typed words as small plates, links in the accent."""
        document = block.document()
        for start, length, known in _fragments(block):
            made = QTextCharFormat()
            if known.isAnchor():
                made.setForeground(self._theme.color("accent"))
            elif known.fontFixedPitch():
                made.setFontFamilies(self._theme.font("lead").families())
                made.setFontFixedPitch(False)
                made.setBackground(self._theme.color("raised"))
                made.setForeground(self._theme.color("text"))
            else:
                continue
            cursor = QTextCursor(document)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(made)

    def _set_table(self, table: QTextTable) -> None:
        made = table.format()
        made.setBorder(1)
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        made.setBorderBrush(self._theme.color("border"))
        made.setBorderCollapse(True)
        made.setCellPadding(self._theme.space(3))
        made.setCellSpacing(0)
        made.setTopMargin(self._theme.space(3))
        made.setBottomMargin(self._theme.space(5))
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(made)

    def _top_of(self, heading: str) -> int:
        at = self._guide.heading(self.page, heading) if heading else -1
        heads = [one for one in _blocks(self.document()) if one.blockFormat().headingLevel()]
        if not 0 <= at < len(heads):
            return 0
        box = self.document().documentLayout().blockBoundingRect(heads[at])
        return round(box.top()) - self._theme.space(4)


def _light(font: QFont) -> QFont:
    font.setWeight(QFont.Weight.Normal)
    return font


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """(position, length, format) of each run of one format."""
    found: list[tuple[int, int, QTextCharFormat]] = []
    each = block.begin()
    while not each.atEnd():
        run = each.fragment()
        found.append((run.position(), run.length(), run.charFormat()))
        each += 1
    return found


def _in_table(block: QTextBlock) -> bool:
    return bool(QTextCursor(block).currentTable())


def _is_picture(block: QTextBlock) -> bool:
    return block.text() == _OBJECT
