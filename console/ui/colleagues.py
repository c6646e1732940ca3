"""Colleagues at other consoles, as the views show them: name, initials, colour, what they hold."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from console.dispatch.presence import Presence
from console.domain.plan import StopId
from console.tongues import tr
from console.ui.ink import Ink, Pen
from console.ui.theme.theme import Theme

_LAST = 60
"""Colleagues have the drivers' colours from the last one down: few depots come so far."""
_PARTS = re.compile(r"[\s._@-]+")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at another console; ``place`` counts those who are here from 0.

    ``elsewhere`` says which day or depot is open there, '' where it is ours.
    """

    origin: str
    name: str
    place: int
    stops: frozenset[StopId] = frozenset()
    picked: int = 0
    elsewhere: str = ""

    @property
    def initials(self) -> str:
        """At most two letters."""
        parts = [part for part in _PARTS.split(self.name) if part]
        letters = [part[0] for part in parts] if len(parts) > 1 else [*(parts or ["?"])[0][:2]]
        return (letters[0] + letters[-1] if len(letters) > 1 else letters[0]).upper()

    @property
    def sentence(self) -> str:
        """For the tooltip and the screen reader."""
        stops = tr("1 stop") if self.picked == 1 else tr("{picked} stops", picked=self.picked)
        doing = tr("has {stops} selected", stops=stops) if self.picked else tr("is here")
        return (
            tr("{name} has {elsewhere} open", name=self.name, elsewhere=self.elsewhere)
            if self.elsewhere
            else f"{self.name} {doing}"
        )


def spoken_name(actor: str) -> str:
    """A login as a name: ``ana.lund`` becomes Ana Lund; what has capitals is one already."""
    if actor != actor.lower():
        return actor
    return " ".join(part.capitalize() for part in _PARTS.split(actor) if part) or actor


def colleagues(heard: Sequence[Presence], stream: str, mine: str) -> list[Colleague]:
    """Everybody heard of, by name; somebody of our own login sits at another window of ours."""
    found: list[Colleague] = []
    for place, each in enumerate(sorted(heard, key=lambda p: (p.actor, p.origin))):
        name = spoken_name(each.actor)
        here = each.stream == stream
        found.append(
            Colleague(
                each.origin,
                tr("{name} (another window)", name=name) if each.actor == mine else name,
                place,
                frozenset(StopId(stop) for stop in each.stops) if here else frozenset(),
                each.picked if here else 0,
                "" if here else _day_of(each.stream),
            )
        )
    return found


def _day_of(stream: str) -> str:
    return stream.rsplit("/", 1)[-1] or tr("another day")


def holders(present: Iterable[Colleague]) -> Mapping[StopId, tuple[Colleague, ...]]:
    """Who has a stop selected."""
    found: dict[StopId, tuple[Colleague, ...]] = {}
    for each in present:
        for stop in each.stops:
            found[stop] = (*found.get(stop, ()), each)
    return found


def held_sentence(held: Sequence[Colleague]) -> str:
    """``selected by Ana Lund and Ben Roth``; empty where nobody holds it."""
    return tr("selected by {text}", text=" and ".join(each.name for each in held)) if held else ""


def colours_of(theme: Theme, colleague: Colleague) -> tuple[QColor, QColor]:
    """A colleague's colour and the ink on it."""
    number = _LAST - colleague.place % _LAST
    return theme.driver_color(number), theme.driver_ink(number)


def paint_initials(painter: QPainter, ink: Ink, middle: QPointF, colleague: Colleague) -> None:
    """A small plate with a colleague's initials around a point."""
    fill, letters = colours_of(ink.theme, colleague)
    pen = Pen("micro", bold=True)
    width, height = ink.width(colleague.initials, pen) + ink.px(5), ink.px(12)
    box = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
    ink.plate(painter, box, fill, ink.theme.radius("chip"))
    painter.setPen(letters)
    ink.write_centred(painter, box, colleague.initials, pen)
