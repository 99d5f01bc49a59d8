"""No arrow runs upward: every room imports only the rooms below it, as the design page says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "hashpivot"
MAY_IMPORT = {
    "core": set(),
    "bitcoin": {"core"},
    "filings": {"core"},
    "lines": {"core", "filings"},
    "ledger": {"core"},
    "guidance": {"core", "filings", "ledger"},
    "season": {"core", "ledger", "bitcoin", "guidance"},
    "nowcast": {"core", "ledger", "bitcoin"},
    "outlook": {"core", "ledger", "bitcoin"},
    "site": {"core", "bitcoin"},
    "report": {"core", "ledger", "bitcoin", "guidance", "season", "nowcast", "outlook", "site"},
}


def imports(path: Path) -> set[str]:
    """Rooms a module imports, by name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        found |= {name.split(".")[1] for name in names if name.startswith("hashpivot.")}
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_arrows(room: str) -> None:
    for path in (SOURCE / room).rglob("*.py"):
        assert imports(path) - {room} <= MAY_IMPORT[room], path.name


def test_every_folder_is_a_known_room() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert rooms == {*MAY_IMPORT, "cli"}


def test_rooms_export_names_and_hide_modules() -> None:
    for room in MAY_IMPORT:
        assert "__all__" in (SOURCE / room / "__init__.py").read_text(encoding="utf-8")
        assert all(path.name.startswith("_") for path in (SOURCE / room).glob("*.py"))


def test_private_modules_are_not_reached_into() -> None:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.ImportFrom)
                and node.level == 0
                and (node.module or "").startswith("hashpivot.")
            ):
                inner = str(node.module).split(".")[2:]
                assert not inner, f"{path.name} imports {node.module}"
