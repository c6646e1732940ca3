"""The guide in a window of its own: pages and search left, the page right, back and forward."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.tongues import tr
from console.ui.caption import FAINT, STRONG, Caption
from console.ui.guide.pages import FIRST, Guide
from console.ui.guide.reader import Reader
from console.ui.theme.theme import Theme

SIZE = QSize(1080, 760)
_LEFT = 260
_ADDRESS = Qt.ItemDataRole.UserRole


class GuideWindow(QWidget):
    """``visited(str)`` tells the address that is shown. It stays open beside the work."""

    visited = Signal(str)

    def __init__(
        self, guide: Guide, say: Callable[[str], str], theme: Theme, first: str = FIRST
    ) -> None:
        super().__init__()
        self._guide, self._say, self._theme = guide, say, theme
        self._trail, self._at = [first], 0
        self.setWindowTitle(tr("Doorstep: guide"))
        self.setAccessibleName(tr("Guide"))
        self.setObjectName("guide")
        self.setMinimumSize(640, 420)
        self.reader = Reader(guide, say, theme)
        self.search = QLineEdit()
        self.list = QListWidget()
        self.said = Caption(theme, FAINT, "", wrap=True)
        self.title = Caption(theme, STRONG, "")
        self.back_button = self._tool("chevron-left", tr("Back"), "Alt+Left", self.go_back)
        self.forward_button = self._tool(
            "chevron-right", tr("Forward"), "Alt+Right", self.go_forward
        )
        self._lay_out()
        self.reader.anchorClicked.connect(self._follow)
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self._open_first)
        self.list.itemClicked.connect(self._chosen)
        self.list.itemActivated.connect(self._chosen)
        self._keys("Ctrl+F", self.search.setFocus)
        self._keys("Esc", self._leave)
        self._look("")
        self._show()
        self.resize(SIZE)

    @property
    def address(self) -> str:
        """What is shown."""
        return self._trail[self._at]

    def open_at(self, address: str) -> None:
        """Go to a page or a heading; what was open before is a step back."""
        if address != self.address:
            self._trail[self._at + 1 :] = [address]
            self._at += 1
        self._show()

    def go_back(self) -> None:
        """The address before."""
        self._step(-1)

    def go_forward(self) -> None:
        """The address from which one went back."""
        self._step(1)

    def _step(self, by: int) -> None:
        self._at = min(len(self._trail) - 1, max(0, self._at + by))
        self._show()

    def _show(self) -> None:
        page, _, heading = self.address.partition("#")
        self.reader.show_page(page, heading)
        self.title.say(self._guide.titles[page])
        self.back_button.setEnabled(self._at > 0)
        self.forward_button.setEnabled(self._at < len(self._trail) - 1)
        self._point()
        self.visited.emit(self.address)

    def _point(self) -> None:
        """The list shows where one is."""
        page = self.address.partition("#")[0]
        for wanted in (self.address, page):
            for row in range(self.list.count()):
                if self.list.item(row).data(_ADDRESS) == wanted:
                    self.list.setCurrentRow(row)
                    return
        self.list.setCurrentRow(-1)

    def _look(self, typed: str) -> None:
        """The pages, or the sections that hold what is typed."""
        self.list.clear()
        found = self._guide.search(typed, self._say)
        if typed.strip():
            titles = self._guide.titles
            rows = [(f"{one.title}\n{titles[one.page]}", one.address) for one in found]
        else:
            rows = [(title, page) for page, title in self._guide.titles.items()]
        for text, address in rows:
            item = QListWidgetItem(text)
            item.setData(_ADDRESS, address)
            lines = text.count("\n") + 1
            item.setSizeHint(QSize(0, lines * self._theme.line() + self._theme.space(5)))
            self.list.addItem(item)
        nothing = typed.strip() and not rows
        self.said.say(tr("Nothing found. Try one word, or another.") if nothing else "")
        self._point()

    def _open_first(self) -> None:
        if self.list.count():
            self._chosen(self.list.item(0))

    def _chosen(self, item: QListWidgetItem) -> None:
        self.open_at(str(item.data(_ADDRESS)))

    def _follow(self, link: QUrl) -> None:
        """``orders.md#the-report``, or ``#the-report`` on the same page."""
        page = link.path().removesuffix(".md") or self.reader.page
        self.open_at(f"{page}#{link.fragment()}" if link.hasFragment() else page)

    def _leave(self) -> None:
        """Esc empties the search first."""
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(tr("Search the guide"))
        self.search.setAccessibleName(tr("Search the guide"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(
            self._theme.icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.list.setAccessibleName(tr("Pages"))
        self.list.setWordWrap(True)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setStretchFactor(1, 1)
        split.setSizes([round(_LEFT * self._theme.scale), SIZE.width()])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _left(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 12, 12, 12)
        for widget in (self.search, self.said, self.list):
            column.addWidget(widget)
        return box

    def _right(self) -> QWidget:
        box = QWidget()
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        for widget in (self.back_button, self.forward_button, self.title):
            head.addWidget(widget)
        head.addStretch(1)
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.reader, 1)
        return box

    def _tool(self, icon: str, name: str, keys: str, call: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys})")
        button.setShortcut(QKeySequence(keys))
        button.clicked.connect(call)
        self._theme.dress(button, icon)
        return button

    def _keys(self, keys: str, call: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(call)
