"""The regions on this machine: built from extracts, kept below the user's data directory.

``folder/NAME/region.json`` points to the build in use (``console.geo.pointers``). A new build is
made beside it and renamed when complete; then the pointer is replaced, so the old build serves
until that moment, and a console that has it open keeps it until the build after.
"""

import os
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from console.dispatch.extracts import (
    SHARED,
    Cancelled,
    Clip,
    Described,
    Wanted,
    is_address,
    title_of,
)
from console.dispatch.ports import Clock, Progress, Region
from console.dispatch.publications import Publications, Published
from console.domain.errors import ConsoleError
from console.geo import (
    building,
    children,
    downloading,
    fetching,
    packing,
    pointers,
    roads,
    sources,
)
from console.geo.extract import is_extract
from console.geo.pointers import Facts
from console.tongues import phrase, tr

_ENDINGS = (".osm.pbf", ".pbf")
_MARGIN = 0.002  # degrees: houses just beyond the last road
_ADD_AGAIN = phrase("Add them again: doorstep region add FILE.osm.pbf --name {name}")
_BUILD_ANEW = phrase("Build them anew, then publish them: doorstep region update {name}")


@dataclass(frozen=True, slots=True)
class _Source:
    """An extract on this disk and where it came from."""

    extract: Path
    wanted: Wanted
    tag: str = ""


