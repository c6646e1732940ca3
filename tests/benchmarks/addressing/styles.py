"""Five ways in which people write an address, and a mixture; every draw comes from the dice."""

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from console.domain.places import Address
from tests.benchmarks.addressing.truth import House

Style = Callable[["Wording", random.Random], "Wording"]

SHORT = {
    "street": ("St", "St."), "avenue": ("Ave", "Av.", "Ave."), "road": ("Rd", "Rd."),
    "boulevard": ("Blvd", "Bd", "Boul."), "drive": ("Dr", "Dr."), "lane": ("Ln",),
    "court": ("Ct",), "place": ("Pl", "Pl."), "square": ("Sq",), "terrace": ("Ter", "Terr."),
    "highway": ("Hwy",), "parkway": ("Pkwy",), "circle": ("Cir",), "crescent": ("Cres",),
    "gardens": ("Gdns",), "close": ("Cl",), "north": ("N", "N."), "south": ("S", "S."),
    "east": ("E", "E."), "west": ("W", "W."), "saint": ("St", "St."), "mount": ("Mt",),
    "rue": ("R.", "R"), "chemin": ("Ch.", "Che"), "impasse": ("Imp.",), "route": ("Rte",),
    "allée": ("All.",), "faubourg": ("Fbg",), "général": ("Gal", "Gén."), "docteur": ("Dr",),
    "sankt": ("St.",), "doktor": ("Dr.",), "professor": ("Prof.",), "platz": ("Pl.",),
    "straße": ("Str.", "Strasse"), "strasse": ("Str.", "Straße"),
    "aleja": ("al.", "Al."), "plac": ("pl.", "Pl."), "generała": ("gen.",), "księdza": ("ks.",),
    "świętego": ("św.", "Sw."), "marszałka": ("marsz.",), "osiedle": ("os.", "Os."),
    "calle": ("C/", "C.", "c/"), "avenida": ("Av.", "Avda.", "Avd."), "plaza": ("Pza.", "Pl."),
    "paseo": ("Pº", "P.º"), "carretera": ("Ctra.",), "doctor": ("Dr.",), "santa": ("Sta.",),
    "travesía": ("Trva.",), "camino": ("Cno.",), "glorieta": ("Gta.",),
    "burgemeester": ("Burg.",), "prinses": ("Pr.",), "sint": ("St.",), "meester": ("Mr.",),
}  # fmt: skip
ENDS = {
    "straße": ("str.", "strasse", "str"), "strasse": ("str.", "straße", "str"),
    "platz": ("pl.",), "gasse": ("g.",), "gade": ("g.", "gd."), "vej": ("v.", "vj."),
    "katu": ("k.",), "gatan": ("g.",), "vägen": ("v.",), "straat": ("str.",),
}  # fmt: skip
UNITS = (
    "Apt 4B", "Apt. 12", "Unit 7", "#3", "Suite 200", "Floor 2", "2nd floor", "Flat 3", "3. Stock",
    "2. OG", "Top 5", "Whg. 12", "2. tv", "st. th", "1. sal", "bât. B", "2e étage", "B 12",
)  # fmt: skip
LOCAL_UNITS = {
    "PL": ("m. 5", "m 12", "lok. 3", "kl. B", "piętro 2"),
    "ES": ("2º B", "3º A", "piso 2", "Esc. 1", "bajo izq.", "2ª planta"),
    "NL": ("2 hoog", "3-hoog", "bus 4", "begane grond", "app. 12"),
}
BEFORE = {"PL": ("ul. ", "ul.", "ulica ")}
"""What people write before a street's name that the map leaves out."""
ELSEWHERE = ("Hamburg", "Springfield", "Lyon", "Oslo", "Torino", "Manchester")


@dataclass(frozen=True, slots=True)
class Wording:
    """An address in the making; ``line`` is written where it is not empty, instead of the parts."""

    street: str
    number: str
    postcode: str
    city: str
    towns: Sequence[str]
    number_first: bool
    line: str = ""
    country: str = ""

    @property
    def first(self) -> str:
        """Street and number in the customary order."""
        words = (self.number, self.street) if self.number_first else (self.street, self.number)
        return " ".join(words)

    @property
    def address(self) -> Address:
        """What is asked."""
        if self.line:
            return Address(self.line)
        return Address(self.first, self.postcode, self.city)


