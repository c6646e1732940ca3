import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.geo import naming
from console.geo.naming import street_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Hauptstraße", "Hauptstrasse", "HAUPTSTR.", "Haupt-Str", "Haupt Straße", "hauptstr"),
        ("Sankt-Veit-Gasse", "St. Veit-Gasse", "st veit gasse", "Sankt Veitgasse"),
        ("Dr.-Karl-Renner-Straße", "Doktor Karl Renner Strasse", "Dr. Karl-Renner-Str."),
        ("Mühlweg", "Muehlweg", "Muhlweg", "MÜHLWEG"),
        ("Main Street", "Main St", "main st."),
        ("North 5th Avenue", "N 5th Ave", "N. 5th Ave."),
        ("Nørregade", "Norregade", "Nørre Gade"),
        ("Vesterågade", "Vesteraagade"),
        ("Rue de l'Église", "rue de l\u2019Eglise", "R. de l'Eglise"),
    ],
)
def test_spellings_of_one_street_are_alike(spellings: tuple[str, ...]) -> None:
    assert len({street_key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bergstraße", "Burgstraße"), ("Bahnhofweg", "Bahnhofstraße"), ("Am Berg", "Im Berg")],
)
def test_different_streets_stay_different(one: str, other: str) -> None:
    assert street_key(one) != street_key(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FL-9490", ("FL", "9490")), ("9490", ("", "9490")), ("SW1A 1AA", ("", "SW1A1AA")),
        ("1234 AB", ("", "1234AB")), ("Vaduz", ("", "")), ("", ("", "")),
    ],
)  # fmt: skip
def test_postcodes(text: str, found: tuple[str, str]) -> None:
    assert naming.postcode_key(text) == found


def test_accents_tell_names_apart_that_fold_alike() -> None:
    assert street_key("Bödastraße") == street_key("Bodastrasse")
    assert naming.accents("Bödastraße") != naming.accents("Bodastrasse")
    assert naming.accents("STRAßE") == ""


@given(st.text(max_size=60))
def test_any_text_can_be_folded(text: str) -> None:
    folded = naming.plain(text)
    assert naming.plain(folded) == folded
    naming.bare_key(text)
    naming.town_key(text)
    naming.postcode_key(text)
