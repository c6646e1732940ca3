"""Stable keys into sentences a dispatcher understands; the one place for wording.

Sentences are looked up in the language of the process when they are said.
"""

from collections.abc import Mapping

from console import formats
from console.tongues import tr, trn

REASONS: Mapping[str, str] = {
    "already_served": "This part of the route is already done and stays as it was.",
    "changed_since": "A colleague changed this in the meantime: look again, then repeat it.",
    "disagree": "Stop and route do not agree about each other; nothing was changed.",
    "doubled": "A stop or order is named twice; nothing was changed.",
    "driver_differs": "A shift cannot change its driver; switch this one off and open another.",
    "driver_is_there": "The driver is at this stop already: tell her by phone what is different.",
    "driver_off": "This driver is switched off today: switch the driver on first.",
    "driver_twice": "This driver already has a shift today.",
    "empty_stop": "A stop needs at least one order.",
    "facts_stay": "What happened stays on record; enter a correction instead.",
    "frozen": "This route is locked: unlock it first.",
    "loaded": "Its goods are on its driver's vehicle: have them taken off first.",
    "new_stop_missing": "The order can no longer share its stop; it needs one of its own.",
    "no_change": "It is so already; nothing was changed.",
    "not_a_mark": "Only a skipped step or a name can be noted on the day.",
    "not_a_seal": "A day is only sealed or opened again.",
    "not_about_an_alarm": "This says nothing about an alarm.",
    "not_about_a_case": "This says nothing about an exception.",
    "not_allowed": "Your role does not let you do this here; nothing was changed.",
    "not_located": "The address has not been found on the map yet: fix it first.",
    "not_new": "Only new, unassigned stops can be added.",
    "not_on_a_route": "Only a stop on a route can be pinned or loaded.",
    "not_on_this_route": "This stop is not an open one of that route any more.",
    "not_under_way": "This driver has not left yet: say instead that the shift begins later.",
    "not_saved_yet": "The last change is still being saved; try again in a moment.",
    "nothing_to_admit": "There is no stop to let in.",
    "nothing_to_redo": "There is nothing to redo.",
    "nothing_to_release": "A route without stops cannot be released.",
    "nothing_to_undo": "There is nothing to undo.",
    "order_exists": "This order is in the plan already.",
    "other_day": "The plan belongs to another depot or day.",
    "other_hours": "These orders have no hours in common: they need stops of their own.",
    "pinned": "A pinned stop stays with its driver: unpin it first.",
    "place_gone": "The stop next to which it should land has moved: drop it again.",
    "reason_missing": "An override needs a reason.",
    "released": "This route is with its driver: withdraw it first, or optimise and amend it.",
    "resolved_already": "This exception is resolved already; undo that first.",
    "route_exists": "This route exists already.",
    "route_not_empty": "This driver has stops already: send the tail or merge instead.",
    "same_route": "It is the same driver: choose another one.",
    "sealed": "The day is closed and sealed: open it again with a reason first.",
    "shift_backwards": "The shift ends before it starts.",
    "stop_exists": "This stop is in the plan already.",
    "taken": "A stop of the proposal is on another route by now: optimise again.",
    "undo_refused": "Somebody built on this step; the next undo goes to the one before.",
    "undecided": "It would fit by now; nobody has decided yet.",
    "unknown_order": "This order is not in the plan.",
    "unknown_route": "This route is not in the plan any more.",
    "unknown_stop": "This stop is not in the plan any more.",
    "unknown_version": "There is no such step in the history.",
}

STATUSES: Mapping[str, str] = {
    "planned": "planned",
    "departed": "departed",
    "arrived": "arrived",
    "delivered": "delivered",
    "collected": "collected",
    "failed": "failed",
    "break_began": "break began",
    "break_ended": "break ended",
    "returned": "returned",
    "retracted": "taken back",
}

PRIORITIES: Mapping[str, str] = {"high": "High", "normal": "Normal", "low": "Low"}

PRIORITY_WORDS: Mapping[str, str] = {"high": "high", "normal": "normal", "low": "low"}
"""As they are written into a cell; files are read by these words, too."""

COMMANDS: Mapping[str, str] = {
    "add_stops.1": "Orders added",
    "admit_stop.1": "Stop let in",
    "adopt_solution.1": "Optimised",
    "amend_orders.1": "Orders changed",
    "amend_shift.1": "Shift changed",
    "attend_exception.1": "Exception attended to",
    "cancel_orders.1": "Orders cancelled",
    "join_stops.1": "Stops joined",
    "load_stops.1": "Goods loaded or unloaded",
    "lock_routes.1": "Routes locked or unlocked",
    "log_exception.1": "Exception logged",
    "mark_day.1": "Noted on the day",
    "merge_routes.1": "Routes merged",
    "move_stops.1": "Stops moved",
    "note_alarms.1": "Alarm noted",
    "open_day.1": "Day opened",
    "open_shifts.1": "Shifts opened",
    "override_rule.1": "Override",
    "pin_stops.1": "Stops pinned or unpinned",
    "record_fact.1": "Reported from the street",
    "release_routes.1": "Routes released or withdrawn",
    "resolve_exceptions.1": "Exceptions resolved",
    "return_to.1": "Back to an earlier version",
    "reverse_route.1": "Route reversed",
    "revert.1": "Undone",
    "seal_day.1": "Day closed or opened again",
    "send_tail.1": "Tail sent to another driver",
    "split_route.1": "Route split",
    "swap_routes.1": "Routes swapped",
    "swap_shifts.1": "Shifts swapped",
    "switch_driver.1": "Driver switched on or off",
}

