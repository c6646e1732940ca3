"""Who works when, and until when skills hold."""

from datetime import date

from console.domain.roster import skills_on, works

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


def test_weekdays() -> None:
    assert works((), (), SUNDAY)
    assert works((0, 4), (), MONDAY)
    assert not works((0, 4), (), SUNDAY)


def test_absences_hold_with_their_ends() -> None:
    away = ((MONDAY, date(2026, 11, 25)),)
    assert not works((), away, MONDAY)
    assert not works((), away, date(2026, 11, 25))
    assert works((), away, date(2026, 11, 26))


def test_a_skill_holds_on_its_last_day_and_no_longer() -> None:
    ends = (("adr", MONDAY), ("adr", MONDAY))
    assert skills_on(("adr", "lift"), ends, MONDAY) == ("adr", "lift")
    assert skills_on(("adr", "lift"), ends, date(2026, 11, 24)) == ("lift",)
