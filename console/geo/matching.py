"""Finds the streets and houses an address may mean, each with how well it fits."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.places import Certainty, Coordinate
from console.geo.areas import Agreement, Area, AreaReader
from console.geo.index import AddressIndex, House, Street
from console.geo.naming import (
    HouseNumber,
    Line,
    bare_key,
    distance,
    mended_key,
    sorted_key,
    stem,
    street_key,
)

_EXACT, _REORDERED, _BARE, _ONE_TYPO, _TWO_TYPOS = 1.0, 0.97, 0.96, 0.9, 0.85
_SAME_BODY = 0.75  # Bahnhofweg for Bahnhofstraße: worth a look, no more
_LEAST = 0.6  # similarity below which a street is not even a candidate
_TYPO_LETTERS = {1: 4, 2: 9}  # typing errors a name may have, from this many letters on
_NUMBERS_APART = 12  # house numbers between which one may interpolate
_METRES_APART = 300.0
_SPREAD_M = 60.0  # houses of one number farther apart than this are two places


@dataclass(frozen=True, slots=True)
class Spot:
    """A point for a house number on a street, and how it was come by."""

    coordinate: Coordinate
    certainty: Certainty
    label: str
    house: House | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One reading of an address. ``name`` is the street name's similarity, 0 to 1."""

    street: Street
    name: float
    agreement: Agreement
    spot: Spot
    is_name_sure: bool

    @property
    def score(self) -> float:
        """0 to 1, by name, surroundings and house."""
        return self.name * (0.55 + 0.45 * self.agreement.score) * _HOUSE[self.spot.certainty]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Keys for what does not fit."""
        typo = () if self.name >= _BARE else ("street_typo",)
        return (*typo, *self.agreement.reasons, *self.spot.reasons)


_HOUSE = {
    Certainty.ROOFTOP: 1.0,
    Certainty.INTERPOLATED: 0.95,
    Certainty.STREET: 0.8,
    Certainty.DOUBTFUL: 0.75,
}


class Matcher:
    """Looks up streets by exact name first, then by words in another order, then by likeness."""

    def __init__(self, index: AddressIndex, areas: AreaReader) -> None:
        self._index = index
        self._areas = areas

    def matches(self, line: Line, area: Area) -> list[Match]:
        """Every plausible reading, best first."""
        found = self._judge(self._exact(line), line, area, is_sure=True)
        if any(_is_good(match) for match in found):
            return _sorted(found)
        seen = {match.street.id for match in found}
        similar = [each for each in self._similar(line.street, area) if each[1].id not in seen]
        # A name that exists as written elsewhere is no typing error.
        return _sorted(found + self._judge(similar, line, area, is_sure=not found))

    def _similar(self, name: str, area: Area) -> list[tuple[float, Street]]:
        """Streets of a similar name: by common trigrams, else every one of the same town."""
        key = mended_key(name) or street_key(name)
        rows = self._index.named({key, *self._index.similar(_telling(key))})
        found = _likeness(key, rows)
        if area.towns and all(name < _TWO_TYPOS for name, _ in found):
            letters = range(len(key) - 1, len(key) + 2)
            near = _likeness(key, self._index.of_towns(area.towns, letters))
            found += [each for each in near if each[0] >= _TWO_TYPOS]
        return found

    def _exact(self, line: Line) -> list[tuple[float, Street]]:
        key, bare = street_key(line.street), bare_key(line.street)
        found = [
            (_EXACT if name == key else _BARE, s) for name, s in self._index.named({key, bare})
        ]
        if not found:
            reordered = self._index.named([sorted_key(line.street)], in_any_order=True)
            found = [(_REORDERED, street) for _, street in reordered]
        best: dict[int, tuple[float, Street]] = {}
        for name, street in found:
            if name > best.get(street.id, (0.0, street))[0]:
                best[street.id] = name, street
        return list(best.values())

    def _judge(
        self, streets: Sequence[tuple[float, Street]], line: Line, area: Area, *, is_sure: bool
    ) -> list[Match]:
        houses = self._index.houses([street.id for _, street in streets]) if line.house else {}
        found: list[Match] = []
        for name, street in streets:
            spot = find_house(street, line.house, houses.get(street.id, ()))
            agreement = self._areas.agreement(area, street, spot.house)
            sure = is_sure and name >= _TWO_TYPOS
            found.append(Match(street, name, agreement, spot, sure))
        return found


def _is_good(match: Match) -> bool:
    return match.agreement.is_sure and match.spot.certainty.is_sure


def _sorted(matches: list[Match]) -> list[Match]:
    return sorted(matches, key=lambda match: (-match.score, match.street.id))


def _telling(key: str) -> str:
    """The part of a name that tells it from others, unless that is too short for trigrams."""
    body, _ = stem(key)
    return body if len(body) > 3 else key


def _likeness(key: str, rows: Sequence[tuple[str, Street]]) -> list[tuple[float, Street]]:
    """How alike the name of each street is to the one given; the unlike are left out."""
    names = {other: _alike(key, other) for other in {other for other, _ in rows}}
    return [(names[other], street) for other, street in rows if names[other] >= _LEAST]


def _alike(key: str, other: str) -> float:
    if key == other:
        return _ONE_TYPO  # once mended
    body = stem(key)[0]
    same_body = _SAME_BODY if len(body) > 3 and body == stem(other)[0] else 0.0
    return max(_typos(key, other), same_body, 0.84 * _ratio(key, other))


def _typos(one: str, other: str) -> float:
    (body, ending), (theirs, their_ending) = stem(one), stem(other)
    if ending == their_ending:
        errors, letters = distance(body, theirs, 2), min(len(body), len(theirs))
    elif ending and their_ending:
        return 0.0
    else:  # the error is in the ending
        errors, letters = distance(one, other, 2), min(len(body), len(theirs))
    if errors <= 1 and letters >= _TYPO_LETTERS[1]:
        return _ONE_TYPO
    return _TWO_TYPOS if errors <= 2 and letters >= _TYPO_LETTERS[2] else 0.0


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def find_house(street: Street, wanted: HouseNumber | None, houses: Sequence[House]) -> Spot:
    """Where a house number is on a street: known, next to a known one, between two, or unknown."""
    if wanted is None:
        return _somewhere(street, "number_missing")
    return (
        _known(wanted, houses)
        or _same_number(wanted, houses)
        or _between(wanted, houses)
        or _somewhere(street, "number_unknown")
    )


def _somewhere(street: Street, reason: str) -> Spot:
    middle = Coordinate(street.lat, street.lon)
    return Spot(middle, Certainty.STREET, "", None, (reason,))


def _spot(house: House, certainty: Certainty, *reasons: str) -> Spot:
    return Spot(Coordinate(house.lat, house.lon), certainty, house.label, house, reasons)


def _known(wanted: HouseNumber, houses: Sequence[House]) -> Spot | None:
    keys = [wanted.key]
    if wanted.upto:
        keys += [str(wanted.number), str(wanted.upto)]
    for key in keys:
        same = [house for house in houses if house.key == key]
        if same:
            same.sort(key=lambda house: house.label.casefold().replace(" ", "") != key)
            if _spread(same) > _SPREAD_M:
                return _spot(same[0], Certainty.DOUBTFUL, "number_twice")
            return _spot(same[0], Certainty.ROOFTOP)
    return None


def _spread(houses: Sequence[House]) -> float:
    first = Coordinate(houses[0].lat, houses[0].lon)
    return max(first.metres_to(Coordinate(house.lat, house.lon)) for house in houses)


def _same_number(wanted: HouseNumber, houses: Sequence[House]) -> Spot | None:
    """12a where only 12 is known, or 12 where only 12a and 12b are."""
    same = [house for house in houses if house.number == wanted.number]
    if not same or _spread(same) > _SPREAD_M:
        return None
    return _spot(same[0], Certainty.INTERPOLATED, "suffix_unknown")


def _between(wanted: HouseNumber, houses: Sequence[House]) -> Spot | None:
    """Between the neighbours on the same side of the street, in proportion to the numbers."""
    side = [house for house in houses if house.number % 2 == wanted.number % 2]
    below = [house for house in side if house.number < wanted.number]
    above = [house for house in side if house.number > wanted.number]
    if not below or not above:
        return None
    low, high = below[-1], above[0]
    start, end = Coordinate(low.lat, low.lon), Coordinate(high.lat, high.lon)
    if high.number - low.number > _NUMBERS_APART or start.metres_to(end) > _METRES_APART:
        return None
    share = (wanted.number - low.number) / (high.number - low.number)
    point = Coordinate(
        start.lat + share * (end.lat - start.lat), start.lon + share * (end.lon - start.lon)
    )
    return Spot(point, Certainty.INTERPOLATED, wanted.key, low, ("number_interpolated",))
