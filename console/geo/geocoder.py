"""Locates addresses in one region and says how sure it is; never guesses across town borders."""

from collections.abc import Sequence
from dataclasses import replace

from console.dispatch.extracts import Cancelled
from console.dispatch.ports import Progress, Region
from console.domain.places import Address, Certainty, Coordinate, Location
from console.geo import countries, pluscode, remembering
from console.geo.areas import Area, AreaReader
from console.geo.index import AddressIndex
from console.geo.likeness import SURE
from console.geo.matching import Match, Matcher, by_score
from console.geo.pluscode import PlusCode
from console.geo.pois import PoiFinder
from console.geo.reading import Reading, readings
from console.tongues import tr

_CANDIDATES = 5
_MARGIN = 0.04  # by how much the best must beat the next one elsewhere
_RIVAL_M = 60.0  # two readings this close are one place
_AT_THE_DOOR_M = 60.0
_EVERY = 50  # addresses between two words of progress


class RegionGeocoder:
    """Implements ``dispatch.ports.Geocoder`` on one region's address index."""

    def __init__(self, region: Region) -> None:
        """ConsoleError when the region has no readable address index."""
        self._region = region
        self._index = AddressIndex(region.folder)
        self._areas = AreaReader(self._index)
        self._matcher = Matcher(self._index, self._areas)
        self._pois = PoiFinder(self._index, self._areas)
        self._country = self._index.country or countries.of_zone(region.zone)

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def locate(self, address: Address) -> Location:
        """The best answer with its certainty, reasons and up to five candidates."""
        code = pluscode.find(address.street)
        return self._by_code(code, address) if code else self._by_words(address)

    def _by_words(self, address: Address) -> Location:
        found = readings(address, self._areas)
        matches = self._matcher.matches(found)
        if not any(match.is_sure and match.spot.certainty.is_sure for match in matches):
            matches = by_score(matches + self._pois.matches(found))
        area = matches[0].area if matches else self._area(address, found)
        candidates = _candidates(matches)
        foreign = self._foreign(address, found, matches)
        if area.country and self._country and area.country not in {self._country, "??"}:
            return Location(None, Certainty.OUTSIDE, 0.0, "", ("country_differs",), candidates)
        if area.is_outside or foreign:
            reasons = _outside(foreign or area)
            return Location(None, Certainty.OUTSIDE, 0.0, "", reasons, candidates)
        if not matches:
            return self._town(area)
        return self._verdict(matches, area, candidates)

    def _foreign(
        self, address: Address, found: Sequence[Reading], matches: Sequence[Match]
    ) -> Area | None:
        """The area of a line that names a postcode and a town, neither of them in the region."""
        if address.postcode or address.city or any(m.agreement.is_confirmed for m in matches):
            return None
        areas = [self._areas.of(each.area) for each in found if each.area.postcode]
        named = [area for area in areas if area.town]
        return named[0] if named and all(area.is_outside for area in areas) else None

    def _by_code(self, code: PlusCode, address: Address) -> Location:
        """A plus code; a short one beside the town that is named, else within a small region."""
        if not code.is_short:
            return self._coded(pluscode.centre(code.code), code.code)
        beside = Address("", address.postcode, address.city or code.rest, address.country)
        town = self._town(self._areas.of(beside))
        if town.coordinate is not None:
            return self._coded(pluscode.near(code.code, town.coordinate), code.code)
        south, west, north, east = self._region.bounds
        middle = Coordinate((south + north) / 2, (west + east) / 2)
        found = self._coded(pluscode.near(code.code, middle), code.code)
        if found.coordinate is None:
            return found
        return replace(found, certainty=Certainty.DOUBTFUL, reasons=("plus_code", "town_missing"))

    def _coded(self, point: Coordinate, code: str) -> Location:
        if not self._region.contains(point):
            return Location(None, Certainty.OUTSIDE, reasons=("plus_code", "outside_region"))
        return Location(point, Certainty.ROOFTOP, 1.0, code, ("plus_code",))

    def _area(self, address: Address, found: Sequence[Reading]) -> Area:
        """What a reading says of postcode and town, the one that is known best first."""
        areas = [self._areas.of(each.area) for each in found] or [self._areas.of(address)]
        return min(areas, key=lambda area: (area.is_outside, not area.towns, not area.postcode))

    def locate_all(
        self, addresses: Sequence[Address], progress: Progress | None = None
    ) -> list[Location]:
        """The same for many; each distinct address is looked up once."""
        known: dict[Address, Location] = {}
        found: list[Location] = []
        try:
            for address in addresses:
                if progress and len(found) % _EVERY == 0:
                    progress(tr("Locating addresses"), len(found) / len(addresses))
                if address not in known:
                    known[address] = self.locate(address)
                found.append(known[address])
            if progress:
                progress(tr("Locating addresses"), 1.0)
        except Cancelled:
            pass  # what is found is worth keeping
        finally:
            remembering.forget()
        return found

    def reverse(self, point: Coordinate) -> Location:
        """The nearest address, its own point as ``coordinate``; doubtful when some way off."""
        if not self._region.contains(point):
            return Location(None, Certainty.OUTSIDE, reasons=("outside_region",))
        found = self._index.nearest(point.lat, point.lon)
        if found is None:
            return Location(None, Certainty.UNKNOWN, reasons=("no_address_near",))
        house, street = found
        at = Coordinate(house.lat, house.lon)
        metres = point.metres_to(at)
        label = _label(street.name, house.label, house.postcode or street.postcode, street.town)
        certainty = Certainty.ROOFTOP if metres <= _AT_THE_DOOR_M else Certainty.DOUBTFUL
        return Location(at, certainty, 1 / (1 + metres / _AT_THE_DOOR_M), label)

    def _town(self, area: Area) -> Location:
        """No such street: the town's or postcode's middle, if that is known."""
        if area.is_postcode_known:
            lat, lon, _ = self._index.postcodes[area.postcode]
            return Location(
                Coordinate(lat, lon), Certainty.PLACE, 0.3, area.postcode, ("street_unknown",)
            )
        towns = [town for town in self._index.towns if town.key in area.towns]
        if towns:
            town = max(towns, key=lambda each: each.houses)
            point = Coordinate(town.lat, town.lon)
            return Location(point, Certainty.PLACE, 0.3, town.name, ("street_unknown",))
        return Location(None, Certainty.UNKNOWN, reasons=("street_unknown",))

    def _verdict(
        self, matches: Sequence[Match], area: Area, candidates: tuple[Location, ...]
    ) -> Location:
        best = matches[0]
        doubts = _doubts(best, matches[1:])
        if area.country == "??":
            doubts = (*doubts, "country_unknown")
        reasons = (*best.reasons, *doubts)
        certainty = Certainty.DOUBTFUL if doubts else best.spot.certainty
        if certainty is Certainty.DOUBTFUL and best.name < SURE and not best.agreement.is_sure:
            town = self._town(area)
            if town.coordinate is not None:
                return replace(town, candidates=candidates, reasons=("street_unknown",))
        return replace(
            candidates[0], certainty=certainty, reasons=reasons, candidates=candidates[1:]
        )


