"""Lucide icons tinted with the theme's colours, cached per colour, size and pixel ratio."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from console.settings import bundled

_RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)


@cache
def _drawing(name: str) -> str:
    return bundled(f"resources/icons/{name}.svg").read_text(encoding="utf-8")


def tinted_drawing(name: str, color: str) -> str:
    """The icon as SVG in ``color`` (``#rrggbb``)."""
    return _drawing(name).replace("currentColor", color)


@cache
def tinted_pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    """The icon in ``color`` (``#rrggbb``), ``size`` px square, for one device pixel ratio.

    FileNotFoundError for a name that is not in ``resources/icons``.
    """
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer = QSvgRenderer(QByteArray(tinted_drawing(name, color).encode()))
        renderer.render(painter, QRectF(pixmap.rect()))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@cache
def tinted_icon(name: str, color: str, disabled: str, size: int) -> QIcon:
    """The icon for buttons and actions: its colour, and another one when disabled."""
    icon = QIcon()
    for ratio in _RATIOS:
        icon.addPixmap(tinted_pixmap(name, color, size, ratio))
        icon.addPixmap(tinted_pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return icon
