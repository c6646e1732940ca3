"""From when on something of the running day is an alarm, as a depot sets it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, cast

from console.domain.orders import Priority

_MINUTE = timedelta(minutes=1)


class RuleMode(StrEnum):
    """What a depot's rule does with an answer that solves a late alarm cheaply enough."""

    OFF = "off"
    PROPOSE = "propose"
    APPLY = "apply"


USUAL_LATE = {
    Priority.HIGH: timedelta(),
    Priority.NORMAL: 5 * _MINUTE,
    Priority.LOW: 15 * _MINUTE,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """``late`` is how late a customer of each tier may be served before it is an alarm.

    ``cautious``: orders of high priority are held against the late end of their arrival's band.
    ``stop`` is how long a visit may last beyond its plan, ``silence`` how long a driver may be
    unheard of, ``astray`` how long off her route, ``overtime`` what may be driven after the
    shift, ``ahead`` how soon a window may close of a stop that nobody has. ``calm`` is how long an
    alarm has to be over before it counts as ended. ``rule`` is for answers that cost ``most`` at
    most, in the depot's currency, after which nothing is late and for which no drivers meet.
    """

    late: Mapping[Priority, timedelta] = field(default_factory=lambda: dict(USUAL_LATE))
    cautious: bool = True
    stop: timedelta = 15 * _MINUTE
    silence: timedelta = 10 * _MINUTE
    astray: timedelta = 3 * _MINUTE
    overtime: timedelta = 15 * _MINUTE
    ahead: timedelta = 60 * _MINUTE
    calm: timedelta = 2 * _MINUTE
    rule: RuleMode = RuleMode.OFF
    most: float = 0.0


SPANS = ("stop", "silence", "astray", "overtime", "ahead", "calm")


def told_limits(limits: Limits) -> dict[str, object]:
    """As values of JSON; times in seconds."""
    told: dict[str, object] = {name: getattr(limits, name).total_seconds() for name in SPANS}
    late = {tier.value: span.total_seconds() for tier, span in limits.late.items()}
    return {
        **told,
        "late": late,
        "cautious": limits.cautious,
        "rule": limits.rule.value,
        "most": limits.most,
    }


def read_limits(told: Mapping[str, Any]) -> Limits:
    """From values of JSON; what is not told is as usual. ValueError for what is no number."""
    spans = {name: timedelta(seconds=float(told[name])) for name in SPANS if name in told}
    late = cast("Mapping[str, float]", told.get("late", {}))
    tiers = {Priority(tier): timedelta(seconds=float(span)) for tier, span in late.items()}
    cautious = bool(told.get("cautious", True))
    rule, most = RuleMode(told.get("rule", RuleMode.OFF)), float(told.get("most", 0.0))
    return Limits(late={**USUAL_LATE, **tiers}, cautious=cautious, rule=rule, most=most, **spans)
