"""Incidents as rows somebody types."""

from datetime import time

import pytest

from console.dispatch.kindofday import (
    Incident,
    IncidentKind,
    Scenario,
    ScenarioFault,
    check,
    scenarios,
)
from console.dispatch.training.typed import incident_of, row_of


def test_rows_say_what_incidents_say() -> None:
    for each in (incident for kind in scenarios() for incident in kind.incidents):
        assert incident_of(row_of(each)) == each
    assert row_of(Incident(IncidentKind.BREAKDOWN, time(10), driver=2)) == {
        "kind": "breakdown",
        "at": "10:00",
        "driver": "2",
    }
    assert incident_of({"kind": "ill", "at": "6:30"}).at == time(6, 30)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({}, "kind"),
        ({"kind": "flood"}, "kind"),
        ({"kind": "ill", "at": "ten"}, "at"),
        ({"kind": "ill", "driver": "Ida"}, "driver"),
        ({"kind": "ill", "driver": "-1"}, "driver"),
        ({"kind": "slow", "at": "10:00", "until": "9:00"}, "until"),
        ({"kind": "slow", "factor": "0"}, "factor"),
        ({"kind": "long_stop"}, "minutes"),
        ({"kind": "addresses"}, "count"),
        ({"kind": "closure", "radius": "-4"}, "radius"),
    ],
)
def test_the_field_at_fault_is_named(row: dict[str, str], field: str) -> None:
    with pytest.raises(ScenarioFault) as fault:
        incident_of(row)
    assert fault.value.field == field


@pytest.mark.parametrize(
    ("kind", "number", "field"),
    [
        (Scenario("x", ""), 0, "title"),
        (Scenario("x", "X", drivers=61), 0, "drivers"),
        (Scenario("x", "X", stops=-1), 0, "stops"),
        (Scenario("x", "X", drivers=2, incidents=(Incident(IncidentKind.ILL, driver=3),)), 1,
         "driver"),
    ],
)  # fmt: skip
def test_a_scenario_that_makes_no_sense_is_refused(kind: Scenario, number: int, field: str) -> None:
    with pytest.raises(ScenarioFault) as fault:
        check(kind)
    assert (fault.value.number, fault.value.field) == (number, field)
