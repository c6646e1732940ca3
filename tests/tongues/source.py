"""Texts in the source: which are said through ``tr``, and which look as if they should be."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.shared import ROOT
from tests.tongues.kept import CALLS, FILES, KEYS, KEYWORDS, RAISED, TEXTS

SAID = ("ui", "wording.py", "formats.py", "dispatch", "intake")
"""Where texts for people stand, all of them said."""

TOLD = ("storage", "geo", "gateway", "planning", "analytics", "bootstrap.py")
"""Where some texts are: errors with their remedies, what goes on, paper. The rest are names."""

COMMAND_LINE = "keeper.py"
"""It answers ``doorstep db`` only, in English."""

_VERDICTS = frozenset(
    {"ConsoleError", "NotAllowed", "NotLetIn", "Disconnected", "Component", "progress"}
)

_WORD = re.compile(r"[A-Za-zÄÖÜäöü]{2,}")
_MARKUP = re.compile(
    r"\{[%{ ]|::|;[\s}]*$|^[a-z-]+: [\w#.%]+( [\w#.%]+)?$|^--|^#|^<|</|^:/|^\w+://|^application/|^\."
    r"|^[A-Z_0-9]+$|^[A-Z][A-Z ]+=|^PRAGMA |^&\w+="
)
"""Style sheets, markup, addresses and constants; a sentence may have a semicolon or a brace."""
_FORMAT = re.compile(r"^[%\w:.+\- ]*%[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Found:
    """A text of the source: where, what, and whether it goes through ``tr``."""

    file: str
    line: int
    text: str
    many: str = ""


def modules() -> Iterator[Path]:
    """Every module whose texts people read."""
    for name in SAID:
        place = ROOT / "console" / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            if str(path.relative_to(ROOT / "console")) not in FILES:
                yield path


def tellers() -> Iterator[Path]:
    """Modules that say some texts to people."""
    for name in TOLD:
        place = ROOT / "console" / name
        found = [place] if place.is_file() else sorted(place.rglob("*.py"))
        yield from (each for each in found if each.name != COMMAND_LINE)


def untold(path: Path) -> list[Found]:
    """Errors, remedies and progress that do not go through ``tr``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[ast.Constant | ast.JoinedStr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node.func) in _VERDICTS:
            for child in (*node.args, *(each.value for each in node.keywords)):
                _look(child, found)
    return [Found(_name(path), n.lineno, template(n)) for n in found]


def said(path: Path) -> list[Found]:
    """What a module says through ``tr`` and ``trn``."""
    found: list[Found] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name(id="tr" | "phrase") | ast.Attribute(attr="tr"),
                args=[ast.Constant(value=str(text)), *_],
            ):
                found.append(Found(_name(path), node.lineno, text))
            case ast.Call(
                func=ast.Name(id="trn" | "phrases") | ast.Attribute(attr="trn"),
                args=[ast.Constant(value=str(one)), ast.Constant(value=str(many)), *_],
            ):
                found.append(Found(_name(path), node.lineno, one, many))
    return sorted(found, key=lambda each: each.line)


def unsaid(path: Path) -> list[Found]:
    """What looks like a text for people and does not go through ``tr``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [Found(_name(path), n.lineno, template(n)) for n in candidates(tree)]


def candidates(tree: ast.AST) -> list[ast.Constant | ast.JoinedStr]:
    """The nodes of texts that should be said, outermost only."""
    found: list[ast.Constant | ast.JoinedStr] = []
    _look(tree, found)
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def template(node: ast.Constant | ast.JoinedStr) -> str:
    """The text with a name for each value."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(_piece(part, {}) for part in node.values)


