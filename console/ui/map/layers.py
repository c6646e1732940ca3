"""What the map shows, as the user chose it; kept as text among her preferences."""

from dataclasses import dataclass, field, replace
from typing import Self

import msgspec

from console.tongues import tr
from console.ui.theme.tokens import Scheme

LAYERS = ("zones", "stops", "routes", "heads", "names", "numbers", "oneways")
"""What can be hidden; ``heads`` are the arrows on routes."""
WINDOW, ONLINE = "window", "online"
STYLES = (WINDOW, *(scheme.value for scheme in (Scheme.LIGHT, Scheme.DARK, Scheme.HIGH_CONTRAST)))
"""Basemaps of our own: as the window, or one of its schemes."""


@dataclass(frozen=True, slots=True)
class Online:
    """Pictures of tiles from a server that the user chose.

    ``template`` is its address with ``{z}``, ``{x}`` and ``{y}``; ``credit`` what it wants said.
    """

    template: str
    credit: str
    max_zoom: int = 19

    @property
    def problem(self) -> str:
        """What is wrong with the address; '' when nothing is."""
        if not self.template.startswith(("https://", "http://")):
            return tr("The address begins with https://.")
        if any(f"{{{part}}}" not in self.template for part in "zxy"):
            return tr("The address says where zoom, column and row go: {z}, {x} and {y}.")
        return ""


@dataclass(frozen=True, slots=True)
class Layers:
    """The names of what is hidden, the basemap, and the server of online tiles if there is one."""

    hidden: frozenset[str] = field(default_factory=frozenset[str])
    style: str = WINDOW
    online: Online | None = None

    def shows(self, name: str) -> bool:
        """True for a layer that is not hidden."""
        return name not in self.hidden

    def with_layer(self, name: str, *, shown: bool) -> Self:
        """One shown or hidden."""
        return replace(self, hidden=self.hidden - {name} if shown else self.hidden | {name})

    @property
    def styles(self) -> tuple[str, ...]:
        """The basemaps to choose from."""
        return (*STYLES, ONLINE) if self.online else STYLES

    @property
    def is_online(self) -> bool:
        """True while the user's own server draws the ground."""
        return self.style == ONLINE and self.online is not None

    def scheme(self, window: Scheme) -> Scheme:
        """Whose colours the ground has; online tiles lie under those of the light map."""
        if self.style == ONLINE:
            return Scheme.LIGHT
        return window if self.style == WINDOW else Scheme(self.style)

    def body(self, version: int, credit: str) -> dict[str, object]:
        """For the page; ``credit`` is that of our own basemap."""
        online = self.online if self.is_online else None
        tiles = {"version": version, "max_zoom": online.max_zoom} if online else None
        return {
            "on": {name: self.shows(name) for name in LAYERS},
            "style": self.style if self.style in self.styles else WINDOW,
            "styles": self.styles,
            "online": tiles,
            "credit": online.credit if online else credit,
        }


def kept(layers: Layers) -> str:
    """As text."""
    return msgspec.json.encode(layers, order="deterministic").decode()


def remembered(text: str) -> Layers:
    """From text; the usual layers where it cannot be read any more."""
    try:
        found = msgspec.json.decode(text, type=Layers)
    except msgspec.DecodeError:
        return Layers()
    return found if found.style in found.styles else replace(found, style=WINDOW)
