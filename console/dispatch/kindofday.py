"""What kind of day is simulated: a file of ``data/scenarios``, checked when it is read.

Shares are from 0 to 1, factors multiply times, clock times are the depot's. ``driver`` is a place
in the list of routes by number, from 1; 0 is every driver. See ``data/scenarios/README.md``.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from console.domain.errors import ConsoleError
from console.settings import bundled
from console.tongues import tr


class IncidentKind(StrEnum):
    """What may happen."""

    BREAKDOWN = "breakdown"  # the vehicle stands for some minutes; 0 minutes: for the whole day
    ILL = "ill"  # the driver does not come
    SLOW = "slow"  # all driving takes ``factor`` times as long from ``at`` to ``until``
    CLOSURE = "closure"  # driving within ``radius`` m of a stop takes ``factor`` times as long
    DEPOT_LATE = "depot_late"  # nobody leaves before ``until``
    LONG_STOP = "long_stop"  # the visit under way at ``at``, else the next, takes ``minutes`` more
    ADDRESSES = "addresses"  # the doors of ``count`` stops next to each other are not found
    SILENCE = "silence"  # the phone sends nothing for some minutes, and all of it afterwards


MOST = {"drivers": 60, "stops": 1000}
"""What a day may have."""

SPANS = frozenset((IncidentKind.SLOW, IncidentKind.CLOSURE))
"""What lasts from ``at`` to ``until``."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that happens; which fields count depends on its kind."""

    kind: IncidentKind
    at: time = time(0)
    until: time = time(23, 59)
    driver: int = 0
    minutes: float = 0.0
    factor: float = 1.0
    radius: float = 400.0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of day.

    ``drive_spread`` and ``service_spread`` are the spread of the natural logarithm of a leg's and a
    visit's time about what was planned; ``pace`` multiplies every leg. ``absent`` is the share of
    stops where nobody is there, ``refused`` of those that refuse. ``gps_noise`` in metres,
    ``gps_gaps`` the share of time without a signal, ``gps_jumps`` the share of fixes that are far
    off. ``every`` is seconds between fixes. ``drivers`` and ``stops`` are those of the day; 0 is
    the demo's own number.
    """

    name: str
    title: str
    about: str = ""
    goals: tuple[str, ...] = ()
    seed: int = 1
    pace: float = 1.0
    drive_spread: float = 0.15
    service_spread: float = 0.35
    absent: float = 0.04
    refused: float = 0.01
    gps_noise: float = 8.0
    gps_gaps: float = 0.03
    gps_jumps: float = 0.002
    every: float = 15.0
    drivers: int = 0
    stops: int = 0
    incidents: tuple[Incident, ...] = ()


class ScenarioFault(ConsoleError):  # noqa: N818 - a verdict
    """What is wrong with a scenario: ``what`` with which ``field``, of the incident ``number``.

    ``number`` counts from 1; 0 is the scenario itself.
    """

    def __init__(self, file: str, field: str, what: str) -> None:
        super().__init__(
            f"{file}: {field} {what}.", remedy=tr("Correct the file; its README names the fields.")
        )
        found = re.match(r"incident (\d+): (.*)", field)
        self.number, self.field = (int(found[1]), found[2]) if found else (0, field)
        self.what = what


CALM = Scenario("calm-day", "A calm day")


def scenarios() -> list[Scenario]:
    """All that come with the program, by name."""
    return read_all(bundled("data") / "scenarios")


def read_all(folder: Path) -> list[Scenario]:
    """All files of a folder, by name; none where there is no such folder."""
    return [read(file) for file in sorted(folder.glob("*.toml"))]


def scenario(name: str) -> Scenario:
    """One of them, or a file's; ConsoleError names those there are."""
    file = Path(name)
    if file.suffix == ".toml":
        return read(file)
    known = {each.name: each for each in scenarios()}
    if name not in known:
        raise ConsoleError(
            tr("There is no scenario {name!r}.", name=name),
            remedy=tr(
                "Choose one of {text}, or name a file that ends in .toml.", text=", ".join(known)
            ),
        )
    return known[name]


