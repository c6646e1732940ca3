"""Travel between places by time of day: leaving later never arrives earlier."""

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from console.domain.errors import ConsoleError
from console.domain.places import PlaceId
from console.domain.zones import Span

UNREACHABLE = 2**32 - 1  # what a cell holds when no road leads there
SHUT = 7 * 86_400  # s, what a cell of a slice holds while the only way is closed: one waits for it


@dataclass(frozen=True, slots=True)
class Slice:
    """Speeds from ``begins`` (UTC epoch seconds) until the next slice; durations in seconds."""

    begins: int
    durations: array[int]


@dataclass(frozen=True, slots=True)
class TravelMatrix:
    """Durations (s) and distances (m) between all pairs of ``places`` for one profile.

    ``durations`` and ``distances`` are row-major, from row to column, ``UNREACHABLE`` where no road
    leads. ``slices``, when given, refine the durations by time of day and are sorted by ``begins``;
    before the first one ``durations`` hold. ``source`` names engine and region. ``others`` are the
    matrices of other profiles, over the same places. ``hours`` limits when places may be served:
    the spans (UTC epoch s) of every zone a place lies in. ``barred`` are the properties that let a
    vehicle into each low-emission zone of the day; ``others`` holds what the vehicles without them
    drive, by ``key_for``.
    """

    places: tuple[PlaceId, ...]
    durations: array[int]
    distances: array[int]
    profile: str = "car"
    slices: tuple[Slice, ...] = ()
    source: str = ""
    others: Mapping[str, "TravelMatrix"] = field(default_factory=dict[str, "TravelMatrix"])
    hours: Mapping[PlaceId, tuple[tuple[Span, ...], ...]] = field(
        default_factory=dict[PlaceId, tuple[tuple[Span, ...], ...]]
    )
    barred: tuple[tuple[str, ...], ...] = ()
    index: Mapping[PlaceId, int] = field(init=False, repr=False, compare=False)
    scaled: dict[tuple[str, float], "TravelMatrix"] = field(
        init=False, repr=False, compare=False, default_factory=dict[tuple[str, float], Any]
    )

    def __post_init__(self) -> None:
        cells = len(self.places) ** 2
        sizes = {len(self.durations), len(self.distances)}
        if sizes | {len(part.durations) for part in self.slices} != {cells}:
            raise ValueError("a travel matrix needs one cell for each pair of places")
        if any(other.places != self.places for other in self.others.values()):
            raise ValueError("the matrices of all profiles need the same places")
        object.__setattr__(self, "index", {place: i for i, place in enumerate(self.places)})

    def of(self, profile: str, speed_factor: float = 1.0) -> "TravelMatrix":
        """The matrix of a profile, its durations times ``speed_factor`` (whole seconds).

        A profile that is not known travels like this one. What was scaled once is kept.
        """
        if speed_factor == 1.0 and (profile == self.profile or not self.others):
            return self
        base = self if profile == self.profile else self.others.get(profile, self)
        if speed_factor == 1.0:
            return base
        key = (profile, speed_factor)
        if key not in self.scaled:
            self.scaled[key] = _slowed(base, speed_factor)
        return self.scaled[key]

    def key_for(self, profile: str, properties: Collection[str]) -> str:
        """The profile of a vehicle with these properties: it keeps out of zones that bar it."""
        return barred_key(profile or self.profile, keeps_out(self.barred, properties))

    def position(self, place: PlaceId) -> int:
        """The row of a place; ConsoleError when the matrix does not hold it."""
        try:
            return self.index[place]
        except KeyError:
            raise ConsoleError(
                "Travel times for one of the places are missing.",
                remedy="Locate its address, then try again.",
            ) from None

    def cell(self, origin: int, target: int) -> int:
        """Where a pair of rows stands in the flat arrays."""
        return origin * len(self.places) + target

    def metres(self, origin: PlaceId, target: PlaceId) -> int:
        """Road distance."""
        return self.distances[self.cell(self.position(origin), self.position(target))]

    def seconds(self, origin: PlaceId, target: PlaceId, leave: datetime) -> int:
        """Travel time when leaving at ``leave``."""
        start = int(leave.timestamp())
        return self.arrival(self.position(origin), self.position(target), start) - start

    def arrival(self, origin: int, target: int, leave: int) -> int:
        """When (epoch s) one arrives, leaving at ``leave`` (epoch s); rows, not ids.

        Distance is consumed slice by slice at that slice's speed (Ichoua, Gendreau, Potvin 2003).
        """
        cell = self.cell(origin, target)
        if not self.slices:
            return leave + self.durations[cell]
        return _consume(self, cell, leave)

    def departure(self, origin: int, target: int, arrive: int) -> int:
        """The latest moment (epoch s) to leave so as to arrive by ``arrive`` (epoch s)."""
        cell = self.cell(origin, target)
        if not self.slices:
            return arrive - self.durations[cell]
        return _latest_departure(self, cell, arrive)


