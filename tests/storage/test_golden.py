"""A journal written by the first release replays for ever: never change these files."""

from pathlib import Path

import msgspec

from console.domain.commands import KINDS
from console.domain.plan import Plan
from console.storage import codec
from console.storage.rows import Row, unbroken

GOLDEN = Path(__file__).parent / "golden"


class Line(msgspec.Struct):
    """One row; command and patch keep the very bytes that were hashed."""

    stream: str
    version: int
    command_id: str
    kind: str
    actor: str
    origin: str
    at: str
    command: msgspec.Raw
    patch: msgspec.Raw
    hash: str

    def row(self) -> Row:
        return Row(
            self.stream,
            self.version,
            self.command_id,
            self.kind,
            self.actor,
            self.origin,
            self.at,
            bytes(self.command),
            bytes(self.patch),
            self.hash,
        )


def golden_rows() -> list[Row]:
    lines = (GOLDEN / "journal.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Line).row() for line in lines]


def test_the_chain_holds() -> None:
    rows = golden_rows()
    assert len(list(unbroken(rows))) == len(rows) > 15


def test_it_replays_to_the_plan_it_was() -> None:
    plan = Plan()
    for row in golden_rows():
        plan = row.entry().patch.apply(plan)
    assert plan == codec.decode_plan((GOLDEN / "plan.json").read_bytes())


def test_the_commands_are_still_understood() -> None:
    entries = [row.entry() for row in golden_rows()]
    assert {entry.kind for entry in entries} - {"teleport_stops.1"} <= set(KINDS)
    assert [entry.kind for entry in entries if entry.command is None] == ["teleport_stops.1"]
