"""Invented names for streets, villages, people and shops, from data/demo/names.toml."""

import itertools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from console.settings import bundled


@dataclass(frozen=True, slots=True)
class NameBook:
    """The name lists; each list as written in the file."""

    city: str
    river: str
    lake: str
    saints: tuple[str, ...]
    parks: tuple[str, ...]
    suburbs: dict[str, str]
    stems: dict[str, tuple[str, ...]]
    endings: dict[str, tuple[str, ...]]
    persons: dict[str, tuple[str, ...]]
    village_fronts: tuple[str, ...]
    village_backs: dict[str, str]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]


def name_book() -> NameBook:
    """Read the packed lists; FileNotFoundError when the installation lacks them."""
    with bundled("data/demo/names.toml").open("rb") as file:
        table = tomllib.load(file)

    def words(section: str) -> dict[str, tuple[str, ...]]:
        return {key: tuple(text.split()) for key, text in table[section].items()}

    return NameBook(
        city=table["city"],
        river=table["river"],
        lake=table["lake"],
        saints=tuple(table["saints"].split()),
        parks=tuple(table["parks"].split()),
        suburbs=dict(table["suburbs"]),
        stems=words("stems"),
        endings=words("endings"),
        persons=words("persons"),
        village_fronts=tuple(table["villages"]["fronts"].split()),
        village_backs=dict(table["villages"]["backs"]),
        first_names=words("people")["first"],
        last_names=words("people")["last"],
    )


def villages(book: NameBook, rng: np.random.Generator, count: int) -> list[tuple[str, str]]:
    """Distinct (village, adjective for the road to it), such as (Tarnhagen, Tarnhagener)."""
    fronts, backs = rng.permutation(book.village_fronts), rng.permutation([*book.village_backs])
    pairs = itertools.product(range(len(backs)), range(len(fronts)))
    return [
        (f"{fronts[i]}{back}", f"{fronts[i]}{book.village_backs[back]}")
        for turn, i in itertools.islice(pairs, count)
        for back in [str(backs[(i + turn) % len(backs)])]
    ]


class StreetNames:
    """Hands out each street name once; a stem comes back only when all others are used."""

    def __init__(self, book: NameBook, rng: np.random.Generator) -> None:
        self._book = book
        self._used: set[str] = set()
        self._stems_used: set[str] = set()
        self._rng = rng
        self._supply = {kind: self._endless(kind) for kind in book.stems}

    def take(self, kind: str) -> str:
        """A new name for a street of this kind (a key of ROADS)."""
        return self.reserve(next(self._supply[kind if kind in self._supply else "street"]))

    def reserve(self, name: str) -> str:
        """Take this very name if it is free, another one otherwise."""
        if name in self._used:
            return self.take("street")
        self._used.add(name)
        return name

    def _endless(self, kind: str) -> Iterator[str]:
        """Names of one kind: each stem with one ending, then with the next, then persons."""
        stems = self._rng.permutation(self._book.stems[kind])
        endings = self._book.endings[kind]
        for turn in range(3):
            for number, stem in enumerate(stems):
                if kind == "street" and self._rng.random() < 0.16:
                    yield self._person()
                name = f"{stem}{endings[(number + turn * 2) % len(endings)]}"
                if (turn or stem not in self._stems_used) and name not in self._used:
                    self._stems_used.add(str(stem))
                    yield name
        while True:
            yield self._person()

    def _person(self) -> str:
        """A street called after somebody who never lived."""
        persons = self._book.persons
        while True:
            given, family = self._rng.choice(persons["given"]), self._rng.choice(persons["family"])
            name = f"{given}-{family}-{self._rng.choice(persons['kinds'])}"
            if name not in self._used:
                return name
