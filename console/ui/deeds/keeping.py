"""What this user finds again: colours, text size, shortcuts, and the layout for these screens."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from PySide6.QtGui import QGuiApplication

from console.dispatch.lanes import Lane
from console.ui.deeds.layout import SECOND, VIEWS, LayoutDeeds
from console.ui.layout import restore_layout
from console.ui.theme.theme import MAX_SCALE, MIN_SCALE, Choice
from console.ui.workplace import Workplace

KEYS, CHOICE, SCALE, LAYOUT = "shortcuts", "colours", "text_size", "layout"


def screens() -> str:
    """The screens as they stand: a laptop on its dock has another layout than on the train."""
    boxes = [screen.geometry() for screen in QGuiApplication.screens()]
    return "|".join(sorted(f"{b.width()}x{b.height()}@{b.x()},{b.y()}" for b in boxes))


@dataclass(slots=True)
class Keeper:
    """Applies what was kept, and keeps what changes; what cannot be read is passed over."""

    place: Workplace
    shape: LayoutDeeds
    keys: dict[str, str] = field(default_factory=dict[str, str])
    kept: dict[str, str] = field(default_factory=dict[str, str])

    async def recall(self, *, keep_choice: bool) -> None:
        """Apply everything; ``keep_choice`` leaves the colours that were asked for at the start."""
        services = self.place.station.services
        found = await services.lanes.run(
            Lane.SQL, partial(services.preferences.get, services.actor)
        )
        self.kept = dict(found)
        self.keys = _texts(found.get(KEYS, ""))
        self.place.actions.rebind(self.keys)
        if not keep_choice and found.get(CHOICE) in set(Choice):
            self.place.theme.choose(Choice(found[CHOICE]))
        scale = _number(found.get(SCALE, ""))
        if scale is not None and scale != self.place.theme.scale:
            self.place.theme.set_scale(scale)
        layout = _texts(found.get(self._layout_key(), ""))
        if layout and restore_layout(self.place.window, layout):
            for name in VIEWS:
                self.shape.restore(name, layout.get(f"{SECOND} {name}", ""))

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep these behind what goes on."""
        services = self.place.station.services
        put = partial(services.preferences.put, services.actor, values)
        self.place.conductor.spawn(services.lanes.run(Lane.SQL, put))

    def keep_theme(self) -> None:
        """The colours and the text size as they are now."""
        theme = self.place.theme
        self.keep({CHOICE: theme.choice.value, SCALE: f"{theme.scale:g}"})

    def rebind(self, keys: Mapping[str, str]) -> None:
        """Other shortcuts, now and the next time."""
        self.keys = dict(keys)
        self.place.actions.rebind(self.keys)
        self.keep({KEYS: json.dumps(self.keys)})

    def layout(self) -> dict[str, str]:
        """What to keep when the window closes."""
        state = self.shape.state()
        return {self._layout_key(): json.dumps(state)} if state else {}

    def _layout_key(self) -> str:
        return f"{LAYOUT} {screens()}"


def _texts(text: str) -> dict[str, str]:
    found = _read(text)
    if not isinstance(found, dict):
        return {}
    pairs = cast("dict[object, object]", found)
    return {k: v for k, v in pairs.items() if isinstance(k, str) and isinstance(v, str)}


def _number(text: str) -> float | None:
    try:
        return min(MAX_SCALE, max(MIN_SCALE, float(text)))
    except ValueError:
        return None


def _read(text: str) -> Any:  # JSON is anything
    try:
        return json.loads(text)
    except ValueError:
        return None
