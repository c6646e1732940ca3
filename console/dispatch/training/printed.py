"""A grade's pictures and paper: each decision as it was, and the better one beside it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from console import formats
from console.dispatch.debriefpaper import Bent, DebriefPaper, StepPaper
from console.dispatch.drawing import Surroundings, draw
from console.dispatch.picture import Picture
from console.dispatch.training.grading import Grade
from console.dispatch.training.tracing import Step
from console.dispatch.training.words import Line, lines_of, parts_of
from console.domain.plan import RouteId
from console.tongues import tr

Sides = Callable[[Step], tuple[Picture, Picture]]
"""A step as it was decided, and the better one: both as they looked then."""


def sides_of(grade: Grade, around: Surroundings) -> Sides:
    """Draws both sides of a step, at its own moment."""

    def sides(step: Step) -> tuple[Picture, Picture]:
        then = replace(around, now=step.at)
        return draw(grade.replay.at(step.version), then), draw(step.better.plan, then)

    return sides


def debrief_paper(grade: Grade, picture: Picture, around: Surroundings) -> DebriefPaper:
    """All of it, as it is printed."""
    sides, day = sides_of(grade, around), picture.plan.day
    return DebriefPaper(
        tr(grade.title),
        grade.trainee,
        formats.day(day.service_day) if day else "",
        grade.score.whole,
        parts_of(grade.score),
        grade.goals,
        tuple(
            _paper(step, line, sides)
            for step, line in zip(grade.steps, lines_of(grade, picture), strict=True)
        ),
        {"did": tr("As it was decided"), "better": tr("The better one")},
    )


def _paper(step: Step, line: Line, sides: Sides) -> StepPaper:
    told = (
        (tr("What had happened"), line.trouble),
        (tr("After"), line.after),
        (tr("What was known"), line.known),
        (tr("Came to"), line.did),
        (tr("Better"), f"{line.better}: {line.best}" if line.better else ""),
        (tr("Lost"), line.lost),
    )
    sentences = tuple((name, said) for name, said in told if said)
    head = f"{line.clock}  {line.decision}"
    if not line.is_bad:
        return StepPaper(head, sentences, is_bad=False)
    did, better = sides(step)
    routes = _moved(step)
    return StepPaper(
        head,
        sentences,
        is_bad=True,
        did=tuple(_bent(did, routes)),
        better=tuple(_bent(better, routes)),
    )


def _moved(step: Step) -> frozenset[RouteId]:
    """Drivers whose ways differ."""
    both = ((move.source, move.target) for move in step.better.moves)
    return frozenset(route for pair in both for route in pair if route is not None)


def _bent(picture: Picture, routes: frozenset[RouteId]) -> Iterator[Bent]:
    """Their ways from stop to stop; all drivers' where none is meant."""
    for route, entry in picture.plan.routes.items():
        if routes and route not in routes:
            continue
        labels = (picture.labels.get(stop) for stop in entry.stops)
        line = tuple(one.coordinate for one in labels if one and one.coordinate is not None)
        driver = picture.drivers.get(route)
        if line and driver is not None:
            yield driver.number, line
