"""Pages in one place, of which only the one that is shown asks for room."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class PageStack(QStackedWidget):
    """Qt's own is never narrower than its widest page, shown or not."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        if page is None:  # Qt's own stubs know of none where there are no pages
            return super().minimumSizeHint()
        return page.minimumSizeHint().expandedTo(page.minimumSize())
