"""What a fleet row may say besides hours, capacity and rates."""

from datetime import timedelta

import pytest

from console.domain.fleet import DrivingRule, FleetEntry
from console.domain.places import Address
from console.intake.report import FleetReport
from tests.intake.samples import FLEET, csv_of, fleet

RICH = {
    "vehicle_skills": "Tail lift; cooled", "people": "2", "end_address": "Hof 3",
    "end_postcode": "9490", "end_city": "Vaduz", "end_country": "LI", "fixed_start": "yes",
    "max_stops": "40", "max_km": "180", "max_driving_hours": "7.5", "driving_rule": "on",
    "reloads": "2", "reload_minutes": "20", "chargers": "Weg 5, 9494 Schaan; Weg 6",
    "charge_minutes": "25", "range_km": "90", "speed_factor": "0.8", "territories": "North; East",
    "territory_price": "15", "co2e_kg_per_km": "0.05", "profile": "Bike",
    "emission_class": "Euro 6d-TEMP", "language": "Polski",
}  # fmt: skip


def read(**cells: str) -> FleetReport:
    return fleet(csv_of(cells, {"driver": "Zoe", "vehicle": "Z"}, base=FLEET))


def found(**cells: str) -> FleetEntry:
    report = read(**cells)
    assert not report.rejects, report.rejects
    return report.entries[0]


def test_every_column() -> None:
    report = read(**RICH)
    assert not report.unknown_columns
    entry = report.entries[0]
    assert (entry.vehicle_skills, entry.people) == (("tail-lift", "cooled"), 2)
    assert entry.end == Address("Hof 3", "9490", "Vaduz", "LI")
    assert (entry.open_ended, entry.fixed_start) == (False, True)
    assert (entry.max_stops, entry.max_km) == (40, 180)
    assert entry.max_driving == timedelta(hours=7, minutes=30)
    assert entry.driving_rule == DrivingRule()
    assert (entry.reloads, entry.reload_time) == (2, timedelta(minutes=20))
    assert entry.chargers == (Address("Weg 5, 9494 Schaan"), Address("Weg 6", "9494", "Schaan"))
    assert entry.charge_time == timedelta(minutes=25)
    assert entry.speed_factor == 1.25
    assert (entry.territories, entry.territory_price) == (("north", "east"), 15)
    assert (entry.co2e_per_km, entry.profile) == (0.05, "bicycle")
    assert (entry.emission_class, entry.language) == ("euro6", "pl")
    assert len(entry.addresses) == 4


def test_nothing_of_it() -> None:
    plain = read().entries[1]
    assert (plain.end, plain.open_ended, plain.max_stops, plain.driving_rule) == (
        None, False, None, None,
    )  # fmt: skip
    assert (plain.speed_factor, plain.co2e_per_km, plain.people) == (1.0, None, 1)


@pytest.mark.parametrize(
    ("cells", "profile"),
    [
        ({"profile": "Lastenrad"}, "bicycle"),
        ({"profile": "LKW"}, "truck"),
        ({"profile": "pkw"}, ""),
        ({"profile": "hovercraft"}, "hovercraft"),
        ({"profile": "truck", "Height (m)": "3.80", "gvw": "11.99 t"}, "truck-h3.8-t11.99"),
        ({"vehicle_height": "275 cm", "vehicle_weight": "3500 kg"}, "van-h2.75-t3.5"),
        (
            {"vehicle_weight_t": "7.5", "vehicle_length_m": "8", "width_m": "2.5"},
            "truck-w2.5-l8-t7.5",
        ),
        ({"adr": "yes"}, "truck-hazmat"),
        ({"profile": "van", "gefahrgut": "ja", "vehicle_height_m": "2.6"}, "truck-h2.6-hazmat"),
        ({"profile": "bike", "vehicle_height_m": "1.2"}, "bicycle"),
    ],
)
def test_a_vehicle_and_its_size(cells: dict[str, str], profile: str) -> None:
    entry = found(**cells)
    assert entry.profile == profile


def test_a_size_that_cannot_be() -> None:
    assert [reject.field for reject in read(vehicle_height_m="38").rejects] == ["vehicle_height_m"]
    (told,) = [
        each for each in read(profile="bike", adr="yes").assumptions if "bike" in each.sentence
    ]
    assert "left out" in told.sentence


