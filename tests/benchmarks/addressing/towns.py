"""Towns drawn from a seed as ordinary extracts: the address styles the shared extracts lack."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.geo.town import Drawing

_STEP = 0.0012  # degrees between two streets
_HOUSE = 0.00018  # between two doors of a side
_SIDE = 0.00009  # from a street's middle to its doors


@dataclass(frozen=True, slots=True)
class Manner:
    """How a country numbers and names; ``code`` makes the postcode of a block."""

    country: str
    towns: Sequence[str]
    streets: Sequence[str]
    lat: float
    lon: float
    state: str = ""
    first_number: int = 1
    per_block: int = 0  # numbers start anew at a multiple of this every block, as in the US
    odd_suffix: tuple[str, ...] = ()


_US_NAMES = (
    "Maple", "Oak", "Washington", "Lincoln", "Cherry", "Walnut", "Jefferson", "Highland", "Park",
    "Sunset", "Lakeview", "Church", "Mill", "Madison", "Franklin", "Chestnut", "Adams", "Hickory",
    "Dogwood", "Martin Luther King Jr", "Saint Charles", "Pine Ridge", "Old Post", "Cedar Hill",
)  # fmt: skip
_US_KINDS = ("Street", "Avenue", "Road", "Drive", "Lane", "Court", "Boulevard", "Way", "Place")
_UK = (
    "High Street", "Station Road", "Church Lane", "St James's Road", "St Mary's Street",
    "Victoria Road", "Mill Lane", "The Green", "Park Avenue", "King's Road", "Queen's Gardens",
    "North Street", "West View Terrace", "Albert Close", "Manor Drive", "School Lane",
    "London Road", "Broadway", "The Crescent", "Grove Court", "Richmond Hill", "Castle Street",
    "New Road", "Old Mill Close", "Springfield Road", "Windsor Place", "Chapel Walk",
    "Market Place",
)  # fmt: skip
_FR = (
    "Rue de la République", "Avenue du Général de Gaulle", "Rue Victor Hugo", "Place de l'Église",
    "Rue de l'Abbé Grégoire", "Boulevard Jean Jaurès", "Impasse des Lilas", "Chemin de la Fontaine",
    "Rue du 8 Mai 1945", "Allée des Tilleuls", "Route de Saint-Étienne", "Rue Saint-Jacques",
    "Cours Gambetta", "Quai de la Loire", "Rue d'Alsace", "Rue du Docteur Roux", "Rue Neuve",
    "Rue du Faubourg Saint-Martin", "Square des Écoles", "Rue Émile Zola", "Rue du Moulin",
    "Passage du Marché", "Rue des Prés", "Avenue Foch", "Rue Pasteur", "Rue du Château",
)  # fmt: skip


_PL = (
    "Marszałkowska",
    "3 Maja",
    "11 Listopada",
    "Tadeusza Kościuszki",
    "Adama Mickiewicza",
    "aleja Niepodległości",
    "aleja Jana Pawła II",
    "plac Wolności",
    "Rynek",
    "Świętego Jana",
    "generała Józefa Bema",
    "księdza Jerzego Popiełuszki",
    "Żwirki i Wigury",
    "Łąkowa",
    "Polna",
    "Ogrodowa",
    "Słoneczna",
    "Henryka Sienkiewicza",
    "marszałka Józefa Piłsudskiego",
    "Stefana Żeromskiego",
    "Krakowskie Przedmieście",
    "Nowy Świat",
    "osiedle Piastów",
    "Długa",
    "Bolesława Chrobrego",
    "Źródlana",
    "Księcia Józefa",
    "Wąska",
    "Leśna",
    "Szkolna",
    "Marii Skłodowskiej-Curie",
    "Armii Krajowej",
    "Powstańców Śląskich",
    "Lipowa",
    "Dworcowa",
)
_ES = (
    "Calle de Alcalá",
    "Calle Mayor",
    "Avenida de la Constitución",
    "Plaza de España",
    "Paseo de la Castellana",
    "Calle del Doctor Fleming",
    "Calle de San Juan",
    "Ronda de Atocha",
    "Calle de Ramón y Cajal",
    "Avenida del Generalísimo",
    "Travesía de la Luna",
    "Calle Nueva",
    "Camino Viejo de Leganés",
    "Calle de Miguel de Cervantes",
    "Carretera de Extremadura",
    "Plaza del Ayuntamiento",
    "Calle de los Reyes Católicos",
    "Calle de Santa María",
    "Calle Real",
    "Calle de la Iglesia",
    "Avenida de América",
    "Glorieta de Bilbao",
    "Calle de Núñez de Balboa",
    "Callejón del Gato",
    "Calle de José Ortega y Gasset",
    "Calle del Pez",
    "Cuesta de San Vicente",
    "Paseo Marítimo",
    "Calle del 2 de Mayo",
    "Calle de Goya",
    "Calle Jorge Juan",
    "Calle Ancha",
)
_NL = (
    "Kerkstraat",
    "Dorpsstraat",
    "Burgemeester van der Feltzlaan",
    "Prinses Beatrixlaan",
    "Laan van Meerdervoort",
    "'t Zand",
    "Oudegracht",
    "Nieuwezijds Voorburgwal",
    "Stationsplein",
    "Jan van Eijckstraat",
    "Sint Jansstraat",
    "Van 't Hoffweg",
    "Korte Houtstraat",
    "Markt",
    "Lange Houtstraat",
    "1e Oosterparkstraat",
    "2e Oosterparkstraat",
    "Ijsselkade",
    "De Dreef",
    "Dr. Schaepmanstraat",
    "Prof. Lorentzlaan",
    "Wilhelminapark",
    "Molenweg",
    "Schoolstraat",
    "Beethovenlaan",
    "Mozartlaan",
    "Achter de Kerk",
    "Hoge der A",
    "Singel",
    "Vijverhof",
    "Zuiderzeestraat",
    "Noorderhaven",
    "Meester Cornelisstraat",
    "Graaf Adolfstraat",
)


def _us_streets() -> list[str]:
    names = [
        f"{name} {kind}"
        for i, name in enumerate(_US_NAMES)
        for kind in (_US_KINDS[i % len(_US_KINDS)], _US_KINDS[(i + 3) % len(_US_KINDS)])
    ]
    for number in range(1, 13):
        end = {1: "st", 2: "nd", 3: "rd"}.get(number if number < 4 else 0, "th")
        names += [
            f"North {number}{end} Street",
            f"South {number}{end} Street",
            f"{number}{end} Avenue",
        ]
    return [*names, "County Road 12", "State Route 9", "Broadway", "West 42nd Street", "Avenue B"]


MANNERS: dict[str, Manner] = {
    "us": Manner("US", ("Fairview", "Saint Clair", "New Haven Heights"), _us_streets(), 41.2, -89.5,
                 "IL", 1200, 100),
    "uk": Manner("GB", ("Ashbourne", "Kirkby-on-Sea", "Little Walton"), _UK, 52.9, -1.7,
                 odd_suffix=("a", "b")),
    "fr": Manner("FR", ("Villeneuve-sur-Orne", "Saint-Aubin", "L'Isle-Adam"), _FR, 47.4, 1.6,
                 odd_suffix=(" bis", " ter")),
    "pl": Manner("PL", ("Zielona Dolina", "Łęczna Górna", "Śródmieście Nowe"), _PL, 52.1, 20.6,
                 odd_suffix=("A", "B", "/1")),
    "es": Manner("ES", ("Villanueva del Río", "Peñaflor", "Alcázar de Arriba"), _ES, 40.3, -3.9,
                 odd_suffix=(" bis", " A")),
    "nl": Manner("NL", ("'s-Gravenhoek", "Nieuwkoop", "Bergen aan de IJssel"), _NL, 52.0, 5.1,
                 odd_suffix=("a", "-II", " hs")),
}  # fmt: skip
"""Poland, Spain and the Netherlands are held out: drawn when the locator was done."""


def write(manner: str, path: Path, seed: int = 1) -> None:
    """Draw the towns of a country's manner into an extract."""
    town, kind, dice = Drawing(), MANNERS[manner], random.Random(seed)
    for number, name in enumerate(kind.towns):
        _draw_town(town, kind, number, name, dice)
    town.write(path)


