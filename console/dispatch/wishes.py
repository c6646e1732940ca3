"""What ``doorstep plan`` was asked, and what of it a search has to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.dispatch.station import Station
from console.domain.errors import ConsoleError
from console.domain.objective import COST, OBJECTIVES
from console.domain.plan import RouteId
from console.planning.run import ChangeBudget, Scope, Terms
from console.tongues import tr

PLAN, VROOM = "plan", "vroom"
FORMATS = (PLAN, VROOM)

PROMISE_MINUTES = ChangeBudget().minutes

_COUNTS = ("drivers", "promises", "minutes")
_PRICES = ("driver_price", "promise_price")


@dataclass(frozen=True, slots=True)
class Request:
    """What ``doorstep plan`` was asked.

    ``orders`` may be a VROOM problem, which brings its vehicles: ``fleet`` is then None, and so
    may be ``region`` and ``day``. ``start`` is a plan file to start from, ``routes`` are names of
    drivers. ``form`` is one of ``FORMATS``, empty for the one that came in.
    """

    orders: Path
    fleet: Path | None
    region: str
    day: date | None
    seconds: float
    out: Path
    seed: int = 0
    profile: str = COST.name
    start: Path | None = None
    budget: ChangeBudget = ChangeBudget()
    scope: Scope = Scope.ALL
    routes: tuple[str, ...] = ()
    work: int = 0
    form: str = ""


def read_budget(text: str) -> ChangeBudget:
    """``drivers=3,promises=0,minutes=15``; ValueError says what is wrong with it."""
    counts: dict[str, int] = {}
    prices: dict[str, float] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, value = (each.strip() for each in part.partition("="))
        if name in _COUNTS and value.isdecimal():
            counts[name] = int(value)
        elif name in _PRICES and value.replace(".", "", 1).isdecimal():
            prices[name] = float(value)
        else:
            known = ", ".join((*_COUNTS, *_PRICES))
            raise ValueError(f"{part!r} is not a number for one of {known}")
    return ChangeBudget(
        drivers=counts.get("drivers"),
        promises=counts.get("promises"),
        minutes=counts.get("minutes", PROMISE_MINUTES),
        driver_price=prices.get("driver_price", 0.0),
        promise_price=prices.get("promise_price", 0.0),
    )


def terms_of(station: Station, request: Request) -> Terms:
    """The terms of the search; ConsoleError names the drivers there are where one is unknown."""
    return Terms(
        request.seconds,
        request.seed,
        work=request.work,
        objective=OBJECTIVES[request.profile],
        scope=request.scope,
        routes=_routes(station, request.routes),
        budget=request.budget,
    )


def _routes(station: Station, names: Sequence[str]) -> tuple[RouteId, ...]:
    by_name = {label.name: route for route, label in station.picture.drivers.items()}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise ConsoleError(
            tr("No driver of the fleet is called {unknown}.", unknown=unknown[0]),
            remedy=tr("Name some of {text} with --routes.", text=", ".join(sorted(by_name))),
        )
    return tuple(by_name[name] for name in names)
