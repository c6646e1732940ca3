"""The one style sheet, generated from the tokens: padding, borders, tabs and headers only."""

from string import Template
from typing import Protocol

from console.settings import bundled
from console.ui.theme.tokens import Scheme, Tokens


class StyleSource(Protocol):
    """What the sheet is made from: the theme."""

    tokens: Tokens
    scheme: Scheme
    scale: float

    def size(self, name: str) -> int: ...

    def radius(self, name: str) -> int: ...


def style_sheet(theme: StyleSource) -> str:
    """Fill ``resources/style.qss``: ``$text`` a colour, ``$size_control`` px, ``$radius_chip`` px.

    Qt's sheets read ``#aarrggbb``, so colours with alpha are not for use here.
    """
    values: dict[str, object] = dict(theme.tokens.colors[theme.scheme])
    values |= {
        f"size_{name}": theme.size(name)
        for name, value in theme.tokens.sizes.items()
        if isinstance(value, int)
    }
    values |= {f"radius_{name}": theme.radius(name) for name in theme.tokens.radii}
    values |= {
        f"pt_{name}": f"{role.pt * theme.scale:g}pt" for name, role in theme.tokens.roles.items()
    }
    text = bundled("resources/style.qss").read_text(encoding="utf-8")
    return Template(text).substitute(values)
