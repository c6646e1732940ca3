"""A proposal on the map: the present plan grey under it, what is new in the drivers' colours."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import groupby, pairwise

from console.dispatch.picture import Picture
from console.domain.plan import RouteId, Stop, StopId
from console.tongues import tr
from console.ui.labels import route_label
from console.ui.map.marks import LineKind, RouteLine, Sides, StopMark, StopState
from console.ui.marking import Drawn, joined
from console.ui.theme.theme import Theme

NOBODY = "?"


class Side(StrEnum):
    """Which plan is shown."""

    PRESENT = "present"
    BOTH = "both"
    PROPOSAL = "proposal"


_LONGEST = 18  # letters of a name on the switch


def sides(side: Side, names: tuple[str, str], old: str) -> Sides:
    """The switch and the legend; ``names`` of both plans, and what the grey one is."""
    first, second = (_short(name) for name in names)
    choices = ((Side.PRESENT, first), (Side.BOTH, tr("Both")), (Side.PROPOSAL, second))
    legend = (
        ("old", "", _short(old)),
        ("piece", "", tr("new piece, in the driver's colour")),
        ("tag", "", tr("changes driver")),
    )
    return Sides(side, choices, legend if side is Side.BOTH else ())


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def lines(present: Sequence[Drawn], proposed: Sequence[Drawn]) -> list[RouteLine]:
    """Old ones in grey; of routes that change, the new course thin and its new pieces thick."""
    before = {drawn.line.key: drawn for drawn in present}
    made = [
        replace(drawn.line, key=f"old {drawn.line.key}", kind=LineKind.OLD, pattern=(), name="")
        for drawn in present
    ]
    for drawn in proposed:
        was = before.get(drawn.line.key)
        if was is None or was.nodes != drawn.nodes:
            made += [drawn.line, *_pieces(drawn, was)]
    return made


def _pieces(drawn: Drawn, was: Drawn | None) -> Iterator[RouteLine]:
    """Runs of legs that the route did not have."""
    known = set(pairwise(was.nodes)) if was else set[tuple[str, str]]()
    legs = zip(pairwise(drawn.nodes), drawn.legs, strict=True)
    for is_new, run in groupby(legs, key=lambda leg: leg[0] not in known):
        told = list(run)
        if is_new:
            yield replace(
                drawn.line,
                key=f"new {drawn.line.key} {told[0][0][0]}",
                points=joined(tuple(leg for _, leg in told)),
                kind=LineKind.PIECE,
                name="",
            )


def marks(
    proposed: Sequence[StopMark],
    pictures: tuple[Picture, Picture],
    changed: Collection[str],
    theme: Theme,
) -> list[StopMark]:
    """Stops as proposed: dots, grey on routes that stay, with a tag where the driver changes.

    ``pictures`` are the present and the proposed one, ``changed`` the routes that differ.
    """
    grey = theme.tokens.maps[theme.scheme]["old"]
    return [_mark(mark, pictures, changed, grey) for mark in proposed]


def _mark(
    mark: StopMark, pictures: tuple[Picture, Picture], changed: Collection[str], grey: str
) -> StopMark:
    was, goes = (picture.plan.stops.get(StopId(mark.key)) for picture in pictures)
    small = replace(mark, small=mark.state is not StopState.UNASSIGNED)
    if was is not None and goes is not None and was.route != goes.route:
        return replace(small, tag=(_number(was, pictures[0]), _number(goes, pictures[1])))
    if mark.route_key is not None and mark.route_key not in changed:
        return replace(small, color=grey)
    return small


def _number(stop: Stop, picture: Picture) -> str:
    return str(route_label(picture, stop.route).number) if stop.route else NOBODY


def changed_routes(present: Picture, proposed: Picture) -> frozenset[RouteId]:
    """Routes whose stops or their order differ."""
    before: Mapping[RouteId, tuple[StopId, ...]] = {
        route.id: route.stops for route in present.plan.routes.values()
    }
    after = proposed.plan.routes.values()
    return frozenset(route.id for route in after if before.get(route.id) != route.stops)