def keeps_out(barred: Sequence[Sequence[str]], properties: Collection[str]) -> tuple[int, ...]:
    """The positions of the zones that none of these properties lets one into."""
    return tuple(i for i, allowed in enumerate(barred) if not set(allowed) & set(properties))


def barred_key(profile: str, out: Sequence[int]) -> str:
    """How the matrix of a profile that keeps out of some zones is named in ``others``."""
    return f"{profile} -{',-'.join(map(str, out))}" if out else profile


def _slowed(matrix: TravelMatrix, factor: float) -> TravelMatrix:
    slices = tuple(Slice(s.begins, _times(s.durations, factor)) for s in matrix.slices)
    return replace(matrix, durations=_times(matrix.durations, factor), slices=slices, others={})


def _times(cells: array[int], factor: float) -> array[int]:
    most = UNREACHABLE - 1
    times = {cell: min(most, round(cell * factor)) for cell in set(cells)}
    times[UNREACHABLE] = UNREACHABLE
    return array("I", map(times.__getitem__, cells))


def _spans(matrix: TravelMatrix, cell: int) -> Sequence[tuple[float, float, int]]:
    """(begins, ends, duration of the whole leg) of every slice, covering all time."""
    begins = [float("-inf"), *(float(part.begins) for part in matrix.slices)]
    ends = [*begins[1:], float("inf")]
    whole = [matrix.durations[cell], *(part.durations[cell] for part in matrix.slices)]
    return list(zip(begins, ends, whole, strict=True))


def _consume(matrix: TravelMatrix, cell: int, leave: int) -> int:
    now, left = float(leave), 1.0
    for _, ends, whole in _spans(matrix, cell):
        if now >= ends:
            continue
        if whole * left <= ends - now:
            return round(now + whole * left)
        left -= (ends - now) / whole
        now = ends
    raise AssertionError("the last slice never ends")


def _latest_departure(matrix: TravelMatrix, cell: int, arrive: int) -> int:
    now, left = float(arrive), 1.0
    for begins, _, whole in reversed(_spans(matrix, cell)):
        if now < begins or (now == begins and whole):
            continue
        if whole * left <= now - begins:
            return _adjusted(matrix, cell, int(now - whole * left), arrive)
        left -= (now - begins) / whole
        now = begins
    raise AssertionError("the first slice has no beginning")


def _adjusted(matrix: TravelMatrix, cell: int, leave: int, arrive: int) -> int:
    """The same to the second: arrivals are rounded, departures are not."""
    while _consume(matrix, cell, leave) > arrive:
        leave -= 1
    while _consume(matrix, cell, leave + 1) <= arrive:
        leave += 1
    return leave


def empty_matrix(profile: str = "car") -> TravelMatrix:
    """A matrix of no places."""
    return TravelMatrix((), array("I"), array("I"), profile)
