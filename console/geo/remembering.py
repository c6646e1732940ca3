"""What was worked out of names, kept while many addresses are looked up and let go afterwards.

Within one file the same streets, towns and words come again and again; tomorrow's are others. Kept
for ever, they would take more memory every day until every cache is full: some 200 MB.
"""

from collections.abc import Callable
from functools import (
    _lru_cache_wrapper,  # pyright: ignore[reportPrivateUsage] - what lru_cache answers
    lru_cache,
)

_CLEARS: list[Callable[[], None]] = []


def remembered[T](most: int) -> "Callable[[Callable[..., T]], _lru_cache_wrapper[T]]":
    """Keep so many answers of a function, until ``forget``."""

    def dressed(call: Callable[..., T]) -> "_lru_cache_wrapper[T]":
        made = lru_cache(maxsize=most)(call)
        _CLEARS.append(made.cache_clear)
        return made

    return dressed


def forget() -> None:
    """Let go of all answers; any thread."""
    for clear in _CLEARS:
        clear()
