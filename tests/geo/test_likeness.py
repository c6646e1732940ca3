import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.geo.likeness import BARE, LEAST, SURE, alike, distance, name_of


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
    assert distance(one, other, limit) == min(_slow_distance(one, other), limit + 1)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Bergsttasse", "Bergstrasse"),
        ("Landtrasse", "Landstrasse"),
        ("Bahnhofsrtasse", "Bahnhofstra\u00dfe"),
        ("Amerikav.", "Amerikavej"),
        ("Storgt.", "Storgata"),
        ("MANNERHEIMINT", "Mannerheimintie"),
        ("J. Kellers Vej", "Johan Kellers Vej"),
        ("Av. du Gal de Gaulle", "Avenue du G\u00e9n\u00e9ral de Gaulle"),
        ("R. du Fbg Saint-Martin", "Rue du Faubourg Saint-Martin"),
        ("N 5th Stret", "North 5th Street"),
        ("North 5thS treet", "North 5th Street"),
        ("St Marys St", "Saint Mary's Street"),
        ("Hugo Victor Rue", "Rue Victor Hugo"),
        ("Lakevew Ln", "Lakeview Lane"),
    ],
)
def test_other_spellings_are_taken_for_the_name(asked: str, known: str) -> None:
    assert SURE <= alike(name_of(asked), name_of(known)) <= 1


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("North 5th Street", "North 6th Street"),
        ("North 5th Street", "South 5th Street"),
        ("Bahnhofweg", "Bahnhofstrasse"),
        ("Finanzerweg", "Finne"),
        ("Runkelsstrasse", "Runkels"),
        ("Bergweg", "Burgstrasse"),
        ("Park Avenue", "Park Road"),
        ("Ladnstrasse", "Bahnstrasse"),
    ],
)
def test_other_names_are_not(asked: str, known: str) -> None:
    assert alike(name_of(asked), name_of(known)) < SURE


def test_the_likelier_of_two_is_more_alike() -> None:
    duxweg, duxer = name_of("Duxweg"), name_of("Im Duxer")
    assert alike(name_of("Duxeg"), duxweg) > alike(name_of("Duxeg"), duxer)
    asked = name_of("Siltasaarenk.")
    assert alike(asked, name_of("Siltasaarenkatu")) > alike(asked, name_of("Siltasaarenk\u00e4rki"))
    assert alike(name_of("Oak"), name_of("Oak Street")) > LEAST
    assert alike(name_of("Hugo Victor Rue"), name_of("Rue Victor Hugo")) <= BARE


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share(one: str, other: str) -> None:
    assert 0 <= alike(name_of(one), name_of(other)) <= 1
    assert alike(name_of(one), name_of(one)) == 1
