"""What the dispatcher asks of the optimiser, and how it is remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from console.domain.objective import COST, OBJECTIVES, Objective
from console.domain.plan import RouteId
from console.planning.run import ChangeBudget, Scope, Terms

OWN = "own"
SECONDS = (5, 20, 60)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to optimise. ``selected`` keeps to the routes that are picked when it begins.

    ``drivers`` and ``promises`` are caps on what may change, None where there is none; an arrival
    counts as moved by more than ``minutes``. ``amends`` changes routes, too, that are out.
    """

    objective: Objective = COST
    seconds: float = 20.0
    scope: Scope = Scope.ALL
    selected: bool = False
    drivers: int | None = None
    promises: int | None = None
    minutes: int = 15
    amends: bool = False

    def terms(self, picked: Sequence[RouteId] = ()) -> Terms:
        """The search that is meant."""
        return Terms(
            self.seconds,
            objective=self.objective,
            scope=self.scope,
            routes=tuple(picked) if self.selected else (),
            budget=ChangeBudget(self.drivers, self.promises, self.minutes),
            amends=self.amends,
        )

    def weighing(self, weights: Objective) -> "Choice":
        """The same with other weights; they are the dispatcher's own unless a profile has them."""
        changed = replace(weights, name=OWN)
        for known in OBJECTIVES.values():
            if replace(known, name=OWN) == changed:
                return replace(self, objective=known)
        return replace(self, objective=changed)

    @property
    def is_free(self) -> bool:
        """True when nothing limits what may change."""
        return self == Choice(self.objective, self.seconds, minutes=self.minutes)


class _Kept(msgspec.Struct):
    """What is remembered; limits hold for the day on which they were set."""

    day: date
    choice: Choice


def kept(choice: Choice, day: date) -> str:
    """As text, to be kept for this user."""
    return msgspec.json.encode(_Kept(day, choice)).decode("ascii")


def remembered(text: str, day: date) -> Choice:
    """What was kept: profile and seconds for ever, limits on the day itself.

    What cannot be read any more is forgotten.
    """
    try:
        found = msgspec.json.decode(text, type=_Kept)
    except msgspec.MsgspecError:
        return Choice()
    if found.day == day:
        return found.choice
    return Choice(found.choice.objective, found.choice.seconds)
