"""What a list says while it has no rows: what belongs there, and how it comes in."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView

from console.ui.theme.theme import Theme

_ASIDE, _DOWN = 16, 32
_WIDEST = 560
"""px at the usual text size; longer lines are hard to follow."""


def teach(view: QAbstractItemView, theme: Theme, text: str) -> None:
    """Write the text over an empty view; called when the view has painted itself."""
    model = view.model()
    if not (text and model) or model.rowCount():
        return
    box = view.viewport().rect().adjusted(_ASIDE, _DOWN, -_ASIDE, 0)
    over = box.width() - round(_WIDEST * theme.scale)
    if over > 0:
        box.adjust(over // 2, 0, -(over // 2), 0)
    with QPainter(view.viewport()) as painter:
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text3"))
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, text)
