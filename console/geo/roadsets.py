"""The road tiles of one region: what a fleet needs beyond the car is built when it is asked for."""

import os
import shutil
import threading
from pathlib import Path

from console.dispatch.ports import Progress
from console.domain.errors import ConsoleError
from console.geo import children, roads
from console.tongues import tr


class RoadSets:
    """Sets of road tiles in a region's folder; safe from any thread and beside other consoles."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def has(self, name: str) -> bool:
        """True when the set of this ``Build.name`` can be used."""
        return roads.is_built(self._folder, name)

    def base(self, name: str) -> Path:
        """The common beginning of the names of a set's files."""
        return roads.base(self._folder, name)

    def make(self, wanted: roads.Build, progress: Progress | None = None) -> None:
        """Build a set that is not there (blocking; a minute for a city).

        ConsoleError when it cannot be built. Whatever ``progress`` raises stops the build.
        """
        with self._lock:
            if not self.has(wanted.name):
                self._make(wanted, progress or silent)

    def _make(self, wanted: roads.Build, progress: Progress) -> None:
        streets = roads.source(self._folder)
        if not streets.is_file():
            raise ConsoleError(
                tr(
                    "There are no streets to build the roads of a {profile} from.",
                    profile=wanted.profile,
                ),
                remedy=tr("Add the region's extract again."),
            )
        scratch = self._folder / f"roads.building-{os.getpid()}"
        shutil.rmtree(scratch, ignore_errors=True)
        beat = Beat(progress, tr("Building the roads of a {profile}", profile=wanted.profile))

        def run(words: list[str], log: Path) -> None:
            children.command(words, log, beat)
            beat.share += 0.5

        try:
            scratch.mkdir()
            roads.build(streets, scratch, wanted, run)
            put(roads.base(scratch, wanted.name).parent, self.base(wanted.name).parent)
        except OSError as error:
            raise unwritable(error) from error
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


class Beat(threading.Event):
    """Reports progress whenever it is asked whether to stop, so that whoever raises is heard."""

    def __init__(self, progress: Progress, sentence: str) -> None:
        super().__init__()
        self._progress, self._sentence = progress, sentence
        self.share = 0.0

    def is_set(self) -> bool:
        """Never: it is the report that raises."""
        self._progress(self._sentence, self.share)
        return False


def put(made: Path, place: Path) -> None:
    """Put a whole set in its place, unless another console was faster."""
    try:
        made.rename(place)
    except OSError:
        if not place.is_dir() or not any(place.iterdir()):
            raise


def unwritable(error: OSError) -> ConsoleError:
    """The verdict on a folder that cannot be written."""
    return ConsoleError(
        tr("The roads cannot be written ({value}).", value=error.strerror or error),
        remedy=tr("Check the permissions and free space of the data directory."),
    )


def silent(sentence: str, share: float) -> None:
    """Nobody looks."""
