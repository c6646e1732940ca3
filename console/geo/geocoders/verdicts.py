"""A service's answers judged as our own are: how well name, number, postcode and town fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.domain.places import Address, Certainty, Location
from console.geo.geocoders.contract import Answer, Kind
from console.geo.likeness import BARE, SURE, alike, distance, name_of
from console.geo.naming import postcode_key, town_key
from console.geo.numbers import HouseNumber, house_number
from console.geo.reading import parts_of
from console.geo.streetline import Line, lines

_ELSEWHERE_M = 60.0
_MARGIN = 0.04
_DIFFERS = 0.2  # what a wrong postcode or town costs, of 1
_SCORES = {
    Certainty.ROOFTOP: 1.0,
    Certainty.INTERPOLATED: 0.95,
    Certainty.STREET: 0.8,
    Certainty.PLACE: 0.3,
}


_BY_KIND = {
    Kind.PLACE: (Certainty.PLACE, ("street_unknown",)),
    Kind.POI: (Certainty.ROOFTOP, ("place_name",)),
}


@dataclass(frozen=True, slots=True)
class _Judged:
    location: Location
    name: float
    differs: tuple[str, ...]


def verdict(asked: Address, answers: Sequence[Answer], credit: str) -> Location:
    """The best answer with its certainty, reasons and the others as candidates."""
    read = lines(parts_of(asked.street))
    judged = sorted((_judge(asked, read, each) for each in answers), key=_rank)
    if not judged:
        return Location(None, Certainty.UNKNOWN, reasons=("street_unknown",), source=credit)
    best, rest = judged[0], judged[1:]
    doubts = _doubts(best, rest)
    certainty = best.location.certainty
    if doubts and certainty is not Certainty.PLACE:
        certainty = Certainty.DOUBTFUL
    others = tuple(replace(each.location, source=credit) for each in rest)
    reasons = (*best.location.reasons, *doubts)
    return replace(
        best.location, certainty=certainty, reasons=reasons, candidates=others, source=credit
    )


def _rank(judged: _Judged) -> float:
    return -judged.location.score


def _judge(asked: Address, read: Sequence[Line], answer: Answer) -> _Judged:
    names = [answer.street or answer.name] if answer.kind is not Kind.POI else [answer.name]
    fits = [
        (alike(name_of(line.street), name_of(name)), -line.unread, line)
        for line in read
        for name in names
        if name and line.street
    ]
    fit, _, line = max(fits, key=lambda each: each[:2], default=(0.0, 0, Line("", None)))
    certainty, reasons = _certainty(line.house, answer)
    if certainty is not Certainty.PLACE and fit < BARE:
        reasons = ("street_typo", *reasons)
    differs = _differs(asked, answer)
    score = _SCORES[certainty] * (1 - _DIFFERS * len(differs))
    score *= 1.0 if certainty is Certainty.PLACE else fit
    location = Location(
        answer.point, certainty, round(score, 3), answer.label, (*reasons, *differs)
    )
    return _Judged(location, fit, differs)


def _certainty(wanted: HouseNumber | None, answer: Answer) -> tuple[Certainty, tuple[str, ...]]:
    if fixed := _BY_KIND.get(answer.kind):
        return fixed
    if wanted is None:
        return Certainty.STREET, ("number_missing",)
    found = house_number(answer.number)
    if found is None or not found.number <= wanted.number <= found.last:
        return Certainty.STREET, ("number_unknown",)
    if answer.kind is Kind.INTERPOLATED:
        return Certainty.INTERPOLATED, ("number_interpolated",)
    is_same = wanted.suffix == found.suffix or wanted.key == found.key
    return (Certainty.ROOFTOP, ()) if is_same else (Certainty.INTERPOLATED, ("suffix_unknown",))


def _differs(asked: Address, answer: Answer) -> tuple[str, ...]:
    found: list[str] = []
    code, theirs = postcode_key(asked.postcode)[1], postcode_key(answer.postcode)[1]
    if code and theirs and code != theirs:
        found.append("postcode_differs")
    if asked.city and answer.town and not _same_town(town_key(asked.city), town_key(answer.town)):
        found.append("town_differs")
    return tuple(found)


def _same_town(one: str, other: str) -> bool:
    words, theirs = set(one.split()), set(other.split())
    return words <= theirs or theirs <= words or distance(one, other, 1) <= 1


def _doubts(best: _Judged, rest: Sequence[_Judged]) -> tuple[str, ...]:
    doubts: list[str] = []
    if best.location.certainty is not Certainty.PLACE and best.name < SURE:
        doubts.append("street_differs")
    if "town_differs" in best.differs:
        doubts.append("area_differs")
    at = best.location.coordinate
    for other in rest:
        there = other.location.coordinate
        is_close = best.location.score - other.location.score < _MARGIN
        if at and there and is_close and at.metres_to(there) > _ELSEWHERE_M:
            doubts.append("several_match")
            break
    return tuple(doubts)
