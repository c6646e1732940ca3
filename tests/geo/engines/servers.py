"""Road servers to ask: the real ones where their programs come with the libraries.

``osrm-routed`` and ``valhalla_service`` speak for themselves. openrouteservice is a Java program:
its protocol is spoken by ``Ors`` here, backed by a real engine.
"""

import contextlib
import http.server
import json
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from console.geo import roads
from console.geo.engines.contract import Engine
from console.geo.engines.ors_server import FAR_M
from console.geo.valhalla_tiles import ValhallaTiles, tool

Answer = tuple[int, Mapping[str, Any]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def _running(words: list[str], port: int, log: Path) -> Iterator[str]:
    with log.open("wb") as out:
        child = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT)
    try:
        for _ in range(600):
            assert child.poll() is None, log.read_text()
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.kill()
        child.wait()


def osrm_routed(folder: Path, scratch: Path) -> contextlib.AbstractContextManager[str]:
    """OSRM's own server on the car's road tiles."""
    port = free_port()
    base = roads.base(folder, "car")
    words = [str(roads.tool("routed")), "-a", "CH", "-i", "127.0.0.1", "-p", str(port), str(base)]
    return _running([*words, "-t", "1", "-l", "ERROR"], port, scratch / "osrm.log")


def valhalla_service(folder: Path, scratch: Path) -> contextlib.AbstractContextManager[str]:
    """Valhalla's own server, with the limits it comes with."""
    port = free_port()
    config: dict[str, Any] = json.loads(ValhallaTiles(folder).config().read_text())
    config["service_limits"]["auto"].update(max_locations=20, max_matrix_location_pairs=2500)
    config["thor"]["source_to_target_algorithm"] = "select_optimal"
    service = config["httpd"]["service"]
    service.update(
        listen=f"tcp://127.0.0.1:{port}",
        loopback=f"ipc://{scratch}/loopback",
        interrupt=f"ipc://{scratch}/interrupt",
    )
    for part in ("loki", "thor", "odin"):
        config[part]["service"]["proxy"] = f"ipc://{scratch}/{part}"
    file = scratch / "serve.json"
    file.write_text(json.dumps(config))
    return _running([str(tool("service")), str(file), "1"], port, scratch / "valhalla.log")


@contextlib.contextmanager
def serving(answer: Callable[[str, Mapping[str, Any] | None], Answer | bytes]) -> Iterator[str]:
    """A server of our own: path and body to status and JSON, or to whatever bytes."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._say(answer(self.path, None))

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self._say(answer(self.path, json.loads(self.rfile.read(length))))

        def _say(self, said: Answer | bytes) -> None:
            if isinstance(said, bytes):
                self.wfile.write(said)
                self.close_connection = True
                return
            status, fields = said
            text = json.dumps(fields).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Ors:
    """openrouteservice's protocol, version 2, over an engine of ours."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, path: str, body: Mapping[str, Any] | None) -> Answer:
        _, version, service, profile = path.split("/")
        if version != "v2" or profile != "driving-car" or body is None:
            return 404, {"error": {"code": 2003, "message": "Parameter 'profile' is incorrect"}}
        return getattr(self, f"_{service}")(body)

    def _matrix(self, body: Mapping[str, Any]) -> Answer:
        points = [tuple(point) for point in body["locations"]]
        sources, targets = body["sources"], body["destinations"]
        if len(sources) * len(targets) > 3500:
            return 400, {"error": {"code": 6004, "message": "Too many routes: at most 3500"}}
        table = self._engine.table("car", points, sources, targets)
        assert body["metrics"] == ["duration", "distance"]
        return 200, {
            "durations": table.seconds.tolist(),
            "distances": table.metres.tolist(),
            "sources": [{"snapped_distance": off} for off in table.from_road],
            "destinations": [{"snapped_distance": off} for off in table.to_road],
        }

    def _snap(self, body: Mapping[str, Any]) -> Answer:
        found = self._engine.nearest("car", [tuple(point) for point in body["locations"]])
        return 200, {
            "locations": [
                {"location": list(spot), "snapped_distance": off} if off < FAR_M else None
                for spot, off in found
            ]
        }

    def _directions(self, body: Mapping[str, Any]) -> Answer:
        points = [tuple(point) for point in body["coordinates"]]
        drawn = self._engine.lines("car", list(pairwise(points)))
        if None in drawn:
            return 404, {"error": {"code": 2009, "message": "Route could not be found"}}
        shape = [spot for line in drawn if line for spot in line]
        route: dict[str, Any] = {"geometry": encoded([(s.lat, s.lon) for s in shape])}
        if body["instructions"]:
            legs = self._engine.directions("car", points, body["language"])
            kinds = {"depart": 11, "arrive": 10, "left": 0, "right": 1}
            route["segments"] = [
                {
                    "steps": [
                        {
                            "instruction": step.sentence,
                            "distance": step.metres,
                            "duration": step.seconds,
                            "type": kinds.get(step.kind, 6),
                            "name": step.street or "-",
                            "way_points": [0, 1],
                        }
                        for step in leg
                    ]
                }
                for leg in legs
            ]
        return 200, {"routes": [route]}

    def _isochrones(self, body: Mapping[str, Any]) -> Answer:
        minutes = [seconds // 60 for seconds in body["range"]]
        found = self._engine.reach("car", tuple(body["locations"][0]), minutes)
        return 200, {
            "features": [
                {
                    "properties": {"value": limit * 60.0},
                    "geometry": {
                        "type": "Polygon",
                        "coordinates": [[[p.lon, p.lat] for p in ring] for ring in rings],
                    },
                }
                for limit, rings in zip(minutes, found, strict=True)
            ]
        }


def encoded(points: list[tuple[float, float]]) -> str:
    """Google's polyline with five digits."""
    text, before = "", (0, 0)
    for lat, lon in points:
        here = round(lat * 1e5), round(lon * 1e5)
        for step in (here[0] - before[0], here[1] - before[1]):
            value = ~(step << 1) if step < 0 else step << 1
            while value >= 32:
                text += chr((32 | (value & 31)) + 63)
                value >>= 5
            text += chr(value + 63)
        before = here
    return text
