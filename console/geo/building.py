"""Builds one region's folder from one extract.

A clip where one is wanted, a survey, then the roads beside addresses and map; all in children.
"""

import json
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from console.dispatch.extracts import Clip
from console.dispatch.ports import Progress
from console.domain.errors import ConsoleError
from console.geo import addresses, basemap, children, clipping, cutting, roads, sources
from console.geo.extract import Survey, survey
from console.tongues import tr

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


@dataclass(frozen=True, slots=True)
class _Job:
    """What the steps of one build share."""

    source: Path
    folder: Path
    credit: str
    meter: _Meter
    stop: threading.Event


def within(progress: Progress, low: float, high: float) -> Progress:
    """The same for a part of the whole way."""

    def told(sentence: str, share: float) -> None:
        progress(sentence, low + (high - low) * share)

    return told


def build(
    extract: Path,
    folder: Path,
    progress: Progress,
    *,
    clip: Clip | None = None,
    stop: threading.Event | None = None,
) -> Built:
    """Fill the existing, empty ``folder`` from ``extract`` (blocking).

    OSRM's roads are built for ``PROFILES``; all others when somebody asks (``roadsets``).
    ConsoleError says what is wrong with the extract or the machine. Whatever ``progress`` raises
    stops the build and is passed on; so does ``stop``, with Cancelled.
    """
    stop, source = stop or threading.Event(), extract
    if clip is not None:
        source = _clipped(extract, folder, clip, within(progress, 0, 0.3), stop)
        progress = within(progress, 0.3, 1)
    meter = _Meter(progress)
    tell = meter.part("survey", tr("Checking the extract"))
    tell(0)
    found: Survey = children.run(survey, str(source), str(folder / _SORTED), tell=tell, stop=stop)
    tell(1)
    if not found.roads:
        raise ConsoleError(
            tr("{name} holds no road that a car may use.", name=extract.name),
            remedy=tr("Choose an extract with roads, such as a country's or a city's .osm.pbf."),
        )
    source = source if found.is_sorted else folder / _SORTED
    counts = _build_all(_Job(source, folder, found.credit, meter, stop))
    for made in (_SORTED, clipping.FILE):
        (folder / made).unlink(missing_ok=True)
    return Built(found, int(counts["addresses"]), int(counts["streets"]), str(counts["country"]))


def _clipped(
    extract: Path, folder: Path, clip: Clip, progress: Progress, stop: threading.Event
) -> Path:
    """The part of the extract, as a file; ConsoleError when nothing is in it."""
    tell = partial(progress, tr("Taking the part out of {name}", name=extract.name))
    tell(0)
    target = folder / clipping.FILE
    ways: int = children.run(
        clipping.clip, str(extract), str(target), str(clip), tell=tell, stop=stop
    )
    if not ways:
        raise ConsoleError(
            tr("{name} holds nothing within {clip}.", name=extract.name, clip=clip),
            remedy=tr("Choose a part that lies in the extract, or the extract of that area."),
        )
    sources.check_room(target, folder)
    return target


def _build_all(job: _Job) -> dict[str, int | str]:
    """Two jobs at a time: the roads, and the addresses followed by the map."""
    with ThreadPoolExecutor(2, thread_name_prefix="region") as pool:
        jobs = [pool.submit(_build_roads, job), pool.submit(_build_rest, job)]
        try:
            wait(jobs, return_when=FIRST_EXCEPTION)
        except BaseException:  # the user's Ctrl+C: the children must not go on
            job.stop.set()
            raise
        if any(each.done() and each.exception() for each in jobs):
            job.stop.set()
    _raise_first(jobs)
    return json.loads((job.folder / "counts.json").read_text())


def _raise_first(jobs: list[Future[None]]) -> None:
    errors = [error for job in jobs if (error := job.exception())]
    for error in sorted(errors, key=lambda each: isinstance(each, children.Cancelled)):
        raise error


def _build_roads(job: _Job) -> None:
    tell = job.meter.part("roads", tr("Building the roads"))
    streets = roads.source(job.folder)
    streets.parent.mkdir(exist_ok=True)
    children.run(
        cutting.cut,
        str(job.source),
        str(streets),
        tell=lambda share: tell(share / 5),
        stop=job.stop,
    )
    build_tiles(job.folder, lambda share: tell(0.2 + 0.8 * share), job.stop)
    tell(1)


def build_tiles(folder: Path, tell: Callable[[float], None], stop: threading.Event) -> None:
    """The road tiles of ``PROFILES`` from the streets that lie in the folder."""
    steps, profiles = 0, PROFILES if roads.is_installed() else ()

    def run(words: list[str], log: Path) -> None:
        nonlocal steps
        children.command(words, log, stop)
        steps += 1
        tell(steps / 2 / len(profiles))

    for profile in profiles:
        roads.build(roads.source(folder), folder, roads.Build(profile), run)


def _build_rest(job: _Job) -> None:
    tell = job.meter.part("addresses", tr("Listing the addresses"))
    target = job.folder / addresses.FILE
    counts = children.run(addresses.build, str(job.source), str(target), tell=tell, stop=job.stop)
    tell(1)
    (job.folder / "counts.json").write_text(json.dumps(counts))
    from console.geo import tiles  # shapely loads slowly, and only a build needs it

    tell = job.meter.part("map", tr("Drawing the map"))
    target = job.folder / basemap.FILE
    children.run(tiles.build, str(job.source), str(target), job.credit, tell=tell, stop=job.stop)
    tell(1)
