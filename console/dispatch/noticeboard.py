"""Notices within this process: the first way to the street."""

from collections.abc import Sequence

from console.dispatch.street import Notice, Notices


class Noticeboard:
    """Whoever follows is told, in order. Implements ``Notices``."""

    def __init__(self, followers: Sequence[Notices] = ()) -> None:
        self._followers = list(followers)

    def follow(self, follower: Notices) -> None:
        """Hand on to this one, too."""
        self._followers.append(follower)

    def leave(self, follower: Notices) -> None:
        """No longer."""
        self._followers.remove(follower)

    def send(self, notice: Notice) -> None:
        """Tell all."""
        for follower in tuple(self._followers):
            follower.send(notice)
