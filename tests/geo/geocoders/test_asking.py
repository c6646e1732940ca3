"""Address services by HTTP: one suite over three protocols, against servers that speak them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from console.dispatch.extracts import Cancelled
from console.dispatch.ports import Geocoder, Region
from console.domain.errors import ConsoleError
from console.domain.places import Address, Certainty, Coordinate
from console.geo.geocoders import choosing
from console.geo.geocoders.asking import AskingGeocoder, Pace
from console.settings import AddressSettings
from tests.geo import town
from tests.geo.geocoders.services import Door, Server, nominatim, pelias, photon, serving

SPEAK = {"nominatim": nominatim, "photon": photon, "pelias": pelias}
NEW = town.at(2, 40)
DOORS = [
    Door("Neubaugasse", "7", "8010", "Teststadt", *NEW),
    Door("Neubaugasse", "13", "8010", "Teststadt", *town.at(2, 41)),
    Door("Neubaugasse", "", "8010", "Teststadt", *town.at(2, 42)),
    Door("", "", "8010", "Teststadt", *town.at(2, 43)),
    Door("Neubaugasse", "7", "8010", "Teststadt", 48.2, 16.4),  # outside the region
]


@dataclass
class Asked:
    """A geocoder with a service beside it."""

    server: Server
    geocoder: AskingGeocoder
    name: str


@pytest.fixture(params=SPEAK)
def asked(request: pytest.FixtureRequest, region: Region) -> Iterator[Asked]:
    server = Server(list(DOORS))
    with serving(server, SPEAK[request.param]) as url:
        wanted = AddressSettings(request.param, url, contact="ops@example.org")
        made = choosing.geocoder_for(region, wanted)
        assert isinstance(made, AskingGeocoder)
        checked: Geocoder = made
        assert checked
        yield Asked(server, made, request.param)
        made.close()


def in_town(street: str) -> Address:
    return Address(street, "8010", "Teststadt")


def test_what_the_index_lacks_is_found_with_credit(asked: Asked) -> None:
    found = asked.geocoder.locate(in_town("Neubaugasse 7"))
    assert found.coordinate == Coordinate(*NEW)
    assert found.certainty is Certainty.ROOFTOP
    assert found.score == 1
    assert "OpenStreetMap" in found.source
    assert "Neubaugasse" in found.label
    assert any(other.source == found.source for other in found.candidates)


def test_what_the_index_is_sure_of_is_not_asked_for(asked: Asked) -> None:
    found = asked.geocoder.locate(in_town("M\u00fchlweg 5"))
    assert found.certainty is Certainty.ROOFTOP
    assert not found.source
    assert asked.server.asked == []
    asked.geocoder.asks_all = True
    assert asked.geocoder.locate(in_town("M\u00fchlweg 5")).certainty is Certainty.ROOFTOP
    assert len(asked.server.asked) == 1


@pytest.mark.parametrize(
    ("street", "certainty", "reason"),
    [
        ("Neubuagasse 7", Certainty.ROOFTOP, "street_typo"),
        ("Neubaugasse 99", Certainty.STREET, "number_unknown"),
        ("Neubaugasse", Certainty.STREET, "number_missing"),
        ("Neubaugasse 7b", Certainty.INTERPOLATED, "suffix_unknown"),
        ("Xyzweg 7", Certainty.PLACE, "street_unknown"),
    ],
)
def test_verdicts_are_of_the_same_kind(
    asked: Asked, street: str, certainty: Certainty, reason: str
) -> None:
    found = asked.geocoder.locate(in_town(street))
    assert found.certainty is certainty
    assert reason in found.reasons


def test_another_town_is_doubtful(asked: Asked) -> None:
    asked.server.doors = [Door("Neubaugasse", "7", "8020", "Oberdorf", *NEW)]
    found = asked.geocoder.locate(in_town("Neubaugasse 7"))
    guess = found if found.source else found.candidates[0]
    assert not guess.certainty.is_sure or "town_differs" in guess.reasons
    assert not found.certainty.is_sure


def test_the_agent_says_who_asks_and_only_the_region_is_asked_about(asked: Asked) -> None:
    asked.geocoder.locate(in_town("Neubaugasse 7"))
    _, query, headers = asked.server.asked[0]
    assert headers["User-Agent"].startswith("Doorstep/")
    assert "ops@example.org" in headers["User-Agent"]
    box = " ".join(query.get(key, "") for key in ("viewbox", "bbox", "boundary.rect.min_lat"))
    assert "46.99" in box


def test_a_point_is_named(asked: Asked) -> None:
    found = asked.geocoder.reverse(Coordinate(NEW[0], NEW[1] + 0.002))
    assert "Neubaugasse" in found.label or found.certainty is Certainty.ROOFTOP


@pytest.mark.parametrize("fault", [(500, None), (200, {"nonsense": 1}), (429, {"error": "slow"})])
def test_a_service_that_fails_costs_its_answers_only(
    asked: Asked, fault: tuple[int, object]
) -> None:
    asked.server.status, asked.server.body = fault
    wanted = [in_town("M\u00fchlweg 5"), in_town("Neubaugasse 7"), in_town("Neubaugasse 9")]
    found = asked.geocoder.locate_all(wanted)
    assert found[0].certainty is Certainty.ROOFTOP
    assert all("service_failed" in each.reasons for each in found[1:])
    assert len(asked.server.asked) == 1


def test_many_are_asked_one_by_one_with_progress_and_no_more_than_allowed(asked: Asked) -> None:
    told: list[tuple[str, float]] = []
    asked.geocoder._limits = choosing.Limits(Pace(0.0), 2)
    wanted = [in_town(f"Neubaugasse {n}") for n in (7, 7, 8, 9)]
    found = asked.geocoder.locate_all(wanted, lambda say, share: told.append((say, share)))
    assert len(asked.server.asked) == 2
    assert "service_limit" in found[3].reasons
    assert any(say.startswith("Asking the") for say, _ in told)
    assert asked.geocoder.locate_all([]) == []


def test_progress_may_cancel(asked: Asked) -> None:
    def stop(sentence: str, _share: float) -> None:
        if sentence.startswith("Asking"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked.geocoder.locate_all([in_town("Neubaugasse 7")], stop)
    assert asked.server.asked == []


def test_what_the_index_knew_is_kept_when_asking_is_called_off(asked: Asked) -> None:
    def stop(sentence: str, share: float) -> None:
        if sentence.startswith("Asking") and share:
            raise Cancelled

    wanted = [in_town(f"Neubaugasse {n}") for n in (7, 13)]
    found = asked.geocoder.locate_all([*wanted, in_town("Mühlweg 1")], stop)
    assert [each.certainty.is_sure for each in found] == [True, False, True]
    assert len(asked.server.asked) == 1


def test_a_key_that_is_wrong_costs_the_answers(region: Region) -> None:
    server = Server(list(DOORS))
    with serving(server, pelias) as url:
        geocoder = choosing.geocoder_for(region, AddressSettings("pelias", url, key="wrong"))
        assert "service_failed" in geocoder.locate(in_town("Neubaugasse 7")).reasons


def test_public_servers_are_asked_once_a_second_and_not_in_bulk() -> None:
    limits = choosing.limits_of("https://nominatim.openstreetmap.org")
    assert limits.pace.seconds == 1.0
    assert 0 < limits.most <= 100
    assert choosing.limits_of("https://nominatim.openstreetmap.org/").pace is limits.pace
    assert choosing.limits_of("http://10.0.0.7:8080").most == 0


def test_a_pace_is_kept() -> None:
    clock, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    pace = Pace(1.0, lambda: clock[0], sleep)
    for late in (0.0, 0.25, 5.0):
        clock[0] += late
        pace.wait()
    assert slept == [0.75]


def test_an_address_that_is_none_is_refused(region: Region) -> None:
    with pytest.raises(ConsoleError, match="is not the address") as caught:
        choosing.geocoder_for(region, AddressSettings("pelias", "server:80"))
    assert "[addresses]" in caught.value.remedy
