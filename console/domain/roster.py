"""When a driver works at all: weekdays, absences, and how long skills hold."""

from collections.abc import Sequence
from datetime import date

Absence = tuple[date, date]
"""The first and the last day away."""

SkillEnd = tuple[str, date]
"""A skill and the last day on which it holds."""


def works(weekdays: Sequence[int], absences: Sequence[Absence], day: date) -> bool:
    """True when a shift takes place; ``weekdays`` count from Monday as 0, () is every day."""
    if weekdays and day.weekday() not in weekdays:
        return False
    return not any(first <= day <= last for first, last in absences)


def skills_on(skills: Sequence[str], ends: Sequence[SkillEnd], day: date) -> tuple[str, ...]:
    """The skills that hold on a day: those without an end, or with one that is not over."""
    over = {skill for skill, last in ends if last < day}
    return tuple(skill for skill in skills if skill not in over)
