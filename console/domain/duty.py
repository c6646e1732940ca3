"""What a route has to do, as the reference evaluator sees it: whole numbers, epoch seconds."""

from dataclasses import dataclass

Window = tuple[int, int]
Rests = tuple[int, int, int, int]
"""The driving rule in seconds: limit, rest, first part, second part."""

WHERE_IT_BEGAN = -1


@dataclass(frozen=True, slots=True)
class Task:
    """A stop: matrix row, service (s), windows (epoch s, sorted), and when it was left if it was.

    ``left_at`` fixes a stop that was already served. ``setup`` seconds pass before service where
    the row before was another one. Service that begins after ``soft_latest`` is softly late. A
    window whose end lies before its beginning cannot be met: service begins no earlier than it
    begins, and is late by its end (see ``hours``). Nothing begins before ``not_before``. What was
    reported holds: the driver came at ``arrived_at``, and is there until ``held_until`` at least.
    """

    row: int
    service: int
    windows: tuple[Window, ...] = ()
    left_at: int | None = None
    setup: int = 0
    soft_latest: int | None = None
    not_before: int = 0
    arrived_at: int | None = None
    held_until: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """A break: duration (s), wholly within [earliest, latest], owed above ``after`` s of route.

    One that ``is_taken`` was reported: it is where it is, whatever was reported beside it.
    """

    duration: int
    earliest: int
    latest: int
    after: int
    is_taken: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift: row where it begins, window, last allowed return, break; epoch seconds.

    ``left_at`` is set once the route has started: it then leaves neither earlier nor later.
    ``end_row`` is where it ends, None for nowhere: with the departure from the last stop. With
    ``fixed_start`` it leaves at ``leave`` exactly. ``driving`` is the driving rule. ``ended_at`` is
    when it was reported to be back. From where it stands by the reports it goes on no sooner than
    ``held_until``.
    """

    row: int
    start: int
    end: int
    latest_end: int
    pause: Pause | None = None
    left_at: int | None = None
    end_row: int | None = WHERE_IT_BEGAN
    fixed_start: bool = False
    driving: Rests | None = None
    ended_at: int | None = None
    held_until: int = 0

    def __post_init__(self) -> None:
        if self.end_row == WHERE_IT_BEGAN:
            object.__setattr__(self, "end_row", self.row)

    @property
    def leave(self) -> int:
        """The first moment to leave where the route begins."""
        return self.start if self.left_at is None else self.left_at

    @property
    def is_fixed(self) -> bool:
        """True when it leaves at ``leave`` and at no other moment."""
        return self.fixed_start or self.left_at is not None
