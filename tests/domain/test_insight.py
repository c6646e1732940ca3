"""What was found out holds until its end, and as long as more believe it than doubt it."""

from dataclasses import replace
from datetime import date, timedelta

from console.domain.insight import About, Insight, InsightId, Vote

DAY = date(2026, 11, 23)
BELL = Insight(InsightId("i"), About.DOOR, "p1", "n", "ada", DAY)


def votes(**said: bool) -> dict[str, Vote]:
    return {who: Vote(holds, DAY) for who, holds in said.items()}


def test_it_ends_after_its_last_day():
    ending = replace(BELL, until=DAY)
    assert ending.stands(DAY)
    assert ending.is_over(DAY + timedelta(days=1))
    assert not ending.stands(DAY + timedelta(days=1))
    assert not BELL.is_over(date.max)


def test_as_many_doubts_as_believers_take_it_away():
    assert not replace(BELL, votes=votes(ben=False)).stands(DAY)
    assert replace(BELL, votes=votes(ben=False, cia=True)).stands(DAY)
    assert not replace(BELL, votes=votes(ada=False)).stands(DAY), "she says so herself"
    told = replace(BELL, votes=votes(cia=True, ada=True, ben=False))
    assert (told.holding, told.doubting) == (["ada", "cia"], ["ben"])
    assert told.stands(DAY)


def test_it_concerns_its_door_its_area_its_crew_and_nobody_else():
    topics = {(About.DOOR, "p1"), (About.DRIVER, "d")}
    assert BELL.concerns(topics, "")
    assert not replace(BELL, key="p2").concerns(topics, "")
    assert replace(BELL, about=About.DRIVER, key="d").concerns(topics, "")
    area = replace(BELL, about=About.AREA, key="9490")
    assert area.concerns(topics, "9490 Vaduz")
    assert replace(area, key="Vaduz").concerns(set(), "9490 Vaduz")
    assert replace(area, key="9490 Vaduz").concerns(set(), "9490 Vaduz")
    assert not replace(area, key="949").concerns(set(), "9490 Vaduz")
    assert not replace(area, key="").concerns(set(), "")
    assert not replace(BELL, about=About.DEPOT, key="").concerns(topics, "9490 Vaduz")
