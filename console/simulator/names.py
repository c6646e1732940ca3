"""Invented names: streets, villages, people and shops. None is meant to be anybody's or anywhere's."""

import itertools
from collections.abc import Iterator

import numpy as np

CITY = "Wendelfurt"
RIVER = "Wendel"
COUNTRY_POSTCODE = 43100

SUBURBS = {
    "centre": "Altstadt",
    "north": "Nordstadt",
    "west": "Auental",
    "south": "Sankt Lorenz",
    "east": "Hammerwerk",
    "north-west": "Lindenhöhe",
    "south-west": "Gänsewiesen",
    "south-east": "Kesselbruch",
    "north-east": "Bahnhofsviertel",
}
_TREES = "Linden Ahorn Erlen Ulmen Eschen Birken Kastanien Holunder Weiden Buchen Tannen Platanen"
_BIRDS = "Amsel Drossel Finken Lerchen Star Meisen Zeisig Schwalben Kranich Reiher Kiebitz Eulen"
_FLOWERS = "Rosen Nelken Tulpen Mohn Distel Enzian Flieder Veilchen Primel Malven Krokus Ginster"
_CRAFTS = "Gerber Böttcher Färber Weber Seiler Schmiede Töpfer Bäcker Müller Fischer Küfer Zimmerer"
_FRUITS = "Apfel Birnen Kirsch Quitten Schlehen Brombeer Hasel Mirabellen Himbeer Nuss Pflaumen"
_FIELDS = "Wiesen Heide Moor Acker Hang Hügel Quell Teich Bach Brunnen Mühl Stein Sand Lehm Furt"
_ANIMALS = "Fuchs Dachs Hasen Igel Biber Otter Hirsch Reh Luchs Marder Wolfs Schwanen Falken Bären"
_TOWN = "Kloster Kirch Rats Salz Korn Markt Spital Turm Glocken Brauhaus Kessel Graben Tor Münz"
_LIGHT = "Sonnen Morgen Abend Stern Sommer Winter Oster Frühlings Mond Himmels Nebel Tau Silber"
_OLD = "Wenden Ritter Bischofs Grafen Königs Herzog Bürger Schützen Jäger Pilger Boten Wächter"

_STEMS = {
    "alley": f"{_CRAFTS} {_TOWN} {_OLD} {_ANIMALS}",
    "street": f"{_TREES} {_BIRDS} {_FLOWERS} {_FRUITS} {_FIELDS} {_LIGHT} {_OLD} {_ANIMALS}",
    "works": "Hammer Werft Kohlen Eisen Kupfer Zink Gießerei Ziegelei Speicher Lager Hafen Walz",
}
_ENDINGS = {
    "alley": ("gasse", "straße", "gang", "winkel", "gässchen", "stieg"),
    "street": ("weg", "straße", "allee", "ring", "pfad", "kamp", "winkel", "steig"),
    "works": ("straße", "weg", "damm", "hof"),
    "quay": ("ufer", "kai", "staden", "promenade"),
    "ring": ("ring", "damm", "allee"),
}
_GIVEN = (
    "Adele Bruno Clara Egon Frieda Gustav Hedwig Ivar Johanna Karoline Leopold Mathilde Nikolai "
    "Ottilie Philipp Renate Sören Thekla Ulrike Valentin Wilma Zoltan Ägidius Björn"
).split()
_FAMILY = (
    "Aarsund Brandell Corvin Dahlström Eschwege Fährmann Grünwaldt Hallström Isebrand Jessenitz "
    "Kranach Lüdering Mehlhorn Nordahl Oppenrode Plöhn Querfurth Rosendahl Süderholm Tiedemark "
    "Uhlenbrook Vierkant Wiesenthau Zabelitz Østergren Kováčik Bělský Mårtell"
).split()
_FRONT = "Hassel Kreien Möhl Quade Rahl Sören Tarn Ummel Brun Eller Grön Lütten Pagel Zehl".split()
_BACK = {
    "dorf": "dorfer", "hagen": "hagener", "stedt": "stedter", "torp": "torper", "rade": "rader",
    "walde": "walder", "büttel": "bütteler", "kow": "kower",
}  # fmt: skip
FIRST_NAMES = (
    "Amélie Anton Birte Cem Dagmar Elif Enno Fenja Gesa Hauke Ida Jannik Käthe Levin Malte Nele "
    "Oskar Paula Raúl Swantje Tomasz Ute Veit Wiebke Yasmin Zoë Søren Łukasz Jörg Maren"
).split()
LAST_NAMES = (
    "Abelmann Brodersen Carstensen Deichgräber Ehlers-Voß Fedders Grothus Hinrichsen Ibsgaard "
    "Jürgensen Kowalewicz Lüttjohann Mølgaard Nissen-Petry Ohlendiek Petersdorff Quednau "
    "Rickertsen Stövesand Thormählen Uekermann Vollertsen Wiechmann Yildirimoğlu Zabelmann"
).split()


def villages(rng: np.random.Generator, count: int) -> list[tuple[str, str]]:
    """Distinct (village, adjective for the road to it), such as (Tarnhagen, Tarnhagener)."""
    fronts, backs = rng.permutation(_FRONT), rng.permutation(list(_BACK))
    return [
        (f"{fronts[i % len(fronts)]}{back}", f"{fronts[i % len(fronts)]}{_BACK[str(back)]}")
        for i, back in zip(range(count), itertools.cycle(backs), strict=False)
    ]


class StreetNames:
    """Hands out each street name once; a stem comes back only when all others are used."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._used: set[str] = set()
        self._stems_used: set[str] = set()
        self._rng = rng
        self._supply = {kind: self._endless(kind) for kind in _ENDINGS}

    def take(self, kind: str) -> str:
        """A new name for a street of this kind (a key of ROADS)."""
        sort = {"quay": "quay", "ring": "ring", "alley": "alley", "works": "works"}.get(kind)
        return self.reserve(next(self._supply[sort or "street"]))

    def reserve(self, name: str) -> str:
        """Take this very name if it is free, another one otherwise."""
        if name in self._used:
            return self.take("street")
        self._used.add(name)
        return name

    def _endless(self, kind: str) -> Iterator[str]:
        """Names of one kind: each stem with one ending, then with the next, then persons."""
        stems = self._rng.permutation(_STEMS.get(kind, _STEMS["street"]).split())
        endings = _ENDINGS[kind]
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
        while True:
            given, family = self._rng.choice(_GIVEN), self._rng.choice(_FAMILY)
            name = f"{given}-{family}-{self._rng.choice(('Straße', 'Weg', 'Ring', 'Allee'))}"
            if name not in self._used:
                return name
