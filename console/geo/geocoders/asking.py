"""Asks an address service for what the region's own index is not sure of, at the service's pace."""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from console.dispatch.extracts import Cancelled
from console.dispatch.ports import Progress, Region
from console.domain.errors import ConsoleError
from console.domain.places import Address, Certainty, Coordinate, Location
from console.geo.engines.door import Door
from console.geo.geocoder import RegionGeocoder
from console.geo.geocoders.contract import Answer, Service
from console.geo.geocoders.verdicts import verdict
from console.tongues import tr

_AT_THE_DOOR_M = 60.0


@dataclass(slots=True)
class Pace:
    """At least ``seconds`` between two questions, whoever asks."""

    seconds: float
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _next: float = 0.0

    def wait(self) -> None:
        """Return when the next question may go."""
        early = self._next - self.now()
        if early > 0:
            self.sleep(early)
        self._next = max(self._next, self.now()) + self.seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service allows: ``pace`` between questions, ``most`` in one go (0: no limit)."""

    pace: Pace
    most: int = 0


class AskingGeocoder:
    """Implements ``dispatch.ports.Geocoder``: the region's index first, then the service.

    ``asks_all``: the service is asked for every address, and the index answers where it does not.
    A service that fails costs its answers, never the import.
    """

    def __init__(
        self, own: RegionGeocoder, region: Region, service: Service, door: Door, limits: Limits
    ) -> None:
        self._own, self._region, self._service, self._door = own, region, service, door
        self._limits = limits
        self._lock = Lock()
        self.asks_all = False

    def close(self) -> None:
        """Hang up, and let go of the index."""
        self._door.close()
        self._own.close()

    def locate(self, address: Address) -> Location:
        """The better of both answers."""
        return self.locate_all([address])[0]

    def locate_all(
        self, addresses: Sequence[Address], progress: Progress | None = None
    ) -> list[Location]:
        """The same for many; each distinct address is asked for once."""
        known = self._own.locate_all(addresses, progress)
        addresses = addresses[: len(known)]
        own = dict(zip(addresses, known, strict=True))
        asked = [address for address, found in own.items() if self._is_wanted(address, found)]
        allowed = asked[: self._limits.most] if self._limits.most else asked
        with contextlib.suppress(Cancelled):  # what is found is worth keeping
            self._ask_all(allowed, own, progress)
            for address in asked[len(allowed) :]:
                own[address] = _with(own[address], "service_limit")
            if progress:
                progress(tr("Locating addresses"), 1.0)
        return [own[address] for address in addresses]

    def _ask_all(
        self,
        asked: Sequence[Address],
        own: dict[Address, Location],
        progress: Progress | None,
    ) -> None:
        """Better the index's answers; the first failure ends it."""
        try:
            for i, address in enumerate(asked):
                if progress:
                    progress(tr("Asking the {name}", name=self._service.name), i / len(asked))
                own[address] = _better(own[address], self._ask(address))
        except ConsoleError:
            for address in asked:
                if not own[address].source:
                    own[address] = _with(own[address], "service_failed")
        finally:
            self._door.close()

    def reverse(self, point: Coordinate) -> Location:
        """The region's answer, and the service's where that one is not sure."""
        found = self._own.reverse(point)
        if found.certainty.is_sure or not self._region.contains(point):
            return found
        try:
            answers = self._answers(self._service.reverse(point))
        except ConsoleError:
            return _with(found, "service_failed")
        finally:
            self._door.close()
        if not answers:
            return found
        best, metres = answers[0], point.metres_to(answers[0].point)
        certainty = Certainty.ROOFTOP if metres <= _AT_THE_DOOR_M else Certainty.DOUBTFUL
        score = 1 / (1 + metres / _AT_THE_DOOR_M)
        return Location(best.point, certainty, score, best.label, source=self._service.credit)

    def _is_wanted(self, address: Address, found: Location) -> bool:
        return bool(address.line) and (self.asks_all or not found.certainty.is_sure)

    def _ask(self, address: Address) -> Location:
        answers = self._answers(self._service.search(address, self._region.bounds))
        inside = [answer for answer in answers if self._region.contains(answer.point)]
        return verdict(address, inside, self._service.credit)

    def _answers(self, path: str) -> list[Answer]:
        with self._lock:
            self._limits.pace.wait()
            found = self._door.get(path)
        with self._door.reading(tr("what an address service answers")):
            return self._service.read(found)


def _better(own: Location, theirs: Location) -> Location:
    """The surer one; the other becomes its first candidate."""
    order = list(Certainty)
    if theirs.coordinate is None or order.index(own.certainty) <= order.index(theirs.certainty):
        first, second = own, theirs
    else:
        first, second = theirs, own
    others = [replace(second, candidates=()), *second.candidates] if second.coordinate else []
    return replace(first, candidates=(*first.candidates, *others))


def _with(found: Location, reason: str) -> Location:
    return replace(found, reasons=(*found.reasons, reason))