DONE_BY: Mapping[str, str] = {
    "add_stops.1": "{who} added {what}",
    "admit_stop.1": "{who} let {what} in",
    "adopt_solution.1": "{who} adopted a proposal that changes {what}",
    "amend_orders.1": "{who} changed orders of {what}",
    "amend_shift.1": "{who} changed a shift",
    "attend_exception.1": "{who} attended to an exception",
    "cancel_orders.1": "{who} cancelled orders of {what}",
    "join_stops.1": "{who} joined stops of one door, {what}",
    "load_stops.1": "{who} loaded or unloaded {what}",
    "lock_routes.1": "{who} locked or unlocked {what}",
    "log_exception.1": "{who} logged an exception",
    "mark_day.1": "{who} noted something on the day",
    "merge_routes.1": "{who} merged routes with {what}",
    "move_stops.1": "{who} moved {what}",
    "note_alarms.1": "{who} saw to an alarm",
    "open_day.1": "{who} opened the day",
    "open_shifts.1": "{who} opened {what}",
    "override_rule.1": "{who} overrode a rule",
    "pin_stops.1": "{who} pinned or unpinned {what}",
    "record_fact.1": "{who} reported from the street",
    "release_routes.1": "{who} released or withdrew {what}",
    "resolve_exceptions.1": "{who} resolved exceptions",
    "return_to.1": "{who} went back to an earlier version",
    "reverse_route.1": "{who} turned a route round, {what}",
    "revert.1": "{who} took back a step, {what}",
    "seal_day.1": "{who} closed the day or opened it again",
    "send_tail.1": "{who} sent {what} to another driver",
    "split_route.1": "{who} split a route, {what}",
    "swap_routes.1": "{who} swapped routes, {what}",
    "swap_shifts.1": "{who} swapped shifts, {what}",
    "switch_driver.1": "{who} switched a driver on or off",
}
"""What a colleague did, for a notice; ``what`` counts the stops, or the routes, that it changed."""

CAUSES: Mapping[str, str] = {
    "weather": "Weather",
    "breakdown": "Vehicle breakdown",
    "illness": "Driver ill",
    "traffic": "Traffic",
    "absent": "Nobody there",
    "access": "No access",
    "address": "Wrong address",
    "damage": "Goods damaged",
    "refused": "Refused",
    "capacity": "Not enough room in the vehicle",
    "window": "Window missed",
}

RULES: Mapping[str, str] = {
    "late": "late",
    "overloaded": "overloaded",
    "skill": "skill missing",
    "shift": "shift too long",
    "overtime": "overtime",
    "range": "out of range",
    "break": "no room for the break",
    "unreachable": "no road leads there",
    "driver_off": "driver off",
    "stops": "too many stops",
    "distance": "too far",
    "driving": "too long at the wheel",
    "people": "not enough people",
    "pairing": "not collected before",
    "territory": "outside the territory",
    "depot": "another depot's",
    "window": "window cannot be met",
    "locked": "route is locked",
    "released": "route is released",
    "started": "route has started",
    "no_shift": "nobody on shift",
    "fits": "would fit",
    "not_allowed": "Your role does not let you do this here; nothing was changed.",
    "not_located": "address not located",
}

_WHOLE_POUNDS = 10  # from here on a tenth says nothing

DIMENSIONS: Mapping[str, str] = {"pieces": "pcs", "kg": "kg", "m3": "m³", "units": "units"}


def reason(key: str, details: Mapping[str, object] | None = None) -> str:
    """The sentence for a verdict; an unknown key is shown as it is, never swallowed."""
    sentence = tr(REASONS[key]) if key in REASONS else tr("Not possible: {key}.").format(key=key)
    by = (details or {}).get("by")
    return f"{sentence} ({tr('by {who}').format(who=by)})" if by else sentence


def command(kind: str) -> str:
    """What a row of the history did."""
    return tr(COMMANDS.get(kind, kind))


def done_by(kind: str, who: str, what: str) -> str:
    """``Ana moved 3 stops``."""
    sentence = tr(DONE_BY.get(kind, "{who} changed {what}")).format(who=who, what=what)
    return sentence.removesuffix(", ")


def status(key: str) -> str:
    """Where a stop stands, or what was reported of it."""
    return tr(STATUSES.get(key, key))


def priority(key: str) -> str:
    """An order's priority, as a title."""
    return tr(PRIORITIES.get(key, key))


def priority_word(key: str) -> str:
    """An order's priority, as it is written into a cell."""
    return tr(PRIORITY_WORDS.get(key, key))


