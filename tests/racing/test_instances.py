import copy
import json
import math
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.racing.case import FOR_EVER
from tests.benchmarks.racing.instances import read
from tests.benchmarks.racing.vroom_json import read_vroom
from tests.benchmarks.racing.vrptw import Unreadable, read_solomon, read_vrplib, truncated
from tests.racing.samples import SOLOMON, VROOM, VRPLIB
from tests.shared import shared_data


def test_a_table_is_read_in_tenths() -> None:
    case = read_solomon("tiny", SOLOMON)
    assert [job.name for job in case.jobs] == [1, 2, 3]
    assert len(case.vans) == 3
    assert case.vans[0].capacity == (20,)
    assert (case.vans[0].begins, case.vans[0].latest_end) == (0, 2000)
    assert case.jobs[1].windows == ((500, 600),)
    assert (case.jobs[0].service, case.jobs[0].brought) == (100, (10,))
    assert case.seconds["car"][0, 1] == 50
    assert case.seconds["car"][0, 2] == 14  # 14.14 tenths


def test_both_kinds_of_file_say_the_same() -> None:
    one, other = read_solomon("tiny", SOLOMON), read_vrplib("tiny", VRPLIB)
    assert one.jobs == other.jobs
    assert one.vans == other.vans
    assert np.array_equal(one.metres["car"], other.metres["car"])


def test_an_explicit_matrix_is_in_tenths_too() -> None:
    head, _, tail = VRPLIB.partition("NODE_COORD_SECTION")
    cells = "EDGE_WEIGHT_SECTION\n0 1 2 3\n1 0 4 5\n2 4 0 6\n3 5 6 0\n"
    text = head.replace("EUC_2D", "EXPLICIT\nEDGE_WEIGHT_FORMAT : FULL_MATRIX") + cells
    case = read_vrplib("tiny", text + "DEMAND_SECTION" + tail.partition("DEMAND_SECTION")[2])
    assert case.metres["car"][2, 3] == 60


@pytest.mark.parametrize("points", [[(0, 0), (3, 4), (141, 7)], [(0.5, 0), (3.5, 4), (1.1, 2.2)]])
def test_distances_are_truncated_to_one_decimal(points: list[tuple[float, float]]) -> None:
    cells = truncated(points)
    for i, a in enumerate(points):
        for j, b in enumerate(points):
            assert cells[i, j] == math.floor(10 * math.dist(a, b) + 1e-9)


def test_a_vroom_problem_is_read_whole() -> None:
    case = read_vroom("tiny", json.dumps(VROOM))
    assert [job.name for job in case.jobs] == [7, 8, "pickup 4", "delivery 4"]
    assert case.jobs[0].windows == ((0, 500), (900, 1000))
    assert (case.jobs[0].setup, case.jobs[0].brought, case.jobs[0].skills) == (30, (2,), {"s1"})
    assert (case.jobs[1].taken, case.jobs[1].priority) == ((3,), 50)
    assert (case.jobs[3].pickup, case.jobs[3].amount) == (2, (1,))
    first, second = case.vans
    assert (first.rests[0].earliest, first.rests[0].latest, first.rests[0].duration) == (
        100,
        420,
        120,
    )
    assert (first.fixed, first.max_stops, first.skills) == (100, 9, {"s1", "s2"})
    assert second.latest_end == FOR_EVER
    assert case.seconds[second.profile][0, 1] == 50  # twice as fast
    assert case.metres[first.profile][0, 1] == 1000 * (100 + 10)  # thousandths of its cost
    nowhere = second.end
    assert nowhere == 3
    assert not case.metres[second.profile][:, nowhere].any()


def test_without_matrices_the_way_is_measured_and_said() -> None:
    problem = {
        "jobs": [{"id": 1, "location": [9.5, 47.2]}],
        "vehicles": [{"id": 1, "start": [9.5, 47.1], "end": [9.5, 47.1]}],
    }
    case = read_vroom("tiny", json.dumps(problem))
    seconds = case.seconds[case.vans[0].profile][case.vans[0].start, case.jobs[0].row]
    assert seconds == pytest.approx(0.1 * math.pi / 180 * 6_371_008.8 * 1.3 / 10, abs=1)
    assert any("great circle" in note for note in case.notes)


def test_what_cannot_be_raced_is_refused() -> None:
    with_limit = copy.deepcopy(VROOM)
    with_limit["vehicles"][0]["max_distance"] = 5
    with pytest.raises(Unreadable, match="max_distance"):
        read_vroom("tiny", json.dumps(with_limit))
    with pytest.raises(Unreadable, match="CVRP"):
        read_vrplib("tiny", VRPLIB.replace("VRPTW", "CVRP"))
    with pytest.raises(Unreadable, match="table"):
        read_solomon("tiny", "nothing")


def test_what_is_not_known_is_said() -> None:
    strange = {**VROOM, "colour": "blue"}
    assert "problem: colour is not read" in read_vroom("tiny", json.dumps(strange)).notes


def test_the_best_known_cost_stands_beside(tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text(SOLOMON)
    assert read(tmp_path / "tiny.txt").best_known is None
    (tmp_path / "best_known.json").write_text('{"TINY": 371}')
    assert read(tmp_path / "tiny.txt").best_known == 371
    with pytest.raises(Unreadable, match="only"):
        read(tmp_path / "tiny.csv")


def test_all_shared_instances_are_read() -> None:
    folder = shared_data("vrptw")
    cases = [read(path) for path in sorted(folder.glob("*.[tv][xr][tp]"))]
    assert cases
    for case in cases:
        assert case.best_known
        assert len(case.jobs) % 100 == 0


def test_epoch_seconds_become_those_of_the_day() -> None:
    noon = 1_795_435_200
    told = copy.deepcopy(VROOM)
    told["jobs"][0]["time_windows"] = [[noon, noon + 500]]
    told["vehicles"][0] |= {"time_window": [noon - 3600, noon + 3600], "breaks": [{"id": 1}]}
    case = read_vroom("tiny", json.dumps(told))
    assert case.origin + case.vans[0].begins == noon - 3600
    assert case.jobs[0].windows == ((43_200, 43_700),)
    assert case.vans[0].rests[0].earliest == 0
    assert case.vans[1].ends == FOR_EVER
