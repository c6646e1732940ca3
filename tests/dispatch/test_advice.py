"""One thing that would help, after what went wrong there."""

from collections import Counter
from dataclasses import replace

import pytest

from console.dispatch.advice import Advice, Help, advice
from console.dispatch.drawing import Surroundings, draw
from console.dispatch.picture import Picture, StopLabel
from console.domain.load import Load
from console.domain.places import Access, Certainty
from console.domain.plan import Cause, Stop
from console.domain.risk import NO_RISKS, Door, Risk, Span
from tests.planning.days import city

CITY = city(3, 1, seed=5)
STOP = next(iter(CITY.plan.stops.values()))
PHONE = StopLabel("Weg 1", phones=("555",), certainty=Certainty.ROOFTOP)


def risk(cause: Cause | None = None, failed: int = 3, **came: tuple[int, int]) -> Risk:
    causes = Counter({cause: failed}) if cause else Counter[Cause]()
    door = Door(5, failed, causes, {Span(key): value for key, value in came.items()})
    return Risk(6.0, 10.0, 0.05, door)


def picture(label: StopLabel, points: tuple[str, ...] = ()) -> Picture:
    drawn = draw(CITY.plan, Surroundings(labels={STOP.id: label}))
    return replace(drawn, risks=replace(NO_RISKS, points=points))


def said(given: Risk, label: StopLabel = PHONE, points: tuple[str, ...] = (),
         stop: Stop = STOP) -> Advice | None:  # fmt: skip
    return advice(stop, given, picture(label, points))


def test_where_nothing_stands_out_nothing_is_said():
    assert said(Risk(1.0, 19.0, 0.05, Door())) is None
    assert said(Risk(0.15, 0.85, 0.05, Door())) is None, "it may well be chance"


def test_a_time_that_worked_is_better_than_a_call():
    planned = draw(CITY.plan, Surroundings(labels={})).visits.get(STOP.id)
    assert planned is None, "it has no driver: what was asked for counts"
    stop = replace(STOP, orders=tuple(replace(o, windows=()) for o in STOP.orders))
    found = said(risk(Cause.ABSENT, any=(3, 3), evening=(0, 2)), stop=stop)
    assert found == Advice(Help.OTHER_TIME, span=Span.EVENING, worked=2)


@pytest.mark.parametrize(
    ("cause", "label", "points", "wanted"),
    [
        (Cause.ABSENT, PHONE, (), Advice(Help.CALL, "555")),
        (Cause.ABSENT, replace(PHONE, phones=()), (), Advice(Help.NUMBER)),
        (Cause.ABSENT, replace(PHONE, phones=()), ("Kiosk",), Advice(Help.PICKUP_POINT, "Kiosk")),
        (
            Cause.ABSENT,
            replace(PHONE, access=Access(safe_place="shed")),
            (),
            Advice(Help.SAFE_PLACE, "shed"),
        ),
        (Cause.ACCESS, PHONE, (), Advice(Help.ACCESS)),
        (Cause.ACCESS, replace(PHONE, access=Access(gate="1234")), (), Advice(Help.CALL, "555")),
        (Cause.ADDRESS, PHONE, (), Advice(Help.ADDRESS)),
        (Cause.ABSENT, replace(PHONE, certainty=Certainty.STREET), (), Advice(Help.ADDRESS)),
        (Cause.REFUSED, PHONE, (), Advice(Help.CALL, "555")),
        (None, PHONE, (), Advice(Help.CALL, "555")),
    ],
)
def test_the_advice_follows_the_cause(
    cause: Cause | None, label: StopLabel, points: tuple[str, ...], wanted: Advice
):
    assert said(risk(cause), label, points) == wanted


def test_who_never_was_there_is_offered_a_pickup_point():
    given = risk(Cause.ABSENT, failed=5)
    assert said(given, PHONE, ("A", "B")) == Advice(Help.PICKUP_POINT)


def test_what_is_heavy_takes_two():
    heavy = tuple(replace(o, load=Load(1, 40.0), people=1) for o in STOP.orders)
    assert said(risk(Cause.ACCESS), stop=replace(STOP, orders=heavy)) == Advice(Help.PEOPLE)
    two = tuple(replace(o, people=2) for o in heavy)
    assert said(risk(Cause.ACCESS), stop=replace(STOP, orders=two)) == Advice(Help.ACCESS)
