"""A fleet row's weekdays, absences and ends of skills out of their cells."""

import re
from dataclasses import replace

from console.domain.fleet import FleetEntry
from console.domain.roster import Absence, SkillEnd
from console.intake.dates import DateOrder, date_of
from console.intake.record import RowReader
from console.intake.texts import clean, shown
from console.tongues import phrase

_DAYS = {
    0: ("mon", "monday", "mo", "montag", "lun", "lundi", "man", "mandag", "1"),
    1: ("tue", "tues", "tuesday", "di", "dienstag", "mar", "mardi", "tir", "tirsdag", "2"),
    2: ("wed", "wednesday", "mi", "mittwoch", "mer", "mercredi", "ons", "onsdag", "3"),
    3: ("thu", "thur", "thursday", "do", "donnerstag", "jeu", "jeudi", "tor", "torsdag", "4"),
    4: ("fri", "friday", "fr", "freitag", "ven", "vendredi", "fre", "fredag", "5"),
    5: ("sat", "saturday", "sa", "samstag", "sonnabend", "sam", "samedi", "lor", "lordag", "6"),
    6: ("sun", "sunday", "so", "sonntag", "dim", "dimanche", "son", "sondag", "7"),
}
_DAY_OF = {word: day for day, words in _DAYS.items() for word in words}
_SPAN = re.compile(r"(\w+)\s*(?:-|\u2013|to|bis)\s*(\w+)")
_BETWEEN = re.compile(r"\s+(?:to|bis|until|til)\s+|\s*\.\.\s*|\s+\u2013\s+|\s+-\s+")


def with_roster(row: RowReader, entry: FleetEntry) -> FleetEntry:
    """The entry with what its row says of days."""
    return replace(
        entry,
        weekdays=weekdays_of(row),
        absences=tuple(_absences(row)),
        skill_ends=tuple(_skill_ends(row, entry)),
    )


def weekdays_of(row: RowReader) -> tuple[int, ...]:
    """The row's weekdays, from Monday as 0; () where it names none."""
    found: set[int] = set()
    cell = clean(row.cell("weekdays")).casefold().replace("ø", "o")
    for part in filter(None, (part.strip() for part in re.split(r"[,;/|]", cell))):
        for word in [part] if _SPAN.fullmatch(part) else part.split():
            days = _days(word)
            if not days:
                told = phrase(
                    "The day {word} is unknown: write Mon-Fri, or Mon, Wed, Sat.",
                    word=shown(word),
                )
                row.complain("weekdays", told)
            found |= days
    return tuple(sorted(found))


def _days(word: str) -> set[int]:
    if match := _SPAN.fullmatch(word):
        first, last = (_DAY_OF.get(end) for end in match.groups())
        if first is None or last is None:
            return set()
        return {day % 7 for day in range(first, last + 1 if last >= first else last + 8)}
    day = _DAY_OF.get(word)
    return set() if day is None else {day}


def _absences(row: RowReader) -> list[Absence]:
    found: list[Absence] = []
    for part in row.names("absences", 60):
        ends = [date_of(end, DateOrder.DMY) for end in _BETWEEN.split(part)]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2 or last < first:
            told = phrase(
                "The absence {part} is no span of days: write 2026-12-24 to 2026-12-31.",
                part=shown(part),
            )
            row.complain("absences", told)
        else:
            found.append((first, last))
    return found


def _skill_ends(row: RowReader, entry: FleetEntry) -> list[SkillEnd]:
    found: list[SkillEnd] = []
    for part in row.names("skill_ends", 80):
        skill, _, text = part.rpartition(" ")
        last, name = date_of(text, DateOrder.DMY), skill.strip().casefold()
        if last is None or name not in {*entry.skills}:
            told = phrase(
                "{part} names no skill of this driver with its last day: write adr 2027-03-31.",
                part=shown(part),
            )
            row.complain("skill_ends", told)
        else:
            found.append((name, last))
    return found
