"""Scenarios: those that come along, and what is said of a file that is wrong."""

from datetime import time
from pathlib import Path

import pytest

from console.dispatch.kindofday import IncidentKind, read, scenario, scenarios
from console.domain.errors import ConsoleError


def test_ten_scenarios_come_along() -> None:
    known = scenarios()
    assert len(known) == 10
    assert len({each.seed for each in known}) == 10
    assert all(each.title and each.goals for each in known)
    assert {i.kind for each in known for i in each.incidents} == set(IncidentKind)


def test_one_is_found_by_name_or_file(tmp_path: Path) -> None:
    (broken,) = scenario("breakdown-at-ten").incidents
    assert (broken.kind, broken.at, broken.minutes) == (IncidentKind.BREAKDOWN, time(10), 0)
    mine = tmp_path / "mine.toml"
    mine.write_text('title = "Mine"\nabsent = 1\n[[incident]]\nkind = "ill"\nat = "07:30"\n')
    found = scenario(str(mine))
    assert (found.name, found.absent, found.incidents[0].at) == ("mine", 1, time(7, 30))
    with pytest.raises(ConsoleError) as error:
        scenario("nowhere")
    assert "calm-day" in error.value.remedy


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "cannot be read"),
        ("seed = 1", "title is missing"),
        ('title = "x"\nweather = 1', "weather is not one of"),
        ('title = "x"\nseed = "one"', "seed cannot be 'one'"),
        ('title = "x"\nseed = true', "seed cannot be True"),
        ('title = "x"\nabsent = 1.5', "absent is no share"),
        ('title = "x"\npace = 0', "pace is not more than 0"),
        ('title = "x"\nincident = 3', "is no list"),
        ('title = "x"\nincident = [3]', "incident 1 is no table"),
        ('title = "x"\n[[incident]]\nkind = "flood"', "incident 1: kind is not one of breakdown"),
        ('title = "x"\n[[incident]]\nkind = "slow"\nat = "ten"', "incident 1: at is no time"),
        ('title = "x"\n[[incident]]\nkind = "slow"\nfactor = 0', "too small"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(ConsoleError, match=says) as error:
        read(file)
    assert "bad.toml" in error.value.message
