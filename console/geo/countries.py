"""Country names and codes, from the time zone database's own list and the extract's borders."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from console.geo.naming import plain

_UNKNOWN = "??"
# Signs on vehicles, written before postcodes: FL-9490.
_SIGNS = {
    "A": "AT", "B": "BE", "CZ": "CZ", "D": "DE", "E": "ES", "F": "FR", "FIN": "FI", "FL": "LI",
    "H": "HU", "I": "IT", "L": "LU", "N": "NO", "P": "PT", "S": "SE", "SLO": "SI",
}  # fmt: skip
# What people in these countries write.
_NATIVE = {
    "deutschland": "DE", "osterreich": "AT", "schweiz": "CH", "suisse": "CH", "svizzera": "CH",
    "italia": "IT", "espana": "ES", "belgique": "BE", "belgie": "BE", "nederland": "NL",
    "danmark": "DK", "suomi": "FI", "sverige": "SE", "norge": "NO", "polska": "PL", "cesko": "CZ",
    "magyarorszag": "HU", "hrvatska": "HR", "slovenija": "SI", "slovensko": "SK", "romania": "RO",
    "eesti": "EE", "latvija": "LV", "lietuva": "LT", "ellada": "GR", "turkiye": "TR", "uk": "GB",
    "united kingdom": "GB", "great britain": "GB", "england": "GB", "usa": "US",
    "united states": "US", "united states of america": "US", "island": "IS", "eire": "IE",
    "danemark": "DK", "frankreich": "FR", "allemagne": "DE", "germany": "DE",
    "niederlande": "NL", "holland": "NL",
}  # fmt: skip


def code_of(text: str, local: Mapping[str, str], *, vehicle: bool = False) -> str:
    """The ISO 3166 code of a country's name or code; ``""`` for none, ``??`` for an unknown one.

    ``local`` are the folded names the extract's borders have; ``vehicle``: the text may be the sign
    vehicles carry, and an unknown one says nothing.
    """
    if not text.strip():
        return ""
    if vehicle:
        text = _SIGNS.get(text.upper(), text)
    key = plain(text)
    found = local.get(key) or _NATIVE.get(key) or _world().get(key) or _world().get(key.upper())
    return found or ("" if vehicle else _SIGNS.get(text.strip().upper(), _UNKNOWN))


@cache
def _world() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, name in _table("iso3166.tab"):
        names[code] = names[plain(name)] = code
    return names


def of_zone(zone: str) -> str:
    """The country of a time zone; ``""`` when it has none."""
    for codes, _, name, *_ in _table("zone.tab"):
        if name == zone:
            return codes
    return ""


@cache
def _table(name: str) -> list[list[str]]:
    text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines]
