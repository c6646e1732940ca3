"""VROOM problems: what is read, what is wrong with them, what is not honoured."""

import json
from pathlib import Path
from typing import Any

import pytest

from console.domain.errors import ConsoleError
from console.intake.vroom import is_vroom, problem_of, read_vroom
from console.intake.vroomjson import VroomProblem

SQUARE = {"car": {"durations": [[0, 5], [6, 0]], "distances": [[0, 50], [60, 0]]}}


def problem(**changed: Any) -> VroomProblem:
    return problem_of("p.json", json.dumps(told(**changed)).encode())


def told(**changed: Any) -> dict[str, Any]:
    document = {
        "vehicles": [{"id": 1, "start": [9.5, 47.1], "end": [9.5, 47.1], "costs": {"per_hour": 0}}],
        "jobs": [{"id": 1, "location": [9.6, 47.2], "time_windows": [[100, 200], [300, 400]]}],
        **changed,
    }
    return {key: value for key, value in document.items() if value is not None}


def vehicle(**changed: Any) -> dict[str, Any]:
    return {**told()["vehicles"][0], **changed}


def job(**changed: Any) -> dict[str, Any]:
    return {**told()["jobs"][0], **changed}


def test_files_are_told_by_their_names() -> None:
    assert is_vroom(Path("a/problem.JSON"))
    assert not is_vroom(Path("orders.csv"))


def test_a_plain_problem(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps(told()), encoding="utf-8")
    found = read_vroom(path)
    assert found.notes == ()
    assert (found.dimensions, found.is_dated) == (0, False)
    assert list(found.moments) == [100, 200, 300, 400]
    assert found.jobs[0].location == (9.6, 47.2)


def test_dates_are_told_from_times_of_a_day() -> None:
    assert problem(jobs=[job(time_windows=[[1_795_392_000, 1_795_399_000]])]).is_dated
    assert not problem(jobs=[job(time_windows=[[0, 4_294_967_295]])]).is_dated


def test_an_old_matrix_is_the_cars() -> None:
    found = problem(
        matrix=[[0, 5], [5, 0]],
        jobs=[{"id": 1, "location_index": 1}],
        vehicles=[{"id": 1, "start_index": 0, "costs": {"per_hour": 0}}],
    )
    assert found.matrices["car"].durations == [[0, 5], [5, 0]]
    assert found.notes == ("VROOM: profile car has no distances: all are 0 m.",)


