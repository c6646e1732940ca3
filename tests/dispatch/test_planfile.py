"""PLAN.json: every order in exactly one place, numbers that add up, written whole or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest

from console.dispatch.picture import Picture
from console.dispatch.planfile import PlanFile, write_json
from console.domain.commands import OverrideRule
from console.domain.errors import ConsoleError
from console.domain.plan import StopId
from console.intake import Reject
from console.planning.explain import Reason
from console.settings import bundled
from tests.dispatch.consoles import FLAT
from tests.dispatch.prints import day, picture

SCHEMA = json.loads(bundled("resources/schemas/plan.schema.json").read_text(encoding="utf-8"))
A_REASON = {"s6": (Reason(None, "no_shift", "nobody is on shift"),)}


def document(
    shown: Picture | None = None,
    reasons: Mapping[StopId, Sequence[Reason]] | None = None,
    rejects: Sequence[Reject] = (),
) -> dict:
    made = PlanFile(shown or picture(), FLAT, reasons or {}, rejects).as_json()
    jsonschema.validate(made, SCHEMA)
    return made


def test_routes_stops_and_totals() -> None:
    shown = picture()
    made = document(shown)
    assert made["date"] == "2026-11-23"
    assert made["zone"] == "Europe/Vaduz"
    assert made["region"] == {"name": "flat", "hash": "h1"}
    served = [o for r in made["routes"] for s in r["stops"] for o in s["orders"]]
    waiting = [entry["order"] for entry in made["unassigned"]]
    assert sorted(served + waiting) == [f"o{i}" for i in range(1, 9)]
    assert made["totals"]["orders"] == 8
    assert made["totals"]["cost"] == pytest.approx(sum(r["cost"] for r in made["routes"]), abs=0.01)
    assert made["totals"]["km"] == pytest.approx(sum(r["km"] for r in made["routes"]), abs=0.002)
    assert {route["driver"] for route in made["routes"]} == {"Driver A & co", "Driver B & co"}


def test_times_have_the_depots_offset_and_addresses_their_own_point() -> None:
    shown = picture()
    route = document(shown)["routes"][0]
    schedule = next(iter(shown.schedules.values()))
    assert route["start"].endswith("+01:00")
    assert datetime.fromisoformat(route["start"]) == schedule.start
    stop = route["stops"][0]
    label = shown.labels[schedule.visits[0].stop]
    assert (stop["lat"], stop["lon"]) == (label.coordinate.lat, label.coordinate.lon)


def test_reasons_name_their_driver() -> None:
    shown = picture()
    driver = next(iter(shown.plan.routes.values())).shift.driver
    why = (Reason(driver, "late", "3 min late for 10:00"), Reason(None, "x", "y"))
    made = document(shown, {StopId("s6"): why})
    told = next(entry for entry in made["unassigned"] if entry["order"] == "o6")["reasons"]
    assert told == [
        {"driver": "Driver B & co", "rule": "late", "detail": "3 min late for 10:00"},
        {"driver": None, "rule": "x", "detail": "y"},
    ]


def test_overrides_are_written() -> None:
    excused = OverrideRule(StopId("s1"), "late", "agreed").apply(day())
    stops = [s for route in document(picture(excused))["routes"] for s in route["stops"]]
    assert [s["overrides"] for s in stops if s["overrides"]] == [
        [{"rule": "late", "reason": "agreed"}]
    ]


def test_an_order_is_never_both_planned_and_rejected() -> None:
    rejects = (
        Reject(3, "o1", "order_id", "Twice."),
        Reject(4, "new", "pieces", "Less than none."),
        Reject(5, None, "row", "Empty."),
    )
    made = document(rejects=rejects)
    assert [reject["order"] for reject in made["rejects"]] == [None, "new", None]
    assert made["totals"]["rejected"] == 3
    assert made["totals"]["orders"] == 11


def test_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "plan.json"
    write_json(path, document())
    assert json.loads(path.read_text(encoding="utf-8")) == document()
    assert [file.name for file in path.parent.iterdir()] == ["plan.json"]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("before", encoding="utf-8")
    (tmp_path / ".plan.json.part").symlink_to("/dev/full")
    with pytest.raises(ConsoleError, match="No space left") as caught:
        write_json(path, document())
    assert "another folder" in caught.value.remedy
    assert path.read_text(encoding="utf-8") == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["plan.json"]


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "plan.json").mkdir()
    with pytest.raises(ConsoleError, match="could not be written"):
        write_json(tmp_path / "plan.json", {})
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ConsoleError, match="could not be written"):
        write_json(tmp_path / "file" / "plan.json", {})


def test_an_empty_day() -> None:
    empty = replace(picture(), schedules={}, visits={})
    assert document(empty)["routes"] == []
