"""VROOM's JSON problems as they are told: seconds and metres, points as [longitude, latitude].

The keys are those of VROOM 1.14's API documentation.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

EPOCH_FROM = 1_000_000_000  # seconds: what is later than this is a date, not a time of a day

Span = tuple[float, float]
Point = tuple[float, float]


class Half(msgspec.Struct, frozen=True, kw_only=True):
    """A pickup or delivery, and what jobs have in common with them."""

    id: int
    description: str = ""
    location: Point | None = None
    location_index: int | None = None
    setup: float = 0
    service: float = 0
    time_windows: list[Span] = []


class Job(Half, frozen=True, kw_only=True):
    """A task of its own; ``amount`` is what deliveries were called once."""

    delivery: list[float] = []
    pickup: list[float] = []
    amount: list[float] = []
    skills: list[int] = []
    priority: int = 0


class Shipment(msgspec.Struct, frozen=True, kw_only=True):
    """From door to door."""

    pickup: Half
    delivery: Half
    amount: list[float] = []
    skills: list[int] = []
    priority: int = 0


class Break(msgspec.Struct, frozen=True, kw_only=True):
    """``time_windows`` are for its beginning."""

    id: int
    description: str = ""
    service: float = 0
    time_windows: list[Span] = []


class Costs(msgspec.Struct, frozen=True, kw_only=True):
    """VROOM counts seconds of travel where nothing is said."""

    fixed: float = 0
    per_hour: float = 3600
    per_km: float = 0
    per_task_hour: float = 0


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a plan to start from."""

    type: str
    id: int | None = None
    service_at: float | None = None
    service_after: float | None = None
    service_before: float | None = None


class Vehicle(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle with its driver."""

    id: int
    profile: str = "car"
    description: str = ""
    start: Point | None = None
    start_index: int | None = None
    end: Point | None = None
    end_index: int | None = None
    capacity: list[float] = []
    costs: Costs = Costs()
    skills: list[int] = []
    time_window: Span | None = None
    breaks: list[Break] = []
    speed_factor: float = 1.0
    max_tasks: int | None = None
    max_travel_time: float | None = None
    max_distance: float | None = None
    steps: list[Step] = []

    @property
    def has_start(self) -> bool:
        """True when it says where it begins."""
        return self.start is not None or self.start_index is not None

    @property
    def has_end(self) -> bool:
        """True when it says where it ends."""
        return self.end is not None or self.end_index is not None


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """Travel between places in seconds and metres; None is no way."""

    durations: list[list[float | None]]
    distances: list[list[float | None]] | None = None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The document."""

    jobs: list[Job] = []
    shipments: list[Shipment] = []
    vehicles: list[Vehicle] = []
    matrices: dict[str, Matrix] = {}
    matrix: list[list[float | None]] | None = None


@dataclass(frozen=True, slots=True)
class VroomProblem:
    """A problem with its matrices by profile; ``notes`` are sentences on what is not honoured."""

    jobs: Sequence[Job]
    shipments: Sequence[Shipment]
    vehicles: Sequence[Vehicle]
    matrices: Mapping[str, Matrix]
    notes: tuple[str, ...]

    @property
    def halves(self) -> Iterator[Half]:
        """Everything that is visited."""
        yield from self.jobs
        for shipment in self.shipments:
            yield from (shipment.pickup, shipment.delivery)

    @property
    def dimensions(self) -> int:
        """How many amounts a load has."""
        amounts = [each for job in self.jobs for each in (job.delivery, job.pickup, job.amount)]
        amounts += [shipment.amount for shipment in self.shipments]
        amounts += [vehicle.capacity for vehicle in self.vehicles]
        return max((len(each) for each in amounts), default=0)

    @property
    def moments(self) -> Iterator[float]:
        """Every moment that is named."""
        for half in self.halves:
            for window in half.time_windows:
                yield from window
        for vehicle in self.vehicles:
            yield from vehicle.time_window or ()

    @property
    def is_dated(self) -> bool:
        """True when times count from 1970 rather than from a day's beginning."""
        begins = [window[0] for half in self.halves for window in half.time_windows]
        begins += [vehicle.time_window[0] for vehicle in self.vehicles if vehicle.time_window]
        return any(moment > EPOCH_FROM for moment in begins)
