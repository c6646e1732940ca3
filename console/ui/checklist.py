"""The steps of a day, from the files to the drivers, and where each stands; pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from console.dispatch.picture import Picture
from console.domain.plan import StopId
from console.tongues import tr, trn
from console.ui.theme.figures import number


class State(StrEnum):
    """How a step looks. LOOK is done in part and needs eyes."""

    DONE = "done"
    LOOK = "look"
    NOW = "now"
    LATER = "later"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; ``deed`` does it, ``note`` says where it stands."""

    key: str
    name: str
    deed: str
    state: State
    note: str

    @property
    def is_open(self) -> bool:
        """True while it is neither done nor skipped."""
        return self.state not in (State.DONE, State.SKIPPED)


@dataclass(frozen=True, slots=True)
class Progress:
    """What the plan itself does not say: reasons of skipped steps, and who could not be served.

    ``hopeless`` is None until it was looked into.
    """

    skipped: Mapping[str, str] = field(default_factory=dict[str, str])
    hopeless: frozenset[StopId] | None = None


Judge = Callable[[Picture, Progress], tuple[bool, bool, str]]
"""(is done, needs a look, where it stands)."""


def checklist(picture: Picture, progress: Progress) -> list[Step]:
    """All steps in order; the first that is open is the present one."""
    made: list[Step] = []
    present = True
    for key, name, deed, judge in _STEPS:
        done, look, note = judge(picture, progress)
        state = State.DONE if done else State.LOOK if look else State.LATER
        if not done and key in progress.skipped:
            state = State.SKIPPED
            note = tr(
                "{note}; skipped: {skipped}", note=note, skipped=progress.skipped[key]
            ).removeprefix("; ")
        elif present and state is State.LATER:
            state = State.NOW
        present = present and state in (State.DONE, State.SKIPPED)
        made.append(Step(key, name, deed, state, note))
    return made


def before(steps: Sequence[Step], key: str) -> list[Step]:
    """The open steps that doing this one would pass over."""
    keys = [step.key for step in steps]
    return [step for step in steps[: keys.index(key)] if step.is_open]


def present(steps: Sequence[Step]) -> Step | None:
    """The first open step; None when the day is on its way."""
    return next((step for step in steps if step.is_open), None)


def _imported(picture: Picture, _progress: Progress) -> tuple[bool, bool, str]:
    orders, drivers = picture.totals.orders, len(picture.plan.routes)
    notes = (
        _count(orders, trn("order", "orders", orders)),
        _count(drivers, trn("driver", "drivers", drivers)),
    )
    return orders > 0 and drivers > 0, False, ", ".join(notes)


def _located(picture: Picture, _progress: Progress) -> tuple[bool, bool, str]:
    missing = len(picture.off_road)
    if not picture.totals.orders:
        return False, False, tr("no orders yet")
    if missing:
        return (
            False,
            True,
            tr("{count} not found", count=_count(missing, trn("address", "addresses", missing))),
        )
    ready = picture.is_timed
    return (
        ready,
        False,
        tr("every address is on the map") if ready else tr("travel times are missing"),
    )


def _validated(picture: Picture, progress: Progress) -> tuple[bool, bool, str]:
    found = progress.hopeless
    if found is None or not picture.totals.orders:
        return False, False, tr("not looked into yet")
    if found:
        return (
            False,
            True,
            tr(
                "{count} that nobody on shift could serve",
                count=_count(len(found), trn("stop", "stops", len(found))),
            ),
        )
    return True, False, tr("every order fits somebody on shift")


def _optimised(picture: Picture, _progress: Progress) -> tuple[bool, bool, str]:
    sums = picture.totals
    return (
        sums.served > 0,
        False,
        tr(
            "{served} of {orders} orders served",
            served=number(sums.served),
            orders=number(sums.orders),
        ),
    )


def _reviewed(picture: Picture, _progress: Progress) -> tuple[bool, bool, str]:
    sums = picture.totals
    if not sums.served:
        return False, False, tr("nothing is planned yet")
    if picture.lacks_times:
        return False, False, tr("travel times are missing")
    parts = (
        [tr("{unassigned} without a driver", unassigned=number(sums.unassigned))]
        if sums.unassigned
        else []
    )
    parts += (
        [_count(sums.harms, trn("broken rule", "broken rules", sums.harms))] if sums.harms else []
    )
    return not parts, bool(parts), ", ".join(parts) or tr("everybody is served, no rule is broken")


def _locked(picture: Picture, _progress: Progress) -> tuple[bool, bool, str]:
    routes = [route for route in picture.plan.routes.values() if route.stops]
    count = sum(route.is_frozen for route in routes)
    return _counted(count, len(routes), tr("locked"))


def _released(picture: Picture, _progress: Progress) -> tuple[bool, bool, str]:
    routes = [route for route in picture.plan.routes.values() if route.stops]
    count = sum(route.released for route in routes)
    return _counted(count, len(routes), tr("released"))


def _count(count: int, what: str) -> str:
    return f"{number(count)} {what}"


def _counted(count: int, whole: int, what: str) -> tuple[bool, bool, str]:
    note = tr(
        "{count} of {whole} routes {what}", count=number(count), whole=number(whole), what=what
    )
    return whole > 0 and count == whole, 0 < count < whole, note


_STEPS: tuple[tuple[str, str, str, Judge], ...] = (
    ("import", tr("Import"), "import_orders", _imported),
    ("locate", tr("Locate"), "fix_addresses", _located),
    ("validate", tr("Validate"), "validate", _validated),
    ("optimise", tr("Optimise"), "optimise", _optimised),
    ("review", tr("Review"), "review", _reviewed),
    ("lock", tr("Lock"), "lock_day", _locked),
    ("release", tr("Release"), "release_day", _released),
)
