"""How the build of a region grows with its size: seconds, processor time, memory, disk.

    python -m tests.benchmarks.bench_region --addresses 20000 100000 500000 [--keep FOLDER]

Writes a made-up countryside (``countryside``) of each size and builds it as ``region add``
does. Memory is the highest sum of the resident memory of the build's processes, looked at ten times
a second; above ``--limit-gb`` the build is stopped and the script fails.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from console.dispatch.ports import Region
from console.domain.places import Address
from console.geo.geocoder import RegionGeocoder
from console.geo.regions import RegionStore
from tests.benchmarks.countryside import HOUSES_A_TOWN, Size, address, write_countryside

_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY = 0.1
_ASKED = 60
_TITLES = (
    "addresses", "road ways", "extract MB", "seconds", "processor s", "memory MB", "region MB",
    "ms to find an address", "ms with a letter missing",
)  # fmt: skip


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 27, tzinfo=UTC)


@dataclass(slots=True)
class Watch:
    """Follows the resident memory of this process's children."""

    peak: int = 0
    at: str = ""
    told: str = ""
    parts: dict[str, float] = field(default_factory=dict[str, float])
    ended: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        while not self.ended.wait(_EVERY):
            used = sum(_resident(process) for process in _descendants(os.getpid()))
            if used > self.peak:
                self.peak, self.at = used, self.told


def _descendants(process: int) -> list[int]:
    found: list[int] = []
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return found
    for child in children:
        found += [int(child), *_descendants(int(child))]
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def main(words: Sequence[str] | None = None) -> int:
    """Write, build, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--addresses", nargs="+", type=int, default=[20_000, 100_000, 500_000])
    parser.add_argument("--limit-gb", type=float, default=4.0)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args(words)
    print(f"| {' | '.join(_TITLES)} |\n|{'---|' * len(_TITLES)}")
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as made:
        folder = asked.keep or Path(made)
        return max(_measured(folder, count, asked.limit_gb) for count in asked.addresses)


def _measured(folder: Path, addresses: int, limit_gb: float) -> int:
    extract = folder / f"countryside-{addresses}.osm.pbf"
    size = write_countryside(extract, addresses)
    watch = Watch()

    def told(sentence: str, share: float) -> None:
        if watch.peak > limit_gb * 1e9:
            raise MemoryError(f"more than {limit_gb} GB while: {watch.at}")
        if sentence != watch.told:
            watch.told = sentence
            print(f"{time.monotonic() - began:7.1f} s {share:4.0%} {sentence}", file=sys.stderr)

    looking = threading.Thread(target=watch.look)
    before, began = os.times(), time.monotonic()
    looking.start()
    try:
        region = RegionStore(folder / "regions", _Clock()).add(extract, f"c{addresses}", told)
    except MemoryError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        watch.ended.set()
        looking.join()
    spent, after = time.monotonic() - began, os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    _tell(size, extract, region, (spent, cpu, watch.peak))
    print(f"most memory while: {watch.at}", file=sys.stderr)
    return 0 if watch.peak <= limit_gb * 1e9 else 1


def _found(region: Region, addresses: int) -> tuple[float, float]:
    """Processor milliseconds to find an address as it is, and with a letter missing."""
    draw, geocoder = Random(1), RegionGeocoder(region)
    asked: list[Address] = []
    for _ in range(_ASKED):
        street, number, postcode, town = address(draw.randrange(addresses // HOUSES_A_TOWN))
        asked.append(Address(f"{street} {number}", postcode, town))
    wrong = [Address(f"{a.street[:3]}{a.street[4:]}", a.postcode, a.city) for a in asked]
    times: list[float] = []
    for some in (asked, wrong):
        began = time.process_time()
        for each in some:
            geocoder.locate(each)
        times.append((time.process_time() - began) * 1000 / len(some))
    geocoder.close()
    return times[0], times[1]


def _tell(size: Size, extract: Path, region: Region, figures: tuple[float, float, int]) -> None:
    seconds, cpu, peak = figures
    exact, wrong = _found(region, size.addresses)
    disk = sum(file.stat().st_size for file in region.folder.rglob("*") if file.is_file())
    cells = (
        f"{size.addresses:,}", f"{size.roads:,}", f"{extract.stat().st_size / 1e6:.1f}",
        f"{seconds:.0f}", f"{cpu:.0f}", f"{peak / 1e6:,.0f}", f"{disk / 1e6:.0f}",
        f"{exact:.1f}", f"{wrong:.1f}",
    )  # fmt: skip
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
