"""Command lines are found where a reader sees them, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

from tools.commands.bindings import bind
from tools.commands.extract import ROOT, shown_lines, tool_lines

README = """# A title

Say `hashpivot halving`, or `hashpivot read FILE
--statements` over two lines; `hashpivot` alone is a name, `hashpivot[site]` an extra, ``hashpivot lines X``
is no command of ours.

```sh
$ hashpivot season 2024Q4        the season
hashpivot lines RIOT  # one company
python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/hashpivot halving
OMP_NUM_THREADS=1 python -m benchmarks.epf --data x.parquet
echo hashpivot
hashpivot lines \\
    CORZ
```

```python
hashpivot = 1
```

| you want | say |
|---|---|
| two ways | `hashpivot nowcast`, `time hashpivot nowcast --backtest` |
"""
CLI = """# Command line
## hashpivot site plan
```
Usage: hashpivot site plan [OPTIONS] SITE
  Examples:
    hashpivot site plan west_texas --json
```
"""


def _tree(root: Path) -> Path:
    (root / "docs").mkdir()
    (root / "README.md").write_text(README, encoding="utf-8")
    (root / "docs" / "cli.md").write_text(CLI, encoding="utf-8")
    return root


def test_lines_of_blocks_and_of_inline_code_are_found_with_their_places(tmp_path: Path) -> None:
    found = [(line.place, line.text) for line in shown_lines(_tree(tmp_path))]
    assert found == [
        ("README.md:3", "hashpivot halving"),
        ("README.md:3", "hashpivot read FILE --statements"),
        ("README.md:8", "hashpivot season 2024Q4"),
        ("README.md:9", "hashpivot lines RIOT"),
        ("README.md:10", "python3 -m venv .venv && .venv/bin/pip install . && hashpivot halving"),
        ("README.md:14", "hashpivot lines CORZ"),
        ("README.md:23", "hashpivot nowcast"),
        ("README.md:23", "hashpivot nowcast --backtest"),
        ("docs/cli.md:2", "hashpivot site plan --help"),
        ("docs/cli.md:6", "hashpivot site plan west_texas --json"),
    ]


def test_only_the_steps_of_ours_are_run(tmp_path: Path) -> None:
    joined = next(line for line in shown_lines(_tree(tmp_path)) if len(line.steps) > 1)
    assert joined.ours == ("hashpivot halving",)


def test_lines_of_other_programs_are_kept_apart(tmp_path: Path) -> None:
    assert [line.text for line in tool_lines(_tree(tmp_path))] == [
        "python -m benchmarks.epf --data x.parquet"
    ]


def test_every_line_of_our_own_documents_can_be_bound() -> None:
    lines = shown_lines(ROOT)
    assert sum(line.place.startswith("README.md") for line in lines) > 10
    assert sum(line.place.startswith("docs/cli.md") for line in lines) > 40
    for line in lines:
        bind(line.ours)
