"""What would let an unassigned stop in, as one click each: words, price, command."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.dispatch.picture import Picture
from console.domain.commands import Command
from console.tongues import inside, tr
from console.ui.labels import cost_text, route_label

if TYPE_CHECKING:
    from console.planning.relaxations import Relaxation  # needed only when somebody asks

_ORDER = {"fits": 0, "drop": 2}
SAME = 0.005  # less than a cent is nothing


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that lets a stop in, found at the plan's version ``base``.

    ``number`` is the driver's who then has it. ``cheaper`` says that it even saves money.
    """

    number: int
    text: str
    price: str
    command: Command
    base: int
    cheaper: bool = False

    @property
    def spoken(self) -> str:
        """In one sentence: ``Widen the window by 14 min: +€ 3.20``."""
        return f"{self.text}: {self.price}"


def remedies(picture: Picture, found: Sequence["Relaxation"]) -> tuple[Remedy, ...]:
    """What breaks nothing first, what leaves another order out last; else the cheapest first."""
    ordered = sorted(found, key=lambda relaxation: _ORDER.get(relaxation.kind, 1))
    return tuple(_remedy(picture, relaxation) for relaxation in ordered)


def _remedy(picture: Picture, relaxation: "Relaxation") -> Remedy:
    label = route_label(picture, relaxation.route)
    price = relaxation.price
    same = abs(price) < SAME
    return Remedy(
        label.number,
        f"{label.name}: {_lower(relaxation.detail)}",
        tr("costs nothing") if same else cost_text(price, picture.currency),
        relaxation.command,
        picture.plan.version,
        cheaper=price < -SAME,
    )


def _lower(sentence: str) -> str:
    """A sentence behind a colon; what begins with a number or a name in capitals stays."""
    return sentence if sentence[:2].isupper() else inside(sentence)