def wording(house: House, towns: Sequence[str], *, number_first: bool) -> Wording:
    """A house as its tags write it."""
    return Wording(
        house.street,
        house.number,
        house.postcode,
        house.city,
        towns,
        number_first,
        country=house.country,
    )


def as_written(asked: Wording, dice: random.Random) -> Wording:
    """As it is on the map."""
    return asked


def abbreviated(asked: Wording, dice: random.Random) -> Wording:
    """Short forms, no accents, capitals."""
    words = [_shortened(word, dice) for word in asked.street.split()]
    asked = replace(asked, street=" ".join(words))
    before = BEFORE.get(asked.country)
    if before and asked.street[:1].isupper() and words[0] == asked.street.split()[0]:
        asked = replace(asked, street=dice.choice((*before, "")) + asked.street)
    if dice.random() < 0.5:
        asked = replace(asked, street=_ascii(asked.street), city=_ascii(asked.city))
    if dice.random() < 0.3:
        asked = replace(asked, street=asked.street.upper(), city=asked.city.upper())
    if dice.random() < 0.2:
        asked = replace(asked, street=asked.street.replace("-", " ").replace("'", " "))
    return asked


def _shortened(word: str, dice: random.Random) -> str:
    low = word.casefold()
    if low in {key.casefold() for key in SHORT}:
        return dice.choice(next(short for key, short in SHORT.items() if key.casefold() == low))
    for ending, short in ENDS.items():
        if low.endswith(ending.casefold()) and len(low) > len(ending) + 2:
            return word[: -len(ending.casefold())] + dice.choice(short)
    return word


def _ascii(text: str) -> str:
    text = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def misspelt(asked: Wording, dice: random.Random) -> Wording:
    """One slip of the finger in a word, mostly of the street."""
    if asked.city and dice.random() < 0.2:
        return replace(asked, city=_slip(asked.city, dice))
    return replace(asked, street=_slip(asked.street, dice))


def _slip(text: str, dice: random.Random) -> str:
    places = [i for i, letter in enumerate(text) if letter.isalpha() and i]
    if len(places) < 4:
        return text
    at, letter = dice.choice(places), dice.choice("aeiounrstldm")
    return dice.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + letter + text[at + 1 :],
            text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
        )
    )


def reordered(asked: Wording, dice: random.Random) -> Wording:
    """In one line, in some order, often with a flat or a floor."""
    first = replace(asked, number_first=dice.random() < 0.5).first
    if dice.random() < 0.4:
        first += dice.choice((" ", ", ")) + dice.choice(
            (*LOCAL_UNITS.get(asked.country, ()), *UNITS)
        )
    town = (
        f"{asked.postcode} {asked.city}"
        if dice.random() < 0.6
        else f"{asked.city} {asked.postcode}"
    )
    parts = [first, town.strip()]
    if dice.random() < 0.2:
        parts.reverse()
    return replace(asked, line=(", " if dice.random() < 0.8 else " ").join(p for p in parts if p))


def incomplete(asked: Wording, dice: random.Random) -> Wording:
    """Postcode or town missing or wrong, never both where both are known."""
    ways = ["no postcode", "wrong postcode"] if asked.city else []
    ways += ["no city", "wrong city", "foreign city"] if asked.postcode else []
    way = dice.choice(ways or ["none"])
    if way == "no postcode":
        return replace(asked, postcode="")
    if way == "wrong postcode":
        return replace(asked, postcode=_other_code(asked.postcode or "12345", dice))
    if way == "no city":
        return replace(asked, city="")
    if way == "wrong city":
        return replace(asked, city=dice.choice(asked.towns))
    if way == "foreign city":
        return replace(asked, city=dice.choice(ELSEWHERE))
    return asked


def _other_code(code: str, dice: random.Random) -> str:
    """One digit wrong."""
    digits = [match.start() for match in re.finditer(r"\d", code)]
    at = dice.choice(digits) if digits else 0
    return code[:at] + dice.choice("0123456789".replace(code[at], "")) + code[at + 1 :]


def mixed(asked: Wording, dice: random.Random) -> Wording:
    """Two of the others, one after the other."""
    content, form = dice.choice((misspelt, incomplete)), dice.choice((abbreviated, reordered))
    return form(content(asked, dice), dice)


STYLES: dict[str, Style] = {
    "as written": as_written,
    "abbreviated": abbreviated,
    "misspelt": misspelt,
    "reordered": reordered,
    "incomplete": incomplete,
    "mixed": mixed,
}
FIVE = tuple(STYLES)[:5]
