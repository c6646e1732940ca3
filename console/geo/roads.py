"""Builds a region's road tiles with OSRM's own tools: contraction hierarchies for one vehicle."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import ConsoleError
from console.domain.profiles import Profile
from console.geo import children
from console.settings import bundled
from console.tongues import tr

FOLDER = "roads"
SOURCE = "streets.osm.pbf"
"""What of a region's extract further profiles are built from, beside the road tiles."""
# What neither answers nor other speeds (see speeds) need.
_BUILD_ONLY = (".cnbg", ".cnbg_to_ebg")
_DONE = ".hsgr"  # written last
_BASES = {"car": "car", "van": "car", "truck": "car", "bicycle": "bicycle", "foot": "foot"}
_ACCESS = {
    "car": ("motorcar", "motor_vehicle", "vehicle", "access"),
    "van": ("goods", "motorcar", "motor_vehicle", "vehicle", "access"),
    "truck": ("hgv", "motor_vehicle", "vehicle", "access"),
}
_TRUCK_KMH = 80  # above 3.5 t outside towns in most of Europe
Run = Callable[[list[str], Path], None]
"""Starts a command, waits for it, writes its output to a log; CalledProcessError on failure."""


@dataclass(frozen=True, slots=True)
class Build:
    """One set of road tiles.

    ``minute`` counts from Monday 00:00 on the region's clock: streets with hours are open or closed
    as they are then; None opens whatever is open at some time. ``speeds`` is a file of OSRM's
    ``--segment-speed-file``. ``part`` names the set beside others of the same profile.
    """

    profile: str
    part: str = ""
    minute: int | None = None
    speeds: Path | None = None

    @property
    def name(self) -> str:
        """The folder of the set."""
        return f"{self.profile}@{self.part}" if self.part else self.profile


def is_installed() -> bool:
    """True where OSRM has a wheel."""
    return importlib.util.find_spec("osrm") is not None


def package() -> Path:
    """Where osrm-bindings lie; ConsoleError when they are not installed."""
    spec = importlib.util.find_spec("osrm")
    if spec is None or spec.origin is None:
        raise ConsoleError(
            tr("The road engine (OSRM) is not installed."),
            remedy=tr(
                "Install the package osrm-bindings; where it has no wheel, such as on "
                'Windows, write engine = "valhalla" below [streets] in doorstep.toml.'
            ),
        )
    return Path(spec.origin).parent


def tool(name: str) -> Path:
    """The path of ``osrm-extract`` or ``osrm-contract``."""
    return package() / "bin" / (f"osrm-{name}" + (".exe" if sys.platform == "win32" else ""))


def base(folder: Path, name: str) -> Path:
    """The common beginning of the names of one set's road tiles; ``name`` is a ``Build.name``."""
    return folder / FOLDER / name / "map.osrm"


def source(folder: Path) -> Path:
    """The streets of the region as an extract of their own."""
    return folder / FOLDER / SOURCE


def built(folder: Path) -> list[str]:
    """The names of the sets that are there and whole."""
    return sorted(p.parent.name for p in (folder / FOLDER).glob(f"*/map.osrm{_DONE}"))


def is_built(folder: Path, name: str) -> bool:
    """True when the set is there and whole."""
    made = base(folder, name)
    return made.with_name(made.name + _DONE).is_file()


def build(extract: Path, folder: Path, wanted: Build, run: Run) -> None:
    """Write one set of road tiles of ``extract`` below ``folder``; ``run`` starts the commands."""
    target = base(folder, wanted.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    copy = target.with_name("map.osm.pbf")  # OSRM names its files after its input
    _link(extract, copy)
    log = target.with_name("build.log")
    lua = target.with_name("vehicle.lua")
    lua.write_text(_script(wanted), encoding="utf-8")
    threads = ["-t", str(max(1, (os.cpu_count() or 2) // 2))]
    slowed = [] if wanted.speeds is None else ["--segment-speed-file", _quoted(wanted.speeds)]
    try:
        run([str(tool("extract")), "-p", _quoted(lua), *threads, _quoted(copy)], log)
        run([str(tool("contract")), *threads, *slowed, _quoted(target)], log)
    except subprocess.CalledProcessError as error:
        raise _failed(log, error, wanted) from error
    finally:
        copy.unlink(missing_ok=True)
    for ending in _BUILD_ONLY:
        target.with_name(f"map.osrm{ending}").unlink(missing_ok=True)


def _script(wanted: Build) -> str:
    """The Lua that tells ``resources/streets/vehicle.lua`` which vehicle it is."""
    profile = Profile.parse(wanted.profile)
    minute = "nil" if wanted.minute is None else str(wanted.minute)
    return (
        f"SHARE = {_text(package() / 'share' / 'profiles')}\n"
        f"BASE = {_text(_BASES[profile.kind])}\n"
        f"MINUTE = {minute}\n"
        f"VEHICLE = {{ {', '.join(_vehicle(profile))} }}\n"
        f"return dofile({_text(bundled('resources/streets') / 'vehicle.lua')})\n"
    )


def _vehicle(profile: Profile) -> list[str]:
    size = profile.size
    if size is None:
        return []
    tags = ", ".join(_text(tag) for tag in _ACCESS[profile.kind])
    words = [
        f"access = {{ {tags} }}",
        f"vehicle_height = {size.height_m:g}",
        f"vehicle_width = {size.width_m:g}",
        f"vehicle_length = {size.length_m:g}",
        f"vehicle_weight = {size.weight_t * 1000:g}",
    ]
    if profile.kind == "truck":
        words.append(f"vehicle_max_speed = {_TRUCK_KMH}")
    return [*words, "hazmat = true"] if profile.hazmat else words


def _text(value: object) -> str:
    return f"[==[{value}]==]"


def _quoted(path: Path) -> str:
    # OSRM reads a path as far as its first blank, unless it is quoted.
    return f'"{path}"'


def _link(extract: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    try:
        copy.symlink_to(extract.resolve())
    except OSError:  # Windows without the privilege
        copy.write_bytes(extract.read_bytes())


def _failed(log: Path, error: subprocess.CalledProcessError, wanted: Build) -> ConsoleError:
    text = log.read_text(errors="replace") if log.exists() else ""
    if children.is_full(text) or children.is_full_code(error.returncode):
        return children.FullDisk()
    if "no edges" in text.casefold() or "edge-expanded" in text.casefold() or "snappable" in text:
        return ConsoleError(
            tr("The extract holds no road that a {profile} may use.", profile=wanted.profile),
            remedy=tr("Choose an extract with roads, such as a country's or a city's .osm.pbf."),
        )
    why = (
        tr("it ran out of memory")
        if error.returncode in (-9, 137)
        else tr("code {returncode}", returncode=error.returncode)
    )
    last = next((line for line in reversed(text.splitlines()) if "[error]" in line), "")
    said = last.partition("[error]")[2].strip()
    return ConsoleError(
        tr("The road tiles could not be built ({value}).", value=said or why),
        remedy=tr("Check that the extract is complete, or use a smaller one."),
    )
