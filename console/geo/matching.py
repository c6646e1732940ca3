"""Finds the streets and houses an address may mean, each with how well it fits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.domain.places import Certainty
from console.geo import likeness
from console.geo.areas import Agreement, Area, AreaReader
from console.geo.doors import REACH, Spot, find_house
from console.geo.index import AddressIndex, House, Street
from console.geo.likeness import BARE, EXACT, LEAST, REORDERED, Name, name_of
from console.geo.naming import accents, bare_key
from console.geo.reading import Reading
from console.geo.streetline import Line, is_unit

_UNREAD = 0.02  # what a word costs that says nothing
_MOST_UNREAD = 5
_BESIDE = 2  # words one may pass over where the area is as asked for
_MOST_STREETS = 40  # of one name, those that fit the area best
_MOST_NAMES = 5  # readings whose names are looked for among similar ones
_LENGTHS_APART = 2


@dataclass(frozen=True, slots=True)
class Match:
    """One reading of an address. ``name`` is the street name's similarity, 0 to 1."""

    street: Street
    name: float
    agreement: Agreement
    spot: Spot
    is_name_sure: bool
    line: Line
    area: Area

    @property
    def score(self) -> float:
        """0 to 1, by name, surroundings, house and what was left unread."""
        unread = 1 - _UNREAD * min(_MOST_UNREAD, self.line.unread)
        around = 0.55 + 0.45 * self.agreement.score
        return self.name * around * _HOUSE[self.spot.certainty] * unread

    @property
    def is_sure(self) -> bool:
        """True when nothing but a rival speaks against it."""
        is_read = self.line.unread <= (_BESIDE if self.agreement.is_confirmed else 0)
        return self.is_name_sure and self.agreement.is_sure and is_read

    @property
    def is_literal(self) -> bool:
        """True when the street's accents are those that were asked for."""
        return accents(self.line.street) == accents(self.street.name)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Keys for what does not fit."""
        typo = () if self.name >= BARE else ("street_typo",)
        return (*typo, *self.agreement.reasons, *self.spot.reasons)


_HOUSE = {
    Certainty.ROOFTOP: 1.0,
    Certainty.INTERPOLATED: 0.95,
    Certainty.STREET: 0.8,
}


@dataclass(frozen=True, slots=True)
class _Question:
    line: Line
    area: Area
    name: Name


class Matcher:
    """Looks up streets by exact name first, then by words in another order, then by likeness."""

    def __init__(self, index: AddressIndex, areas: AreaReader) -> None:
        self._index = index
        self._areas = areas

    def matches(self, readings: Sequence[Reading]) -> list[Match]:
        """Every plausible reading, best first."""
        asked = [
            _Question(each.line, self._areas.of(each.area), name_of(each.line.street))
            for each in readings
            if any(map(str.isalnum, each.line.street))
        ]
        found = self._exact(asked)
        if any(match.is_sure and match.spot.certainty.is_sure for match in found):
            return by_score(found)
        return by_score(found + self._similar(asked, found))

    def _exact(self, asked: Sequence[_Question]) -> list[Match]:
        fits: dict[str, dict[str, float]] = defaultdict(dict)
        for question in asked:
            key, bare = question.name.key, bare_key(question.line.street)
            fits[question.line.street] = {bare: BARE, key: EXACT}
        keys = {key for each in fits.values() for key in each if key}
        rows = _grouped(self._index.named(keys))
        found = self._judged_all(asked, fits, rows)
        if found:
            return found
        fits = {each.line.street: {each.name.in_order: REORDERED} for each in asked}
        orders = {key for each in fits.values() for key in each if key}
        rows = _grouped(self._index.named(orders, in_any_order=True))
        return self._judged_all(asked, fits, rows)

    def _judged_all(
        self,
        asked: Sequence[_Question],
        fits: dict[str, dict[str, float]],
        rows: dict[str, list[Street]],
    ) -> list[Match]:
        found: list[Match] = []
        for question in asked:
            best: dict[int, tuple[float, Street]] = {}
            for key, fit in fits[question.line.street].items():
                best |= {street.id: (fit, street) for street in rows.get(key, ())}
            found += self._judge(list(best.values()), question, is_sure=True)
        return found

    def _similar(self, asked: Sequence[_Question], found: Sequence[Match]) -> list[Match]:
        """The same for names that are only alike, for the readings that leave least unread.

        A name that exists as written elsewhere is no typing error.
        """
        exact = {match.line.street for match in found}
        known = {(match.street.id, match.line.street) for match in found}
        names: dict[str, list[_Question]] = defaultdict(list)
        for question in sorted(asked, key=_plausible):
            if question.line.street in names or len(names) < _MOST_NAMES:
                names[question.line.street].append(question)
        similar: list[Match] = []
        for text, questions in names.items():
            areas = {key for question in questions for key in question.area.towns}
            likely = self._likely(questions[0].name, areas)
            rest = [each for each in likely if (each[1].id, text) not in known]
            for question in questions:
                similar += self._judge(rest, question, is_sure=text not in exact)
        return similar

    def _likely(self, name: Name, towns: Iterable[str]) -> list[tuple[float, Street]]:
        """Streets of a similar name: by common trigrams, else every one of the same towns."""
        keys = {*name.mended, *self._index.similar(name.telling)}
        if name.telling != name.key:
            keys |= set(self._index.similar(name.key))
        found = _likeness(name, self._index.spelt(keys))
        towns = list(towns)
        if towns and all(fit < likeness.SURE for fit, _ in found):
            size = len(name.key)
            lengths = range(max(1, size - _LENGTHS_APART), size + _LENGTHS_APART + 1)
            found += _likeness(name, self._index.of_towns(towns, lengths))
        return found

    def _judge(
        self, streets: Sequence[tuple[float, Street]], question: _Question, *, is_sure: bool
    ) -> list[Match]:
        line, area = question.line, question.area
        near = sorted(streets, key=lambda each: -each[0] * self._around(area, each[1]))
        near = near[:_MOST_STREETS]
        houses: dict[int, list[House]] = {}
        if line.house:
            span = range(line.house.number - REACH, line.house.last + REACH + 1)
            houses = self._index.houses([street.id for _, street in near], span)
        found: list[Match] = []
        for name, street in near:
            sure = is_sure and name >= likeness.SURE
            for spot in find_house(street, line.house, houses.get(street.id, ())):
                agreement = self._areas.agreement(area, street, spot.house)
                found.append(Match(street, name, agreement, spot, sure, line, area))
        return found

    def _around(self, area: Area, street: Street) -> float:
        return 0.55 + 0.45 * self._areas.agreement(area, street, None).score


def _grouped(rows: Iterable[tuple[str, Street]]) -> dict[str, list[Street]]:
    streets: dict[str, list[Street]] = defaultdict(list)
    for key, street in rows:
        streets[key].append(street)
    return streets


def _plausible(question: _Question) -> tuple[bool, int, bool]:
    """Words in the name, little unread, no flat or number in the name, a house number."""
    line = question.line
    letters = any(map(str.isalpha, line.street))
    odd = sum(is_unit(word) or word[:1].isdigit() for word in line.street.split())
    return (not letters, line.unread + odd, line.house is None)


def _likeness(name: Name, rows: Iterable[tuple[str, Street]]) -> list[tuple[float, Street]]:
    """How alike the name of each street is to the one given; the unlike are left out."""
    fits: dict[str, float] = {}
    best: dict[int, tuple[float, Street]] = {}
    for words, street in rows:
        if words not in fits:
            fits[words] = likeness.alike(name, name_of(words))
        if fits[words] > max(LEAST, best.get(street.id, (0.0, street))[0]):
            best[street.id] = fits[words], street
    return list(best.values())


def by_score(matches: list[Match]) -> list[Match]:
    """Best first; of equals those with the accents that were asked for."""
    return sorted(matches, key=lambda each: (-each.score, not each.is_literal, each.street.id))
