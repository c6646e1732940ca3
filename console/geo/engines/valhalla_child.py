"""Valhalla in a process of its own: answers actions in JSON until its pipe closes.

This module imports the standard library and Valhalla only.
"""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false
# (valhalla has hardly any types)

import json
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_PAIRS = 100_000_000
_METRES = 5_000_000.0
_SECTIONS = ("auto", "truck", "bicycle", "pedestrian")
_MINUTES = 240


def serve(pipe: Connection, config: str) -> None:
    """Answer ``(action, request as JSON)`` until the other end of the pipe closes.

    ``config`` is the path of Valhalla's configuration. Every answer is (True, JSON), or (False,
    sentence); where Valhalla refuses, (True, {"error_code", "error"}).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the console; it will close us
    try:
        import valhalla

        actor: Any = valhalla.Actor(config)
    except Exception as error:  # noqa: BLE001 - whatever the engine says goes back as a sentence
        pipe.send((False, str(error)))
        return
    try:
        pipe.send((True, "ready"))
        while True:
            action, request = pipe.recv()
            pipe.send(_answer(actor, valhalla, action, request))
    except (EOFError, OSError):
        return


def _answer(actor: Any, valhalla: Any, action: str, request: str) -> tuple[bool, Any]:
    try:
        return True, getattr(actor, action)(request)
    except valhalla.ValhallaError as error:
        return True, {"error_code": error.code, "error": error.message}
    except Exception as error:  # noqa: BLE001 - see above
        return False, str(error)


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
    limits["isochrone"].update(max_time_contour=_MINUTES, max_contours=8)
    Path(target).write_text(json.dumps(config, indent=1), encoding="utf-8")
    tell(1.0)
