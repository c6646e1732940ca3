"""Text as it is compared with what somebody types."""

import unicodedata
from functools import lru_cache

KEPT = 50_000
"""Folded texts that are kept: every letter typed looks through all of them."""


@lru_cache(maxsize=KEPT)
def folded(text: str) -> str:
    """Lower case without accents: ``Zoë`` is found by ``zoe``, ``Straße`` by ``strasse``."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))
