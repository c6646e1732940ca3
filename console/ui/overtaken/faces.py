"""An overtaken change in words."""

from dataclasses import dataclass

from console import formats, wording
from console.dispatch.overtaken import Overtaken
from console.dispatch.picture import Picture
from console.domain.commands import MoveStops
from console.domain.plan import RouteId, StopId
from console.tongues import tr
from console.ui.labels import count_text, route_label
from console.ui.rollcall import sentence

_NAMED = 2


@dataclass(frozen=True, slots=True)
class Face:
    """One card: what was wanted, why it was not done, who was first; ``stops`` are on the map."""

    key: str
    title: str
    what: str
    why: str
    theirs: str
    stops: tuple[StopId, ...] = ()


def face(item: Overtaken, picture: Picture, mine: str) -> Face:
    """A card's words; times on the depot's clock."""
    command, plan = item.draft.command, picture.plan
    names = command.names(plan)
    stops = tuple(stop for stop in plan.stops if stop in names)
    wanted = picture.local(item.draft.at)
    reason = {name: value for name, value in item.verdict.details.items() if name != "by"}
    return Face(
        item.key,
        f"{wording.command(command.kind)}, {formats.clock(wanted)}",
        _what(item, picture, stops),
        wording.reason(item.verdict.reason, reason),
        _theirs(item, picture, mine),
        stops,
    )


def _what(item: Overtaken, picture: Picture, stops: tuple[StopId, ...]) -> str:
    command = item.draft.command
    streets = [label.street for stop in stops if (label := picture.labels.get(stop))]
    parts = [", ".join(streets[:_NAMED])]
    if len(streets) > _NAMED:
        parts = [
            tr(
                "{parts} and {count_text} more",
                parts=parts[0],
                count_text=count_text(len(streets) - _NAMED),
            )
        ]
    if isinstance(command, MoveStops):
        parts.append(tr("to {driver}", driver=_driver(picture, command.to)))
    return " ".join(part for part in parts if part)


def _driver(picture: Picture, route: RouteId | None) -> str:
    if route is None:
        return tr("no driver")
    known = route in picture.plan.routes
    return route_label(picture, route).name if known else tr("a driver who has left the plan")


def _theirs(item: Overtaken, picture: Picture, mine: str) -> str:
    if item.theirs is None:
        return ""
    return f"{picture.clock(item.theirs.at)}  {sentence([item.theirs], mine)}"
