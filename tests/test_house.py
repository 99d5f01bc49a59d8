"""Arrows run one way: `[tool.house]` of pyproject.toml against every import, absolute or relative."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "hashpivot"
HOUSE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["house"]
ROOMS: dict[str, list[str]] = HOUSE["rooms"]
INNER: dict[str, list[str]] = HOUSE["inner"]
FACES: list[str] = HOUSE["faces"]  # each may import every room, and the faces before it
ALLOWED = ROOMS | {face: [*ROOMS, *FACES[:rank]] for rank, face in enumerate(FACES)}
BELOW_ALL = {"hashpivot._lazy", "hashpivot._renamed"}  # how packages show names; they know no room
MOST_MODULES = 15


def module_of(path: Path) -> str:
    """Dotted name of a file, `hashpivot.core` for a package."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in SOURCE.rglob("*.py")}


def imports(module: str, text: str, package: bool) -> Iterator[str]:
    """Names of our modules a module imports, anywhere in it."""
    home = module if package else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "hashpivot")
        elif isinstance(node, ast.ImportFrom):
            target = resolve_name("." * node.level + (node.module or ""), home)
            if target.split(".")[0] == "hashpivot":
                inside = [f"{target}.{alias.name}" for alias in node.names]
                yield from (name if name in MODULES else target for name in inside)


@cache
def arrows() -> list[tuple[str, str]]:
    """Every import of one of our modules by another."""
    return sorted(
        (module, target)
        for module, path in MODULES.items()
        for target in set(imports(module, path.read_text(encoding="utf-8"), path.name == "__init__.py"))
    )


def room(module: str) -> str:
    """`core` of `hashpivot.core._line`; empty for a module beside the rooms."""
    name = ".".join(module.split(".")[1:2])
    return "" if name.startswith("_") else name


def test_rooms_import_only_what_the_house_allows() -> None:
    wrong = [
        (module, target)
        for module, target in arrows()
        if room(module) in ALLOWED
        and room(target) not in {room(module), *ALLOWED[room(module)]}
        and target not in BELOW_ALL
    ]
    assert not wrong


def test_every_folder_is_a_room_of_the_house() -> None:
    folders = {
        path.parent.relative_to(SOURCE).as_posix().replace("/", ".") for path in SOURCE.rglob("__init__.py")
    }
    inner = {f"{outer}.{name}" for outer, names in INNER.items() for name in names}
    assert folders == {".", *ROOMS, *FACES, *inner}


@pytest.mark.parametrize("outer", INNER)
def test_inner_rooms_import_only_those_before_them(outer: str) -> None:
    base = f"hashpivot.{outer}."
    order = {name: place for place, name in enumerate(INNER[outer])}

    def place(module: str) -> int:
        """Its rank in the order; the room itself and modules beside the inner rooms rank above all."""
        return (
            order.get(module.removeprefix(base).split(".")[0], len(order))
            if module.startswith(base)
            else len(order)
        )

    inside = [(m, t) for m, t in arrows() if m.startswith(base) and (t + ".").startswith(base)]
    assert inside
    wrong = [(m, t) for m, t in inside if place(m) < place(t)]
    assert not wrong


def test_no_circle_of_modules() -> None:
    graph: dict[str, set[str]] = {}
    for module, target in arrows():
        if (
            MODULES[module].name != "__init__.py"
            and MODULES.get(target, Path("__init__.py")).name != "__init__.py"
        ):
            graph.setdefault(module, set()).add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {error.args[1]}")


def test_private_modules_stay_private_to_their_folder() -> None:
    wrong = [
        (module, target)
        for module, target in arrows()
        for *folder, name in [target.split(".")]
        if name.startswith("_") and not (module + ".").startswith(".".join(folder) + ".")
    ]
    assert not wrong


def test_modules_are_private_and_folders_list_what_is_public() -> None:
    for module, path in MODULES.items():
        name = module.rpartition(".")[2]
        if path.name == "__init__.py":
            assert "__all__" in path.read_text(encoding="utf-8"), module
        else:
            assert name.startswith("_"), module


def test_a_class_has_a_name_of_its_own() -> None:
    homes: dict[str, list[str]] = {}
    for module, path in MODULES.items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(module)
    assert not {name: modules for name, modules in homes.items() if len(modules) > 1}


def test_no_inner_room_hides_behind_a_public_name() -> None:
    """`hashpivot.a.b` is either a room or something the room `a` exports, not both."""
    for module, path in MODULES.items():
        if path.name == "__init__.py" and module != "hashpivot":
            inside = {other.removeprefix(f"{module}.") for other in MODULES if other.startswith(f"{module}.")}
            assert not inside & set(vars(import_module(module))["__all__"]), module


def test_no_folder_is_crowded() -> None:
    for path in SOURCE.rglob("__init__.py"):
        modules = [each for each in path.parent.glob("*.py") if each.name != "__init__.py"]
        assert len(modules) <= MOST_MODULES, path.parent.name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from ..season import Season", "hashpivot.season"),
        ("from hashpivot.season import Season", "hashpivot.season"),
        ("import hashpivot.season", "hashpivot.season"),
        ("from .. import season", "hashpivot.season"),
        ("def f():\n    from ..season._season import Season", "hashpivot.season._season"),
    ],
)
def test_imports_are_seen_however_they_are_written(text: str, found: str) -> None:
    assert list(imports("hashpivot.filings._made_up", text, package=False)) == [found]
