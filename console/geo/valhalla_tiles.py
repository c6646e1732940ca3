"""Valhalla's road tiles of one region: one build serves every kind of vehicle."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from console.dispatch.ports import Progress
from console.domain.errors import ConsoleError
from console.geo import children, roads, valhalla_config
from console.geo.roadsets import Beat, put, silent, unwritable
from console.tongues import tr

NAME = "valhalla"
_CONFIG = "valhalla.json"
_TILES = "tiles"


def tool(name: str) -> Path:
    """The path of one of Valhalla's programs, such as ``build_tiles``; ConsoleError without it."""
    spec = importlib.util.find_spec("valhalla")
    if spec is None or spec.origin is None:
        raise ConsoleError(
            tr("The road engine Valhalla is not installed."),
            remedy=tr("Install the package pyvalhalla."),
        )
    ending = ".exe" if sys.platform == "win32" else ""
    return Path(spec.origin).parent / "bin" / f"valhalla_{name}{ending}"


class ValhallaTiles:
    """Built when first asked for; safe from any thread and beside other consoles."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is the region's."""
        self._folder = folder
        self._place = folder / roads.FOLDER / NAME
        self._lock = threading.Lock()

    @property
    def is_built(self) -> bool:
        """True when the tiles can be used."""
        return (self._place / _CONFIG).is_file()

    def config(self) -> Path:
        """The configuration, with the place where the tiles are now and the limits of today."""
        file, tiles = self._place / _CONFIG, str(self._place / _TILES)
        written: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        wanted, limits = valhalla_config.own_limits(), written["service_limits"]
        if written["mjolnir"]["tile_dir"] != tiles or not wanted.items() <= limits.items():
            written["mjolnir"]["tile_dir"] = tiles
            limits.update(wanted)
            new = file.with_name(f"{_CONFIG}.{os.getpid()}")
            new.write_text(json.dumps(written, indent=1), encoding="utf-8")
            new.replace(file)
        return file

    def make(self, progress: Progress | None = None) -> None:
        """Build what is not there (blocking). Whatever ``progress`` raises stops the build."""
        with self._lock:
            if not self.is_built:
                self._make(progress or silent)

    def _make(self, progress: Progress) -> None:
        streets = roads.source(self._folder)
        if not streets.is_file():
            raise ConsoleError(
                tr("There are no streets to build Valhalla's roads from."),
                remedy=tr("Add the region's extract again."),
            )
        scratch = self._folder / f"valhalla.building-{os.getpid()}"
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            _build(streets, scratch, Beat(progress, tr("Building Valhalla's roads")))
            put(scratch, self._place)
        except OSError as error:
            raise unwritable(error) from error
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _build(streets: Path, folder: Path, beat: Beat) -> None:
    (folder / _TILES).mkdir(parents=True)
    config, log = folder / _CONFIG, folder / "build.log"
    threads = max(1, (os.cpu_count() or 2) // 2)
    words = str(folder / _TILES), str(threads), str(config)
    children.run(valhalla_config.configure, *words, tell=_ignore, stop=beat)
    beat.share = 0.1
    try:
        children.command([str(tool("build_tiles")), "-c", str(config), str(streets)], log, beat)
    except subprocess.CalledProcessError as error:
        text = log.read_text(errors="replace")
        if children.is_full(text) or children.is_full_code(error.returncode):
            raise children.FullDisk(tr("the region's streets")) from error
        raise ConsoleError(
            tr(
                "Valhalla's roads could not be built (code {returncode}).",
                returncode=error.returncode,
            ),
            remedy=tr("Add the region's extract again, or choose another engine in doorstep.toml."),
        ) from error
    if not any((folder / _TILES).rglob("*.gph")):
        raise ConsoleError(
            tr("The extract holds no road for Valhalla."),
            remedy=tr("Choose an extract with roads, such as a country's or a city's .osm.pbf."),
        )


def _ignore(share: float) -> None:
    """One step says nothing."""
