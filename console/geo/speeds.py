"""Road tiles with other speeds: OSRM's contraction again on the same roads, from a speed file.

A build stands beside the profile's own tiles as a set of its own (``car@speeds-KEY``), whose
unchanged files it shares. It is made under another name and renamed when whole, so that nobody sees
half of one.
"""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.domain.profiles import Profile
from console.domain.traffic import CLASSES, FREE, Row, SlowArea, SpeedState
from console.geo import children, roads, segments
from console.geo.segments import Segments
from console.tongues import tr

_PART = "@speeds-"
_BUILDING = ".building-"
KEPT = 40  # builds of one profile; the ones not used for longest are removed
_NEVER_JAMMED = ("bicycle", "foot")  # what is closed is closed to them too
_OWN = (".geometry", ".datasource_names", ".hsgr")  # what a contraction writes
_CHUNK = 100_000


def name_of(profile: str, state: SpeedState) -> str:
    """What the set of a state is called; the profile's own for free roads."""
    slowed = of_profile(state, profile)
    return profile if slowed.is_free else f"{profile}{_PART}{slowed.key}"


def of_profile(state: SpeedState, profile: str) -> SpeedState:
    """What of a state slows this profile."""
    if Profile.parse(profile).kind not in _NEVER_JAMMED:
        return state
    return SpeedState((), tuple(area for area in state.areas if not area.percent))


def is_built(folder: Path, profile: str, state: SpeedState) -> bool:
    """True where the tiles of a state are there."""
    return roads.base(folder, name_of(profile, state)).parent.is_dir()


def build(folder: Path, profile: str, state: SpeedState, stop: threading.Event) -> str:
    """The name of a state's set, built when it is not there (blocking).

    ConsoleError on a full disk or a region without segments; Cancelled when ``stop`` was set.
    """
    state = of_profile(state, profile)
    name = name_of(profile, state)
    if name == profile:
        return name
    ready = roads.base(folder, name).parent
    if ready.is_dir():
        ready.touch()
        return name
    work = ready.with_name(f"{name}{_BUILDING}{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir(parents=True)
        _share(roads.base(folder, profile).parent, work)
        _contract(roads.base(folder, profile), work, state, stop)
        if not ready.is_dir():  # another console may have been faster
            work.rename(ready)
    except OSError as error:
        raise _full() from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _tidy(ready.parent, f"{profile}{_PART}")
    return name


def write(base: str, target: str, state: str, tell: Callable[[float], None]) -> int:
    """Write the speed file of a state (``packed``) for OSRM; answers its rows (a child's job)."""
    row, areas = unpacked(state)
    found = segments.read(Path(base))
    factors = factors_of(found, row, areas)
    changed = np.flatnonzero(factors != 1.0)
    with Path(target).open("w", encoding="ascii") as file:
        for start in range(0, len(changed), _CHUNK):
            file.writelines(_lines(found, factors, changed[start : start + _CHUNK]))
            tell(start / len(changed))
    return len(changed)


def factors_of(found: Segments, row: Row, areas: tuple[SlowArea, ...]) -> NDArray[np.float64]:
    """The speed of every segment as a share of the free one; 0 where it is closed."""
    table = np.array(row or (FREE,) * len(CLASSES)) / 100
    factors = table[found.kinds].astype(np.float64)
    for area in areas:
        inside = _inside(found, area.corners)
        factors[inside] *= area.percent / 100
    return factors


def packed(state: SpeedState) -> str:
    """A state as text, for a child process."""
    areas = [[[(c.lat, c.lon) for c in area.corners], area.percent] for area in state.areas]
    return json.dumps([state.row, areas])


def unpacked(text: str) -> tuple[Row, tuple[SlowArea, ...]]:
    """Its row and areas again."""
    row, areas = json.loads(text)
    made = (SlowArea(tuple(Coordinate(*c) for c in corners), pct) for corners, pct in areas)
    return tuple(row), tuple(made)


def _contract(free: Path, work: Path, state: SpeedState, stop: threading.Event) -> None:
    speeds, log = work / "speeds.csv", work / "build.log"
    if not (free.parent / segments.FILE).is_file():
        streets = roads.source(free.parents[2])
        children.run(segments.classify, str(streets), str(free), tell=_silent, stop=stop)
    children.run(write, str(free), str(speeds), packed(state), tell=_silent, stop=stop)
    threads = ["-t", str(max(1, (os.cpu_count() or 2) // 2))]
    words = [str(roads.tool("contract")), *threads, _quoted(work / free.name)]
    try:
        children.command([*words, "--segment-speed-file", str(speeds)], log, stop)
    except subprocess.CalledProcessError as error:
        raise _failed(log, error) from error
    speeds.unlink()


def _quoted(path: Path) -> str:
    return f'"{path}"'  # OSRM reads a path as far as its first blank, unless it is quoted


def _failed(log: Path, error: subprocess.CalledProcessError) -> ConsoleError:
    text = log.read_text(errors="replace") if log.exists() else ""
    if children.is_full(text) or children.is_full_code(error.returncode):
        return _full()
    why = (
        tr("it ran out of memory")
        if error.returncode in (-9, 137)
        else tr("code {returncode}", returncode=error.returncode)
    )
    said = next((line for line in reversed(text.splitlines()) if "[error]" in line), "")
    return ConsoleError(
        tr(
            "The roads could not be given the traffic's speeds ({value}).",
            value=said.partition("[error]")[2].strip() or why,
        ),
        remedy=tr("The times before still hold. Add the region's extract again, then try again."),
    )


def _full() -> ConsoleError:
    return ConsoleError(
        tr("The disk is full: the roads could not be given the traffic's speeds."),
        remedy=tr("The times before still hold. Make room on the disk, then try again."),
    )


def _silent(_share: float) -> None:
    """Progress is counted in builds."""


def _share(free: Path, work: Path) -> None:
    """What the contraction only reads is linked, what it writes anew is copied or left out."""
    for file in free.glob("map.osrm.*"):
        target = work / file.name
        if file.suffix == ".geometry":
            shutil.copyfile(file, target)
        elif file.suffix not in _OWN and file.name != segments.FILE:
            _link(file, target)


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:  # a file system without links
        shutil.copyfile(file, target)


def _lines(found: Segments, factors: NDArray[np.float64], at: NDArray[Any]) -> list[str]:
    """``from,to,km/h,rate``: OSRM computes seconds and weight from them by its own lengths."""
    factor, metres = factors[at], found.metres[at]
    speeds = metres / found.seconds[at] * factor * 3.6
    rates = metres / np.maximum(found.weights[at], 0.1) * factor
    rows = zip(found.origins[at], found.targets[at], speeds, rates, strict=True)
    return [
        f"{a},{b},{speed:.4f},{rate:.4f}\n" if speed else f"{a},{b},0\n"
        for a, b, speed, rate in rows
    ]


def _inside(found: Segments, corners: tuple[Coordinate, ...]) -> NDArray[np.bool_]:
    """Which segments have their middle in a polygon (the even-odd rule)."""
    inside = np.zeros(len(found.lat), dtype=bool)
    before = corners[-1]
    for corner in corners:
        if corner.lat != before.lat:
            between = (corner.lat > found.lat) != (before.lat > found.lat)
            share = (found.lat - corner.lat) / (before.lat - corner.lat)
            inside ^= between & (found.lon < corner.lon + share * (before.lon - corner.lon))
        before = corner
    return inside


def _tidy(home: Path, beginning: str) -> None:
    built = [f for f in home.iterdir() if f.name.startswith(beginning) and _BUILDING not in f.name]
    built.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in built[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)
