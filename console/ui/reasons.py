"""Why a stop has no driver, in one sentence a driver, the nearest miss first."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from console.dispatch.picture import Picture
from console.domain.plan import StopId
from console.tongues import tr
from console.ui.labels import cost_text, route_label

if TYPE_CHECKING:
    from console.planning.explain import Reason  # loads NumPy, which windows start without


def sentences(
    picture: Picture, found: Mapping[StopId, Sequence["Reason"]]
) -> dict[StopId, list[str]]:
    """A general line first where all drivers fail for the same rule."""
    return {stop: _lines(picture, reasons) for stop, reasons in found.items()}


def _said(picture: Picture, why: "Reason") -> str:
    if why.rule == "fits":
        return tr("has room, {cost_text}", cost_text=cost_text(why.amount, picture.currency))
    return why.detail


def _lines(picture: Picture, reasons: Sequence["Reason"]) -> list[str]:
    routes = {route.shift.driver: route.id for route in picture.plan.routes.values()}
    lines = [
        f"{route_label(picture, routes[why.driver]).name}: {_said(picture, why)}"
        if why.driver is not None and why.driver in routes
        else why.detail
        for why in reasons
    ]
    same = {why.detail for why in reasons}
    if len(reasons) > 1 and len(same) == 1:
        return [tr("All drivers: {detail}", detail=reasons[0].detail)]
    return lines
