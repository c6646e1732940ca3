"""The guided lesson: its file, and how its cards follow what is done."""

from dataclasses import replace
from pathlib import Path

import pytest

from console.dispatch.kindofday import scenario
from console.dispatch.training.lesson import Lesson, Standing, Until, first_lesson, read_lesson
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.errors import ConsoleError
from tests.dispatch.consoles import World, journey, local
from tests.dispatch.training.test_grading import BROKEN
from tests.simulator.rehearsed import rehearsed


def at(lesson: Lesson) -> Until | None:
    return lesson.card.until if lesson.card else None


def test_the_first_lesson_ends_with_a_grade_on_a_day_that_is_there() -> None:
    lesson = first_lesson()
    assert scenario(lesson.scenario).incidents
    assert [card.until for card in lesson.cards][-1] is Until.GRADED
    assert all(len(card.say) < 200 for card in lesson.cards)


def test_cards_follow_what_is_done(tmp_path: Path) -> None:
    @journey
    async def run() -> None:
        async with rehearsed(World(tmp_path), BROKEN) as made:
            lesson = first_lesson()
            assert not lesson.follow(Standing(made.plan, is_running=True))
            lesson.read()
            assert lesson.follow(Standing(made.plan, is_running=True))
            assert at(lesson) is Until.TROUBLE
            await made.day.advance(local(8.5))
            assert lesson.follow(Standing(made.plan))
            assert at(lesson) is Until.WITHDRAWN
            await made.station.submit(ReleaseRoutes(made.routes, released=False))
            lesson.follow(Standing(made.plan))
            assert at(lesson) is Until.MOVED
            ida, ole = made.routes
            waiting = tuple(stop.id for stop in made.plan.stops_of(ida) if stop.is_open)
            await made.station.submit(MoveStops(waiting, ole))
            lesson.follow(Standing(made.plan))
            assert at(lesson) is Until.RELEASED
            await made.station.submit(ReleaseRoutes((ole,)))
            lesson.follow(Standing(made.plan))
            assert at(lesson) is Until.OVER
            lesson.follow(replace(Standing(made.plan), is_over=True, is_graded=True))
            assert lesson.card is None
            lesson.read()
            assert lesson.card is None

    run()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "cannot be read"),
        ('scenario = "x"\n[[step]]\ntitle = "a"\nuntil = "read"', "step 1: say is missing"),
        ('scenario = "x"\n[[step]]\ntitle = "a"\nsay = "b"\nuntil = "soon"', "not one of read"),
        ('[[step]]\ntitle = "a"\nsay = "b"\nuntil = "read"', "scenario"),
    ],
)
def test_what_is_wrong_with_a_lesson_is_named(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(ConsoleError, match=says):
        read_lesson(file)
