"""Keeps what was assumed while rows were read."""

from console.intake.report import Assumption
from console.tongues import Phrase, phrase

Because = tuple[Phrase, Phrase]
"""What was found and what was made of it: "No weight", "0 kg assumed"."""


class Ledger:
    """Collects equal assumptions of many rows into one sentence each."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, Phrase, Phrase], list[int]] = {}

    def note(self, row: int, field: str, value: str, because: Because) -> None:
        """``value`` is what nobody wrote down."""
        rows = self._rows.setdefault((field, value, *because), [])
        if row not in rows[-1:]:  # two orders of one row
            rows.append(row)

    def assumptions(self, total: int) -> tuple[Assumption, ...]:
        """One assumption per kind, in the order they first came up; ``total`` rows were read."""
        return tuple(
            Assumption(field, value, tuple(rows), _sentence(found, made, rows, total))
            for (field, value, found, made), rows in self._rows.items()
        )


def _sentence(found: Phrase, made: Phrase, rows: list[int], total: int) -> Phrase:
    if len(rows) == 1:
        return phrase("{found} in row {row}: {made}.", found=found, row=rows[0], made=made)
    if len(rows) == total:
        return phrase("{found} in all {n} rows: {made}.", found=found, n=total, made=made)
    return phrase("{found} in {n} rows: {made}.", found=found, n=len(rows), made=made)