def _doubts(best: Match, rest: Sequence[Match]) -> tuple[str, ...]:
    """Why the best reading must not be taken without a look."""
    doubts: list[str] = []
    if not best.is_name_sure:
        doubts.append("street_differs")
    if not best.agreement.is_sure:
        doubts.append("area_differs")
    elif not best.is_sure:
        doubts.append("part_unread")
    point = best.spot.coordinate
    for other in rest:
        if best.score - other.score >= _MARGIN:
            break
        is_namesake = best.is_literal and not other.is_literal and other.street != best.street
        if point.metres_to(other.spot.coordinate) > _RIVAL_M and not is_namesake:
            doubts.append("number_twice" if other.street == best.street else "several_match")
            break
    return tuple(doubts)


def _candidates(matches: Sequence[Match]) -> tuple[Location, ...]:
    """The best readings that differ in where they are or what they are called."""
    found: dict[tuple[str, Coordinate], Location] = {}
    for match in matches:
        location = _location(match)
        if len(found) < _CANDIDATES and location.coordinate:
            found.setdefault((location.label, location.coordinate), location)
    return tuple(found.values())


def _location(match: Match) -> Location:
    street, house = match.street, match.spot.house
    postcode = (house.postcode if house else "") or street.postcode
    between = " " if street.id else ", "  # a place by name has its own address behind it
    line = between.join(part for part in (street.name, match.spot.label) if part)
    return Location(
        match.spot.coordinate,
        match.spot.certainty,
        round(match.score, 3),
        Address(line, postcode, street.town).line,
        match.reasons,
    )


def _label(street: str, number: str, postcode: str, town: str) -> str:
    return Address(f"{street} {number}".strip(), postcode, town).line


def _outside(area: Area) -> tuple[str, ...]:
    reasons = (("postcode_unknown", area.postcode), ("town_unknown", area.town))
    return tuple(reason for reason, given in reasons if given)
