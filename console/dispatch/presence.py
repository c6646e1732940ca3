"""Who else is here and what they have picked: told while it lasts, kept nowhere.

Nothing of it is in the journal. A console says where it is whenever that changes and every
``PULSE_S`` seconds; one that has not been heard of for ``GONE_S`` is gone, however it ended.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

PULSE_S = 5.0
GONE_S = 15.0
MOST_BYTES = 7_000
"""Of one message; a server's notice holds less than 8,000."""


@dataclass(frozen=True, slots=True)
class Presence:
    """One console: who sits at it, which stream is open there, which stops are picked.

    ``picked`` counts all of them; ``stops`` names as many as fit into a message.
    """

    origin: str
    actor: str
    stream: str = ""
    stops: tuple[str, ...] = ()
    picked: int = 0
    leaves: bool = False

    @property
    def text(self) -> str:
        """The message."""
        return json.dumps(asdict(self), separators=(",", ":"))


def presence(origin: str, actor: str, stream: str, stops: Sequence[str]) -> Presence:
    """Where a console is, cut to what a message can carry."""
    room, named = MOST_BYTES, list[str]()
    for stop in stops:
        room -= len(json.dumps(stop)) + 1
        if room < 0:
            break
        named.append(stop)
    return Presence(origin, actor, stream, tuple(named), len(stops))


def read(text: str) -> Presence | None:
    """A message, None where it is not one: anybody may write there."""
    try:
        told: dict[str, Any] = json.loads(text)
        found = Presence(
            _word(told["origin"]),
            _word(told["actor"]),
            _word(told["stream"]),
            tuple(_word(stop) for stop in told["stops"]),
            int(told["picked"]),
            leaves=told["leaves"] is True,
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return found if found.origin else None


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


class Company(Protocol):
    """Everybody who is here; every call is quick, and safe from one thread at a time."""

    def tell(self, mine: Presence) -> None:
        """Say where we are."""
        ...

    def others(self) -> Sequence[Presence]:
        """The other consoles that were heard of lately; asking often keeps us present too."""
        ...

    def leave(self) -> None:
        """Say that we go."""
        ...


class Alone:
    """Implements ``Company`` where nobody else can be."""

    def tell(self, mine: Presence) -> None:
        """Nobody hears it."""

    def others(self) -> Sequence[Presence]:
        """Nobody."""
        return ()

    def leave(self) -> None:
        """Nobody minds."""
