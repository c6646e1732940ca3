import csv
import random
import re
from dataclasses import replace

import osmium
import pytest

from console.dispatch.extracts import Cancelled
from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.domain.places import Address, Certainty, Coordinate, Location
from console.geo import addresses, likeness, naming
from console.geo.geocoder import RegionGeocoder
from tests.geo import town
from tests.shared import shared_data


def metres(location: Location, street: int, number: int) -> float:
    assert location.coordinate
    return location.coordinate.metres_to(Coordinate(*town.at(street, number)))


def in_town(street: str, postcode: str = "8010", city: str = "Teststadt") -> Address:
    return Address(street, postcode, city)


@pytest.mark.parametrize(
    ("address", "street", "number", "certainty"),
    [
        (in_town("Bahnhofstraße 5"), 0, 5, Certainty.ROOFTOP),
        (in_town("bahnhofstr. 5"), 0, 5, Certainty.ROOFTOP),
        (in_town("5 Bahnhofstrasse"), 0, 5, Certainty.ROOFTOP),
        (Address("Bahnhofstr. 5, 8010 Teststadt"), 0, 5, Certainty.ROOFTOP),
        (Address("Bahnhofstr. 5 8010 Teststadt"), 0, 5, Certainty.ROOFTOP),
        (Address("Mühlweg 5 Teststadt"), 4, 5, Certainty.ROOFTOP),
        (Address("Mühlweg 5", city="8010 Teststadt"), 4, 5, Certainty.ROOFTOP),
        (in_town("Bahnhofstraße 5", postcode=""), 0, 5, Certainty.ROOFTOP),
        (in_town("Bahnhofstraße 5", city=""), 0, 5, Certainty.ROOFTOP),
        (in_town("Bahnhofstraße 5", "8020", "Oberdorf"), 6, 5, Certainty.ROOFTOP),
        (Address("Mühlweg 5"), 4, 5, Certainty.ROOFTOP),
        (in_town("Muehlweg 5", "A-8010"), 4, 5, Certainty.ROOFTOP),
        (in_town("Alten Riet Im 5"), 2, 5, Certainty.ROOFTOP),
        (in_town("alten Riet 5"), 2, 5, Certainty.ROOFTOP),
        (in_town("Bahnhofsrasse 5"), 0, 5, Certainty.ROOFTOP),
        (in_town("Banhofstrasse 5", city="Testsatdt"), 0, 5, Certainty.ROOFTOP),
        (in_town("Rožna ulica 5"), 5, 5, Certainty.ROOFTOP),
        (in_town("Mühlweg 22"), 4, 20, Certainty.ROOFTOP),  # inside 20-24
        (in_town("Mühlweg 20-24"), 4, 20, Certainty.ROOFTOP),
        (in_town("Mühlweg 27"), 4, 27, Certainty.INTERPOLATED),
        (in_town("Mühlweg 5b"), 4, 5, Certainty.INTERPOLATED),
        (in_town("Mühlweg 13"), 4, 13, Certainty.INTERPOLATED),
        (in_town("Mühlweg 5", city="Mühlau"), 4, 5, Certainty.ROOFTOP),
        (in_town("Mühlweg 5", postcode="8011"), 4, 5, Certainty.ROOFTOP),
        (Address("8010 Teststadt, 5 Muehlweg Top 4"), 4, 5, Certainty.ROOFTOP),
        (Address("Teststadt 8010 Mühlwg 5, 3. Stock"), 4, 5, Certainty.ROOFTOP),
        (in_town("D. Karl Renner Str. 11"), 3, 11, Certainty.ROOFTOP),
        (in_town("Landesspital St. Anna"), 1, 20, Certainty.ROOFTOP),
        (Address("Landesspital Sankt Ana, Teststadt"), 1, 20, Certainty.ROOFTOP),
        (Address("8FVQ2222+23"), 0, 1, Certainty.ROOFTOP),
        (Address("2222+23 Teststadt"), 0, 1, Certainty.ROOFTOP),
    ],
)
def test_addresses_are_found(
    geocoder: RegionGeocoder, address: Address, street: int, number: int, certainty: Certainty
) -> None:
    found = geocoder.locate(address)
    assert metres(found, street, number) < 20
    assert found.certainty is certainty
    assert 0 < found.score <= 1
    assert found.label


