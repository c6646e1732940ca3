"""Extracts from the internet: fetched in a child process, kept only until the region is built."""

import hashlib
import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from console.dispatch.extracts import Wanted, title_of
from console.dispatch.ports import Progress
from console.domain.errors import ConsoleError
from console.geo import children, sources
from console.geo.download import Fetched, fetch
from console.tongues import tr

FOLDER = ".downloads"
_KEPT_S = 7 * 86_400  # what nobody goes on with


@dataclass(frozen=True, slots=True)
class Order:
    """What to fetch below a folder of regions; ``tag`` is the version that is built already."""

    wanted: Wanted
    folder: Path
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """``extract`` is None when nothing newer is there."""

    extract: Path | None
    tag: str

    def clear(self) -> None:
        """Remove the file: its region is built."""
        if self.extract is not None:
            shutil.rmtree(self.extract.parent, ignore_errors=True)


def download(order: Order, progress: Progress, stop: threading.Event) -> Arrived:
    """Fetch an extract (blocking); what is there of an earlier try is gone on with.

    ConsoleError names the address and what to do; Cancelled when ``stop`` was set. What has come
    so far stays for the next try; what others left behind goes after a week.
    """
    source = order.wanted.source
    home = order.folder / FOLDER / hashlib.sha256(source.encode()).hexdigest()[:16]
    _tidy(order.folder / FOLDER, home)
    home.mkdir(parents=True, exist_ok=True)
    target = home / f"{title_of(source)}.osm.pbf"
    target.unlink(missing_ok=True)
    sentence = f"Downloading {target.name}"
    progress(sentence, 0.0)
    try:
        got: Fetched = children.run(
            fetch, source, str(target), order.wanted.checksum, order.tag,
            tell=lambda share: progress(sentence, share), stop=stop,
        )  # fmt: skip
    except children.FullDisk as error:
        raise children.FullDisk(target.name, str(order.folder)) from error
    if got.problem:
        raise ConsoleError(got.problem, remedy=got.remedy)
    if got.unchanged:
        return Arrived(None, got.tag)
    _check(source, target)
    return Arrived(target, got.tag)


def _check(source: str, target: Path) -> None:
    try:
        sources.check_extract(target)
    except ConsoleError as error:
        shutil.rmtree(target.parent, ignore_errors=True)
        raise ConsoleError(
            tr(
                "What {source} answers is not an OpenStreetMap extract in PBF format.",
                source=source,
            ),
            remedy=tr(
                "Check the address in a browser: it must lead to a file that ends in .osm.pbf."
            ),
        ) from error


def _tidy(folder: Path, keep: Path) -> None:
    for left in folder.glob("*"):
        if left != keep and left.stat().st_mtime < time.time() - _KEPT_S:
            shutil.rmtree(left, ignore_errors=True)
