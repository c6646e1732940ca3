"""What an address says about where: how its postcode, town and country fit region and house."""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from console.domain.places import Address, Coordinate
from console.geo.countries import code_of
from console.geo.index import AddressIndex, House, Street, Town
from console.geo.likeness import distance
from console.geo.naming import plain, postcode_key, town_key

_NEAR_M = 3000.0  # a place name counts for houses this close to it
_TWO_ERRORS = 7  # letters from which a town's name may have two typing errors
_SHORT = 4  # letters
_TOWN_HOUSES = 5  # with fewer, a name in addresses is a part of a town or a slip of the pen


class Fit(IntEnum):
    """How one part of an address fits a house, best first."""

    SAME = 0
    NEAR = 1
    MISSING = 2
    TYPO = 3
    DIFFERS = 4  # known in the region, but elsewhere
    UNKNOWN = 5


@dataclass(frozen=True, slots=True)
class Area:
    """The part of an address after the street, looked up once.

    ``towns`` are folded names it may mean, ``points`` where they are; ``spelling`` is 1 when the
    town was found as written.
    """

    postcode: str
    town: str
    is_postcode_known: bool
    towns: frozenset[str]
    points: tuple[Town, ...]
    spelling: float
    country: str

    @property
    def is_outside(self) -> bool:
        """True when what is given of postcode and town exists nowhere in the region."""
        given = bool(self.postcode) or bool(self.town)
        return given and not self.is_postcode_known and not self.towns


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a house's surroundings fit the address."""

    postcode: Fit
    town: Fit

    @property
    def is_sure(self) -> bool:
        """True when nothing speaks against the house."""
        return (self.postcode, self.town) in _SURE

    @property
    def is_confirmed(self) -> bool:
        """True when postcode or town say the same."""
        return Fit.SAME in {self.postcode, self.town}

    @property
    def score(self) -> float:
        """0 to 1."""
        return 1 - 0.53 * _COST[self.postcode] - 0.47 * _COST[self.town]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Keys such as ``postcode_differs``."""
        both = (("postcode", self.postcode), ("town", self.town))
        return tuple(f"{part}_{fit.name.lower()}" for part, fit in both if fit > Fit.NEAR)


_COST = {
    Fit.SAME: 0, Fit.NEAR: 0.04, Fit.MISSING: 0.1, Fit.TYPO: 0.12, Fit.DIFFERS: 0.6,
    Fit.UNKNOWN: 0.7,
}  # fmt: skip
_SURE = frozenset(
    {
        *((Fit.SAME, town) for town in (Fit.SAME, Fit.NEAR, Fit.MISSING, Fit.TYPO)),
        *((Fit.MISSING, town) for town in (Fit.SAME, Fit.NEAR, Fit.MISSING, Fit.TYPO)),
        (Fit.TYPO, Fit.SAME),
        (Fit.DIFFERS, Fit.SAME),
    }
)


class AreaReader:
    """Reads postcode, town and country of addresses against one region's index."""

    def __init__(self, index: AddressIndex) -> None:
        self._index = index
        self._by_key: dict[str, list[Town]] = {}
        for town in index.towns:
            self._by_key.setdefault(town.key, []).append(town)
        self._words = [(key, frozenset(key.split())) for key in self._by_key]
        self._shapes = {_shape(code) for code in index.postcodes}
        self._like = lru_cache(maxsize=4096)(self._is_like)
        self.read = lru_cache(maxsize=4096)(self._read)

    def of(self, address: Address) -> Area:
        """The area an address names."""
        return self.read(address.postcode, address.city, address.country)

    def is_town(self, text: str) -> bool:
        """True for a town written as the region knows it."""
        return town_key(text) in self._by_key

    def is_like_town(self, text: str) -> bool:
        """The same with typing errors, or a part of the name."""
        return self._like(town_key(text))

    def is_postcode(self, code: str) -> bool:
        """True for a folded postcode the region has."""
        return code in self._index.postcodes

    def is_like_postcode(self, code: str) -> bool:
        """True for what has letters and digits where the region's postcodes have them."""
        return _shape(code) in self._shapes

    def is_country(self, text: str) -> bool:
        """True for the name of a country; two letters may be a state, unless they are our own."""
        code = code_of(text, self._index.countries)
        is_name = len(text) > _SHORT or text.upper() in {"UK", "USA", self._index.country}
        return is_name and code not in {"", "??"}

    def agreement(self, area: Area, street: Street, house: House | None) -> Agreement:
        """How a house, or a street without one, fits the area."""
        postcode = (house.postcode if house else "") or street.postcode
        point = Coordinate(house.lat, house.lon) if house else Coordinate(street.lat, street.lon)
        return Agreement(self._postcode_fit(area, postcode), self._town_fit(area, street, point))

    def _postcode_fit(self, area: Area, postcode: str) -> Fit:
        theirs = postcode_key(postcode)[1]
        if not area.postcode or not theirs:
            return Fit.MISSING
        if area.postcode == theirs:
            return Fit.SAME
        if area.is_postcode_known:
            return Fit.DIFFERS
        if distance(area.postcode, theirs, 1) <= 1:
            return Fit.TYPO
        return Fit.UNKNOWN if self._index.has_postcodes else Fit.MISSING

    def _town_fit(self, area: Area, street: Street, point: Coordinate) -> Fit:
        if not area.town:
            return Fit.MISSING
        if street.town_key in area.towns:
            return Fit.SAME if area.spelling == 1 else Fit.TYPO
        if any(point.metres_to(Coordinate(town.lat, town.lon)) < _NEAR_M for town in area.points):
            return Fit.NEAR
        return Fit.DIFFERS if area.towns else Fit.UNKNOWN

    def _read(self, postcode: str, city: str, country: str) -> Area:
        prefix, code = postcode_key(postcode)
        words = city.split()
        if not code and len(words) > 1 and postcode_key(words[0])[1] in self._index.postcodes:
            (prefix, code), city = postcode_key(words[0]), " ".join(words[1:])
        keys, spelling = self._match(town_key(city)) if city.strip() else (frozenset[str](), 0.0)
        towns = [town for key in sorted(keys) for town in self._by_key[key]]
        return Area(
            postcode=code,
            town=plain(city),
            is_postcode_known=code in self._index.postcodes,
            towns=keys,
            points=() if _has_houses(towns) else tuple(towns),
            spelling=spelling,
            country=code_of(country or prefix, self._index.countries, vehicle=not country),
        )

    def _is_like(self, key: str) -> bool:
        return bool(self._match(key)[0])

    def _match(self, key: str) -> tuple[frozenset[str], float]:
        """Towns of this name; else those that contain it or it contains; else the most similar."""
        exact = self._by_key.get(key, [])
        if _has_houses(exact):
            return frozenset({key}), 1.0
        words = frozenset(key.split())
        within = {
            other
            for other, theirs in self._words
            if theirs and (theirs <= words or words <= theirs) and _is_telling(theirs & words)
        }
        if within or exact:
            return frozenset({*within, *(town.key for town in exact)}), 1.0
        close = {other for other in self._by_key if _is_misspelt(key, other)}
        return frozenset(close), 0.9 if close else 0.0


def _shape(code: str) -> str:
    return "".join("9" if sign.isdigit() else "A" for sign in code)


def _has_houses(towns: list[Town]) -> bool:
    """True for a town in its own right; else it is the name of a part of one."""
    return any(town.houses >= _TOWN_HOUSES for town in towns)


def _is_misspelt(key: str, town: str) -> bool:
    errors = 2 if min(len(key), len(town)) >= _TWO_ERRORS else 1
    return len(town) >= _SHORT and distance(key, town, errors) <= errors


def _is_telling(words: frozenset[str]) -> bool:
    return any(len(word) >= _SHORT for word in words)