def cause(key: str) -> str:
    """An exception's cause."""
    return tr(CAUSES.get(key, key))


def rule(key: str) -> str:
    """A rule's short name."""
    return tr(RULES.get(key, key))


def amount(value: float, unit: str) -> str:
    """An amount over a limit with its unit: 12 min, 1.4 km, 38 kg; in the present formats."""
    if unit == "s":
        return f"{max(1, round(value / 60))} min"
    if unit == "m":
        way, name = formats.distance(value)
        return f"{formats.number(way, 1)} {name}"
    value, unit = formats.measure(value, unit)
    if unit == formats.Weight.POUNDS:
        return f"{formats.number(value, 0 if value >= _WHOLE_POUNDS else 1)} {unit}"
    return f"{value:.6g} {tr(DIMENSIONS.get(unit, unit))}".strip()


def violation(name: str, value: float, unit: str, detail: str = "") -> str:
    """A broken rule with its number first: 38 kg over, 12 min late."""
    needs = {
        "skill": tr("needs {detail}"),
        "territory": tr("outside its territories: {detail}"),
        "depot": tr("loaded at {detail}"),
        "pairing": tr("{detail} is not collected before"),
    }
    if name in needs and detail:
        return needs[name].format(detail=detail)
    phrases = {
        "late": tr("{amount} late"),
        "overloaded": tr("{amount} over"),
        "shift": tr("{amount} past the shift"),
        "overtime": tr("{amount} overtime"),
        "range": tr("{amount} out of range"),
        "stops": tr("{amount} stops too many"),
        "distance": tr("{amount} too far"),
        "driving": tr("{amount} too long at the wheel"),
        "people": tr("{amount} people short"),
    }
    if name in phrases:
        return phrases[name].format(amount=amount(value, unit))
    return rule(name)


BLOCKS: Mapping[str, str] = {
    "late": "{amount} late at {at}",
    "late_other": "another stop {amount} late",
    "overloaded": "{amount} over",
    "alone": "{amount} over, even alone",
    "skill": "{detail} missing",
    "shift": "back {amount} after the last allowed return",
    "range": "{amount} over the range",
    "break": "no room left for the break",
    "unreachable": "no road leads there",
    "barred": "its vehicle may not enter the low-emission zone: only {detail}",
    "driver_off": "does not work today",
    "stops": "{amount} stops too many",
    "distance": "{amount} too far",
    "driving": "{amount} too long at the wheel",
    "people": "{amount} people short",
    "pairing": "has to go with {detail}",
    "unpaired": "{detail} is collected nowhere",
    "territory": "outside its territories: {detail}",
    "depot": "loaded at {detail}",
    "locked": "the route is locked",
    "released": "the route is released",
    "started": "the route has started",
    "no_shift": "nobody is on shift",
    "not_allowed": "Your role does not let you do this here; nothing was changed.",
    "not_located": "its address is not located yet",
    "fits": "would cost {price} more",
}
"""Why a driver cannot take a stop; ``late_other``, ``alone`` and ``unpaired`` say a rule apart."""

RELAXATIONS: Mapping[str, str] = {
    "later": "Serve it {amount} later, until {at}",
    "earlier": "Serve it {amount} earlier, from {at}",
    "overtime": "{amount} more overtime",
    "overload": "Accept {amount} over capacity",
    "skill": "Accept that {detail} is missing",
    "people": "Accept {amount} people short",
    "territory": "Accept another territory: {detail}",
    "depot": "Accept goods of {detail}",
    "stops": "Accept {amount} stops more",
    "distance": "Accept {amount} more",
    "unlock": "Unlock the route",
    "split": "Split over two vans: {amount} on the second",
    "drop": "Leave {detail} out instead",
    "fits": "Just place it",
}
"""What would let a stop in, one thing at a time."""

ADMITTED = "accepted to let a stop in"


def blocked(key: str, amount_said: str = "", *, detail: str = "", at: str = "") -> str:
    """Why a driver cannot take a stop, number first: 14 min late at 10:44, 38 kg over."""
    phrase = tr(BLOCKS.get(key, key))
    return phrase.format(amount=amount_said, price=amount_said, detail=detail, at=at)


def relaxation(key: str, amount_said: str = "", *, detail: str = "", at: str = "") -> str:
    """What would let a stop in: 25 min more overtime."""
    return tr(RELAXATIONS.get(key, key)).format(amount=amount_said, detail=detail, at=at)


def admitted() -> str:
    """The reason that stands with a rule accepted to let a stop in, unless one is given."""
    return tr(ADMITTED)


def changes(drivers: int, order: int, promises: int) -> str:
    """How far a plan is from another: 3 change driver, 7 change order, 0 promises move."""
    parts = (
        trn("{n} changes driver", "{n} change driver", drivers).format(n=drivers),
        trn("{n} changes order", "{n} change order", order).format(n=order),
        trn("{n} promise moves", "{n} promises move", promises).format(n=promises),
    )
    return ", ".join(parts)
