"""The factors that are brought along, and how fleets' words find them."""

import tomllib

import pytest

from console.dispatch.emissions import factors, read_factors
from console.domain.commands import MoveStops
from console.domain.plan import StopId
from console.settings import bundled
from tests.dispatch.consoles import World, begun, journey, row

TOLD = tomllib.loads(bundled("data/emissions.toml").read_text(encoding="utf-8"))


def test_every_factor_says_where_it_is_from() -> None:
    assert set(TOLD) == {"source", "electricity", "kind"}
    assert TOLD["source"]["year"] >= 2024
    assert TOLD["source"]["fallback"] in TOLD["kind"]
    for name, given in TOLD["kind"].items():
        assert set(given) == {"names", "tank_to_wheel", "well_to_tank", "published", "basis"}, name
        assert len(given["basis"]) > 10, name
        assert 0 <= given["well_to_tank"] <= given["tank_to_wheel"] < 1500, name


def test_no_word_means_two_kinds() -> None:
    words = [word for given in TOLD["kind"].values() for word in given["names"]]
    assert len(words) == len(set(words))


def test_electric_factors_follow_from_a_kilowatt_hour() -> None:
    power = TOLD["electricity"]
    own = power["generation"]
    rest = power["losses"] + power["well_to_tank"] + power["losses_well_to_tank"]
    for kind, kwh in (("e-scooter", 0.04), ("cargo-bike", 0.02)):
        given = TOLD["kind"][kind]
        assert given["tank_to_wheel"] == pytest.approx(1000 * kwh * own, abs=0.01)
        assert given["well_to_tank"] == pytest.approx(1000 * kwh * rest, abs=0.01)
    van = TOLD["kind"]["e-van"]
    lost = van["tank_to_wheel"] * power["losses"] / own
    assert van["well_to_tank"] == pytest.approx(19.79 + lost, abs=0.01)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("van", "van"),
        ("E-Van", "e-van"),
        ("electric van", "e-van"),
        ("cargo-bike", "cargo-bike"),
        ("Lastenrad", "cargo-bike"),
        ("on_foot", "foot"),
        ("LKW", "truck"),
        ("moped", "scooter"),
        ("zeppelin", "van"),
    ],
)
def test_words_find_their_kind(word: str, kind: str) -> None:
    assert factors().of(word).kind == kind
    assert factors().knows(word) == (word != "zeppelin")


def test_greener_vehicles_emit_less() -> None:
    line = ("foot", "cargo-bike", "e-scooter", "e-van", "scooter", "van", "petrol-van", "truck")
    weights = [factors().of(kind).kg_per_km for kind in line]
    assert weights == sorted(weights)
    assert factors().of("van").kg_per_km == pytest.approx(0.34584)
    assert factors().year == 2025


def test_a_damaged_file_is_named() -> None:
    with pytest.raises(KeyError):
        read_factors("[source]\nname = 'x'\nyear = 2025\nfallback = 'van'\n")


@journey
async def test_shifts_know_what_their_vehicles_emit(world: World) -> None:
    with world.console() as station:
        await begun(station, world, row("A", "Weg 200"))
        (route,) = station.picture.plan.routes.values()
        assert route.shift.co2e_per_km == factors().of("van").kg_per_km
        await station.submit(MoveStops((StopId("s:A"),), route.id))
        schedule = station.picture.schedules[route.id]
        expected = schedule.metres / 1000 * route.shift.co2e_per_km
        assert schedule.co2e == pytest.approx(expected)
        assert station.picture.totals.co2e == pytest.approx(expected)
