"""What a depot says of its exceptions: its tree of causes, service levels, money, pickup points."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any, cast

from console.dispatch.alarmlimits import Limits, read_limits, told_limits
from console.dispatch.lanes import Lane
from console.dispatch.station import Station
from console.domain.cases import SERVICE_LEVELS, Severity
from console.domain.errors import ConsoleError
from console.domain.places import Address
from console.domain.plan import Cause
from console.tongues import tr

USUAL_TYPES: Mapping[Cause, tuple[str, ...]] = {
    Cause.WEATHER: ("Snow or ice", "Storm", "Flood"),
    Cause.BREAKDOWN: ("Does not start", "Flat tyre", "Accident", "Battery empty"),
    Cause.ILLNESS: ("Before the shift", "On the road"),
    Cause.TRAFFIC: ("Jam", "Road closed", "No place to park"),
    Cause.ABSENT: ("Nobody home", "Shop closed", "Does not answer the phone"),
    Cause.ACCESS: ("Gate locked", "No lift", "Not let in"),
    Cause.ADDRESS: ("House not found", "No such name", "Moved away"),
    Cause.DAMAGE: ("Crushed", "Wet", "Cold chain broken", "Missing"),
    Cause.REFUSED: ("Not ordered", "Too late", "Will not pay"),
    Cause.CAPACITY: ("Too large", "Vehicle full"),
    Cause.WINDOW: ("Came too late", "Came too early"),
}
"""The leaves of the tree where a depot has none of its own; ``tr`` says them when shown."""

USUAL_SEVERITY: Mapping[Cause, Severity] = {
    Cause.BREAKDOWN: Severity.CRITICAL,
    Cause.ILLNESS: Severity.CRITICAL,
    Cause.DAMAGE: Severity.HIGH,
    Cause.WINDOW: Severity.HIGH,
    Cause.REFUSED: Severity.LOW,
}
"""What is proposed; NORMAL for the other causes."""

USUAL_PRICES = {Cause.DAMAGE: 20.0, Cause.WINDOW: 5.0, Cause.BREAKDOWN: 5.0}


@dataclass(frozen=True, slots=True)
class Policy:
    """What a customer gets for what went wrong, in the depot's currency.

    Above ``limit`` a manager has to agree; nothing above ``most`` is paid for one exception.
    """

    amounts: Mapping[Cause, float] = field(default_factory=lambda: dict(USUAL_PRICES))
    limit: float = 25.0
    most: float = 500.0

    def proposed(self, cause: Cause | None) -> float:
        """What the policy gives for a cause; 0 where it gives nothing."""
        return self.amounts.get(cause, 0.0) if cause is not None else 0.0


@dataclass(frozen=True, slots=True)
class DepotRules:
    """All of it; ``types`` are the leaves of the tree by cause, ``limits`` those of alarms."""

    types: Mapping[Cause, tuple[str, ...]] = field(default_factory=lambda: dict(USUAL_TYPES))
    levels: Mapping[Severity, timedelta] = field(default_factory=lambda: dict(SERVICE_LEVELS))
    policy: Policy = Policy()
    pickup_points: tuple[Address, ...] = ()
    limits: Limits = Limits()

    def with_type(self, cause: Cause, name: str) -> "DepotRules":
        """With one more leaf; ConsoleError where it is there, or says nothing."""
        text = " ".join(name.split())
        known = self.types.get(cause, ())
        if not text or text.casefold() in {each.casefold() for each in known}:
            raise ConsoleError(
                tr("“{text}” is in the list already.", text=text)
                if text
                else tr("The type has no name."),
                remedy=tr("Type another name."),
            )
        return replace(self, types={**self.types, cause: (*known, text)})


async def rules_of(station: Station) -> DepotRules:
    """The open depot's; the usual ones where it has none."""
    services = station.services
    kept = await services.lanes.run(Lane.SQL, partial(services.preferences.get, _owner(station)))
    return decoded(kept.get(_NAME, ""))


async def keep_rules(station: Station, rules: DepotRules) -> None:
    """Let these hold for the depot, for all who work on its store."""
    services = station.services
    values = {_NAME: encoded(rules)}
    await services.lanes.run(Lane.SQL, partial(services.preferences.put, _owner(station), values))


_NAME = "exception_rules"


def _owner(station: Station) -> str:
    """No person is called so: logins have no slash."""
    if station.depot is None:
        raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))
    return f"depot/{station.depot.id}"


def encoded(rules: DepotRules) -> str:
    """As text."""
    return json.dumps(
        {
            "types": {cause.value: list(names) for cause, names in rules.types.items()},
            "levels": {s.value: span.total_seconds() for s, span in rules.levels.items()},
            "amounts": {cause.value: money for cause, money in rules.policy.amounts.items()},
            "limit": rules.policy.limit,
            "most": rules.policy.most,
            "points": [[p.street, p.postcode, p.city, p.country] for p in rules.pickup_points],
            "alarms": told_limits(rules.limits),
        },
        ensure_ascii=False,
    )


def decoded(text: str) -> DepotRules:
    """From text; the usual rules where there is none. ConsoleError where it cannot be read."""
    if not text:
        return DepotRules()
    try:
        told = cast("dict[str, Any]", json.loads(text))
        points = cast("Sequence[Sequence[str]]", told["points"])
        policy = Policy(
            {Cause(key): float(money) for key, money in told["amounts"].items()},
            float(told["limit"]),
            float(told["most"]),
        )
        return DepotRules(
            {Cause(key): tuple(names) for key, names in told["types"].items()},
            {Severity(key): timedelta(seconds=s) for key, s in told["levels"].items()},
            policy,
            tuple(Address(*point) for point in points),
            read_limits(told.get("alarms", {})),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConsoleError(
            tr("The depot's rules for exceptions cannot be read: {error}.", error=error),
            remedy=tr("Set them anew: Exceptions, Rules."),
        ) from error
