"""Writes Valhalla's configuration: a job for a child, as Valhalla has to be loaded for it."""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false
# (valhalla has hardly any types)

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

_PAIRS = 100_000_000
_METRES = 5_000_000.0
_SECTIONS = ("auto", "truck", "bicycle", "pedestrian")
_MINUTES = 240
_CORNERS = 10_000
_POSITIONS = 100_000


def own_limits() -> dict[str, Any]:
    """How large drawn zones may be together, and how long a driven way.

    Valhalla's own limits are a walk of 10 km and a way of 200 km.
    """
    return {
        "max_exclude_polygons_length": _METRES,
        "max_exclude_polygons_vertices": _CORNERS,
        "trace": {
            "max_distance": _METRES,
            "max_shape": _POSITIONS,
            "max_gps_accuracy": 100.0,
            "max_search_radius": 100.0,
            "max_alternates": 0,
            "max_alternates_shape": 0,
        },
    }


def configure(tiles: str, threads: str, target: str, tell: Callable[[float], None]) -> None:
    """Write a configuration to ``target`` for road tiles in the folder ``tiles``: a child's job.

    Tables are computed from each source by Dijkstra's algorithm: exact, and on a city's streets
    nine times as fast as Valhalla's first choice, which leaves some cells wrong.
    """
    import valhalla

    config: Any = valhalla.get_config(tile_extract="", tile_dir=tiles, verbose=False)
    config["mjolnir"].update(concurrency=int(threads), admin="", timezone="")
    config["thor"]["source_to_target_algorithm"] = "timedistancematrix"
    limits = config["service_limits"]
    for section in _SECTIONS:
        limits[section].update(
            max_distance=_METRES,
            max_matrix_distance=_METRES,
            max_matrix_location_pairs=_PAIRS,
            max_locations=10_000,
        )
    limits.update(own_limits())
    limits["isochrone"].update(max_time_contour=_MINUTES, max_contours=8)
    Path(target).write_text(json.dumps(config, indent=1), encoding="utf-8")
    tell(1.0)