class RegionStore:
    """Installed regions; implements ``dispatch.extracts.Atlas``."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Regions live in sub-folders of ``folder``, made when needed."""
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()

    def known(self) -> Sequence[Region]:
        """All installed and complete regions, by name."""
        found = (pointers.region(home) for home in self._homes())
        return [region for region in found if region is not None]

    def find(self, name: str) -> Region:
        """The region of this name; ConsoleError names those that exist."""
        known = self.known()
        for region in known:
            if region.name.casefold() == name.casefold():
                return region
        raise self._unknown(name, [region.name for region in known])

    def facts(self, region: Region) -> Facts:
        """Counts, country and the extract's date; ConsoleError when the region is gone."""
        found = pointers.facts(self._folder / region.name)
        if found is None:
            raise self._unknown(region.name, [])
        return found

    def described(self) -> Sequence[Described]:
        """All regions, by name, those of another version and damaged ones too."""
        return [_described(home) for home in self._homes()]

    def description(self, name: str) -> Described:
        """That of one region; ConsoleError names those that exist."""
        return _described(self._home(name))

    def resolve(self, name_or_path: str, progress: Progress) -> Region:
        """A region's name, or the path of an ``.osm.pbf`` that is built when it is new or changed.

        A region made from a path is named after the file.
        """
        path = Path(name_or_path)
        if name_or_path.endswith(_ENDINGS) or (path.is_file() and is_extract(path)):
            return self.install(Wanted(name_or_path), progress)
        return self.find(name_or_path)

    def add(self, extract: Path, name: str, progress: Progress) -> Region:
        """``install`` from a file; whatever ``progress`` raises cancels the build."""
        sources.check_name(name)
        return self.install(Wanted(str(extract), name), progress)

    def install(
        self, wanted: Wanted, progress: Progress, stop: threading.Event | None = None
    ) -> Region:
        """Fetch, clip and build (blocking); an unchanged extract is not built again.

        ConsoleError on a bad name, a file that is no extract, one without roads, one too large, a
        full disk, a download that fails. Nothing has changed then.
        """
        sources.check_name(wanted.title)
        sources.check_address(wanted.source)
        wanted = replace(wanted, name=self._spelt(wanted.title))
        try:
            with self._lock:
                return self._install(wanted, progress, stop or threading.Event())
        except OSError as error:
            raise _unwritten(error, wanted, self._folder) from error

    def update(self, name: str, progress: Progress, stop: threading.Event | None = None) -> Region:
        """The same from where the region came from."""
        home = self._home(name)
        known = pointers.facts(home)
        if known is None or not known.source:
            raise ConsoleError(
                tr("Where the streets of {name} came from is not known.", name=home.name),
                remedy=tr(_ADD_AGAIN.text, name=home.name),
            )
        if known.source == SHARED:
            raise ConsoleError(
                tr("The streets of {name} come from the shared database.", name=home.name),
                remedy=tr("Fetch what is new there: doorstep region fetch {name}", name=home.name),
            )
        clip = Clip.read(known.clip) if known.clip else None
        return self.install(Wanted(known.source, home.name, clip), progress, stop)

    def publish(
        self,
        name: str,
        shelf: Publications,
        progress: Progress,
        stop: threading.Event | None = None,
    ) -> Published:
        """Send a region to the shared database (blocking), which has it whole or as before.

        What is published already is held against the files here, and mended. After a cut the next
        call goes on; called off, nothing is left there. ConsoleError besides: the region is not
        whole, the login may not publish.
        """
        home = self._home(name)
        facts = pointers.facts(home)
        if facts is None or pointers.region(home) is None:
            raise ConsoleError(
                tr("The streets of {name} cannot be used on this computer.", name=home.name),
                remedy=tr(_BUILD_ANEW.text, name=home.name),
            )
        package = packing.packed(home, facts)
        packing.upload(pointers.folder(home, facts), package, shelf, _heeding(stop, progress))
        return shelf.publish(package)

    def fetch(
        self,
        name: str,
        shelf: Publications,
        progress: Progress,
        stop: threading.Event | None = None,
    ) -> Region:
        """Bring a published region here (blocking); the one of this name serves until it is ready.

        A fetch that was cut or called off is gone on with by the next one. ConsoleError says what
        is wrong and what helps: the server is away, something is damaged, the disk is full, another
        version of the console published it. Nothing has changed then.
        """
        found = shelf.find(name)
        facts = packing.facts_of(found)
        home = self._folder / self._spelt(facts.name)
        facts = replace(facts, name=home.name)
        try:
            with self._lock:
                present = pointers.region(home)
                if present is None or present.hash != facts.hash:
                    fetch = fetching.Fetch(
                        found.package, shelf, self._folder, progress, stop or threading.Event()
                    )
                    fetching.installed(fetch, facts, home)
        except OSError as error:
            raise _unwritten(error, Wanted(facts.name), self._folder) from error
        progress(tr("{name} is ready", name=facts.name), 1.0)
        return self.find(home.name)

    def remove(self, name: str) -> None:
        """Forget a region: the pointer first, so that nobody opens what is going."""
        home = self._home(name)
        try:
            with self._lock:
                (home / pointers.POINTER).unlink(missing_ok=True)
                shutil.rmtree(home, ignore_errors=True)  # what is open goes when it is closed
        except OSError as error:
            raise ConsoleError(
                tr("{name} cannot be removed ({value}).", name=home.name, value=error.strerror),
                remedy=tr("Check the permissions of the data directory."),
            ) from error

    # -- one region installed ----------------------------------------------------------------------

    def _install(self, wanted: Wanted, progress: Progress, stop: threading.Event) -> Region:
        home = self._folder / wanted.name
        present = pointers.region(home)
        if not is_address(wanted.source):
            path = Path(wanted.source).expanduser()
            sources.check_extract(path)
            home.mkdir(parents=True, exist_ok=True)
            return self._take(_Source(path.absolute(), wanted), progress, stop)
        had = pointers.facts(home) if present else None
        same = had is not None and (had.source, had.clip) == (wanted.source, str(wanted.clip or ""))
        order = downloading.Order(wanted, self._folder, had.tag if had and same else "")
        got = downloading.download(order, building.within(progress, 0, 0.3), stop)
        if got.extract is None:
            progress(tr("{name} is up to date", name=wanted.name), 1.0)
            return self.find(wanted.name)
        home.mkdir(parents=True, exist_ok=True)
        source = _Source(got.extract, wanted, got.tag)
        made = self._take(source, building.within(progress, 0.3, 1), stop)
        got.clear()
        return made

    def _take(self, source: _Source, progress: Progress, stop: threading.Event) -> Region:
        home = self._folder / source.wanted.name
        if source.wanted.clip is None:  # what a clip leaves is weighed when it is made
            sources.check_room(source.extract, home)
        digest = sources.digest(source.extract, source.wanted.clip)
        present = pointers.region(home)
        pointers.tidy(home, keep=present.folder if present else None)
        if present and present.hash == digest:
            self._note_source(home, source)
            progress(tr("{name} is up to date", name=present.name), 1.0)
            return present
        try:
            facts = self._built(source, digest, progress, stop)
        except BaseException:
            if present is None:
                _remove_if_empty(home)
            raise
        pointers.point(home, facts)
        progress(tr("{name} is ready", name=facts.name), 1.0)
        return self.find(facts.name)

    def _built(
        self, source: _Source, digest: str, progress: Progress, stop: threading.Event
    ) -> Facts:
        """The build in its place, not yet pointed to."""
        home, wanted = self._folder / source.wanted.name, source.wanted
        folder = home / f"{digest[:16]}.building-{os.getpid()}"
        folder.mkdir()
        try:
            built = building.build(source.extract, folder, progress, clip=wanted.clip, stop=stop)
            ready = home / digest[:16]
            shutil.rmtree(ready, ignore_errors=True)
            folder.rename(ready)
        except ConsoleError as error:
            raise _named(error, source.extract, home) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return self._describe(source, digest, built)

    def _describe(self, source: _Source, digest: str, built: building.Built) -> Facts:
        south, west, north, east = built.survey.bounds
        return Facts(
            name=source.wanted.name,
            hash=digest,
            bounds=(south - _MARGIN, west - _MARGIN, north + _MARGIN, east + _MARGIN),
            zone=built.survey.zone,
            country=built.country,
            addresses=built.addresses,
            streets=built.streets,
            roads=built.survey.roads,
            extract=source.extract.name,
            extract_date=built.survey.date,
            built_at=self._clock.now().isoformat(),
            build_version=pointers.BUILD_VERSION,
            source=_origin(source),
            tag=source.tag,
            clip=str(source.wanted.clip or ""),
            licence=built.survey.licence,
            credit=built.survey.credit,
        )

    def _note_source(self, home: Path, source: _Source) -> None:
        """The same data from elsewhere: the next update asks there."""
        known = pointers.facts(home)
        if known and (known.source, known.tag) != (_origin(source), source.tag):
            pointers.point(home, replace(known, source=_origin(source), tag=source.tag))

    # -- names -------------------------------------------------------------------------------------

    def _homes(self) -> list[Path]:
        return sorted(pointer.parent for pointer in self._folder.glob(f"*/{pointers.POINTER}"))

    def _spelt(self, name: str) -> str:
        """As the region that is there already is spelt."""
        same = [home.name for home in self._homes() if home.name.casefold() == name.casefold()]
        return same[0] if same else name

    def _home(self, name: str) -> Path:
        for home in self._homes():
            if home.name.casefold() == name.casefold():
                return home
        raise self._unknown(name, [home.name for home in self._homes()])

    def _unknown(self, name: str, known: Sequence[str]) -> ConsoleError:
        names = ", ".join(known) or tr("none yet")
        return ConsoleError(
            tr("There is no region named {name!r}. Installed: {names}.", name=name, names=names),
            remedy=tr("Add one: doorstep region add FILE.osm.pbf --name NAME"),
        )


