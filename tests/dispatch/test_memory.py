"""Memory: what is held is told, and what is freed goes back."""

import sys

import pytest

from console.dispatch.memory import give_back, resident

MEGABYTE = 1_000_000
PIECE, PIECES = 1_000, 60_000


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what a process holds")
def test_what_was_freed_between_what_is_held_goes_back() -> None:
    before = resident()
    held = [b"x" * PIECE for _ in range(PIECES)]
    full = resident()
    kept = held[::200]  # so that the heap cannot simply shrink
    del held
    give_back()
    after = resident()
    assert before is not None
    assert full is not None
    assert after is not None
    assert full - before > 40 * MEGABYTE
    assert full - after > 30 * MEGABYTE
    assert len(kept) == PIECES / 200


def test_giving_back_with_nothing_to_give_is_no_matter() -> None:
    give_back()
    give_back()
