"""Local servers that speak Nominatim's, Photon's and Pelias' protocols over a few houses."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from console.geo.naming import plain

Fields = dict[str, str]
LICENCE = "Data \u00a9 OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright"


@dataclass(frozen=True)
class Door:
    """A house, a street (no number) or a town (no street)."""

    street: str
    number: str
    postcode: str
    city: str
    lat: float
    lon: float
    name: str = ""

    @property
    def label(self) -> str:
        line = f"{self.street} {self.number}".strip()
        parts = (self.name, line, f"{self.postcode} {self.city}".strip())
        return ", ".join(part for part in parts if part)


@dataclass
class Server:
    """``asked`` are (path, parameters, headers) in their order; ``status`` refuses all."""

    doors: list[Door]
    asked: list[tuple[str, Fields, Fields]] = field(default_factory=list)
    status: int = 200
    body: object = None

    def found(self, text: str) -> list[Door]:
        """Doors of whose words one is asked for, those with most of them first."""
        words = set(plain(text).split())
        scored = [(len(words & set(plain(door.label).split())), door) for door in self.doors]
        ranked = sorted(scored, key=lambda each: (-each[0], -len(each[1].number)))
        return [door for score, door in ranked if score]


def nominatim(server: Server, path: str, asked: Fields) -> object:
    """https://nominatim.org/release-docs/latest/api/Output/, format=jsonv2."""
    assert asked["format"] == "jsonv2"
    if path == "/reverse":
        return _nominatim(server.doors[0]) if server.doors else {"error": "Unable to geocode"}
    assert path == "/search"
    assert ("q" in asked) != any(key in asked for key in ("street", "city", "postalcode"))
    keys = ("q", "street", "postalcode", "city")
    found = server.found(" ".join(asked[key] for key in keys if key in asked))
    return [_nominatim(door) for door in found[: int(asked["limit"])]]


def _nominatim(door: Door) -> object:
    kind = ("place", "house", 30) if door.number else ("highway", "residential", 26)
    kind = kind if door.street else ("boundary", "administrative", 16)
    address = {"road": door.street, "house_number": door.number, "postcode": door.postcode}
    address = {**address, "town": door.city, "country_code": "at"}
    return {
        "place_id": 1, "licence": LICENCE, "lat": str(door.lat), "lon": str(door.lon),
        "category": kind[0], "type": kind[1], "place_rank": kind[2], "importance": 0.1,
        "addresstype": kind[1], "name": door.name, "display_name": door.label,
        "address": {key: value for key, value in address.items() if value},
    }  # fmt: skip


def photon(server: Server, path: str, asked: Fields) -> object:
    """https://github.com/komoot/photon/blob/master/docs/api-v1.md"""
    if path == "/reverse":
        found = server.doors[:1]
    else:
        assert path == "/api"
        found = server.found(asked["q"])[: int(asked["limit"])]
    return {"type": "FeatureCollection", "features": [_photon(door) for door in found]}


def _photon(door: Door) -> object:
    kind = "house" if door.number or door.name else "street" if door.street else "city"
    parts = {
        "type": kind, "osm_key": "place", "housenumber": door.number, "postcode": door.postcode,
        "city": door.city if kind != "city" else "", "countrycode": "AT",
        "street": door.street if kind == "house" else "",
        "name": door.name or {"street": door.street, "city": door.city}.get(kind, ""),
    }  # fmt: skip
    return _feature(door, {key: value for key, value in parts.items() if value})


def _feature(door: Door, properties: Fields) -> object:
    point = {"type": "Point", "coordinates": [door.lon, door.lat]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def pelias(server: Server, path: str, asked: Fields) -> object:
    """https://github.com/pelias/documentation/blob/master/result.md"""
    if asked.get("api_key") == "wrong":
        return None
    if path == "/v1/reverse":
        found = server.doors[:1]
    else:
        assert path == "/v1/search"
        found = server.found(asked["text"])[: int(asked["size"])]
    return {
        "geocoding": {"version": "0.2", "attribution": "http://localhost/attribution"},
        "type": "FeatureCollection",
        "features": [_pelias(door) for door in found],
    }


def _pelias(door: Door) -> object:
    layer = "venue" if door.name else "address" if door.number else "street"
    layer = layer if door.street or door.name else "locality"
    parts = {
        "layer": layer, "name": door.name or f"{door.street} {door.number}".strip() or door.city,
        "housenumber": door.number, "street": door.street, "postalcode": door.postcode,
        "locality": door.city, "label": door.label, "confidence": 1, "accuracy": "point",
        "match_type": "interpolated" if door.number == "13" else "exact",
    }  # fmt: skip
    return _feature(door, {key: value for key, value in parts.items() if value})


@contextlib.contextmanager
def serving(server: Server, speak: Callable[[Server, str, Fields], object]) -> Iterator[str]:
    """The address of the server while it runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = dict(parse_qsl(parts.query))
            server.asked.append((parts.path, asked, dict(self.headers.items())))
            said = server.body or speak(server, parts.path, asked)
            text = json.dumps(said if said is not None else {"error": "invalid key"}).encode()
            self.send_response(server.status if said is not None else 401)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_args: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_address[1]}"
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()
