"""Nothing is printed but through the two modules that make text safe: one of the commands, one of Rich."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "hashpivot"
GATES = {"cli/shared/_output.py", "report/terminal/_console.py"}
OWN = {"testing/services/__main__.py"}
"""Modules that print nothing but their own words."""
RICH = {"rich.cells"}
"""Parts of Rich that print nothing."""
MODULES = {path.relative_to(SOURCE).as_posix(): path for path in SOURCE.rglob("*.py")}


def prints(text: str) -> Iterator[str]:
    """What a module does that could put text on a terminal, each with its line."""
    tree = ast.parse(text)
    skipped = set(_of_type_checking(tree))
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.ImportFrom | ast.Import):
            yield from (f"{node.lineno}: imports {name}" for name in _modules(node) if _is_rich(name))
        elif isinstance(node, ast.Call):
            yield from (f"{node.lineno}: {call}" for call in [_call(node.func)] if call)


def _of_type_checking(tree: ast.Module) -> Iterator[ast.AST]:
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from ast.walk(node)


def _modules(node: ast.ImportFrom | ast.Import) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if node.module and not node.level else []


def _is_rich(name: str) -> bool:
    return name.split(".")[0] == "rich" and name not in RICH


def _call(function: ast.expr) -> str:
    """A call that prints, as written; empty for any other."""
    name = ast.unparse(function)
    owner, _, last = name.rpartition(".")
    if name in ("print", "pprint", "pprint.pprint") or name.startswith("sys.stdout.write"):
        return name
    if name.startswith("logging.") and last != "getLogger":  # which prints nothing
        return name
    if owner.endswith("logger") and last in (
        "debug",
        "info",
        "warning",
        "error",
        "exception",
        "critical",
        "log",
    ):
        return name
    if name.startswith("click.") and last in ("echo", "secho", "echo_via_pager", "confirm", "prompt"):
        return name
    if name.startswith(("sys.stderr.", "sys.stdout.", "sys.__std")) and last != "isatty":
        return name
    console = owner.endswith("console") and last in ("print", "out", "log", "print_json")
    return name if console or (owner and last in ("add_row", "add_column")) else ""


def test_nothing_is_printed_beside_the_gates() -> None:
    """Use `echo`, `complain` and `print_json` of `cli.shared`, or `print_line` and the like of `report`."""
    texts = {name: MODULES[name].read_text(encoding="utf-8") for name in MODULES.keys() - GATES - OWN}
    assert not [f"{name}:{what}" for name, text in sorted(texts.items()) for what in prints(text)]


@pytest.mark.parametrize("gate", sorted(GATES))
def test_the_gates_are_where_they_are(gate: str) -> None:
    assert list(prints(MODULES[gate].read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        "print('x')",
        "import click\nclick.echo('x')",
        "import sys\nsys.stderr.write('x')",
        "def f(console):\n    console.print('x')",
        "def f():\n    from rich.text import Text",
        "import rich",
        "table.add_row('x')",
    ],
)
def test_prints_are_seen(text: str) -> None:
    assert list(prints(text))


def test_types_are_no_prints() -> None:
    text = "if TYPE_CHECKING:\n    from rich.console import Console\nimport sys\nsys.stderr.isatty()"
    assert not list(prints(text))