def _look(node: ast.AST, found: list[ast.Constant | ast.JoinedStr]) -> None:
    if isinstance(node, ast.JoinedStr):
        bare = "".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
        if _WORD.search(bare) and not _is_key(bare, spoken=True):
            found.append(node)
        else:
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    _look(part.value, found)
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and not _is_key(node.value):
            found.append(node)
        return
    for child in _children(node):
        _look(child, found)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Where texts for people may stand."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Call():
            yield from _of_call(node)
        case ast.Dict():
            yield from (v for k, v in zip(node.keys, node.values, strict=True) if not _is_kept(k))
        case ast.Compare() | ast.MatchValue() | ast.MatchMapping():
            return
        case ast.Subscript():
            yield node.value
        case ast.AnnAssign() | ast.Assign():
            yield from _of_assignment(node)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield from _of_definition(node)
        case _:
            yield from ast.iter_child_nodes(node)


def _of_assignment(node: ast.AnnAssign | ast.Assign) -> Iterator[ast.AST]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    if node.value is not None and not any(_is_named(each) for each in targets):
        yield node.value


def _of_definition(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
) -> Iterator[ast.AST]:
    if not isinstance(node, ast.ClassDef):
        yield from node.args.defaults
        yield from (each for each in node.args.kw_defaults if each is not None)
    yield from node.body


def _of_call(node: ast.Call) -> Iterator[ast.AST]:
    name = _called(node.func)
    yield node.func
    if name in {"tr", "trn", "phrase", "phrases"}:
        yield from (a for a in node.args if not isinstance(a, ast.Constant))
        yield from (k.value for k in node.keywords)
        return
    if name in RAISED:
        return
    if name in CALLS:
        yield from (a for a in node.args if isinstance(a, ast.Call))
        return
    yield from node.args
    yield from (k.value for k in node.keywords if k.arg not in KEYWORDS)


def _called(func: ast.AST) -> str:
    match func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _is_kept(key: ast.AST | None) -> bool:
    return isinstance(key, ast.Constant) and key.value in KEYS


def _is_named(target: ast.AST) -> bool:
    """A constant of whom the list says that it holds keys."""
    return isinstance(target, ast.Name) and target.id in KEYS


def _is_key(text: str, *, spoken: bool = False) -> bool:
    """A name for the program rather than a text for people."""
    bare = text.strip()
    if text in TEXTS or not _WORD.search(bare) or _MARKUP.search(text) or _FORMAT.match(text):
        return True
    if spoken:
        return "_" in bare and " " not in bare
    if " " in bare:
        return False
    return not (bare[:1].isupper() or bare.endswith("…")) or bool(
        re.search(r"[a-z][A-Z]|\d|[_/+]", bare)
    )


def _piece(part: ast.expr, names: dict[str, str]) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value).replace("{", "{{").replace("}", "}}")
    assert isinstance(part, ast.FormattedValue)
    name = _placeholder(part.value, names)
    turned = f"!{chr(part.conversion)}" if part.conversion != -1 else ""
    spec = part.format_spec
    told = (
        "".join(str(p.value) for p in spec.values if isinstance(p, ast.Constant))
        if isinstance(spec, ast.JoinedStr)
        else ""
    )
    return f"{{{name}{turned}{f':{told}' if told else ''}}}"


def _placeholder(value: ast.expr, names: dict[str, str]) -> str:
    source = ast.unparse(value)
    if source in names:
        return names[source]
    base = _base(value)
    name, n = base, 2
    while name in names.values():
        name, n = f"{base}{n}", n + 1
    names[source] = name
    return name


def _base(value: ast.expr) -> str:
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_") or "value"
        case ast.Call(func=ast.Name(id="len" | "str" | "round" | "number"), args=[first, *_]):
            return _base(first)
        case ast.Call(func=ast.Attribute(attr="say" | "strip" | "join" | "format" | "get")):
            return "text"
        case ast.Call(func=func):
            return _base(func)
        case ast.Subscript(value=inner):
            return _base(inner)
        case _:
            return "value"


def values(node: ast.JoinedStr) -> tuple[str, dict[str, ast.expr]]:
    """The template of an f-string, and what stands for each name."""
    names: dict[str, str] = {}
    text = "".join(_piece(part, names) for part in node.values)
    nodes = {
        ast.unparse(p.value): p.value for p in node.values if isinstance(p, ast.FormattedValue)
    }
    return text, {names[source]: each for source, each in nodes.items()}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
