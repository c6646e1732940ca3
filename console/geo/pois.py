"""Finds places by their names: a hospital, a shop, a farm, a house that has no number."""

from collections.abc import Iterable, Sequence

from console.domain.places import Certainty, Coordinate
from console.geo.areas import AreaReader
from console.geo.doors import Spot
from console.geo.index import AddressIndex, Poi, Street
from console.geo.likeness import EXACT, SURE, distance
from console.geo.matching import Match
from console.geo.naming import street_key
from console.geo.reading import Reading
from console.geo.streetline import Line

_TYPO = 0.9
_LETTERS = (6, 12)  # from which a name may have one, two typing errors
_MOST_NAMES = 4


class PoiFinder:
    """Looks places up by name first, then by likeness; the area decides among chains."""

    def __init__(self, index: AddressIndex, areas: AreaReader) -> None:
        self._index = index
        self._areas = areas

    def matches(self, readings: Sequence[Reading]) -> list[Match]:
        """Every place an address may name, best first."""
        named = [each for each in readings if each.line.house is None]
        keys = {street_key(each.line.street): None for each in named}
        exact = {key: self._index.pois((key,)) for key in keys if key}
        if not any(exact.values()):
            exact = {key: _alike(key, self._index.similar_pois(key)) for key in _longest(keys)}
        found = [
            match
            for each in named
            for poi in exact.get(street_key(each.line.street), ())
            if (match := self._match(poi, each))
        ]
        return sorted(found, key=lambda match: -match.score)

    def _match(self, poi: Poi, reading: Reading) -> Match:
        """The place as if it were a street with one house."""
        area = self._areas.of(reading.area)
        place = Street(
            0, poi.name, poi.town, poi.town_key, poi.postcode, poi.lat, poi.lon, houses=1
        )
        name = EXACT if street_key(poi.words) == street_key(reading.line.street) else _TYPO
        spot = Spot(
            Coordinate(poi.lat, poi.lon), Certainty.ROOFTOP, poi.street, None, ("place_name",)
        )
        agreement = self._areas.agreement(area, place, None)
        line = Line(reading.line.street, None, reading.line.unread)
        return Match(place, name, agreement, spot, name >= SURE, line, area)


def _longest(keys: Iterable[str]) -> list[str]:
    return sorted(filter(None, keys), key=len, reverse=True)[:_MOST_NAMES]


def _alike(key: str, pois: Sequence[Poi]) -> list[Poi]:
    if len(key) < _LETTERS[0]:
        return []
    most = 2 if len(key) >= _LETTERS[1] else 1
    digits = [sign for sign in key if sign.isdigit()]
    return [
        poi
        for poi in pois
        if distance(key, street_key(poi.words), most) <= most
        and digits == [sign for sign in street_key(poi.words) if sign.isdigit()]
    ]
