"""Builds one region's folder from one extract: a survey, then roads beside addresses and map."""

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from console.dispatch.ports import Progress
from console.domain.errors import ConsoleError
from console.geo import addresses, basemap, children, cutting, roads
from console.geo.extract import Survey, survey

_SHARES = {"survey": 0.15, "roads": 0.35, "addresses": 0.2, "map": 0.3}
_SORTED = "sorted.osm.pbf"
PROFILES = ("car",)
"""What a region is built for at once."""


@dataclass(slots=True)
class Built:
    """What a build found out about its region."""

    survey: Survey
    addresses: int
    streets: int
    country: str


@dataclass(slots=True)
class _Meter:
    """Adds up the shares of jobs that run side by side."""

    report: Progress
    done: dict[str, float] = field(default_factory=dict[str, float])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def part(self, job: str, sentence: str) -> Callable[[float], None]:
        def tell(share: float) -> None:
            with self.lock:
                self.done[job] = max(share, self.done.get(job, 0))
                total = sum(_SHARES[name] * part for name, part in self.done.items())
            self.report(sentence, total)

        return tell


def build(
    extract: Path, folder: Path, progress: Progress, profiles: Sequence[str] = PROFILES
) -> Built:
    """Fill the existing, empty ``folder`` from ``extract`` (blocking).

    Roads are built for ``profiles``; for others when somebody asks (``vehicles``).
    ConsoleError says what is wrong with the extract or the machine. Whatever ``progress`` raises
    stops the build and is passed on.
    """
    meter, stop = _Meter(progress), threading.Event()
    tell = meter.part("survey", "Checking the extract")
    tell(0)
    found: Survey = children.run(survey, str(extract), str(folder / _SORTED), tell=tell, stop=stop)
    tell(1)
    if not found.roads:
        raise ConsoleError(
            f"{extract.name} holds no road that a car may use.",
            remedy="Choose an extract with roads, such as a country's or a city's .osm.pbf.",
        )
    source = extract if found.is_sorted else folder / _SORTED
    counts = _build_all(source, folder, _Tools(meter, stop, tuple(profiles)))
    (folder / _SORTED).unlink(missing_ok=True)
    return Built(found, int(counts["addresses"]), int(counts["streets"]), str(counts["country"]))


@dataclass(frozen=True, slots=True)
class _Tools:
    meter: _Meter
    stop: threading.Event
    profiles: tuple[str, ...]


def _build_all(source: Path, folder: Path, tools: _Tools) -> dict[str, int | str]:
    """Two jobs at a time: the roads, and the addresses followed by the map."""
    with ThreadPoolExecutor(2, thread_name_prefix="region") as pool:
        jobs = [
            pool.submit(_build_roads, source, folder, tools),
            pool.submit(_build_rest, source, folder, tools.meter, tools.stop),
        ]
        wait(jobs, return_when=FIRST_EXCEPTION)
        if any(job.done() and job.exception() for job in jobs):
            tools.stop.set()
    _raise_first(jobs)
    return json.loads((folder / "counts.json").read_text())


def _raise_first(jobs: list[Future[None]]) -> None:
    errors = [error for job in jobs if (error := job.exception())]
    for error in sorted(errors, key=lambda each: isinstance(each, children.Cancelled)):
        raise error


def _build_roads(source: Path, folder: Path, tools: _Tools) -> None:
    tell = tools.meter.part("roads", "Building the roads")
    streets = roads.source(folder)
    streets.parent.mkdir(exist_ok=True)
    children.run(
        cutting.cut, str(source), str(streets), tell=lambda share: tell(share / 5), stop=tools.stop
    )
    steps = 0

    def run(words: list[str], log: Path) -> None:
        nonlocal steps
        children.command(words, log, tools.stop)
        steps += 1
        tell(0.2 + 0.8 * steps / 2 / len(tools.profiles))

    for profile in tools.profiles:
        roads.build(streets, folder, roads.Build(profile), run)
    tell(1)


def _build_rest(source: Path, folder: Path, meter: _Meter, stop: threading.Event) -> None:
    tell = meter.part("addresses", "Listing the addresses")
    target = folder / addresses.FILE
    counts = children.run(addresses.build, str(source), str(target), tell=tell, stop=stop)
    tell(1)
    (folder / "counts.json").write_text(json.dumps(counts))
    from console.geo import tiles  # shapely loads slowly, and only a build needs it

    tell = meter.part("map", "Drawing the map")
    target = folder / basemap.FILE
    children.run(tiles.build, str(source), str(target), tell=tell, stop=stop)
    tell(1)
