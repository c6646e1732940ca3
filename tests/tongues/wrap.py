"""Texts that are not said yet are sent through ``tr``: ``python -m tests.tongues wrap``."""

import ast
import textwrap
from dataclasses import dataclass
from pathlib import Path

from tests.tongues import source

_WIDE = 76
_BEHIND = "from console.tongues import "


def wrap(path: Path) -> int:
    """Rewrite a module; how many texts were sent through ``tr``. Layout is the formatter's."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    found = source.candidates(tree)
    if not found:
        return 0
    page = _Page(text)
    said = page.rewritten(0, len(page.raw), found)
    path.write_text(_imported(said), encoding="utf-8")
    return len(found)


class _Page:
    """A module's bytes, in which nodes have their places."""

    def __init__(self, text: str) -> None:
        self.raw = text.encode()
        self._starts = [0]
        for line in self.raw.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Where a node begins and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        begin = self._starts[node.lineno - 1] + node.col_offset
        return begin, self._starts[node.end_lineno - 1] + node.end_col_offset

    def rewritten(self, begin: int, end: int, found: list[ast.Constant | ast.JoinedStr]) -> str:
        """This part with calls in place of texts."""
        pieces: list[str] = []
        for node in found:
            first, last = self.span(node)
            pieces += [self.raw[begin:first].decode(), self.call(node)]
            begin = last
        return "".join([*pieces, self.raw[begin:end].decode()])

    def call(self, node: ast.Constant | ast.JoinedStr) -> str:
        """``tr("...", name=value)``, or ``trn`` where the text itself tells one from many."""
        if isinstance(node, ast.Constant):
            return f"tr({_quoted(str(node.value))})"
        counted = _counted(node)
        if counted is None:
            text, values = source.values(node)
            return f"tr({', '.join([_quoted(text), *self._given(values)])})"
        first, values = source.values(counted.one)
        second, others = source.values(counted.many)
        count = self._source(counted.count)
        given = self._given(others | values)
        return f"trn({', '.join([_quoted(first), _quoted(second), count, *given])})"

    def _given(self, values: dict[str, ast.expr]) -> list[str]:
        return [f"{name}={self._source(value)}" for name, value in values.items()]

    def _source(self, value: ast.expr) -> str:
        return self.rewritten(*self.span(value), source.candidates(value))


@dataclass(frozen=True, slots=True)
class _Counted:
    """The text for one, the text for many, and what is counted."""

    one: ast.JoinedStr
    many: ast.JoinedStr
    count: ast.expr


def _counted(node: ast.JoinedStr) -> _Counted | None:
    """A text with ``{'stop' if n == 1 else 'stops'}`` in it; None for others."""
    for at, part in enumerate(node.values):
        match part:
            case ast.FormattedValue(
                value=ast.IfExp(
                    test=ast.Compare(
                        left=count,
                        ops=[ast.Eq() | ast.NotEq() as is_one],
                        comparators=[ast.Constant(value=1)],
                    ),
                    body=ast.Constant() as body,
                    orelse=ast.Constant() as orelse,
                )
            ):
                told = [
                    ast.JoinedStr([*node.values[:at], word, *node.values[at + 1 :]])
                    for word in (body, orelse)
                ]
                one, many = told if isinstance(is_one, ast.Eq) else reversed(told)
                return _Counted(one, many, count)
            case _:
                pass
    return None


def _quoted(text: str) -> str:
    parts = textwrap.wrap(
        text, _WIDE, drop_whitespace=False, replace_whitespace=False, break_long_words=False
    )
    parts = parts if "".join(parts) == text else [text]
    return " ".join(_literal(part) for part in parts)


def _literal(text: str) -> str:
    told = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    for sign in "\u2009\u00a0\u202f":
        told = told.replace(sign, f"\\u{ord(sign):04x}")
    return f'"{told}"'


def _imported(text: str) -> str:
    """With what it now needs; where the line belongs is the formatter's."""
    before = next((one for one in text.splitlines() if one.startswith(_BEHIND)), "")
    kept = {name.strip() for name in before.removeprefix(_BEHIND).split(",")}
    used = sorted(kept - {""} | {name for name in ("tr", "trn") if f"{name}(" in text})
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(_BEHIND)]
    body = ast.parse("".join(lines)).body
    begin = 1 if body and isinstance(body[0], ast.Expr) else 0
    at = body[begin].lineno - 1 if len(body) > begin else len(lines)
    first = next((n.lineno - 1 for n in body if isinstance(n, (ast.Import, ast.ImportFrom))), at)
    lines.insert(first, f"{_BEHIND}{', '.join(used)}\n")
    return "".join(lines)