def test_keys_nobody_reads_are_listed() -> None:
    shipment = {
        "amount": [1],
        "pickup": {"id": 1, "location": [9.5, 47.2], "service_per_type": {"van": 1}},
        "delivery": {"id": 1, "location": [9.5, 47.3]},
        "colour": "red",
    }
    found = problem(
        shipments=[shipment, {**shipment, "pickup": {"id": 2, "location": [9.5, 47.2]},
                              "delivery": {"id": 2, "location": [9.5, 47.2]}}],
        vehicles=[vehicle(type="van", costs={"per_hour": 0, "per_ton": 1},
                          breaks=[{"id": 1, "service": 9, "max_load": [1]}])],
        options={"g": True},
    )  # fmt: skip
    assert found.notes == (
        "VROOM: options is not used.",
        "VROOM: breaks.max_load is not used (1 times).",
        "VROOM: costs.per_ton is not used (1 times).",
        "VROOM: pickup.service_per_type is not used (1 times).",
        "VROOM: shipments.colour is not used (2 times).",
        "VROOM: vehicles.type is not used (1 times).",
    )


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({"vehicles": [vehicle(costs={})]}, "per_hour counts from start to end"),
        ({"vehicles": [vehicle(costs={"per_task_hour": 5})]}, "costs.per_task_hour is not used"),
        ({"jobs": [job(), job(id=2, priority=50)]}, "priorities become low (0 to 33)"),
        (
            {"vehicles": [vehicle(breaks=[{"id": n, "service": 60} for n in (3, 4, 5)])]},
            "vehicle 1: one break can be planned, 3 is; left out: 4, 5.",
        ),
        ({"vehicles": [vehicle(breaks=[{"id": 3}])]}, "breaks without service time are left out"),
        (
            {"vehicles": [vehicle(breaks=[{"id": 3, "service": 1, "time_windows": [[0, 1]] * 2}])]},
            "of the time windows of break 3 the first is used",
        ),
        ({"vehicles": [vehicle(start=None)]}, "vehicle 1 has no start: it begins where it ends"),
        (
            {"vehicles": [vehicle(steps=[{"type": "job", "id": 1, "service_at": 50}])]},
            "times asked for in steps are not used",
        ),
        ({"vehicles": [vehicle(profile="bike")]}, "no roads for profile bike"),
        (
            {"vehicles": [vehicle(capacity=[1])], "jobs": [job(delivery=[1, 2])]},
            "no limit for the loads that its capacity does not name",
        ),
    ],
)
def test_what_is_not_honoured_is_listed(changed: dict[str, Any], note: str) -> None:
    assert any(note in each for each in problem(**changed).notes)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"jobs": None}, "has no jobs"),
        ({"vehicles": []}, "has no vehicles"),
        ({"jobs": [{"location": [1, 2]}]}, "missing required field `id` - at `$.jobs[0]`"),
        ({"jobs": [job(service="long")]}, "Expected `float`, got `str` - at `$.jobs[0].service`"),
        ({"jobs": [job(), job()]}, "job 1 is there 2 times"),
        ({"jobs": [job(delivery=[1] * 5)]}, "loads have 5 dimensions, at most 4"),
        ({"jobs": [job(time_windows=[[5, 4]])]}, "a time window of 1 ends before it begins"),
        ({"jobs": [job(location=[47.2, 99])]}, "task 1 is nowhere on the earth"),
        ({"jobs": [{"id": 1}]}, "task 1 has no coordinates, and there are no matrices"),
        ({"matrices": SQUARE}, "has no index, though there are matrices"),
        (
            {
                "matrices": SQUARE,
                "jobs": [{"id": 1, "location_index": 2}],
                "vehicles": [{"id": 1, "start_index": 0}],
            },
            "task 1 is at row 2 of matrices of 2",
        ),
        ({"matrices": {"car": {"durations": [[0, 1]]}}}, "durations of profile car are no square"),
        (
            {"matrices": {"car": {"durations": [[0]], "distances": []}}},
            "another size than its durations",
        ),
        (
            {
                "matrices": SQUARE,
                "jobs": [{"id": 1, "location_index": 1}],
                "vehicles": [{"id": 1, "start_index": 0, "profile": "bike"}],
            },
            "no matrix for profile bike of vehicle 1",
        ),
        ({"vehicles": [{"id": 1}]}, "vehicle 1 has neither start nor end"),
        ({"vehicles": [vehicle(time_window=[9, 9])]}, "window of vehicle 1 ends before it begins"),
        ({"vehicles": [vehicle(speed_factor=0)]}, "speed factor of vehicle 1 is not from 0.01"),
        ({"jobs": [job(service=1e30)]}, "a duration of task 1 is 1e+30, not from 0 to 3.16224e+07"),
        ({"jobs": [job(setup=-1)]}, "a duration of task 1 is -1"),
        ({"jobs": [job(time_windows=[[-1e18, 5]])]}, "a time of task 1 is -1e+18"),
        ({"jobs": [job(delivery=[1e300])]}, "an amount of job 1 is 1e+300"),
        ({"vehicles": [vehicle(costs={"per_km": 1e308})]}, "a cost of vehicle 1 is 1e+308"),
        ({"vehicles": [vehicle(capacity=[-1])]}, "a capacity of vehicle 1 is -1"),
        ({"vehicles": [vehicle(max_travel_time=1e300)]}, "a limit of vehicle 1 is 1e+300"),
        ({"vehicles": [vehicle(time_window=[0, 1e12])]}, "a time of vehicle 1 is 1e+12"),
        (
            {"vehicles": [vehicle(breaks=[{"id": 1, "service": 1e12}])]},
            "the duration of a break of vehicle 1 is 1e+12",
        ),
    ],
)
def test_what_is_wrong_is_said(changed: dict[str, Any], error: str) -> None:
    with pytest.raises(ConsoleError) as caught:
        problem(**changed)
    assert error in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"jobs": 3}', b"\xff\xfe", b'{"options": ' + b"[" * 100_000]
)
def test_what_is_no_problem_at_all(content: bytes) -> None:
    with pytest.raises(ConsoleError, match="is no VROOM problem"):
        problem_of("p.json", content)
