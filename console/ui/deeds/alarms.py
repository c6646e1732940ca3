"""Alarms of the running day: looked for at every turn of the board, answered with a click."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtGui import QGuiApplication

from console.dispatch.alarmlimits import Limits, RuleMode
from console.dispatch.alarmlog import (
    Alarm,
    AlarmWatch,
    answered,
    assign,
    lives_in,
    proposed,
    snooze,
)
from console.dispatch.alarms import Etas, Look
from console.dispatch.answers import Answer, Bench, answers, by_rule
from console.dispatch.depotrules import keep_rules, rules_of
from console.dispatch.lanes import Lane
from console.dispatch.liveboard import LiveLine
from console.dispatch.workday import Workday
from console.domain.alarm import AlarmKind, AnswerKind
from console.domain.plan import RouteId
from console.tongues import tr, trn
from console.ui.asking import ask
from console.ui.live.alarmpane import AlarmPane
from console.ui.live.alarmsheets import AlarmLimitsSheet, AlarmLogSheet
from console.ui.live.alarmwords import answer_name
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace


class AlarmDeeds:
    """Listens to the alarms' pane. Answers are worked out on a lane, never on the window's thread.

    An answer that is adopted is worked out once more: it is taken only where it costs no more.
    ``told`` is how many alarms somebody was told of.
    """

    def __init__(self, place: Workplace, pane: AlarmPane) -> None:
        self._place, self.pane = place, pane
        self._workday: Workday | None = None
        self._watch = AlarmWatch(place.station)
        self._limits = Limits()
        self._asked: object = None
        self._ruled: dict[str, object] = {}
        self.told = 0
        pane.picked.connect(self._picked)
        pane.answered.connect(self._answer)
        pane.snoozed.connect(self._snooze)
        pane.assigned.connect(self._assign)
        pane.shown.connect(place.selection.pick)

    # -- looking -----------------------------------------------------------------------------------

    def look(self, lines: Sequence[LiveLine], etas: Etas, now: datetime) -> int:
        """Look at the day as the board has it; answers how many alarms wait for somebody."""
        station = self._place.station
        if self._workday is not station.workday:
            self._open(station.workday)
        if station.now() is None:
            self.pane.show_alarms([], station.picture, now, [])
            self.pane.show_doubts([], station.picture)
            return 0
        version = station.workday.desk.plan.version
        picture = station.picture
        look = Look(picture, lines, etas, now, self._limits)
        alarms = self._watch.look(look)
        if station.workday.desk.plan.version != version:
            self._place.conductor.spawn(station.save())
        self.pane.show_alarms(alarms, picture, now, self._people())
        self.pane.show_doubts(look.doubtful(), picture)
        self._work_out()
        self._look_by_rule(alarms, now)
        return sum(not alarm.life.is_quiet(now, alarm.found.harm) for alarm in alarms)

    def tell_aside(self, count: int) -> None:
        """Somebody is at another workspace: a word where there are more than there were."""
        if count > self.told:
            told = trn("{count} alarm waits for somebody.", "{count} alarms wait for somebody.",
                       count, count=count)  # fmt: skip
            notice = Notice(told, Tone.WARN, deed="view_live", deed_label=tr("Show"))
            self._place.conductor.tell(notice)
        self.told = count

    def _open(self, workday: Workday) -> None:
        """Another day, with limits of its depot."""
        self._workday, self._asked, self._ruled = workday, None, {}
        self._watch = AlarmWatch(self._place.station)
        self._place.conductor.spawn(self._read_limits())

    def reread(self) -> None:
        """A colleague may have changed the depot's limits."""
        self._place.conductor.spawn(self._read_limits())

    async def _read_limits(self) -> None:
        self._limits = (await rules_of(self._place.station)).limits

    def _people(self) -> list[str]:
        here = (colleague.name for colleague in self._place.selection.company)
        return list(dict.fromkeys((self._place.station.services.actor, *here)))

    # -- working out -------------------------------------------------------------------------------

    def _work_out(self) -> None:
        """Anew where another alarm is picked, or what its answers rest on has changed."""
        chosen = self.pane.chosen
        if chosen is None:
            if self._asked is not None:
                self._asked = None
                self.pane.show_answers([], self._place.station.picture)
            return
        rests_on = self._rests_on(chosen)
        if rests_on == self._asked:
            return
        self._asked = rests_on
        self._place.conductor.spawn(self._show(chosen, rests_on))

    def _rests_on(self, alarm: Alarm) -> tuple[object, ...]:
        routes = self._place.station.picture.plan.routes.values()
        return (alarm.id, alarm.found.stops, tuple((r.stops, r.is_frozen) for r in routes))

    async def _show(self, chosen: Alarm, rests_on: object) -> None:
        if not self.pane.answers:
            self.pane.show_waiting()
        made, _ = await self._worked_out(chosen)
        if rests_on is self._asked:
            self.pane.show_answers(made, self._place.station.picture)

    async def _worked_out(self, chosen: Alarm) -> tuple[list[Answer], int]:
        """What may be done by now, and the version it was worked out for."""
        station = self._place.station
        plan, now = station.picture.plan, station.services.clock.now()
        bench = Bench(plan, station.workday.matrix, now)
        made = await station.services.lanes.run(Lane.SOLVER, partial(answers, chosen.found, bench))
        return [each for each in made if self._fits(each)], plan.version

    def _fits(self, answer: Answer) -> bool:
        command = answer.command
        return command is None or self._place.station.workday.verdict(command) is None

    # -- the depot's rule --------------------------------------------------------------------------

    def _look_by_rule(self, alarms: Sequence[Alarm], now: datetime) -> None:
        """Every late alarm that nobody has seen to, once for each state of the routes."""
        if self._limits.rule is RuleMode.OFF:
            return
        for alarm in alarms:
            is_new = alarm.life.reacted is None and not alarm.life.is_quiet(now, alarm.found.harm)
            rests_on = self._rests_on(alarm)
            if alarm.found.key.kind is not AlarmKind.LATE_AHEAD or not is_new:
                continue
            if self._ruled.get(alarm.id) != rests_on:
                self._ruled[alarm.id] = rests_on
                self._place.conductor.spawn(self._by_rule(alarm))

    async def _by_rule(self, alarm: Alarm) -> None:
        """Propose or apply; both are noted with the alarm, and applying is undone like any step."""
        place, station = self._place, self._place.station
        made, version = await self._worked_out(alarm)
        answer = by_rule(made, self._limits)
        if answer is None or answer.command is None:
            return
        name = answer_name(answer, station.picture)
        if self._limits.rule is RuleMode.PROPOSE:
            if not alarm.life.by_rule:
                await proposed(station, alarm, answer.kind, answer.cost)
                told = tr("The depot's rule proposes: {way}.", way=name)
                place.conductor.tell(Notice(told, deed="view_live", deed_label=tr("Show")))
            return
        await station.submit(answer.command, version)
        await answered(station, alarm, answer.kind, answer.cost, by_rule=True)
        told = tr("By the depot's rule: {way}. Undo takes it back.", way=name)
        place.conductor.tell(Notice(told, Tone.GOOD))

    # -- what is clicked ---------------------------------------------------------------------------

    def _picked(self) -> None:
        chosen = self.pane.chosen
        if chosen is None:
            return
        picture = self._place.station.picture
        route, stops = RouteId(chosen.found.key.route), chosen.found.stops[:1]
        known = [stop for stop in stops if stop in picture.plan.stops]
        self._place.selection.pick(known, route if route in picture.plan.routes else None)
        self.pane.show_waiting()
        self._asked = None
        self._work_out()

    def _answer(self, answer: Answer) -> None:
        chosen = self.pane.chosen
        if chosen is not None:
            self._place.conductor.spawn(self.adopt(chosen, answer))

    async def adopt(self, chosen: Alarm, answer: Answer) -> None:
        """Do it, and note that it was done."""
        place, station = self._place, self._place.station
        if answer.command is None:
            await answered(station, chosen, answer.kind)
            if answer.kind is AnswerKind.CALL:
                self._call(chosen)
            return
        made, version = await self._worked_out(chosen)
        fresh = next((each for each in made if each.kind is answer.kind), None)
        if fresh is None or fresh.command is None or fresh.cost > answer.cost + _LITTLE:
            self.pane.show_answers(made, station.picture)
            place.conductor.tell(Notice(tr("The day moved on: look at the answers again.")))
            return
        name = answer_name(fresh, station.picture)
        await station.submit(fresh.command, version)
        await answered(station, chosen, fresh.kind, fresh.cost)
        place.conductor.tell(Notice(tr("{way}. Undo takes it back.", way=name), Tone.GOOD))

    def _call(self, chosen: Alarm) -> None:
        label = self._place.station.picture.drivers.get(RouteId(chosen.found.key.route))
        if label is not None and label.phone:
            QGuiApplication.clipboard().setText(label.phone)
            told = tr("{name}: {phone}, copied.", name=label.name, phone=label.phone)
            self._place.conductor.tell(Notice(told))

    def _snooze(self, span: int) -> None:
        chosen = self.pane.chosen
        if chosen is not None:
            work = snooze(self._place.station, chosen, timedelta(minutes=span))
            self._place.conductor.spawn(work)

    def _assign(self, name: str) -> None:
        chosen = self.pane.chosen
        if chosen is not None:
            self._place.conductor.spawn(assign(self._place.station, chosen, name))

    # -- dialogs -----------------------------------------------------------------------------------

    def alarm_log(self) -> None:
        """All alarms of the day, with the time to the first reaction."""
        place, station = self._place, self._place.station
        lives = lives_in(station.picture.plan).values()
        now = station.services.clock.now()
        sheet = AlarmLogSheet(lives, station.picture, now, place.theme, place.window)
        place.conductor.spawn(ask(sheet))

    def alarm_limits(self) -> None:
        """From when on something is an alarm."""
        self._place.conductor.spawn(self._ask_limits())

    async def _ask_limits(self) -> None:
        place = self._place
        rules = await rules_of(place.station)
        sheet = AlarmLimitsSheet(rules.limits, place.theme, place.window)
        if not await ask(sheet):
            return
        self._limits = limits = sheet.limits  # now: the dialog is gone after the next await
        rules = replace(await rules_of(place.station), limits=limits)
        await keep_rules(place.station, rules)


_LITTLE = 0.5  # what an answer may cost more by the time it is clicked, in the depot's currency