@pytest.mark.parametrize(
    ("address", "certainty", "reason"),
    [
        (in_town("Mühlweg"), Certainty.STREET, "number_missing"),
        (in_town("Mühlweg 99"), Certainty.STREET, "number_unknown"),
        (Address("2222+23"), Certainty.DOUBTFUL, "town_missing"),
        (Address("9FFW84Q4+2V"), Certainty.OUTSIDE, "outside_region"),
        (in_town("Goldkorn"), Certainty.DOUBTFUL, "several_match"),
        (Address("Mühlweg 5, 1010 Wien"), Certainty.OUTSIDE, "town_unknown"),
        (Address("Mühlweg 5, Hamburg"), Certainty.DOUBTFUL, "part_unread"),
        (in_town("Rosengasse 40"), Certainty.DOUBTFUL, "number_twice"),
        (Address("Bahnhofstraße 5"), Certainty.DOUBTFUL, "several_match"),
        (in_town("Mühlweg 5", city="Oberdorf"), Certainty.DOUBTFUL, "town_differs"),
        (in_town("Mühlweg 5", city="Hamburg"), Certainty.DOUBTFUL, "town_unknown"),
        (in_town("Mühlgasse 5"), Certainty.DOUBTFUL, "street_differs"),
        (in_town("Xyzweg 5"), Certainty.PLACE, "street_unknown"),
        (Address("Xyzweg 5", city="Oberdorf"), Certainty.PLACE, "street_unknown"),
        (in_town(""), Certainty.PLACE, "street_unknown"),
        (Address("Xyzweg 5"), Certainty.UNKNOWN, "street_unknown"),
        (Address(""), Certainty.UNKNOWN, "street_unknown"),
        (in_town("Mühlweg 5", "1010", "Wien"), Certainty.OUTSIDE, "town_unknown"),
        (Address("Mühlweg 5", "1010"), Certainty.OUTSIDE, "postcode_unknown"),
        (Address("Mühlweg 5", "8010", "Teststadt", "DE"), Certainty.OUTSIDE, "country_differs"),
        (
            Address("Mühlweg 5", "8010", "Teststadt", "Schweiz"),
            Certainty.OUTSIDE,
            "country_differs",
        ),
        (Address("Mühlweg 5", "D-8010", "Teststadt"), Certainty.OUTSIDE, "country_differs"),
        (
            Address("Mühlweg 5", "8010", "Teststadt", "Mordor"),
            Certainty.DOUBTFUL,
            "country_unknown",
        ),
    ],
)
def test_doubts_are_told(
    geocoder: RegionGeocoder, address: Address, certainty: Certainty, reason: str
) -> None:
    found = geocoder.locate(address)
    assert found.certainty is certainty
    assert reason in found.reasons
    assert not found.certainty.is_sure


@pytest.mark.parametrize("country", ["AT", "Österreich", "Austria", "austria", ""])
def test_the_own_country_is_known_by_its_names(geocoder: RegionGeocoder, country: str) -> None:
    found = geocoder.locate(Address("Mühlweg 5", "8010", "Teststadt", country))
    assert found.certainty is Certainty.ROOFTOP


def test_doubtful_answers_have_candidates(geocoder: RegionGeocoder) -> None:
    found = geocoder.locate(Address("Bahnhofstraße 5"))
    labels = {found.label, *(each.label for each in found.candidates)}
    assert labels == {"Bahnhofstraße 5, 8010 Teststadt", "Bahnhofstraße 5, 8020 Oberdorf"}
    outside = geocoder.locate(in_town("Mühlweg 5", "1010", "Wien"))
    assert outside.coordinate is None
    assert outside.candidates[0].label == "Mühlweg 5, 8010 Teststadt"


def test_many_are_located_in_order_with_progress(geocoder: RegionGeocoder) -> None:
    told: list[float] = []
    wanted = [in_town(f"Mühlweg {number}") for number in (1, 2, 1, 99)]
    found = geocoder.locate_all(wanted, lambda _, share: told.append(share))
    assert [each.label for each in found[:3]] == [
        f"Mühlweg {number}, 8010 Teststadt" for number in (1, 2, 1)
    ]
    assert found[3].certainty is Certainty.STREET
    assert told[-1] == 1.0
    assert geocoder.locate_all([]) == []


def test_what_was_worked_out_of_names_is_let_go_after_a_file(geocoder: RegionGeocoder) -> None:
    geocoder.locate(in_town("Mühlweg 1"))
    assert likeness.name_of.cache_info().currsize
    assert naming.plain.cache_info().currsize
    geocoder.locate_all([in_town(f"Mühlweg {number}") for number in range(9)])
    for kept in (likeness.name_of, likeness.distance, naming.plain, naming.street_words):
        assert kept.cache_info().currsize == 0


def test_what_was_found_before_it_was_called_off_is_answered(geocoder: RegionGeocoder) -> None:
    def told(_sentence: str, share: float) -> None:
        if share:
            raise Cancelled

    found = geocoder.locate_all([in_town("Mühlweg 1")] * 60, told)
    assert len(found) == 50
    assert {each.label for each in found} == {"Mühlweg 1, 8010 Teststadt"}


