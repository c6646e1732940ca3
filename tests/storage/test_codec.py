"""Commands, patches and plans survive being written down, and always give the same bytes."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.commands import KINDS, AddStops, AdoptSolution, MoveStops, OpenShifts, Revert
from console.domain.errors import ConsoleError
from console.domain.objective import GREEN
from console.domain.orders import TimeWindow
from console.domain.patch import Delta, Patch
from console.domain.plan import Plan, Route, RouteId, StopId
from console.storage import codec
from tests.storage.plans import EIGHT, HOUR, days, one_of_each, rows_of, shift, stop, stops

ROOT = Path(__file__).resolve().parents[2]


def test_every_kind_is_tested() -> None:
    assert {command.kind for command in one_of_each()} == set(KINDS)


@pytest.mark.parametrize("command", one_of_each(), ids=lambda command: command.kind)
def test_a_command_reads_back(command: AddStops) -> None:
    assert codec.decode_command(command.kind, codec.encode_command(command)) == command


def test_every_patch_and_the_plan_read_back() -> None:
    drafts, plan = rows_of(one_of_each())
    for draft in drafts:
        assert codec.decode_patch(codec.encode_patch(draft.patch)) == draft.patch
    assert codec.decode_plan(codec.encode_plan(plan)) == plan


@given(st.lists(st.tuples(st.none() | stops, st.none() | stops), max_size=3), st.none() | days)
def test_any_patch_reads_back(pairs: list[tuple[None, None]], day: None) -> None:
    deltas = tuple(Delta(f"k{i}", before, after) for i, (before, after) in enumerate(pairs))
    patch = Patch(stops=deltas, day=Delta("day", None, day) if day else None)
    data = codec.encode_patch(patch)
    again = codec.decode_patch(data)
    assert again == patch
    assert codec.encode_patch(again) == data


@given(st.lists(stops, max_size=3))
def test_any_command_reads_back(new: list[None]) -> None:
    command = AddStops(tuple(new))
    data = codec.encode_command(command)
    assert codec.decode_command("add_stops.1", data) == command


def test_bytes_are_what_they_were() -> None:
    command = MoveStops((StopId("s1"),), RouteId("r1"), after=StopId("s2"))
    data = b'{"stops":["s1"],"to":"r1","after":"s2","before":null}'
    assert codec.encode_command(command) == data


def test_later_fields_are_written_only_where_they_say_something() -> None:
    plain = codec.encode_patch(Patch(stops=(Delta("s1", None, stop(1)),)))
    assert plain == (
        b'{"stops":[{"key":"s1","before":null,"after":{"id":"s1","place":"p1","orders":[{"id":"o1",'
        b'"place":"p1","load":{"pieces":1,"kg":2.5,"m3":0.1,"units":0.0},"windows":[{"earliest":'
        b'"2026-11-23T09:00:00Z","latest":"2026-11-23T11:00:00Z"}],"service_time":"PT180S",'
        b'"skills":["cold"],"priority":"high","digest":"' + b"0" * 63 + b'1"}],"route":null,'
        b'"pinned":false,"status":"planned","overrides":[]}}],"routes":[],"facts":[],"day":null}'
    )
    order = replace(stop(1).orders[0], people=2, skip_price=4.5)
    rich = replace(stop(1), orders=(order,), loaded=True)
    data = codec.encode_patch(Patch(stops=(Delta("s1", None, rich),)))
    assert b'"digest":"' + b"0" * 63 + b'1","people":2,"skip_price":4.5}]' in data
    assert b'"overrides":[],"loaded":true' in data
    assert codec.encode_command(AdoptSolution((), "relay", 1.5)) == (
        b'{"routes":[],"engine":"relay","cost":1.5}'
    )
    green = AdoptSolution((), "relay", 1.5, GREEN)
    assert codec.decode_command(green.kind, codec.encode_command(green)) == green


@pytest.mark.parametrize("more", [{"co2e_per_km": 0.07}, {"speed_factor": 1.05}, {"people": 12}])
def test_a_number_that_begins_like_a_default_is_kept(more: dict[str, float]) -> None:
    route = Route(RouteId("r1"), replace(shift(), **more))
    patch = Patch(routes=(Delta("r1", None, route),))
    assert codec.decode_patch(codec.encode_patch(patch)) == patch


def test_what_looks_like_a_later_field_inside_a_text_stays() -> None:
    order = replace(stop(1).orders[0], digest='x,"loaded":false,"late_price":null')
    command = AddStops((replace(stop(1), orders=(order,)),))
    assert codec.decode_command(command.kind, codec.encode_command(command)) == command


def test_numbers_that_begin_like_a_default_stay() -> None:
    order = replace(stop(1).orders[0], people=12, driver_price=0.05)
    added = AddStops((replace(stop(1), orders=(order,)),))
    driven = replace(shift(), people=10, speed_factor=1.05, co2e_per_km=0.05)
    opened = OpenShifts(((RouteId("r1"), driven),))
    for command in (added, opened):
        assert codec.decode_command(command.kind, codec.encode_command(command)) == command


def test_an_undo_is_not_stored_with_its_revert() -> None:
    patch = Patch(routes=(Delta("r1", None, Route(RouteId("r1"), shift())),))
    data = codec.encode_command(Revert(3, patch))
    assert data == b'{"version":3}'
    assert codec.decode_command("revert.1", data) == Revert(3)


def test_times_of_another_zone_become_utc() -> None:
    zone = timezone(timedelta(hours=1))
    window = TimeWindow(EIGHT.astimezone(zone), (EIGHT + HOUR).astimezone(zone))
    early = stop(1)
    command = AddStops((replace(early, orders=(replace(early.orders[0], windows=(window,)),)),))
    data = codec.encode_command(command)
    assert b'"earliest":"2026-11-23T08:00:00Z","latest":"2026-11-23T09:00:00Z"' in data
    assert codec.decode_command(command.kind, data) == command


def test_a_time_without_zone_is_refused() -> None:
    naive = replace(shift(), start=EIGHT.replace(tzinfo=None))
    patch = Patch(routes=(Delta("r1", None, Route(RouteId("r1"), naive)),))
    with pytest.raises(ConsoleError, match="zone"):
        codec.encode_patch(patch)


@pytest.mark.parametrize("cost", [float("nan"), float("inf")])
def test_what_would_not_read_back_is_refused_before_it_is_stored(cost: float) -> None:
    with pytest.raises(ConsoleError):
        codec.encode_command(AdoptSolution((), "relay", cost))


def test_an_unknown_kind_has_no_command() -> None:
    assert codec.decode_command("teleport_stops.1", b'{"stops":[]}') is None


def test_a_known_kind_with_an_unknown_value_has_no_command() -> None:
    log = next(c for c in one_of_each() if c.kind == "log_exception.1")
    data = codec.encode_command(log).replace(b'"absent"', b'"volcano"')
    assert codec.decode_command("log_exception.1", data) is None


def test_fields_of_a_newer_console_are_passed_over() -> None:
    data = b'{"stops":["s1"],"to":null,"after":null,"before":null,"mood":"good"}'
    assert codec.decode_command("move_stops.1", data) == MoveStops((StopId("s1"),), None)


def test_a_patch_of_a_newer_console_that_cannot_be_read_says_so() -> None:
    data = codec.encode_patch(Patch(stops=(Delta("s1", None, stop(1)),)))
    with pytest.raises(ConsoleError, match="newer Doorstep"):
        codec.decode_patch(data.replace(b'"planned"', b'"teleported"'))


def test_equal_plans_give_equal_snapshots() -> None:
    there = Plan().with_stops([stop(1), stop(2)])
    back = Plan().with_stops([stop(2), stop(1)])
    assert codec.encode_plan(there) == codec.encode_plan(back)


def test_a_snapshot_that_cannot_be_read_is_none() -> None:
    assert codec.decode_plan(b"{") is None


def test_packing_is_undone() -> None:
    assert codec.unpack(codec.pack(b"x" * 5000)) == b"x" * 5000
    with pytest.raises(ValueError, match=r"."):
        codec.unpack(b"x" * 5000)


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    script = (
        "from hashlib import sha256\n"
        "from tests.storage.plans import one_of_each, rows_of\n"
        "from console.storage import codec\n"
        "drafts, plan = rows_of(one_of_each())\n"
        "h = sha256(codec.encode_plan(plan))\n"
        "for d in drafts:\n"
        "    h.update(codec.encode_command(d.command) + codec.encode_patch(d.patch))\n"
        "print(h.hexdigest())\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "4242")
    }
    assert len(seen) == 1
