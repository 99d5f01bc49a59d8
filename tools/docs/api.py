"""The reference of the Python interface, from docstrings and signatures: a page a room.

python -m tools write api
"""

from __future__ import annotations

import ast
import inspect
import re
from collections import ChainMap
from collections.abc import Iterator
from dataclasses import is_dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..parts import Made
from ..places import ROOT

ROOMS = (
    "desk",
    "core",
    "filings",
    "lines",
    "ledger",
    "ledger.records",
    "guidance",
    "season",
    "search",
    "coverage",
    "discover",
    "company",
    "bitcoin",
    "nowcast",
    "outlook",
    "site",
    "site.forecast",
    "watch",
    "assistant",
    "web",
    "formula",
    "report",
    "testing",
    "testing.generated",
    "testing.services",
    "testing.services.http",
    "testing.services.edgar",
    "testing.services.network",
    "testing.services.ercot",
)
_FOLDER = ROOT / "docs" / "api"
_MOST = 88  # characters of a signature on one line


def page(room: str) -> str:
    """A room's public names with their signatures and docstrings."""
    module = import_module(f"hashpivot.{room}")
    written = "Generated from the code by `python -m tools write api`."
    head = f"# hashpivot.{room}\n\n{inspect.getdoc(module)}\n\n{written}\n"
    return head + "".join(f"\n{entry}" for name in module.__all__ for entry in _entry(module, name))


def _entry(module: Any, name: str) -> Iterator[str]:
    value = getattr(module, name)
    if inspect.isclass(value):
        yield f"## {name}\n\n```py\nclass {name}{_signature(value)}\n```\n\n{_text(value)}\n"
        yield from (f"### {name}.{member}\n\n{block}\n" for member, block in _members(value))
    elif callable(value):
        yield f"## {name}\n\n```py\n{name}{_signature(value)}\n```\n\n{_text(value)}\n"
    else:
        yield f"## {name}\n\n{_constant(module.__name__, name, value)}\n"


def _members(cls: type) -> Iterator[tuple[str, str]]:
    """Public methods and properties that the class defines and documents, or a private base for it."""
    private = (vars(base) for base in cls.__mro__[1:] if base.__name__.startswith("_"))
    for name, member in dict(ChainMap(dict(vars(cls)), *map(dict, private))).items():
        function = member.__func__ if isinstance(member, classmethod | staticmethod) else member
        if name.startswith("_") or not inspect.getdoc(function):
            continue
        if isinstance(member, property):
            yield name, _text(member)
        elif inspect.isfunction(function):
            yield name, f"```py\n{name}{_signature(function)}\n```\n\n{_text(function)}"


def _text(value: Any) -> str:
    """The docstring, its sections as lists; a dataclass without one of its own has none."""
    text = inspect.getdoc(value) or ""
    if is_dataclass(value) and text.startswith(f"{value.__name__}("):
        return ""
    text = re.sub(r"^(Args|Returns|Raises|Yields):$", r"**\1**\n", text, flags=re.MULTILINE)
    return re.sub(r"^ {4}(\w[\w, *]*): ", r"- `\1`: ", text, flags=re.MULTILINE)


def _signature(value: Any) -> str:
    """Parameters with their annotations, on one line if there is room; a class returns itself."""
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return ""
    if inspect.isclass(value):
        signature = signature.replace(return_annotation=inspect.Signature.empty)
    signature = signature.replace(parameters=[_brief(one) for one in signature.parameters.values()])
    text = _plain(str(signature))
    if len(text) <= _MOST:
        return text
    parts = ",\n    ".join(_plain(str(parameter)) for parameter in signature.parameters.values())
    returned = text.rpartition(") -> ")[2] if ") -> " in text else ""
    return f"(\n    {parts},\n)" + (f" -> {returned}" if returned else "")


class _Elided:
    """A default that is no reading matter."""

    def __repr__(self) -> str:
        return "..."


def _brief(parameter: inspect.Parameter) -> inspect.Parameter:
    """A parameter whose default holds functions, and so addresses that differ from run to run, without it."""
    function = inspect.isroutine(parameter.default)
    elided = not function and " at 0x" in repr(parameter.default)
    return parameter.replace(default=_Elided()) if elided else parameter


def _plain(text: str) -> str:
    """Annotations without the quotes that postponed evaluation leaves, defaults without addresses."""
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)
    text = re.sub(r"<function (\w+) at 0x\w+>", r"\1", text)
    return re.sub(r"<factory>|<[\w.]+ object at 0x\w+>", "...", text)


def _constant(room: str, name: str, value: Any) -> str:
    """What kind of thing a constant is, and the words below it in the code."""
    kind = type(value).__name__
    shown = f"a {kind} of {len(value)}" if hasattr(value, "__len__") and kind != "str" else f"`{value}`"
    words = next(filter(None, (_words(path.read_text(encoding="utf-8"), name) for path in _files(room))), "")
    return f"{shown}. {' '.join(words.split())}".rstrip(" .") + "."


def _files(room: str) -> list[Path]:
    return sorted(Path(str(import_module(room).__file__)).parent.rglob("*.py"))


def _words(text: str, name: str) -> str:
    """The string that stands below an assignment to a name at the top of a module."""
    body = ast.parse(text).body
    for assignment, below in pairwise(body):
        targets = assignment.targets if isinstance(assignment, ast.Assign) else ()
        if isinstance(assignment, ast.AnnAssign):
            targets = (assignment.target,)
        named = any(isinstance(target, ast.Name) and target.id == name for target in targets)
        if named and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            return str(below.value.value)
    return ""


def make() -> Made:
    """Every page, and nothing beside them."""
    return {_FOLDER / f"{room}.md": page(room) for room in ROOMS}
