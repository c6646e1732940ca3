"""The one theme object of the application: colours, fonts, sizes and icons of the day's scheme."""

from enum import StrEnum
from typing import Any, Protocol, cast
from weakref import ref

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from console.ui.theme.fonts import present_families, role_font
from console.ui.theme.icons import tinted_icon, tinted_pixmap
from console.ui.theme.palette import build_palette, css_color
from console.ui.theme.style import style_sheet
from console.ui.theme.tokens import Scheme, Tokens, load_tokens

MIN_SCALE, MAX_SCALE = 0.9, 1.5
_UNSCALED = ("gutter", "id_chip")


class Choice(StrEnum):
    """What the user asked for; SYSTEM follows the desktop."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"
    HIGH_CONTRAST = "high_contrast"


class HasIcon(Protocol):
    """An action or a button."""

    def setIcon(self, icon: QIcon, /) -> None: ...


class Theme(QObject):
    """Colours by name, driver colours by number, fonts by role, icons by Lucide name.

    ``changed`` fires after the scheme or the text size changed; views drop what they cached and
    repaint.
    """

    changed = Signal()

    def __init__(self, tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tokens = tokens
        self.scheme = Scheme.DARK
        self.choice = Choice.SYSTEM
        self.scale = 1.0
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._dressed: list[tuple[ref[Any], str, str, int]] = []
        self._app: QApplication | None = None

    @property
    def is_dark(self) -> bool:
        """True for the dark and the high-contrast scheme."""
        return self.scheme is not Scheme.LIGHT

    def color(self, name: str) -> QColor:
        """A colour token of the present scheme, the caller's own; KeyError for an unknown name."""
        if name not in self._colors:
            self._colors[name] = css_color(self.tokens.colors[self.scheme][name])
        return QColor(self._colors[name])

    def driver_color(self, number: int) -> QColor:
        """Fill of the driver with this number (from 1)."""
        return QColor(self.tokens.driver(number, self.scheme).fill)

    def driver_ink(self, number: int) -> QColor:
        """Text colour on the driver's fill."""
        return QColor(self.tokens.driver(number, self.scheme).ink)

    def driver_pattern(self, number: int) -> tuple[float, ...]:
        """Dashes of the driver's line in px; empty for a solid one."""
        return self.tokens.driver(number, self.scheme).dash

    def font(self, role: str = "body", *, bold: bool = False) -> QFont:
        """Font of a role: micro, small, body, strong, lead, title, figure."""
        key = f"{role}+" if bold else role
        if key not in self._fonts:
            font = role_font(self.tokens.families, self.tokens.roles[role], self.scale)
            if bold:
                font.setWeight(QFont.Weight.Bold)
            self._fonts[key] = font
        return QFont(self._fonts[key])

    def line(self, role: str = "body") -> int:
        """Line height of a role in px."""
        return round(self.tokens.roles[role].line * self.scale)

    def size(self, name: str) -> int:
        """A size token in px (``row_timeline``, ``control``, ``dock_header``), scaled with text."""
        value = int(self.tokens.sizes[name])
        return value if name in _UNSCALED else round(value * self.scale)

    def radius(self, name: str) -> int:
        """A corner radius in px: bar, chip, control, float."""
        return int(self.tokens.radii[name])

    def space(self, step: int) -> int:
        """The n-th step of the space grid: 0 2 4 6 8 12 16 24 32."""
        return int(self.tokens.spaces["step"][step])

    def opacity(self, name: str) -> float:
        """An opacity from 0 to 1: route_rest, route_dim, done, locked, stale, ghost."""
        return float(self.tokens.opacities[name])

    def duration(self, name: str) -> int:
        """Milliseconds of a motion: reveal, dock, van, toast_in, toast_stay, flight."""
        return self.tokens.motion[name]

    def icon(self, name: str, color: str = "text2", size: int = 16) -> QIcon:
        """A Lucide icon in a colour token, grey when disabled."""
        colors = self.tokens.colors[self.scheme]
        return tinted_icon(name, colors[color][:7], colors["text3"][:7], size)

    def pixmap(
        self, name: str, color: str = "text2", size: int = 14, ratio: float = 1.0
    ) -> QPixmap:
        """The same for painters; pass the device's pixel ratio."""
        return tinted_pixmap(name, self.tokens.colors[self.scheme][color][:7], size, ratio)

    def dress(self, target: HasIcon, name: str, color: str = "text2", size: int = 16) -> None:
        """Give an action or a button its icon, now and after every change of the theme."""
        target.setIcon(self.icon(name, color, size))
        self._dressed.append((ref(target), name, color, size))

    def choose(self, choice: Choice) -> None:
        """Follow the system or keep to one scheme."""
        self.choice = choice
        self._refresh()

    def set_scale(self, scale: float) -> None:
        """The user's text size, 0.9 to 1.5; rows grow with it."""
        self.scale = min(MAX_SCALE, max(MIN_SCALE, scale))
        self._refresh()

    def attach(self, app: QApplication) -> None:
        """Dress the application in Fusion, palette, font and style sheet, now and from now on."""
        self._app = app
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._refresh()

    def _follow(self, _scheme: Qt.ColorScheme) -> None:
        if self.choice is Choice.SYSTEM:
            self._refresh()

    def _wanted(self) -> Scheme:
        if self.choice is not Choice.SYSTEM:
            return Scheme(self.choice.value)
        light = self._app and self._app.styleHints().colorScheme() == Qt.ColorScheme.Light
        return Scheme.LIGHT if light else Scheme.DARK

    def _refresh(self) -> None:
        self.scheme = self._wanted()
        self._colors.clear()
        self._fonts.clear()
        if self._app:
            colors = self.tokens.colors[self.scheme]
            self._app.setPalette(build_palette(colors))
            self._app.setFont(self.font("body"))
            self._app.setStyleSheet(style_sheet(self))
        self._redress()
        self.changed.emit()

    def _redress(self) -> None:
        alive: list[tuple[ref[Any], str, str, int]] = []
        for entry in self._dressed:
            target = entry[0]()
            if target is not None and Shiboken.isValid(target):
                cast("HasIcon", target).setIcon(self.icon(*entry[1:]))
                alive.append(entry)
        self._dressed = alive

    def css_families(self) -> str:
        """The families this machine has, as a CSS list (for the map page)."""
        names = present_families(self.tokens.families)
        return ", ".join(f'"{name}"' for name in names) + ", sans-serif"


def apply_theme(app: QApplication, choice: Choice = Choice.SYSTEM) -> Theme:
    """Make the application's theme and dress the application in it."""
    theme = Theme(load_tokens(), app)
    theme.choice = choice
    theme.attach(app)
    return theme
