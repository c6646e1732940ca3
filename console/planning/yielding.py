"""Where others make room for a stop: a less important one, or a second van."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from console.domain.commands import AdmitStop
from console.domain.load import DIMENSIONS, Load
from console.domain.plan import Route, Stop
from console.planning.drafts import Draft, Extent, Kind, draft, landing
from console.planning.pairs import Pairs
from console.planning.splitting import split
from console.planning.spots import least_harm
from console.planning.trials import Trial, Trials

NEARBY = 120  # less important stops that are tried to be left out
SPOTS = 3  # places tried where each of them leaves
FIRSTS, SECONDS = 4, 12  # vans tried for the two parts of a stop


class Yielding:
    """Drafts for one stop that depends on no other; ``routes`` are those that may take it."""

    def __init__(self, trials: Trials, wanted: Stop, routes: Sequence[Route], pairs: Pairs) -> None:
        self._trials, self._wanted, self._pairs = trials, wanted, pairs
        self._routes = [route for route in routes if not route.locked]

    def drops(self) -> Iterator[Draft]:
        """Less important stops left out, the nearest ones."""
        for route, stop in self._less_important()[:NEARBY]:
            rest = tuple(s for s in self._trials.plan.stops_of(route.id) if s.id != stop.id)
            extent = Extent(len(stop.orders), subject=", ".join(o.id for o in stop.orders))
            for position, late in self._trials.spots(route, rest, self._wanted)[:SPOTS]:
                if late:
                    break
                trial = self._trials.inserted(route, rest, self._wanted, position)
                if not trial.harms:
                    needs = AdmitStop((), dropped=(stop.id,))
                    yield draft(Kind.DROP, trial, (self._wanted,), extent, needs)

    def _less_important(self) -> list[tuple[Route, Stop]]:
        matrix = self._trials.matrix
        cells, here = matrix.durations, matrix.position(self._wanted.place)

        def far(pair: tuple[Route, Stop]) -> tuple[int, str]:
            there = matrix.position(pair[1].place)
            away = cells[matrix.cell(here, there)] + cells[matrix.cell(there, here)]
            return away, pair[1].id

        found = [
            (route, stop)
            for route in self._routes
            for stop in self._trials.plan.stops_of(route.id)
            if self._gives_way(stop)
        ]
        return sorted(found, key=far)

    def _gives_way(self, stop: Stop) -> bool:
        if not stop.is_open or stop.pinned or stop.loaded or stop.overrides:
            return False
        if self._pairs.is_tied(stop):
            return False
        ranks = stop.priority.rank, self._wanted.priority.rank
        if ranks[0] != ranks[1]:
            return ranks[0] > ranks[1]
        return _is_optional(stop) and not _is_optional(self._wanted)

    def splits(self) -> Iterator[Draft]:
        """The stop made two: as much as fits on a roomy van, the rest on another."""
        wanted = self._wanted
        if self._pairs.is_tied(wanted):
            return
        roomy = sorted(self._routes, key=lambda r: (-_part(wanted.load, self._room(r), r), r.id))
        for route in roomy[:FIRSTS]:
            parts = split(self._trials.plan, wanted, self._room(route), route.shift)
            if parts is None:
                continue
            first = least_harm(self._trials, route, (parts.first,))
            second = None if first.harms else self._second(route, parts.second)
            if second is None:
                continue
            extent = replace(_extent(parts.second.load, wanted.load), other=second.route)
            needs = AdmitStop((), orders=parts.orders, parts=(parts.second,))
            one = draft(Kind.SPLIT, first, (parts.first,), extent, needs)
            landings = (*one.command.landings, landing(second, parts.second.id))
            command = replace(one.command, landings=landings)
            yield replace(one, command=command, price=first.price + second.price)

    def _second(self, first: Route, part: Stop) -> Trial | None:
        others = [
            route
            for route in self._routes
            if route.id != first.id and _part(part.load, self._room(route), route) >= 1
        ]
        tried = (least_harm(self._trials, route, (part,)) for route in others[:SECONDS])
        return min((t for t in tried if not t.harms), key=lambda t: t.price, default=None)

    def _room(self, route: Route) -> Load:
        """What more may be on board, in the dimensions that have limits."""
        present = self._trials.present(route.id)
        loaded = Load() if present is None or route.shift.reloads else present.load
        limits = {name: route.shift.capacity.limit(name) or 0.0 for name in DIMENSIONS}
        room = {name: max(0.0, limits[name] - loaded.amount(name)) for name in DIMENSIONS}
        return Load(int(room["pieces"]), room["kg"], room["m3"], room["units"])


def _part(load: Load, room: Load, route: Route) -> float:
    """How many times a load fits; as often as one likes where nothing limits it."""
    limited = (n for n in DIMENSIONS if route.shift.capacity.limit(n) is not None)
    shares = [room.amount(n) / load.amount(n) for n in limited if load.amount(n) > 0]
    return min(shares, default=float("inf"))


def _extent(second: Load, whole: Load) -> Extent:
    """What goes on the second van, in the dimension of which it is the most."""
    unit = max(
        DIMENSIONS, key=lambda n: second.amount(n) / whole.amount(n) if whole.amount(n) else 0.0
    )
    return Extent(second.amount(unit), unit)


def _is_optional(stop: Stop) -> bool:
    return all(order.skip_price is not None for order in stop.orders)
