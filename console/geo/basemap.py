"""Reads a region's vector tiles: zoom 8 to 14, Mapbox vector tiles, extent 4096, drawn on canvas.

What a tile holds; every feature has ``kind``. Zooms above 14 are drawn from the tiles of zoom 14.

============  =======  =======================================================================
layer         shape    kinds and further properties
============  =======  =======================================================================
`landuse`     polygon  residential, industrial, commercial, school, hospital, parking, military,
                       farmland, orchard, allotments, grass, park, pitch, cemetery, wood, scrub,
                       wetland, sand, rock, glacier, nature_reserve, pedestrian
`water`       both     polygons: lake, river, sea, basin; lines: river, canal, stream
`buildings`   polygon  building (from zoom 13)
`roads`       line     highway, major_road, medium_road, minor_road, service, pedestrian, path,
                       rail; `name`; `ref` on the first two; `link`, `oneway` (1 along, -1
                       against the line), `bridge`, `tunnel` = 1
`boundaries`  line     country, region
`places`      point    city, town, village, suburb, quarter, neighbourhood, hamlet, locality; `name`
`addr`        point    house (zoom 14 only); `hnr`, the house number
============  =======  =======================================================================

There is no `earth` layer: the page's background is land, the sea is in `water`.
"""

import gzip
import sqlite3
import threading
from pathlib import Path

from console.domain.errors import ConsoleError
from console.geo.extract import OSM_CREDIT
from console.tongues import tr

FILE = "basemap.sqlite"
ZOOMS = range(8, 15)


class RegionBasemap:
    """The tiles of one region's folder; implements ``dispatch.ports.Basemap``."""

    def __init__(self, folder: Path) -> None:
        """Open the tiles; ConsoleError when they are missing or damaged."""
        self._lock = threading.Lock()
        try:
            self._tiles = sqlite3.connect(
                f"{(folder / FILE).as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise _damaged(folder) from error
        try:
            rows = self._tiles.execute("SELECT name, value FROM metadata").fetchall()
        except sqlite3.Error as error:
            self._tiles.close()
            raise _damaged(folder) from error
        self._metadata: dict[str, str] = dict(rows)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """(south, west, north, east) in degrees."""
        west, south, east, north = map(float, self._metadata["bounds"].split(","))
        return south, west, north, east

    @property
    def attribution(self) -> str:
        """The credit a map must show."""
        return self._metadata.get("attribution", OSM_CREDIT)

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """One tile, uncompressed, ``y`` counted from the north; None where there is nothing."""
        if z not in ZOOMS or not (0 <= x < 2**z and 0 <= y < 2**z):
            return None
        row = 2**z - 1 - y  # the MBTiles standard counts rows from the south
        try:
            with self._lock:
                found = self._tiles.execute(
                    "SELECT tile_data FROM tiles"
                    " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                    (z, x, row),
                ).fetchone()
        except sqlite3.Error:
            return None  # a hole in the map, not the end of the day
        return gzip.decompress(found[0]) if found else None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._tiles.close()


def _damaged(folder: Path) -> ConsoleError:
    return ConsoleError(
        tr("The map of the region in {name!r} cannot be read.", name=folder.name),
        remedy=tr("Add the region's extract again: doorstep region add FILE.osm.pbf --name NAME"),
    )