@pytest.mark.parametrize("word", ["open", "Open end", "offen", "nowhere"])
def test_an_open_end(word: str) -> None:
    entry = found(end_address=word)
    assert (entry.end, entry.open_ended) == (None, True)


def test_an_end_without_a_town() -> None:
    report = read(end_address="Hof 3")
    assert report.entries[0].end == Address("Hof 3", "9494", "Schaan")
    assert any("the depot's assumed, 9494 Schaan" in each.sentence for each in report.assumptions)
    assert found(end_address="depot").end is None


@pytest.mark.parametrize(
    ("cells", "value", "told"),
    [
        ({"reloads": "1"}, timedelta(minutes=15), "Reloads without reload_minutes in row 2: 15"),
        (
            {"chargers": "Weg 5", "range_km": "90"},
            timedelta(minutes=30),
            "Chargers without charge_minutes in row 2: 30",
        ),
    ],
)
def test_durations_that_are_assumed(cells: dict[str, str], value: timedelta, told: str) -> None:
    report = read(**cells)
    assert value in {report.entries[0].reload_time, report.entries[0].charge_time}
    assert any(told in each.sentence for each in report.assumptions)


def test_chargers_need_a_range() -> None:
    report = read(chargers="Weg 5", charge_minutes="30")
    assert not report.entries[0].chargers
    assert any("nothing needs charging" in each.sentence for each in report.assumptions)
    report = read(charge_minutes="30")
    assert any("A time to charge without chargers" in e.sentence for e in report.assumptions)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"fixed_start": "maybe"}, "fixed_start “maybe” is unknown: write yes or no"),
        ({"max_stops": "0"}, "is less than 1 stops"),
        ({"speed_factor": "0"}, "is less than 0.1 times"),
        ({"reloads": "0.5"}, "is not a whole number"),
        ({"max_driving_hours": "30"}, "is more than 24 hours"),
    ],
)
def test_what_cannot_be(cells: dict[str, str], told: str) -> None:
    (reject,) = read(**cells).rejects
    assert told in reject.problem


def test_vehicles_of_google_fleet_routing() -> None:
    report = fleet(
        "label,travelMode,startWaypoint,endWaypoint,costPerHour,costPerKilometer,fixedCost,"
        "startTimeWindowStartTime,endTimeWindowEndTime,loadLimit1Type,loadLimit1Value\n"
        'v1,DRIVING,"47.1, 9.5","47.1, 9.5",30,0.4,10,2026-11-23T08:00:00Z,2026-11-23T16:00:00Z,'
        "weight,9\n"
        'v2,WALKING,"47.1, 9.5","47.2, 9.6",30,0.4,10,08:00,16:00,weight,9\n'
    )
    one, two = report.entries
    assert (one.driver, one.depot, one.end, one.profile) == ("v1", Address("47.1, 9.5"), None, "")
    assert (two.end, two.profile) == (Address("47.2, 9.6"), "foot")
    assert (one.rates.fixed, one.rates.per_km, one.rates.per_hour) == (10, 0.4, 30)
    assert report.unknown_columns == ("loadLimit1Type", "loadLimit1Value")


@pytest.mark.parametrize(
    ("cells", "classed", "spoken"),
    [
        ({"emission_class": "EURO-5", "language": "German"}, "euro5", "de"),
        ({"emission_class": "zero emission", "language": "de-AT"}, "electric", "de"),
        ({"emission_class": "6", "language": "українська"}, "euro6", "uk"),
        ({"emission_class": "Euro VI-d", "language": "Dutch"}, "euro6", "nl"),
        ({"emission_class": "", "language": ""}, "", ""),
    ],
)
def test_classes_and_languages_in_other_words(
    cells: dict[str, str], classed: str, spoken: str
) -> None:
    entry = found(**cells)
    assert (entry.emission_class, entry.language) == (classed, spoken)


def test_an_unknown_class_or_language_names_what_may_stand_there() -> None:
    (reject,) = read(emission_class="green", language="Klingon").rejects
    assert "green" in reject.problem
    assert "euro1, euro2" in reject.problem
    (reject,) = read(language="Klingon").rejects
    assert "Klingon" in reject.problem.title()
    assert "en, de, es" in reject.problem
