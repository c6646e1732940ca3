"""The samples that are brought along are whole: every row and column of them is taken."""

import pytest

from console.intake import read_fleet, read_orders, read_vroom
from console.intake.columns import FLEET, ORDERS, Vocabulary, own_name
from console.settings import bundled

SAMPLES = bundled("data/samples")
OTHER_WAYS = {
    "first_name", "last_name", "company", "house_number", "address2", "country", "email", "units",
    "window", "window3_from", "window3_to", "vehicle_features", "notes", "recipient_notes", "lat",
    "lon", "coordinates", "collect_volume", "collect_units", "item",
    "capacity_units", "depot_country", "end_country", "profile", "vehicle_height", "vehicle_width",
    "vehicle_length", "vehicle_weight", "hazmat", "weekdays", "absences", "skill_ends",
}  # fmt: skip


def test_every_row_is_taken() -> None:
    orders = read_orders(SAMPLES / "rich-orders.csv")
    fleet = read_fleet(SAMPLES / "rich-fleet.csv")
    assert (orders.rejects, orders.unknown_columns) == ((), ())
    assert (fleet.rejects, fleet.unknown_columns) == ((), ())
    assert len(orders.entries) == orders.rows == 16
    ids = {entry.id for entry in orders.entries}
    assert all(entry.pickup in ids for entry in orders.entries if entry.pickup)


@pytest.mark.parametrize(("vocabulary", "name"), [(ORDERS, "orders"), (FLEET, "fleet")])
def test_every_column_of_rich_days_is_shown(vocabulary: Vocabulary, name: str) -> None:
    text = (SAMPLES / f"rich-{name}.csv").read_text(encoding="utf-8").splitlines()[0]
    wanted = {own_name(field) for field in vocabulary.titles if field not in OTHER_WAYS}
    assert wanted <= set(text.split(","))


def test_the_vroom_problem_is_sound() -> None:
    problem = read_vroom(SAMPLES / "vroom-problem.json")
    assert len(problem.notes) == 2
