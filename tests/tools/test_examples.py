"""The examples of README, of the pages in docs/ and of docstrings run."""

from __future__ import annotations

import doctest
import gzip
import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from hashpivot.site.model import LOADS, POWER_CONTRACTS, TARIFFS
from tools import places
from tools.commands.samples import CALL

_BLOCK = re.compile(r"^```python\n(.*?)^```", flags=re.DOTALL | re.MULTILINE)
_FILE = re.compile(r'"([\w-]+\.(?:htm|htm\.gz|txt))"')
FILINGS = "filings/ixbrl"
# Files that examples read, from the real data.
INPUTS = {
    "riot-20240630x10q.htm": f"{FILINGS}/RIOT_10Q-2024-06-30.htm.gz",
    "RIOT_10Q-2024-06-30.htm.gz": f"{FILINGS}/RIOT_10Q-2024-06-30.htm.gz",
    "riot-20240930x10q.htm": f"{FILINGS}/RIOT_10Q-2024-09-30.htm.gz",
    "q32025-ex991.htm": "filings/submissions/CORZ_8K_2025Q3_0001628280-25-046263.txt.gz",
}
# What a page says in words before its example: names that are there, by page.
GIVEN = {
    "forecast.md": """
from hashpivot.site import load_zone
table = load_zone("LZ_WEST")
table = table.part(table.hours - 15_000, table.hours)
now = 6_000
""",
    "add-many-filings.md": """
from pathlib import Path
from hashpivot.testing.generated import write_reports
list(write_reports(Path("filings"), 2))
""",
    "run-a-site.md": """
from pathlib import Path
from tools.commands.bindings import PRICES_START, SITE, price_rows
Path("my-site.toml").write_text(SITE)
Path("my-prices.csv").write_text("".join(price_rows(PRICES_START)))
""",
}


def pages() -> list[Path]:
    return [page for page in places.pages() if blocks(page)]


def blocks(page: Path) -> list[str]:
    """The examples of a page that are no doctests."""
    return [code for code in _BLOCK.findall(page.read_text(encoding="utf-8")) if ">>>" not in code]


def content(name: str, shared: Path) -> bytes:
    """What an example reads under that name."""
    if name == "call.txt":
        return CALL.encode()
    packed = (shared / INPUTS[name]).read_bytes()
    return packed if name.endswith(".gz") else gzip.decompress(packed)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_the_examples_of_a_page_run_one_after_the_other(
    page: Path, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(GIVEN.get(page.name, ""), names)
    for code in blocks(page):
        for name in _FILE.findall(code):
            Path(name).write_bytes(content(name, shared))
        exec(compile(code, str(page), "exec"), names)


@pytest.mark.parametrize(
    "page",
    [page for page in places.pages() if ">>>" in page.read_text(encoding="utf-8")],
    ids=lambda p: p.name,
)
def test_what_a_page_shows_at_the_prompt_is_what_comes(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kinds in (TARIFFS, POWER_CONTRACTS, LOADS):  # what an example registers ends with it
        monkeypatch.setattr(kinds, "_classes", dict(kinds._classes))
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert tried and not failed


def test_what_docstrings_show_at_the_prompt_is_what_comes() -> None:
    paths = [path for path in places.PACKAGE.rglob("*.py") if ">>>" in path.read_text(encoding="utf-8")]
    names = [".".join(path.relative_to(places.PACKAGE.parent).with_suffix("").parts) for path in paths]
    modules = [importlib.import_module(name.removesuffix(".__init__")) for name in names]
    failed = [module.__name__ for module in modules if doctest.testmod(module).failed]
    assert not failed
