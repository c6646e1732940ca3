import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.geo import naming
from console.geo.naming import house_number, read_line, street_key


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
    ("text", "key"),
    [
        ("12", "12"), ("12a", "12a"), ("12 A", "12a"), ("12-14", "12-14"),
        ("12 \u2013 14", "12-14"),
        ("3/5", "3-5"), ("7/2", "7"), ("12a-c", None), ("a", None), ("", None), ("123456", None),
    ],
)  # fmt: skip
def test_house_numbers(text: str, key: str | None) -> None:
    number = house_number(text)
    assert (number and number.key) == key


@pytest.mark.parametrize(
    ("text", "street", "house"),
    [
        ("Eschner Rütte 1", "Eschner Rütte", "1"),
        ("Hauptstr. 12 a", "Hauptstr", "12a"),
        ("Bergstr.47", "Bergstr", "47"),
        ("Bergstraße47", "Bergstraße", "47"),
        ("Via Roma, 12", "Via Roma", "12"),
        ("12, Main Street", "Main Street", "12"),
        ("742 Evergreen Terrace", "Evergreen Terrace", "742"),
        ("12345 N Main St", "N Main St", "12345"),
        ("221b Baker Street", "Baker Street", "221b"),
        ("5th Avenue 12", "5th Avenue", "12"),
        ("Straße des 17. Juni 135", "Straße des 17. Juni", "135"),
        ("Landstraße 12 Top 4", "Landstraße", "12"),
        ("Hauptstraße Nr. 5", "Hauptstraße", "5"),
        ("Mannerheimintie 2-4 B 12", "Mannerheimintie", "2-4"),
        ("Rue de l'Église 5 bis", "Rue de l'Église", "5"),
        ("Main Street 12 Apt 4", "Main Street", "12"),
        ("Schlossplatz", "Schlossplatz", None),
        ("", "", None),
    ],
)
def test_street_lines(text: str, street: str, house: str | None) -> None:
    line = read_line(text)
    assert (line.street, line.house and line.house.key) == (street, house)


def test_what_follows_a_comma_is_kept() -> None:
    assert read_line("Städtle 37, 9490 Vaduz, LI").rest == ("9490 Vaduz", "LI")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FL-9490", ("FL", "9490")), ("9490", ("", "9490")), ("SW1A 1AA", ("", "SW1A1AA")),
        ("1234 AB", ("", "1234AB")), ("Vaduz", ("", "")), ("", ("", "")),
    ],
)  # fmt: skip
def test_postcodes(text: str, found: tuple[str, str]) -> None:
    assert naming.postcode_key(text) == found


def _slow_distance(one: str, other: str) -> int:
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            cost = one[i - 1] != other[j - 1]
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + cost)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.integers(0, 4))
def test_distance_counts_typing_errors(one: str, other: str, limit: int) -> None:
    assert naming.distance(one, other, limit) == min(_slow_distance(one, other), limit + 1)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    line = read_line(text)
    naming.bare_key(text)
    naming.mended_key(text)
    naming.town_key(text)
    naming.postcode_key(text)
    if line.house is not None:
        assert house_number(line.house.key) == line.house


def test_a_misspelt_strasse_is_mended() -> None:
    assert naming.mended_key("Bergsttasse") == street_key("Bergstrasse")
    assert naming.mended_key("Bergstrasse") == ""
