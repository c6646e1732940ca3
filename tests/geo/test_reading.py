import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.places import Address
from console.geo.naming import postcode_key, town_key
from console.geo.reading import parts_of, readings
from console.geo.streetline import lines


class Land:
    """A gazetteer of some towns with postcodes of five digits, one of them British."""

    towns = ("vaduz", "saint clair", "helsinki", "kirkby on sea")
    codes = ("94900", "61308", "DE21FN")

    def is_postcode(self, code: str) -> bool:
        return code in self.codes

    def is_like_postcode(self, code: str) -> bool:
        return len(code) == 5 and code.isdecimal()

    def is_town(self, text: str) -> bool:
        return town_key(text) in self.towns

    def is_like_town(self, text: str) -> bool:
        return town_key(text)[:4] in {town[:4] for town in self.towns}

    def is_country(self, text: str) -> bool:
        return text == "Finland"


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
    ],
)
def test_street_lines(text: str, street: str, house: str | None) -> None:
    found = [(line.street, line.house and line.house.key) for line in lines(parts_of(text))]
    assert (street.rstrip("."), house) in [(name.rstrip("."), key) for name, key in found]


@pytest.mark.parametrize(
    ("text", "street", "house", "postcode", "city"),
    [
        ("St\u00e4dtle 37, 94900 Vaduz", "St\u00e4dtle", "37", "94900", "Vaduz"),
        ("St\u00e4dtle 37 94900 Vaduz", "St\u00e4dtle", "37", "94900", "Vaduz"),
        ("94900 Vaduz, St\u00e4dtle 37", "St\u00e4dtle", "37", "94900", "Vaduz"),
        ("Vaduz 94900 37 St\u00e4dtle", "St\u00e4dtle", "37", "94900", "Vaduz"),
        ("St\u00e4dtle 37 Vadutz", "St\u00e4dtle", "37", "", "Vadutz"),
        ("1203 3rd St Apt 4B, Saint Clair, IL 61308", "3rd St", "1203", "61308", "Saint Clair"),
        ("1203 Oak Lane Saint Clair IL 61308", "Oak Lane", "1203", "61308", "Saint Clair"),
        ("12345 Oak Lane, Saint Clair", "Oak Lane", "12345", "", "Saint Clair"),
        ("5a Mill Cl, Kirkby-on-Sea DE2 1FN", "Mill Cl", "5a", "DE2 1FN", "Kirkby-on-Sea"),
        ("27 Rolfsvej 2. tv, 94900 Vaduz", "Rolfsvej", "27", "94900", "Vaduz"),
        ("Mannerheimintie 5, Helsinki, Finland", "Mannerheimintie", "5", "", "Helsinki"),
        ("K\u00e4rntner Ring 1, 10100 Wien", "K\u00e4rntner Ring", "1", "10100", "Wien"),
    ],
)  # fmt: skip
def test_one_line_is_read_in_any_order(
    text: str, street: str, house: str, postcode: str, city: str
) -> None:
    found = {
        (r.line.street, r.line.house.key, r.area.postcode, r.area.city)
        for r in readings(Address(text), Land())
        if r.line.house
    }
    assert (street, house, postcode, city) in found


def test_given_fields_come_before_what_the_line_says() -> None:
    asked = Address("St\u00e4dtle 37, 94900 Vaduz", "61308", "Saint Clair")
    assert {(r.area.postcode, r.area.city) for r in readings(asked, Land())} == {
        ("61308", "Saint Clair")
    }


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for reading in readings(Address(text), Land()):
        assert reading.line.unread >= 0
        assert reading.area.postcode == "" or postcode_key(reading.area.postcode)[1]