def _draw_town(town: Drawing, kind: Manner, order: int, name: str, dice: random.Random) -> None:
    south, west = kind.lat + order * 0.12, kind.lon
    streets = list(kind.streets)
    dice.shuffle(streets)
    streets = streets[: max(12, len(streets) * 3 // 4)]
    middle = south + len(streets) * _STEP / 2
    town.node(middle, west + 0.005, {"place": "town", "name": name})
    for row, street in enumerate(streets):
        lat = south + row * _STEP
        doors = list(_doors(kind, dice))
        town.way(
            [(lat, west), (lat, west + (len(doors) + 1) * _HOUSE)],
            {"highway": "residential", "name": street},
        )
        for i, number in enumerate(doors):
            point = (lat + (_SIDE if i % 2 else -_SIDE), west + (i + 1) * _HOUSE)
            tags = {"postcode": _code(kind, order, row, i), "city": name, "country": kind.country}
            town.house(point, street, number, **tags)
    length = len(streets) * _STEP
    town.way([(south, west), (south + length, west)], {"highway": "primary", "name": "Ring Road"})


def _doors(kind: Manner, dice: random.Random) -> Iterator[str]:
    number = kind.first_number
    for i in range(dice.randrange(16, 60)):
        if kind.per_block and i % 20 == 0:
            number = kind.first_number + kind.per_block * (i // 20 + dice.randrange(3))
        number += dice.choice((1, 1, 1, 3)) if kind.per_block == 0 else dice.choice((1, 3, 5))
        yield str(number)
        if kind.odd_suffix and dice.random() < 0.08:
            yield f"{number}{dice.choice(kind.odd_suffix)}"


def _code(kind: Manner, order: int, row: int, door: int) -> str:
    """US, PL: one for a part of the town; UK, NL: one for a few doors; FR, ES: for the town."""
    if kind.country == "US":
        return str(61300 + order * 7 + (row > 20))
    if kind.country == "GB":
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        block = row * 4 + door // 15
        return f"DE{order + 1} {block // 40 + 1}{letters[block % 20]}{letters[block * 7 % 19]}"
    if kind.country == "NL":
        block = row * 2 + door // 20
        return f"{3410 + order} {'ABCDEGHJKL'[block // 10 % 10]}{'ABCDEGHJKL'[block % 10]}"
    if kind.country == "PL":
        return f"05-8{order}{row // 12}"
    return f"{41100 + order * 30:05}"
