"""What the window tells the dispatcher: notices that pass, and jobs under way."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Tone(StrEnum):
    """How a notice is dressed."""

    INFO = "info"
    GOOD = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, and an action of the table that helps, with its label."""

    text: str
    tone: Tone = Tone.INFO
    remedy: str = ""
    deed: str = ""
    deed_label: str = ""


@dataclass(frozen=True, slots=True)
class Best:
    """A better plan that a search found, ``seconds`` after it began; ``served`` counts orders."""

    seconds: float
    cost: float
    served: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """Work under way. ``share`` runs from 0 to 1, None when unknown.

    ``bests`` are all better plans so far, ``served`` of ``orders`` the best one's; ``present`` is
    what the present plan costs, None where there is none, and ``least`` how many it serves. Costs
    are weighed as is asked. ``can_stop``: the dispatcher may call it off.
    """

    name: str
    text: str
    share: float | None = None
    running: bool = True
    bests: tuple[Best, ...] = ()
    served: int = 0
    orders: int = 0
    seconds: float = 0.0
    present: float | None = None
    least: int = 0
    can_stop: bool = False

    def ended(self) -> "Job":
        """The same, over."""
        return replace(self, running=False, share=1.0)