def test_the_way_back_from_a_point(geocoder: RegionGeocoder) -> None:
    lat, lon = town.at(3, 11)
    near = geocoder.reverse(Coordinate(lat + 0.0001, lon))
    assert near.label == "Dr.-Karl-Renner-Straße 11, 8010 Teststadt"
    assert near.certainty is Certainty.ROOFTOP
    off = geocoder.reverse(Coordinate(lat, lon + 0.002))
    assert off.certainty is Certainty.DOUBTFUL
    assert geocoder.reverse(Coordinate(50.0, 8.0)).certainty is Certainty.OUTSIDE


def test_a_missing_index_is_reported(region: Region) -> None:
    with pytest.raises(ConsoleError, match="address index cannot be read") as caught:
        RegionGeocoder(replace(region, folder=region.folder / "gone"))
    assert caught.value.remedy


@pytest.fixture(scope="module")
def liechtenstein(tmp_path_factory: pytest.TempPathFactory, region: Region) -> Region:
    """Its address index alone."""
    extract = shared_data("regions/liechtenstein.osm.pbf")
    folder = tmp_path_factory.mktemp("liechtenstein")
    counts = addresses.build(str(extract), str(folder / addresses.FILE), lambda _: None)
    assert counts["country"] == "LI"
    return replace(region, name="liechtenstein", folder=folder, zone="Europe/Vaduz")


def _true_points() -> dict[tuple[str, str], list[Coordinate]]:
    """Every house of the extract by (street and number, postcode), read without our own index."""
    points: dict[tuple[str, str], list[Coordinate]] = {}
    extract = str(shared_data("regions/liechtenstein.osm.pbf"))
    houses = osmium.FileProcessor(extract).with_locations()
    for house in houses.with_filter(osmium.filter.KeyFilter("addr:housenumber")):
        if house.is_relation():
            continue
        nodes = [house] if house.is_node() else list(house.nodes)[:-1]
        lats = [(n.location.lat if house.is_node() else n.lat) for n in nodes]
        lons = [(n.location.lon if house.is_node() else n.lon) for n in nodes]
        point = Coordinate(sum(lats) / len(lats), sum(lons) / len(lons))
        for number in re.split("[;,]", house.tags["addr:housenumber"]):
            line = f"{house.tags.get('addr:street')} {number.strip()}"
            points.setdefault((line, house.tags.get("addr:postcode", "")), []).append(point)
    return points


def test_real_orders_are_located_within_60_m(liechtenstein: Region) -> None:
    geocoder = RegionGeocoder(liechtenstein)
    truth = _true_points()
    rows: list[dict[str, str]] = []
    for name in ("liechtenstein-250.csv", "liechtenstein-1000.csv"):
        with shared_data(f"orders/{name}").open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    found = geocoder.locate_all([Address(r["street"], r["postcode"], r["city"]) for r in rows])
    right = wrong = 0
    for row, location in zip(rows, found, strict=True):
        points = truth.get((row["street"], row["postcode"]))
        if not points or not location.coordinate or not location.certainty.is_sure:
            continue
        off = min(location.coordinate.metres_to(point) for point in points)
        right += off <= 60
        wrong += off > 60
    assert wrong == 0
    assert right >= 0.99 * len(rows)
    geocoder.close()


def _with_typo(text: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(text) - 1)
    return dice.choice(
        [
            text[:place] + text[place + 1 :],
            text[:place] + text[place + 1] + text[place] + text[place + 2 :],
            text[:place] + dice.choice("aeionrst") + text[place:],
        ]
    )


def test_typing_errors_are_forgiven_but_never_sure_and_wrong(liechtenstein: Region) -> None:
    geocoder = RegionGeocoder(liechtenstein)
    dice = random.Random(11)
    with shared_data("orders/liechtenstein-1000.csv").open(encoding="utf-8", newline="") as file:
        rows = dice.sample(list(csv.DictReader(file)), 200)
    sure = 0
    for row in rows:
        asked = Address(_with_typo(row["street"], dice), row["postcode"], row["city"])
        right = geocoder.locate(Address(row["street"], row["postcode"], row["city"])).coordinate
        found = geocoder.locate(asked)
        if re.findall(r"\d+", asked.street) != re.findall(r"\d+", row["street"]):
            continue  # the house number was hit
        if found.certainty.is_sure:
            assert right
            assert found.coordinate
            assert found.coordinate.metres_to(right) < 60, asked.line
            sure += 1
    assert sure > 0.7 * len(rows)
    geocoder.close()


@pytest.mark.parametrize("elsewhere", [("1010", "Wien"), ("8001", "Zürich"), ("", "Berlin")])
def test_no_address_abroad_is_taken_for_one_at_home(
    liechtenstein: Region, elsewhere: tuple[str, str]
) -> None:
    geocoder = RegionGeocoder(liechtenstein)
    for street in ("Landstrasse 20", "Städtle 37", "Bahnhofstrasse 3", "Kärntner Ring 1"):
        found = geocoder.locate(Address(street, *elsewhere))
        assert found.certainty is Certainty.OUTSIDE
        assert found.coordinate is None
    geocoder.close()
