"""Routes in their drivers' hands: who is told what, and what has changed since it was told."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.dispatch.desk import Desk
from console.dispatch.journal import Draft, Entry
from console.dispatch.manifests import ManifestChanges, changes, manifest_of
from console.dispatch.picture import PictureChange
from console.dispatch.street import Notice, NoticeKind, Notices
from console.dispatch.workday import Workday
from console.domain.patch import Patch
from console.domain.plan import Plan, Route, RouteId, Stop, StopId


@dataclass(slots=True)
class Announcer:
    """Sends a notice for each route that is released or withdrawn, whoever did it and however."""

    workday: Workday
    notices: Notices

    def __post_init__(self) -> None:
        self.workday.follow(self.changed)

    def changed(self, change: PictureChange) -> None:
        """A step was made: undo and colleagues' steps come this way, too."""
        before, after = change.before.plan.routes, change.after.plan.routes
        for key in sorted(change.routes or (after if change.everything else ())):
            was, now = before.get(key), after.get(key)
            if is_handed_out(was, now):
                told = changes_since(self.workday.desk, key, again=True)
                manifest = manifest_of(change.after, key)
                self.notices.send(Notice(NoticeKind.RELEASED, key, manifest, told))
            elif _is_out(was) and not _is_out(now):
                self.notices.send(Notice(NoticeKind.WITHDRAWN, key))


def changes_since(desk: Desk, route: RouteId, *, again: bool = False) -> ManifestChanges | None:
    """What has changed on a route since it was last released; None where it never was.

    ``again`` passes over the release that holds now: what it changed against the one before.
    """
    found = _given(desk, route)
    is_out = route in desk.plan.routes and desk.plan.routes[route].released
    if again and is_out:
        next(found, None)
    last = next(found, None)
    if last is None or route not in desk.plan.routes:
        return None
    return changes(desk.plan, route, last.version, last.stops)


def given_last(desk: Desk, route: RouteId) -> tuple[int, dict[StopId, Stop]] | None:
    """The version that released a route last and its stops then, in order."""
    last = next(_given(desk, route), None)
    return None if last is None else (last.version, last.stops)


@dataclass(frozen=True, slots=True)
class _Given:
    """A route's stops, in order, as they were when it was released."""

    version: int
    stops: dict[StopId, Stop]


def _given(desk: Desk, route: RouteId) -> Iterator[_Given]:
    """What its driver was given, the latest first; as far back as this desk remembers."""
    past = _Past(desk.plan, route)
    rows: list[Entry | Draft] = [*desk.entries, *desk.outbox]
    for row in reversed(rows):
        for delta in row.patch.routes:
            if delta.key == route and is_handed_out(delta.before, delta.after):
                yield _Given(row.version, past.stops())
        past.back(row.patch)


class _Past:
    """One route as it was before, row by row."""

    def __init__(self, plan: Plan, route: RouteId) -> None:
        self._plan, self._key = plan, route
        self._route = plan.routes.get(route)
        self._changed: dict[str, Stop | None] = {}

    def back(self, patch: Patch) -> None:
        """To before this patch."""
        for delta in patch.routes:
            if delta.key == self._key:
                self._route = delta.before
        self._changed |= {delta.key: delta.before for delta in patch.stops}

    def stops(self) -> dict[StopId, Stop]:
        """The route's stops then."""
        order = self._route.stops if self._route else ()
        found = {key: self._changed.get(key, self._plan.stops.get(key)) for key in order}
        return {key: stop for key, stop in found.items() if stop is not None}


def is_handed_out(was: Route | None, now: Route | None) -> bool:
    """True for a step that gives a route to its driver, for the first time or amended."""
    if now is None or not now.released:
        return False
    return was is None or not was.released or was.edition != now.edition


def _is_out(route: Route | None) -> bool:
    return route is not None and route.released
