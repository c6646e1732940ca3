"""Runs of stops that join in constant time (Vidal et al. 2013, "time window segments").

A segment is (duration, warp, earliest, latest) in seconds: the least duration of the run, its
lateness, and the span of starts that attain both. It holds for stops with one window at most, on
travel times that do not depend on the hour.
"""

UNLIMITED = 1 << 40

Segment = tuple[int, int, int, int]


def joined(one: Segment, hop: int, other: Segment) -> Segment:
    """Two segments with ``hop`` seconds of travel between them."""
    duration, warp, earliest, latest = one
    spent = duration - warp + hop
    wait = other[2] - spent - latest
    late = earliest + spent - other[3]
    if wait > 0:
        return (duration + other[0] + hop + wait, warp + other[1], latest, latest)
    if late > 0:
        return (duration + other[0] + hop, warp + other[1] + late, earliest, earliest)
    return (
        duration + other[0] + hop,
        warp + other[1],
        max(other[2] - spent, earliest),
        min(other[3] - spent, latest),
    )


def stop_segment(service: int, windows: tuple[tuple[int, int], ...]) -> Segment:
    """One stop; of several windows the first, which is then not the whole truth."""
    earliest, latest = windows[0] if windows else (0, UNLIMITED)
    return (service, 0, earliest, latest)


def pause_segment(duration: int, earliest: int, latest: int, hop: int) -> Segment | None:
    """A break within [earliest, latest] on a leg of ``hop`` seconds, as if before setting off.

    It may begin on the way or at the door, so that leaving up to ``hop`` seconds before it may
    begin is early enough. None when it is longer than its hours.
    """
    if latest - duration < earliest:
        return None
    return (duration, 0, earliest - hop, latest - duration)
