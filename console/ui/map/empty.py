"""What stands in the place of the map: one line, and what helps."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_LEAST = 360  # px: a sentence in two lines at most


class EmptyMap(QWidget):
    """A sentence and an action; ``offer`` puts a better one before it."""

    def __init__(self, text: str, action: str, act: Callable[[], None]) -> None:
        super().__init__()
        self._text = text
        layout = QVBoxLayout(self)
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label = QLabel(text)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setWordWrap(True)
        self.label.setMinimumWidth(_LEAST)
        self.button = _button(action, act)
        self.offer_button = _button(action, self._take)
        self.offer_button.hide()
        self._offered: Callable[[], None] = lambda: None
        row = QHBoxLayout()
        row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.offer_button)
        row.addWidget(self.button)
        layout.addWidget(self.label, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addLayout(row)

    def offer(self, text: str, action: str, act: Callable[[], None]) -> None:
        """Say this instead; ``action`` is empty where nothing better can be done."""
        self.label.setText(text or self._text)
        self.offer_button.setText(action or self.button.text())
        self.offer_button.setVisible(bool(action))
        self._offered = act

    def _take(self) -> None:
        self._offered()


def _button(text: str, act: Callable[[], None]) -> QPushButton:
    def pressed() -> None:
        act()

    button = QPushButton(text)
    button.clicked.connect(pressed)
    return button
