"""Where a house number is on a street: known, beside a known one, between two, or nowhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.domain.places import Certainty, Coordinate
from console.geo.index import House, Street
from console.geo.numbers import HouseNumber

REACH = 40  # house numbers around the wanted one that say where it is
_SPREAD_M = 60.0  # houses of one number farther apart than this are two places
_BETWEEN_M = 200.0  # neighbours farther apart than this only show the stretch
_STRETCH_M = 600.0
_NEXT_DOOR = 4  # a number this little beyond the last known one is beside it


@dataclass(frozen=True, slots=True)
class Spot:
    """A point for a house number on a street, and how it was come by."""

    coordinate: Coordinate
    certainty: Certainty
    label: str
    house: House | None
    reasons: tuple[str, ...] = ()


def find_house(street: Street, wanted: HouseNumber | None, houses: Sequence[House]) -> list[Spot]:
    """The spots of a number, several where the street has it twice; never none.

    ``houses`` are those of the street whose numbers are within ``REACH``, in their order.
    """
    if wanted is None:
        return [_somewhere(street, "number_missing")]
    if known := _known(wanted, houses):
        return known
    if same := _same_number(wanted, houses):
        return same
    return [_between(wanted, houses) or _beside(street, wanted, houses)]


def _somewhere(street: Street, reason: str) -> Spot:
    middle = Coordinate(street.lat, street.lon)
    return Spot(middle, Certainty.STREET, "", None, (reason,))


def _point(house: House) -> Coordinate:
    return Coordinate(house.lat, house.lon)


def _spot(house: House, certainty: Certainty, *reasons: str) -> Spot:
    return Spot(_point(house), certainty, house.label, house, reasons)


def _known(wanted: HouseNumber, houses: Sequence[House]) -> list[Spot]:
    keys = dict.fromkeys((wanted.key, wanted.first_key, str(wanted.number) if wanted.upto else ""))
    if wanted.upto > wanted.number:
        keys[str(wanted.upto)] = None
    for key in filter(None, keys):
        same = [house for house in houses if house.key == key]
        if same:
            same.sort(key=lambda house: house.label.casefold().replace(" ", "") != key)
            return [_spot(house, Certainty.ROOFTOP) for house in _apart(same)]
    return []


def _apart(houses: Iterable[House]) -> list[House]:
    """One house of each place where they stand."""
    kept: list[House] = []
    for house in houses:
        if all(_point(house).metres_to(_point(other)) > _SPREAD_M for other in kept):
            kept.append(house)
    return kept


def _same_number(wanted: HouseNumber, houses: Sequence[House]) -> list[Spot]:
    """12a where only 12 is known, or 12 where only 12a and 12b are."""
    same = [house for house in houses if house.number == wanted.number]
    plain = [house for house in same if house.key == str(wanted.number)]
    apart = _apart(plain or same)
    return [_spot(house, Certainty.INTERPOLATED, "suffix_unknown") for house in apart]


def _between(wanted: HouseNumber, houses: Sequence[House]) -> Spot | None:
    """Between the neighbours on the same side of the street, in proportion to the numbers."""
    side = [house for house in houses if house.number % 2 == wanted.number % 2]
    below = [house for house in side if house.number < wanted.number]
    above = [house for house in side if house.number > wanted.number]
    if not below or not above:
        return None
    low, high = _nearest_pair(below, above)
    start, end = _point(low), _point(high)
    metres = start.metres_to(end)
    if metres > _STRETCH_M:
        return None
    share = (wanted.number - low.number) / (high.number - low.number)
    point = Coordinate(
        start.lat + share * (end.lat - start.lat), start.lon + share * (end.lon - start.lon)
    )
    certainty = Certainty.INTERPOLATED if metres <= _BETWEEN_M else Certainty.STREET
    return Spot(point, certainty, wanted.first_key, low, ("number_interpolated",))


def _nearest_pair(below: Sequence[House], above: Sequence[House]) -> tuple[House, House]:
    """The last number below and the first above; of several houses, those next to each other."""
    lows = [house for house in below if house.number == below[-1].number]
    highs = [house for house in above if house.number == above[0].number]
    pairs = [(low, high) for low in lows for high in highs]
    return min(pairs, key=lambda pair: _point(pair[0]).metres_to(_point(pair[1])))


def _beside(street: Street, wanted: HouseNumber, houses: Sequence[House]) -> Spot:
    """At the nearest number that is known, as the street's best guess."""
    near = min(houses, key=lambda house: abs(house.number - wanted.number), default=None)
    if near is None:
        return _somewhere(street, "number_unknown")
    apart = abs(near.number - wanted.number)
    reason = "number_beyond" if apart <= _NEXT_DOOR else "number_unknown"
    return Spot(_point(near), Certainty.STREET, "", near, (reason,))
