"""All faults by name, each with the rounds of a short run."""

from dataclasses import dataclass
from pathlib import Path

from tests.gauntlet import (
    apart,
    cuts,
    disk,
    flips,
    kills,
    migrations,
    million,
    offline,
    power,
    rivals,
    searches,
    views,
)
from tests.gauntlet.tally import Fault, Tally


@dataclass(frozen=True, slots=True)
class Known:
    """A fault, and the rounds of a short run; one that a machine cannot cause is skipped."""

    fault: Fault
    short: int
    part: int = 100
    """Rounds of a long run on the same files; then its total is written down."""


FAULTS = {
    "kill-save": Known(kills.on_file(kills.save, 20), 6),
    "kill-import": Known(kills.on_file(kills.take_in, 6), 4),
    "kill-migrate": Known(kills.migration_killed, 6),
    "kill-migrate-server": Known(migrations.server_migration_killed, 3),
    "kill-plan": Known(searches.plan_killed, 1),
    "solver-killed": Known(searches.solver_killed, 2),
    "solver-hung": Known(searches.solver_hung, 1),
    "view-killed": Known(views.view_killed, 3, 20),
    "kill-save-server": Known(kills.on_server(kills.save, 20), 4),
    "kill-import-server": Known(kills.on_server(kills.take_in, 4), 3),
    "server-killed": Known(kills.server_killed, 2),
    "network-cut": Known(cuts.network_cut, 2),
    "networks-cut": Known(apart.networks_cut, 4, 20),
    "power": Known(power.fault, 30, power.PER_RECORDING),
    "full-disk": Known(disk.fault, 4),
    "flips": Known(flips.fault, 40),
    "million": Known(million.fault, 2, 10_000),
    "million-server": Known(million.server_fault, 1, 10_000),
    "offline": Known(offline.fault, 5),
    "one-stop": Known(rivals.two_on_one_stop, 10),
    "windows": Known(rivals.windows_at_a_rate, 60),
    "consoles": Known(rivals.consoles_on_a_server, 80),
    "clocks": Known(rivals.clocks, 5),
}


def ran(name: str, seeds: range, folder: Path) -> Tally:
    """Cause it once for each seed."""
    folder.mkdir(parents=True, exist_ok=True)
    return FAULTS[name].fault(seeds, folder)