def name_of(extract: Path) -> str:
    """The region's name for a file: ``liechtenstein.osm.pbf`` is liechtenstein."""
    return title_of(extract.name)


def _described(home: Path) -> Described:
    known = pointers.facts(home)
    if known is None:
        return Described(home.name, None, _size(home), problem=tr("damaged: add it again"))
    region = pointers.region(home)
    folder = pointers.folder(home, known)
    problem = tr("of another version: update it")
    if not folder.is_dir():
        problem = tr("its files are missing: update it")
    return Described(
        name=known.name,
        region=region,
        size=_size(folder),
        source=known.source,
        clip=known.clip,
        data_date=known.extract_date,
        licence=known.licence,
        credit=known.credit,
        profiles=tuple(sorted({name.partition("@")[0] for name in roads.built(folder)})),
        addresses=known.addresses,
        streets=known.streets,
        roads=known.roads,
        problem="" if region else problem,
    )


def _heeding(stop: threading.Event | None, progress: Progress) -> Progress:
    """The same, ended with Cancelled once ``stop`` is set."""

    def told(sentence: str, share: float) -> None:
        progress(sentence, share)
        if stop is not None and stop.is_set():
            raise Cancelled

    return told


def _origin(source: _Source) -> str:
    return source.wanted.source if is_address(source.wanted.source) else str(source.extract)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _remove_if_empty(home: Path) -> None:
    try:
        home.rmdir()
    except OSError:
        return


def _named(error: ConsoleError, extract: Path, home: Path) -> ConsoleError:
    """The same verdict, with the file it is about."""
    if isinstance(error, children.Unreadable):
        return children.Unreadable(error.said, extract.name)
    if isinstance(error, children.FullDisk):
        return children.FullDisk(extract.name, str(home.parent))
    if extract.name in error.message:
        return error
    return ConsoleError(f"{extract.name}: {error.message}", remedy=error.remedy)


def _unwritten(error: OSError, wanted: Wanted, folder: Path) -> ConsoleError:
    if error.errno in children.FULL:
        return children.FullDisk(Path(wanted.source).name, str(folder))
    return ConsoleError(
        tr(
            "The region {name} cannot be written ({value}).", name=wanted.name, value=error.strerror
        ),
        remedy=tr("Check the permissions and free space of {folder}.", folder=folder),
    )