def read(file: Path) -> Scenario:
    """A scenario's file; ConsoleError names the field that is wrong."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConsoleError(
            tr("The scenario {name} cannot be read: {error}.", name=file.name, error=error),
            remedy=tr("Correct the file."),
        ) from error
    listed = told.pop("incident", [])
    if not isinstance(listed, list):
        raise _wrong(file, "incident", tr("is no list of [[incident]]"))
    tables = cast("list[object]", listed)
    incidents = tuple(_incident(file, i, each) for i, each in enumerate(tables, 1))
    values = _checked(file, Scenario, {**told, "name": file.stem}, "")
    values["goals"] = tuple(str(goal) for goal in values.get("goals", ()))
    values.setdefault("title", "")
    return check(Scenario(**values, incidents=incidents))


def check(scenario: Scenario) -> Scenario:
    """The same, once every amount and incident is found to make sense; else ConsoleError."""
    file = Path(f"{scenario.name or 'scenario'}.toml")
    _check_amounts(file, {each.name: getattr(scenario, each.name) for each in fields(scenario)})
    for number, incident in enumerate(scenario.incidents, 1):
        _check_incident(file, f"incident {number}: ", incident)
        _check_driver(file, f"incident {number}: ", scenario, incident)
    return scenario


def _check_driver(file: Path, where: str, scenario: Scenario, incident: Incident) -> None:
    if scenario.drivers and incident.driver > scenario.drivers:
        raise _wrong(
            file,
            f"{where}driver",
            tr("is none of the {drivers} of this day", drivers=scenario.drivers),
        )


def check_incident(incident: Incident) -> Incident:
    """The same, where it could happen; else ConsoleError."""
    return _check_incident(Path("incident"), "", incident)


def _check_amounts(file: Path, values: Mapping[str, Any]) -> None:
    if not values.get("title"):
        raise _wrong(file, "title", tr("is missing"))
    for share in ("absent", "refused", "gps_gaps", "gps_jumps"):
        if not 0 <= values.get(share, 0) <= 1:
            raise _wrong(file, share, tr("is no share from 0 to 1"))
    for name, most in MOST.items():
        if not 0 <= values.get(name, 0) <= most:
            raise _wrong(file, name, tr("is not from 0 to {most}", most=most))
    for amount in ("pace", "every"):
        if values.get(amount, 1) <= 0:
            raise _wrong(file, amount, tr("is not more than 0"))


def _incident(file: Path, number: int, told: object) -> Incident:
    where = f"incident {number}: "
    if not isinstance(told, dict):
        raise _wrong(file, f"incident {number}", tr("is no table"))
    values = _checked(file, Incident, cast("dict[str, Any]", told), where)
    try:
        values["kind"] = IncidentKind(values.get("kind", ""))
    except ValueError:
        known = ", ".join(IncidentKind)
        raise _wrong(file, f"{where}kind", tr("is not one of {known}", known=known)) from None
    return _check_incident(file, where, Incident(**values))


def _check_incident(file: Path, where: str, told: Incident) -> Incident:
    """What a kind cannot do without, so that nothing is written down that never happens."""
    kind = told.kind
    for name in ("driver", "count", "minutes"):
        if getattr(told, name) < 0:
            raise _wrong(file, where + name, tr("is less than 0"))
    for name in ("factor", "radius"):
        if getattr(told, name) <= 0:
            raise _wrong(file, where + name, tr("is too small"))
    if kind in SPANS and told.until <= told.at:
        raise _wrong(file, f"{where}until", tr("is not after its at"))
    if kind in (IncidentKind.LONG_STOP, IncidentKind.SILENCE) and not told.minutes:
        raise _wrong(file, f"{where}minutes", tr("is missing: how long it takes"))
    if kind is IncidentKind.ADDRESSES and not told.count:
        raise _wrong(file, f"{where}count", tr("is missing: how many doors are not found"))
    return told


_TIMES = frozenset(("at", "until"))


def _checked(file: Path, kind: type[Any], told: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The fields of a table, each of the type it has to be."""
    known = {field.name: field.default for field in fields(kind)}
    values = dict[str, Any]()
    for name, value in told.items():
        if name not in known:
            raise _wrong(file, where + name, tr("is not one of {text}", text=", ".join(known)))
        if name in _TIMES and isinstance(value, str):
            try:
                values[name] = time.fromisoformat(value)
            except ValueError:
                raise _wrong(file, where + name, tr("is no time such as 10:00")) from None
        elif not _fits(value, known[name]):
            raise _wrong(file, where + name, tr("cannot be {value!r}", value=value))
        else:
            values[name] = value
    return values


def _fits(value: object, default: object) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return type(value) is type(default)
    if isinstance(default, int):
        return isinstance(value, int)
    if isinstance(default, float):
        return isinstance(value, (int, float))
    if isinstance(default, (tuple, time)):
        return isinstance(value, (list, time))
    return isinstance(value, str)


def _wrong(file: Path, field: str, what: str) -> ScenarioFault:
    return ScenarioFault(file.name, field, what)
