"""Days at full speed from the command line, on the demo city's own streets."""

import json
from pathlib import Path

from tests.journeys.cli.doorstep import doorstep


def test_a_day_is_simulated_to_its_end(tmp_path: Path) -> None:
    ran = doorstep(tmp_path, "simulate", "--days", 2, "--stops", 24, "--scenario", "storm")
    assert ran.status == 0, ran.said
    told = json.loads(ran.out.strip().splitlines()[-1])
    assert list(told) == [
        *("stops", "delivered", "failed", "open", "invariant_breaks"),
        *("wall_seconds", "memory_growth"),
    ]
    assert told["delivered"] + told["failed"] + told["open"] == told["stops"] > 30
    assert told["delivered"] > told["stops"] / 2
    assert told["invariant_breaks"] == 0
    assert "Arrivals foretold" in ran.err


def test_a_scenario_nobody_knows(tmp_path: Path) -> None:
    ran = doorstep(tmp_path, "simulate", "--scenario", "flood")
    assert ran.status == 1
    assert "calm-day" in ran.err
