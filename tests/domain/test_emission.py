"""Emission classes: which are cleaner, and what a zone's words mean."""

from datetime import UTC, datetime

import pytest

from console.domain.emission import CLASSES, from_class, least_of
from console.domain.fleet import DepotId, DriverId, Shift, VehicleId
from console.domain.places import PlaceId
from console.domain.travel import keeps_out


def test_a_class_and_all_that_are_cleaner() -> None:
    assert from_class("euro5") == ("euro5", "euro6", "electric")
    assert from_class("electric") == ("electric",)
    assert from_class("") == from_class("steam") == ()


@pytest.mark.parametrize("least", ["", *CLASSES])
def test_words_tell_the_least_class(least: str) -> None:
    assert least_of(("permit", *from_class(least))) == least


def test_single_classes_are_words_like_others() -> None:
    assert least_of(("euro6",)) == ""
    assert least_of(("euro4", "electric")) == ""


@pytest.mark.parametrize(
    ("emission", "equipment", "out"),
    [
        ("euro6", (), ()),
        ("euro4", (), (0,)),
        ("", (), (0,)),
        ("euro4", ("permit",), ()),
        ("", ("euro6",), ()),
    ],
)
def test_a_vehicle_keeps_out_of_zones_for_cleaner_ones(
    emission: str, equipment: tuple[str, ...], out: tuple[int, ...]
) -> None:
    shift = Shift(
        DriverId("d"),
        VehicleId("v"),
        DepotId("x"),
        PlaceId("p"),
        datetime(2026, 11, 23, 7, tzinfo=UTC),
        datetime(2026, 11, 23, 15, tzinfo=UTC),
        vehicle_skills=equipment,
        emission_class=emission,
    )
    assert keeps_out([(*from_class("euro5"), "permit")], shift.properties) == out
