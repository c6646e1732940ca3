"""Traffic by the hour: how long speeds take to build, and a day's matrix with slices.

python -m tests.benchmarks.bench_traffic --region FILE.osm.pbf [--places 300]
"""

import argparse
import random
import resource
import tempfile
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo


class Clock:
    def now(self):
        return datetime(2026, 11, 23, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--region", type=Path, required=True)
    parser.add_argument("--places", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        measure(options, Path(folder))


def spent() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))


def measure(options: argparse.Namespace, folder: Path) -> None:
    from console.domain.places import Coordinate, PlaceId
    from console.domain.speeds import USUAL
    from console.domain.traffic import Traffic
    from console.geo.engines.own_osrm import OsrmEngine
    from console.geo.regions import RegionStore
    from console.geo.timed import TimedStreets

    region = RegionStore(folder, Clock()).add(options.region, "bench", lambda *_: None)
    streets = TimedStreets(region, OsrmEngine(region))
    south, west, north, east = region.bounds
    dice = random.Random(3)
    points, tries = {}, 0
    while len(points) < options.places and tries < 40 * options.places:
        tries += 1
        point = Coordinate(dice.uniform(south, north), dice.uniform(west, east))
        snapped = streets.snap([point])[0]
        if snapped is not None:
            points[PlaceId(str(len(points)))] = snapped.point
    zone = ZoneInfo(region.zone)
    day = Traffic(USUAL).on(date(2026, 11, 23), zone)
    silent = lambda *_: None  # noqa: E731

    begun, cpu = time.perf_counter(), spent()
    streets.prepare_day(day, "car", silent, threading.Event())
    count = sum(not state.is_free for state in day.distinct)
    print(
        f"{count} speed states built: {time.perf_counter() - begun:.1f} s, {spent() - cpu:.1f} CPU"
    )
    for name in ("first", "again"):
        begun = time.perf_counter()
        matrix = streets.day_matrix(points, day)
        took = time.perf_counter() - begun
        print(f"{len(points)} places, {len(matrix.slices)} slices, {name}: {took:.2f} s")
    begun = time.perf_counter()
    streets.prepare_day(day, "car", silent, threading.Event())
    print(f"nothing to build: {time.perf_counter() - begun:.3f} s")
    streets.close()
    streets.close()


if __name__ == "__main__":
    main()
