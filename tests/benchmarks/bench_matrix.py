"""How long travel times take: a table anew, with ten places more, asked again, after a restart.

python -m tests.benchmarks.bench_matrix EXTRACT [--engine osrm|valhalla|straight] [--sizes 250]

Places are points on streets of the extract that a car may use. A figure is that of the whole call:
what is kept is read, what is new computed and kept, the matrix put together. CPU seconds are this
process's and the engine's together; memory is the peak of each.
"""

import argparse
import contextlib
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import osmium

from console.dispatch.ports import Region
from console.domain.places import Coordinate, PlaceId
from console.geo import cutting, roads
from console.geo.engines.contract import Engine
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.engines.own_valhalla import ValhallaEngine
from console.geo.engines.straight import StraightLines
from console.geo.matrices import FILE
from console.geo.streets import RoadStreets

STREETS = {"residential", "living_street", "tertiary", "secondary", "unclassified"}


@dataclass
class Spent:
    """CPU seconds of two processes and the seconds between."""

    wall: float
    cpu: float


def child(engine: Engine) -> int | None:
    if isinstance(engine, OsrmEngine):
        return engine.link("car").pid
    return engine.link().pid if isinstance(engine, ValhallaEngine) else None


def child_cpu(pid: int | None) -> float:
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def peak_mb(pid: int | None) -> int:
    if pid is None:
        return 0
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))


@contextlib.contextmanager
def measured(pid: int | None) -> Iterator[Spent]:
    spent = Spent(0.0, 0.0)
    wall, cpu = time.monotonic(), time.process_time() + child_cpu(pid)
    yield spent
    spent.wall = time.monotonic() - wall
    spent.cpu = time.process_time() + child_cpu(pid) - cpu


def places(streets: Path, most: int) -> tuple[list[Coordinate], tuple[float, float, float, float]]:
    found: dict[int, Coordinate] = {}
    ways = osmium.FileProcessor(str(streets)).with_locations()
    for way in ways.with_filter(osmium.filter.KeyFilter("highway")):
        if way.is_way() and way.tags["highway"] in STREETS and "access" not in way.tags:
            for node in (node for node in way.nodes if node.location.valid()):
                found[node.ref] = Coordinate(node.location.lat, node.location.lon)
    points = [found[ref] for ref in sorted(found)]
    random.Random(1).shuffle(points)
    lats, lons = [p.lat for p in points], [p.lon for p in points]
    return points[:most], (min(lats), min(lons), max(lats), max(lons))


def apart(
    extract: Path, streets: Path, most: int
) -> tuple[list[Coordinate], tuple[float, float, float, float]]:
    """In a process of its own, whose memory is not ours."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        pool.submit(cutting.cut, str(extract), str(streets), float).result()
        return pool.submit(places, streets, most).result()


STEPS = (("anew", 0), ("10 more", 10), ("again", 10), ("restarted, 10 more", 20))
RESTARTS = {"restarted, 10 more"}
ENGINES = {"osrm": OsrmEngine, "valhalla": ValhallaEngine, "straight": lambda _: StraightLines()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("extract", type=Path)
    parser.add_argument("--engine", choices=list(ENGINES), default="osrm")
    parser.add_argument("--sizes", default="1000,2000")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    with tempfile.TemporaryDirectory() as home:
        source = roads.source(Path(home))
        source.parent.mkdir()
        points, bounds = apart(asked.extract, source, max(sizes) + 20)
        name, made = asked.extract.name.partition(".")[0], datetime(2026, 1, 1, tzinfo=UTC)
        here = Region(name, "", Path(home), bounds, "UTC", 0, made)
        engine = ENGINES[asked.engine](here)
        started = time.monotonic()
        engine.prepare("car")
        print(f"{engine.name}: roads built in {time.monotonic() - started:.1f} s")
        engine.nearest("car", [(p.lon, p.lat) for p in points])  # starts the child
        for size in sizes:
            run(here, engine, points, size)
        engine.close()


def run(here: Region, engine: Engine, points: list[Coordinate], size: int) -> None:
    pid = child(engine)
    (here.folder / FILE).unlink(missing_ok=True)
    every = {PlaceId(str(i)): point for i, point in enumerate(points)}
    streets = RoadStreets(here, engine)
    for what, more in STEPS:
        if what in RESTARTS:  # only what is in the file is known
            streets.forget()
            streets = RoadStreets(here, engine)
        with measured(pid) as spent:
            streets.matrix(dict(list(every.items())[: size + more]))
        print(f"{size:5} places {what:18} {spent.wall:6.3f} s, CPU {spent.cpu:6.3f} s")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{size:5} places peak: console {own} MB, engine {peak_mb(pid)} MB")
    streets.forget()


if __name__ == "__main__":
    main()
