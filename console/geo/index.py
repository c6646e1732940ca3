"""Reads a region's address index; one connection, one lock, safe from any thread."""

import re
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.domain.errors import ConsoleError
from console.geo.addresses import FILE
from console.geo.naming import postcode_key
from console.tongues import tr

_FUZZY_LIMIT = 30
_MOST_POIS = 200
_RINGS = (0.001, 0.004, 0.016, 0.06)  # degrees around a point, nearest first


@dataclass(frozen=True, slots=True)
class Street:
    """A street of one town; ``postcode`` is its houses' most frequent one."""

    id: int
    name: str
    town: str
    town_key: str
    postcode: str
    lat: float
    lon: float
    houses: int


@dataclass(frozen=True, slots=True)
class House:
    """A house number of one street; ``key`` folded, ``label`` as on the map."""

    street: int
    number: int
    key: str
    label: str
    postcode: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Town:
    """A town or part of one; ``houses`` is 0 for a mere place name."""

    key: str
    name: str
    kind: str
    lat: float
    lon: float
    houses: int


@dataclass(frozen=True, slots=True)
class Poi:
    """A place by its name; ``street`` is its own address, where it has one."""

    words: str
    name: str
    street: str
    town: str
    town_key: str
    postcode: str
    lat: float
    lon: float


def _unreadable() -> ConsoleError:
    return ConsoleError(
        tr("The region's address index cannot be read."),
        remedy=tr("Add the region's extract again."),
    )


class AddressIndex:
    """The tables ``console.geo.addresses`` wrote."""

    def __init__(self, folder: Path) -> None:
        """ConsoleError when the index is missing or damaged."""
        self._lock = threading.Lock()
        try:
            self._rows = sqlite3.connect(
                f"{(folder / FILE).as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise _unreadable() from error
        try:
            self.towns = [Town(*row) for row in self._ask("SELECT * FROM towns")]
            self.postcodes: dict[str, tuple[float, float, int]] = {
                postcode_key(row[0])[1] or row[0]: row[1:]
                for row in self._ask("SELECT * FROM postcodes")
            }
            self.countries: dict[str, str] = dict(self._ask("SELECT key, code FROM countries"))
            own = self._ask("SELECT code FROM countries WHERE own LIMIT 1")
            houses = self._ask("SELECT count(*), count(nullif(postcode, '')) FROM houses")
        except sqlite3.Error as error:
            self._rows.close()
            raise _unreadable() from error
        self.country: str = own[0][0] if own else ""
        self.has_postcodes: bool = houses[0][1] * 2 > houses[0][0]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._rows.close()

    def named(self, keys: Iterable[str], *, in_any_order: bool = False) -> list[tuple[str, Street]]:
        """(folded name, street) of the streets that have one of the folded names.

        In any order: those with the words of ``naming.sorted_key``, which are given back.
        """
        wanted = list(keys)
        column = "sorted" if in_any_order else "key"
        rows = self._ask(
            f"SELECT n.{column}, s.* FROM names n JOIN streets s ON s.id = n.street"  # noqa: S608
            f" WHERE n.{column} IN ({','.join('?' * len(wanted))})",
            wanted,
        )
        return [(row[0], Street(*row[1:])) for row in rows]

    def spelt(self, keys: Iterable[str]) -> list[tuple[str, Street]]:
        """(words of the name, street) of the streets that have one of the folded names."""
        wanted = list(keys)
        rows = self._ask(
            f"SELECT n.words, s.* FROM names n JOIN streets s ON s.id = n.street"  # noqa: S608
            f" WHERE n.key IN ({','.join('?' * len(wanted))})",
            wanted,
        )
        return [(row[0], Street(*row[1:])) for row in rows]

    def similar(self, text: str) -> list[str]:
        """Folded street names that share most trigrams with ``text``, best first."""
        return self._similar("name_text", text)

    def _similar(self, table: str, text: str) -> list[str]:
        clean = re.sub(r"[^\w]", "", text)
        grams = sorted({clean[i : i + 3] for i in range(len(clean) - 2)})
        if not grams:
            return []
        query = " OR ".join(f'"{gram}"' for gram in grams)
        rows = self._ask(
            f"SELECT key FROM {table} WHERE {table} MATCH ? ORDER BY rank LIMIT ?",  # noqa: S608
            (query, _FUZZY_LIMIT),
        )
        return [row[0] for row in rows]

    def pois(self, keys: Iterable[str]) -> list[Poi]:
        """Places whose folded name is one of these."""
        wanted = list(keys)
        rows = self._ask(
            "SELECT words, name, street, town, town_key, postcode, lat, lon FROM pois"  # noqa: S608
            f" WHERE key IN ({','.join('?' * len(wanted))}) LIMIT ?",
            [*wanted, _MOST_POIS],
        )
        return [Poi(*row) for row in rows]

    def similar_pois(self, text: str) -> list[Poi]:
        """Places whose folded name shares most trigrams with ``text``."""
        return self.pois(self._similar("poi_text", text))

    def of_towns(self, towns: Iterable[str], letters: range) -> list[tuple[str, Street]]:
        """(words of the name, street) of the streets of some towns, of about this length."""
        wanted = sorted(towns)
        rows = self._ask(
            "SELECT n.words, s.* FROM streets s JOIN names n ON n.street = s.id"  # noqa: S608
            f" WHERE s.town_key IN ({','.join('?' * len(wanted))})"
            " AND length(n.key) BETWEEN ? AND ?",
            [*wanted, letters[0], letters[-1]],
        )
        return [(row[0], Street(*row[1:])) for row in rows]

    def houses(self, streets: Sequence[int], numbers: range) -> dict[int, list[House]]:
        """Houses of some streets, by street, in the order of their numbers."""
        rows = self._ask(
            "SELECT street, number, key, label, postcode, lat, lon FROM houses"  # noqa: S608
            f" WHERE street IN ({','.join('?' * len(streets))}) AND number BETWEEN ? AND ?"
            " ORDER BY number, id",
            [*streets, numbers[0], numbers[-1]],
        )
        found: dict[int, list[House]] = defaultdict(list)
        for row in rows:
            found[row[0]].append(House(*row))
        return found

    def nearest(self, lat: float, lon: float) -> tuple[House, Street] | None:
        """The house nearest to a point, within about 5 km."""
        for ring in _RINGS:
            rows = self._ask(
                "SELECT h.street, h.number, h.key, h.label, h.postcode, h.lat, h.lon"
                " FROM house_tree t JOIN houses h ON h.id = t.id"
                " WHERE t.west <= ? AND t.east >= ? AND t.south <= ? AND t.north >= ?"
                " ORDER BY (h.lat - ?) * (h.lat - ?) + (h.lon - ?) * (h.lon - ?) * ? LIMIT 1",
                (lon + ring, lon - ring, lat + ring, lat - ring, lat, lat, lon, lon, _narrow(lat)),
            )
            if rows:
                house = House(*rows[0])
                street = self._ask("SELECT * FROM streets WHERE id = ?", (house.street,))[0]
                return house, Street(*street)
        return None

    def _ask(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            return self._rows.execute(statement, values).fetchall()


def _narrow(lat: float) -> float:
    """The square of a degree of longitude over one of latitude, near enough to sort by."""
    return max(0.05, (1 - (lat / 90) ** 2)) ** 1.2
