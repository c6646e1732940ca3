"""Report rows as text: csv for a spreadsheet, and short lists."""

import csv
import io
from collections.abc import Sequence

from console.analytics.tables import harmless
from console.intake import Assumption, Reject


def report_csv(rejects: Sequence[Reject], assumptions: Sequence[Assumption]) -> str:
    """Kind, row, order, field and text of everything an import has to say."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("kind", "row", "order", "field", "text"))
    for reject in rejects:
        row = ("rejected", str(reject.row), reject.order or "", reject.field, reject.problem)
        writer.writerow([harmless(cell) for cell in row])
    for assumed in assumptions:
        rows = " ".join(str(row) for row in assumed.rows) or "all"
        row = ("assumed", rows, "", assumed.field, assumed.sentence)
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue()


def shortened(texts: Sequence[str], most: int = 4) -> str:
    """The first few, and how many more."""
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def unmeetable_sentence(rule: str) -> str:
    """``skill:adr`` or ``overloaded`` as a sentence."""
    name, _, detail = rule.partition(":")
    if name == "skill":
        return f"needs {detail.replace(';', ', ')}, held by nobody on shift"
    return "heavier or bigger than any vehicle that may take it"
