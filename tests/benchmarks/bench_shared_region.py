"""Regions through a shared database: sizes, seconds, processor time, memory.

    python -m tests.benchmarks.bench_shared_region EXTRACT... [--large-mb 300]

Builds each extract, publishes it in a PostgreSQL of the script's own, on this machine, and fetches
it into an empty folder. Then a package of ``--large-mb`` that cannot be packed goes the same way,
to see that memory does not grow with it. Seconds are of the wall, processor seconds of this
process; the server's are not in them, and the roads' are those of OSRM.
"""

import argparse
import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from console.dispatch.extracts import Wanted
from console.dispatch.publications import Package
from console.geo import fetching, packing, pointers
from console.geo.regions import RegionStore
from console.storage.publications import SqlPublications
from console.storage.schema import pieces
from console.storage.store import Store
from tests.postgres import running

_MB = 1 << 20
_TITLES = (
    "region", "extract MB", "build processor s", "package MB", "packed MB", "publish s",
    "fetch s", "roads processor s", "memory MB",
)  # fmt: skip


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 27, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the wall, of this process and of its children."""

    wall: float
    own: float
    children: float


def measured(work: Callable[[], object]) -> Spent:
    """What a piece of work took."""
    begun, before = time.monotonic(), os.times()
    work()
    after = os.times()
    return Spent(
        time.monotonic() - begun,
        after.user + after.system - before.user - before.system,
        after.children_user + after.children_system - before.children_user - before.children_system,
    )


def silent(_sentence: str, _share: float) -> None:
    """Progress nobody looks at."""


def memory_mb() -> float:
    """The most that was resident of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def region(shelf: SqlPublications, extract: Path, home: Path) -> None:
    """One extract, from its build to its second home."""
    here, there = RegionStore(home / "here", _Clock()), RegionStore(home / "there", _Clock())
    (home / "there").mkdir(exist_ok=True)
    built = measured(lambda: here.install(Wanted(str(extract)), silent))
    name = here.known()[-1].name
    sent = measured(lambda: here.publish(name, shelf, silent))
    package = shelf.find(name).package
    roads_at: list[float] = []

    def told(sentence: str, _share: float) -> None:
        if sentence.startswith("Building") and not roads_at:
            roads_at.append(time.monotonic())

    begun = time.monotonic()
    fetched = measured(lambda: there.fetch(name, shelf, told))
    row = (
        name,
        f"{extract.stat().st_size / 1e6:.1f}",
        f"{built.children:.1f}",
        f"{package.size / 1e6:.1f}",
        f"{packed_size(shelf, package) / 1e6:.1f}",
        f"{sent.wall:.1f}",
        f"{roads_at[0] - begun:.1f}",
        f"{fetched.children:.1f}",
        f"{memory_mb():.0f}",
    )
    print("| " + " | ".join(row) + " |", flush=True)


def packed_size(shelf: SqlPublications, package: Package) -> int:
    """What the database keeps of it, in bytes."""
    size = select(func.sum(func.octet_length(pieces.c.data)))
    with shelf.database.reading() as connection:
        return int(connection.execute(size.where(pieces.c.package == package.id)).scalar_one())


def large(shelf: SqlPublications, home: Path, megabytes: int) -> None:
    """A package of noise, which is no region: only its way is of interest."""
    noise, folder = os.urandom(_MB), home / "large"
    (folder / packing.STREETS).parent.mkdir(parents=True)
    for path in packing.FILES:
        with (folder / path).open("wb") as file:
            for number in range(megabytes // len(packing.FILES)):
                file.write(number.to_bytes(4, "big") + noise[4:])
    files = tuple(packing.file_of(folder, path) for path in packing.FILES)
    built = _Clock().now().isoformat()
    package = Package("large", "ab" * 32, pointers.BUILD_VERSION, "", built, 1, "{}", files)
    before = memory_mb()

    def send() -> None:
        packing.upload(folder, package, shelf, silent)
        shelf.publish(package)

    sent = measured(send)
    fetch = fetching.Fetch(package, shelf, home, silent, threading.Event())
    fetched = measured(fetch.run)
    print(
        f"{package.size / 1e6:.0f} MB: published in {sent.wall:.0f} s ({sent.own:.1f} processor s),"
        f" fetched in {fetched.wall:.0f} s ({fetched.own:.1f}), memory {before:.0f} -> "
        f"{memory_mb():.0f} MB"
    )


def main() -> None:
    """Every extract, then the large package."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("extracts", nargs="+", type=Path)
    asked.add_argument("--large-mb", type=int, default=300)
    wanted = asked.parse_args()
    server = running()
    store = Store.open(server.url(server.fresh(), "mia"))
    shelf = SqlPublications(store.database, _Clock(), "mia")
    print("| " + " | ".join(_TITLES) + " |\n" + "|---" * len(_TITLES) + "|")
    for extract in wanted.extracts:
        with tempfile.TemporaryDirectory(prefix="doorstep-shared-") as home:
            region(shelf, extract, Path(home))
    with tempfile.TemporaryDirectory(prefix="doorstep-shared-") as home:
        large(shelf, Path(home), wanted.large_mb)
    store.close()


if __name__ == "__main__":
    main()
