"""Every verdict has a sentence, and no sentence is without its verdict."""

import re
from pathlib import Path

import pytest

from console import wording
from console.domain.commands import KINDS
from console.domain.load import DIMENSIONS
from console.domain.plan import Cause
from console.domain.violations import Rule
from console.planning.drafts import Kind

SOURCE = Path(wording.__file__).parent
TEXTS = {path: path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py"))}
SENTENCE = re.compile(r"^[A-Z].*[.!?]$")


def raised() -> set[str]:
    """All reasons that are raised anywhere, by the source."""
    code = "\n".join(text for path, text in TEXTS.items() if path.name != "wording.py")
    return (
        set(re.findall(r"Rejected\(\s*\"([a-z_]+)\"", code))
        | set(re.findall(r"_step\([^\"]+\"([a-z_]+)\"", code))
        | set(re.findall(r"reason = \"([a-z_]+)\" if", code))
        | set(re.findall(r"else \"([a-z_]+)\"\n\s+raise Rejected\(reason", code))
    )


def test_the_source_raises_something() -> None:
    assert {"frozen", "nothing_to_undo", "disagree", "unknown_stop"} <= raised()


@pytest.mark.parametrize("reason", sorted(raised()))
def test_every_reason_has_a_sentence(reason: str) -> None:
    assert SENTENCE.match(wording.reason(reason)), reason
    assert wording.reason(reason) != reason


def test_no_sentence_is_left_over() -> None:
    code = "\n".join(text for path, text in TEXTS.items() if path.name != "wording.py")
    unused = [key for key in wording.REASONS if f'"{key}"' not in code]
    assert unused == []


def test_every_kind_cause_rule_and_dimension_has_a_word() -> None:
    assert set(wording.COMMANDS) == set(KINDS)
    assert set(wording.CAUSES) == {cause.value for cause in Cause}
    assert {rule.value for rule in Rule} <= set(wording.RULES)
    assert {"locked", "released", "started", "no_shift", "fits"} <= set(wording.RULES)
    assert set(wording.DIMENSIONS) == set(DIMENSIONS)


def test_every_block_and_relaxation_has_a_phrase() -> None:
    assert {rule.value for rule in Rule if rule.is_hard} <= set(wording.BLOCKS)
    assert set(wording.RELAXATIONS) == {kind.value for kind in Kind}
    assert wording.blocked("late", "14 min", at="10:44") == "14 min late at 10:44"
    assert wording.blocked("overloaded", "38 kg") == "38 kg over"
    assert wording.blocked("skill", detail="ADR") == "ADR missing"
    assert wording.blocked("height") == "height"
    said = wording.relaxation("later", "9 min", at="12:09")
    assert said == "Serve it 9 min later, until 12:09"
    assert wording.admitted() == wording.ADMITTED


def test_who_did_it_is_said() -> None:
    assert wording.reason("changed_since", {"by": "bob"}).endswith("(by bob)")
    assert wording.reason("news_of_tomorrow") == "Not possible: news_of_tomorrow."


def test_what_a_newer_console_wrote_is_shown_as_it_is() -> None:
    assert wording.command("fold_routes.1") == "fold_routes.1"
    assert wording.cause("flood") == "flood"
    assert wording.rule("height") == "height"
    assert wording.command("move_stops.1") == "Stops moved"


@pytest.mark.parametrize(
    ("name", "value", "unit", "detail", "words"),
    [
        ("late", 720, "s", "", "12 min late"),
        ("late", 20, "s", "", "1 min late"),
        ("overloaded", 38, "kg", "", "38 kg over"),
        ("overloaded", 0.25, "m3", "", "0.25 m³ over"),
        ("overloaded", 2, "pieces", "", "2 pcs over"),
        ("shift", 3600, "s", "", "60 min past the shift"),
        ("overtime", 1500, "s", "", "25 min overtime"),
        ("range", 1400, "m", "", "1.4 km out of range"),
        ("skill", 1, "", "adr", "needs adr"),
        ("break", 0, "", "", "no room for the break"),
    ],
)
def test_violations(name: str, value: float, unit: str, detail: str, words: str) -> None:
    assert wording.violation(name, value, unit, detail) == words
