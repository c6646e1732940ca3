"""Builds a region's road tiles with OSRM's own tools: contraction hierarchies for one profile."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from console.domain.errors import ConsoleError

FOLDER = "roads"
PROFILES = ("car",)
# What OSRM needs to answer; the rest of its build is thrown away.
_BUILD_ONLY = (".cnbg", ".cnbg_to_ebg", ".ebg", ".enw", ".restrictions", ".turn_penalties_index")


def package() -> Path:
    """Where osrm-bindings lie; ConsoleError when they are not installed."""
    spec = importlib.util.find_spec("osrm")
    if spec is None or spec.origin is None:
        raise ConsoleError(
            "The road engine (OSRM) is not installed.",
            remedy="Install the package osrm-bindings; on Windows it has no wheel yet.",
        )
    return Path(spec.origin).parent


def tool(name: str) -> Path:
    """The path of ``osrm-extract`` or ``osrm-contract``."""
    return package() / "bin" / (f"osrm-{name}" + (".exe" if sys.platform == "win32" else ""))


def base(folder: Path, profile: str) -> Path:
    """The common beginning of the names of one profile's road tiles."""
    return folder / FOLDER / profile / "map.osrm"


def build(
    extract: Path, folder: Path, profile: str, run: Callable[[list[str], Path], None]
) -> None:
    """Write the road tiles of ``extract`` below ``folder``.

    ``run`` starts a command, waits for it and writes its output to the given log file; it raises
    ``subprocess.CalledProcessError`` when the command fails.
    """
    target = base(folder, profile)
    target.parent.mkdir(parents=True, exist_ok=True)
    source = target.with_name("map.osm.pbf")  # OSRM names its files after its input
    _link(extract, source)
    log = target.with_name("build.log")
    lua = package() / "share" / "profiles" / f"{profile}.lua"
    threads = ["-t", str(max(1, (os.cpu_count() or 2) // 2))]
    try:
        run([str(tool("extract")), "-p", _quoted(lua), *threads, _quoted(source)], log)
        run([str(tool("contract")), *threads, _quoted(target)], log)
    except subprocess.CalledProcessError as error:
        raise _failed(log, error) from error
    finally:
        source.unlink(missing_ok=True)
    for ending in _BUILD_ONLY:
        target.with_name(f"map.osrm{ending}").unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    # OSRM reads a path as far as its first blank, unless it is quoted.
    return f'"{path}"'


def _link(extract: Path, source: Path) -> None:
    source.unlink(missing_ok=True)
    try:
        source.symlink_to(extract.resolve())
    except OSError:  # Windows without the privilege
        source.write_bytes(extract.read_bytes())


def _failed(log: Path, error: subprocess.CalledProcessError) -> ConsoleError:
    text = log.read_text(errors="replace") if log.exists() else ""
    if "No space left" in text:
        return ConsoleError(
            "The disk is full: the road tiles could not be written.",
            remedy="Make room on the disk and add the region again.",
        )
    if "no edges" in text.casefold() or "edge-expanded" in text.casefold() or "snappable" in text:
        return ConsoleError(
            "The extract holds no road that a car may use.",
            remedy="Choose an extract with roads, such as a country's or a city's .osm.pbf.",
        )
    why = "it ran out of memory" if error.returncode in (-9, 137) else f"code {error.returncode}"
    last = next((line for line in reversed(text.splitlines()) if "[error]" in line), "")
    said = last.partition("[error]")[2].strip()
    return ConsoleError(
        f"The road tiles could not be built ({said or why}).",
        remedy="Check that the extract is complete, or use a smaller one.",
    )
