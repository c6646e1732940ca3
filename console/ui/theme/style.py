"""The one style sheet, generated from the tokens: padding, borders, tabs and headers only."""

from functools import cache
from pathlib import Path
from string import Template
from typing import Protocol

from PySide6.QtCore import QTemporaryDir

from console.settings import bundled
from console.ui.theme.icons import tinted_drawing
from console.ui.theme.tokens import Scheme, Tokens

_MARKS = {
    "image_check": ("check", "on_accent"),
    "image_down": ("chevron-down", "text2"),
    "image_up": ("chevron-up", "text2"),
}


class StyleSource(Protocol):
    """What the sheet is made from: the theme."""

    tokens: Tokens
    scheme: Scheme
    scale: float

    def size(self, name: str) -> int: ...

    def radius(self, name: str) -> int: ...


@cache
def _folder() -> QTemporaryDir:
    return QTemporaryDir()


@cache
def _image(name: str, color: str) -> str:
    """A tinted icon as a file: a style sheet takes its images from files only."""
    path = Path(_folder().filePath(f"{name}-{color.lstrip('#')}.svg"))
    path.write_text(tinted_drawing(name, color), encoding="utf-8")
    return path.as_posix()


def style_sheet(theme: StyleSource) -> str:
    """Fill ``resources/style.qss``: ``$text`` a colour, ``$size_control`` px, ``$radius_chip`` px.

    Qt's sheets read ``#aarrggbb``, so colours with alpha are not for use here.
    """
    colors = theme.tokens.colors[theme.scheme]
    values: dict[str, object] = dict(colors)
    values |= {
        f"size_{name}": theme.size(name)
        for name, value in theme.tokens.sizes.items()
        if isinstance(value, int)
    }
    values |= {f"radius_{name}": theme.radius(name) for name in theme.tokens.radii}
    values |= {
        f"pt_{name}": f"{role.pt * theme.scale:g}pt" for name, role in theme.tokens.roles.items()
    }
    values |= {mark: _image(icon, colors[color]) for mark, (icon, color) in _MARKS.items()}
    text = bundled("resources/style.qss").read_text(encoding="utf-8")
    return Template(text).substitute(values)
