"""The steps of the tour, in order, and when each is done; pure."""

from collections.abc import Callable
from dataclasses import dataclass, field

from console.dispatch.picture import Picture
from console.domain.plan import StopId
from console.tongues import tr

MOVES = frozenset(
    (
        "move_stops.1",
        "send_tail.1",
        "split_route.1",
        "swap_routes.1",
        "merge_routes.1",
        "reverse_route.1",
    )
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the steps look at. ``kinds`` are those of all rows of the history, oldest first."""

    has_streets: bool = False
    picture: Picture = field(default_factory=Picture)
    kinds: tuple[str, ...] = ()
    imports: int = 0
    printed: int = 0
    picked: tuple[StopId, ...] = ()
    shows_details: bool = False

    def did(self, before: "Scene", kinds: frozenset[str]) -> bool:
        """True when a step of these kinds was made since."""
        return any(kind in kinds for kind in self.kinds[len(before.kinds) :])


Done = Callable[[Scene, Scene], bool]
"""(as it was when the step began, as it is now)."""


def _never(_scene: Scene) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Step:
    """One card. ``{name}`` in the text is an action; ``anchor`` the control it points at.

    A step for which there is no need is left out. ``page`` is where the guide tells more.
    """

    key: str
    title: str
    text: str
    anchor: str
    page: str
    done: Done
    needless: Callable[[Scene], bool] = _never


def _has_streets(scene: Scene) -> bool:
    return scene.has_streets


def _has_drivers(scene: Scene) -> bool:
    return bool(scene.picture.plan.routes)


def _unsure(scene: Scene) -> int:
    """How many stops have an address that somebody should look at."""
    return sum(not label.certainty.is_sure for label in scene.picture.labels.values())


def _all_found(scene: Scene) -> bool:
    return bool(scene.picture.plan.stops) and not _unsure(scene)


def _fixed(before: Scene, now: Scene) -> bool:
    return _unsure(now) < _unsure(before)


def _why(_before: Scene, now: Scene) -> bool:
    stops = now.picture.plan.stops
    alone = [stops[stop] for stop in now.picked if stop in stops]
    return now.shows_details and len(alone) == 1 and alone[0].route is None


STEPS: tuple[Step, ...] = (
    Step(
        "streets",
        tr("Bring the streets"),
        tr(
            "Once for each area: {add_region}, and choose an OpenStreetMap extract, a "
            "file that ends in .osm.pbf. Map, addresses and travel times come from it, "
            "without internet."
        ),
        "menu",
        "streets",
        lambda _before, now: _has_streets(now),
        _has_streets,
    ),
    Step(
        "drivers",
        tr("Who drives"),
        tr("{import_fleet} reads a table with one row a driver. Or type them in: {fleet}."),
        "menu",
        "fleet",
        lambda _before, now: _has_drivers(now),
        _has_drivers,
    ),
    Step(
        "load",
        tr("Load a file"),
        tr(
            "{import_orders}, or drop a file with orders on the window. A report says "
            "what came in and what did not."
        ),
        "step import",
        "orders",
        lambda before, now: now.imports > before.imports,
    ),
    Step(
        "locate",
        tr("Locate what is doubtful"),
        tr(
            "Some addresses could be several doors. {fix_addresses}: take a suggestion, "
            "or click the right door on the map, and save."
        ),
        "step locate",
        "addresses",
        _fixed,
        _all_found,
    ),
    Step(
        "plan",
        tr("Plan the day"),
        tr(
            "{optimise} makes the routes. You may go on working meanwhile. Where the day "
            "has a plan already, a proposal is shown beside it: {adopt_proposal}."
        ),
        "step optimise",
        "planning",
        lambda before, now: now.did(before, frozenset(("adopt_solution.1",))),
    ),
    Step(
        "move",
        tr("Move a stop"),
        tr(
            "Drag a bar to another driver's row. Each row says what the drop would cost. "
            "Without a mouse: pick a stop, then {send_stops}."
        ),
        "timeline",
        "moving",
        lambda before, now: now.did(before, MOVES),
    ),
    Step(
        "undo",
        tr("Undo it"),
        tr("{undo}. Everything can be undone, as far back as you like; {history} shows all steps."),
        "undo",
        "overrides#undo-and-history",
        lambda before, now: now.did(before, frozenset(("revert.1",))),
    ),
    Step(
        "why",
        tr("Why is this order unassigned?"),
        tr(
            "Click Unassigned above this list, then a stop. The panel at the right says "
            "what stands in the way and what would let it in; {details} shows it. If "
            "every order has a driver, take one off first: {unassign}."
        ),
        "orders",
        "unassigned",
        _why,
    ),
    Step(
        "print",
        tr("Print"),
        tr("{route_sheets}: paper for the drivers, from a printer or as a PDF."),
        "menu",
        "paper",
        lambda before, now: now.printed > before.printed,
    ),
    Step(
        "end",
        tr("That is the whole way"),
        tr(
            "{help} opens the guide at the page of where you are. {palette} does and "
            "finds anything. The bar at the top always says what comes next."
        ),
        "menu",
        "first-day",
        lambda _before, _now: False,
    ),
)


def following(at: int, scene: Scene) -> int:
    """The index of the next step that there is need for; the last one always is."""
    wanted = (i for i in range(at + 1, len(STEPS)) if not STEPS[i].needless(scene))
    return next(wanted, len(STEPS) - 1)
