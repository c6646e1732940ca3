"""What geo needs from this machine, tried for real: for ``doorstep doctor``."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from console.dispatch.ports import Region
from console.dispatch.services import Component
from console.domain.errors import ConsoleError
from console.geo import roads
from console.geo.valhalla_tiles import tool as valhalla
from console.settings import StreetSettings
from console.tongues import tr

_TIMEOUT = 20
_TABLES = (
    "CREATE VIRTUAL TABLE words USING fts5(word, tokenize = 'trigram')",
    "CREATE VIRTUAL TABLE boxes USING rtree(id, west, east, south, north)",
)


def components() -> list[Component]:
    """The road tools and the tables of the address index; each with a remedy when missing."""
    osrm = [("osrm-bindings", roads.tool, name) for name in ("extract", "contract")]
    tools = [*(osrm if sys.platform != "win32" else []), ("pyvalhalla", valhalla, "build_tiles")]
    return [*(_tool(*tool) for tool in tools), _index()]


def engine(region: Region | None, wanted: StreetSettings) -> Component:
    """The engine of travel times, tried with the middle of a region where there is one."""
    from console.geo.engines.choosing import component  # loads NumPy

    return component(region, wanted)


def _tool(package: str, path: Callable[[str], Path], name: str) -> Component:
    label = tr("{package} {name} (road tiles)", package=package, name=name)
    try:
        answer = subprocess.run(
            [path(name), "--version"], capture_output=True, timeout=_TIMEOUT, check=True
        )
    except ConsoleError as error:
        return Component(label, "", found=False, remedy=error.remedy)
    except (OSError, subprocess.SubprocessError) as error:
        remedy = tr("{error}. Install the package {package} again.", error=error, package=package)
        return Component(label, "", found=False, remedy=remedy)
    said = (answer.stdout or answer.stderr).decode(errors="replace").strip().splitlines()
    return Component(label, said[-1] if said else "", found=True)


def _index() -> Component:
    label = tr("SQLite with FTS5 and R-tree (address index)")
    trial = sqlite3.connect(":memory:")
    try:
        for table in _TABLES:
            trial.execute(table)
    except sqlite3.OperationalError as error:
        remedy = tr(
            "{error}. Use a Python whose SQLite is 3.34 or later, with FTS5 and R-tree.",
            error=error,
        )
        return Component(label, sqlite3.sqlite_version, found=False, remedy=remedy)
    finally:
        trial.close()
    return Component(label, sqlite3.sqlite_version, found=True)
