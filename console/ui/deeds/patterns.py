"""Deeds on past days: what goes wrong more often than elsewhere, and the cases behind it."""

from collections.abc import Callable, Coroutine
from datetime import date

from console.dispatch.extracts import Cancelled
from console.dispatch.insights import topic_of
from console.dispatch.patterns import PastCase, find_patterns, notes_of
from console.domain.clusters import Pattern
from console.domain.insight import Topic
from console.domain.plan import FactId
from console.ui.patterns.sheet import PatternsSheet
from console.ui.patterns.words import named
from console.ui.underway import Underway
from console.ui.workplace import Workplace

OpenDay = Callable[[date], Coroutine[object, object, None]]
Share = Callable[[tuple[Topic, str] | None, str], Coroutine[object, object, None]]


class PatternDeeds:
    """One method a deed; ``open_day`` is the window's."""

    def __init__(self, place: Workplace, underway: Underway) -> None:
        self._place, self._underway = place, underway
        self._is_reading = False
        self.sheet: PatternsSheet | None = None
        self.open_day: OpenDay | None = None
        self.share: Share | None = None

    def patterns(self) -> None:
        """Look through the last days; shown when they are read, called off like any work."""
        if not self._is_reading and self.sheet is None:
            self._place.conductor.spawn(self._look())

    async def _look(self) -> None:
        self._is_reading = True
        place = self._place
        try:
            with self._underway.job("patterns") as told:
                found = await find_patterns(place.station, told)
        except Cancelled:
            return
        finally:
            self._is_reading = False
        sheet = PatternsSheet(found, place.station.picture, place.theme, place.window)
        sheet.picked.connect(self._picked)
        sheet.dayAsked.connect(self._day_asked)
        sheet.shareAsked.connect(self._share_asked)
        sheet.finished.connect(self._closed)
        self.sheet = sheet
        sheet.open()
        if sheet.pattern is not None:
            self._picked(sheet.pattern)

    def _closed(self, _result: int) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
        self.sheet = None

    def _picked(self, pattern: Pattern) -> None:
        self._place.conductor.spawn(self._show_notes(pattern))

    async def _show_notes(self, pattern: Pattern) -> None:
        """The notes come from a register, behind the figures."""
        sheet = self.sheet
        if sheet is None:
            return
        cases = sheet.patterns.looked.cases_of(pattern)
        notes = await notes_of(self._place.station, cases)
        if self.sheet is sheet and sheet.pattern is pattern and sheet.case is None:
            sheet.show_cases(cases, notes)

    def _day_asked(self, case: PastCase) -> None:
        self._place.conductor.spawn(self.go_to(case.day, case.fact.id))

    def _share_asked(self, pattern: Pattern) -> None:
        """For all who plan, in the words of the sheet."""
        if self.share is not None and self.sheet is not None:
            looked = self.sheet.patterns.looked
            first = topic_of(pattern.group), named(pattern, looked)
            self._place.conductor.spawn(self.share(first, self.sheet.said.text()))

    async def go_to(self, day: date, exception: FactId) -> None:
        """Open a day, and the exception there."""
        if self.sheet is not None:
            self.sheet.reject()
        if self.open_day is not None:
            await self.open_day(day)
        self._place.conductor.act("view_exceptions")
        self._place.panes.exceptions.show_one(exception)
