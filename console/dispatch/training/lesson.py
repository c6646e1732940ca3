"""A guided lesson: cards over a day that is trained on, from a file of ``data/lessons``."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from console.dispatch.training.troubles import stranded
from console.domain.errors import ConsoleError
from console.domain.plan import Plan
from console.settings import bundled
from console.tongues import tr

FIRST = "data/lessons/first-lesson.toml"


class Until(StrEnum):
    """What brings the next card."""

    READ = "read"  # a click
    RUNNING = "running"  # the clock goes
    TROUBLE = "trouble"  # a driver cannot go on
    WITHDRAWN = "withdrawn"  # hers is back from the street
    MOVED = "moved"  # nothing waits with her any more
    RELEASED = "released"  # everybody who has something to do knows it
    OVER = "over"  # all are back
    GRADED = "graded"


@dataclass(frozen=True, slots=True)
class Card:
    """What to do, in a sentence or two."""

    title: str
    say: str
    until: Until


@dataclass(frozen=True, slots=True)
class Standing:
    """How a run stands."""

    plan: Plan
    is_running: bool = False
    is_over: bool = False
    is_graded: bool = False


@dataclass(slots=True)
class Lesson:
    """``scenario`` is the kind of day it is about; goes from card to card, never back."""

    scenario: str
    cards: tuple[Card, ...]
    at: int = 0

    @property
    def card(self) -> Card | None:
        """The present one; None after the last."""
        return self.cards[self.at] if self.at < len(self.cards) else None

    def read(self) -> None:
        """The present card was read, and is done with."""
        if self.card is not None:
            self.at += 1

    def follow(self, standing: Standing) -> bool:
        """On to the first card that is not reached yet; True where that is another one."""
        before = self.at
        while (card := self.card) is not None and _REACHED[card.until](standing):
            self.at += 1
        return self.at != before


def _is_withdrawn(standing: Standing) -> bool:
    out = stranded(standing.plan)
    return bool(out) and all(not standing.plan.routes[route].released for route in out)


def _is_moved(standing: Standing) -> bool:
    plan = standing.plan
    out = stranded(plan)
    return bool(out) and not any(s.is_open for route in out for s in plan.stops_of(route))


def _is_released(standing: Standing) -> bool:
    plan = standing.plan
    waiting = (r for r in plan.routes.values() if any(s.is_open for s in plan.stops_of(r.id)))
    return all(route.released for route in waiting)


_REACHED: Mapping[Until, Callable[[Standing], bool]] = {
    Until.READ: lambda _standing: False,
    Until.RUNNING: lambda standing: standing.is_running,
    Until.TROUBLE: lambda standing: bool(stranded(standing.plan)),
    Until.WITHDRAWN: _is_withdrawn,
    Until.MOVED: _is_moved,
    Until.RELEASED: _is_released,
    Until.OVER: lambda standing: standing.is_over,
    Until.GRADED: lambda standing: standing.is_graded,
}


def first_lesson() -> Lesson:
    """The one that comes along."""
    return read_lesson(bundled(FIRST))


def read_lesson(file: Path) -> Lesson:
    """A lesson's file; ConsoleError names the card and field that is wrong."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        steps = cast("list[dict[str, Any]]", told["step"])
        cards = tuple(_card(file, i, step) for i, step in enumerate(steps, 1))
        return Lesson(str(told["scenario"]), cards)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConsoleError(
            tr("The lesson {name} cannot be read: {error}.", name=file.name, error=error),
            remedy=tr("Correct the file."),
        ) from error


def _card(file: Path, number: int, step: Mapping[str, Any]) -> Card:
    for name in ("title", "say", "until"):
        if not isinstance(step.get(name), str) or not step[name]:
            raise ConsoleError(
                tr(
                    "{name}: step {number}: {name2} is missing.",
                    name=file.name,
                    number=number,
                    name2=name,
                ),
                remedy=tr("Correct the file."),
            )
    if step["until"] not in set(Until):
        known = ", ".join(Until)
        raise ConsoleError(
            tr(
                "{name}: step {number}: until is not one of {known}.",
                name=file.name,
                number=number,
                known=known,
            ),
            remedy=tr("Correct the file."),
        )
    return Card(step["title"], step["say"], Until(step["until"]))
