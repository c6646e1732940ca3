"""A town planned once through the command line, for all tests that look at the result."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.cli.doorstep import Ran, doorstep, plan_arguments
from tests.journeys.town import Town


@dataclass(frozen=True)
class Planned:
    """A plan file with what it was made from."""

    plan: dict
    orders: Path
    fleet: Path
    ran: Ran


@pytest.fixture(scope="session")
def planned(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Planned:
    out = tmp_path_factory.mktemp("plan") / "plan.json"
    ran = doorstep(town.home, *plan_arguments(town.orders, town.fleet, "town", out))
    assert ran.status == 0, ran.said
    return Planned(json.loads(out.read_text(encoding="utf-8")), town.orders, town.fleet, ran)
