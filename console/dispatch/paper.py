"""Paper for drivers: what is wanted of it, and what a printer of it needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from console.dispatch.maplinks import MapLink
from console.dispatch.picture import Picture
from console.dispatch.ports import Basemap
from console.dispatch.ways import ENGLISH, Leg, Way
from console.domain.errors import ConsoleError
from console.domain.orders import OrderEntry, OrderId
from console.domain.plan import RouteId
from console.tongues import tr


class Paper(StrEnum):
    """What is printed for each driver."""

    ROUTE = "route"
    LOADING = "loading"
    BOTH = "both"


class PaperSize(StrEnum):
    """The sheets in the printer."""

    A4 = "A4"
    LETTER = "Letter"


@dataclass(frozen=True, slots=True)
class PaperWish:
    """``routes`` () are all; ``link`` is what the QR code of a stop opens.

    ``with_pieces``: codes that open several stops at once, where ``link`` can. ``language`` is that
    of the directions for drivers of whom the fleet says none.
    """

    paper: Paper = Paper.ROUTE
    size: PaperSize = PaperSize.A4
    routes: tuple[RouteId, ...] = ()
    link: MapLink = MapLink.GEO
    with_map: bool = True
    with_pieces: bool = True
    with_directions: bool = False
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class Papers:
    """Everything on the paper. A route without a way has no map; nor has any without ``wish``'s.

    ``spoken`` are the languages of directions that are not in the wish's.
    """

    picture: Picture
    wish: PaperWish = PaperWish()
    entries: Mapping[OrderId, OrderEntry] = field(default_factory=dict[OrderId, OrderEntry])
    ways: Mapping[RouteId, Way] = field(default_factory=dict[RouteId, Way])
    basemap: Basemap | None = None
    directions: Mapping[RouteId, tuple[Leg, ...]] = field(
        default_factory=dict[RouteId, tuple[Leg, ...]]
    )
    spoken: Mapping[RouteId, str] = field(default_factory=dict[RouteId, str])

    def routes(self) -> list[RouteId]:
        """The routes to print, by driver number; ConsoleError when there are none."""
        wanted = self.wish.routes
        drivers, schedules = self.picture.drivers, self.picture.schedules
        found = [route for route in schedules if not wanted or route in wanted]
        if not found:
            raise ConsoleError(
                tr("There is no route to print."), remedy=tr("Optimise or assign first.")
            )
        return sorted(found, key=lambda route: drivers[route].number)
