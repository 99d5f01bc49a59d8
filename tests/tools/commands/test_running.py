"""Commands run for real, in fresh folders, on a fixed day and offline; two sides are compared."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tools.commands.cases import Case
from tools.commands.environment import Environment, run
from tools.commands.extract import ShownLine
from tools.commands.readme import failures, readme_lines
from tools.commands.running import Runner
from tools.compare.__main__ import main
from tools.compare.broad import broad_cases, trace_cases

PYTHON = Path(sys.executable)
HALVING = "hashpivot halving --json"


@pytest.fixture(scope="module")
def here() -> Environment:
    return Environment.of(PYTHON)


def test_a_command_takes_the_fixed_day_for_today(here: Environment, tmp_path: Path) -> None:
    command = 'python -c "import datetime; print(datetime.date.today())"'
    assert run(here, command, tmp_path, tmp_path, "2025-02-03").out == "2025-02-03\n"


def test_a_command_is_offline(here: Environment, tmp_path: Path) -> None:
    command = "python -c \"import socket; socket.create_connection(('192.0.2.1', 80), 1)\""
    done = run(here, command, tmp_path, tmp_path)
    assert done.status == 1
    assert "offline" in done.err


def test_a_case_keeps_what_it_prints_and_the_files_it_writes(here: Environment, tmp_path: Path) -> None:
    case = Case(("hashpivot outlook RIOT --scenario corz.toml > out.txt",), ("broad",), ("corz.toml",))
    result = Runner(here, tmp_path, "2026-11-29").run_case(case)
    assert result.steps[0].status == 2
    assert "is of 'CORZ', not RIOT" in result.steps[0].err
    assert list(result.files) == ["out.txt"]
    assert (tmp_path / "inputs" / "corz.toml").is_file()


def test_a_folder_is_named_alike_wherever_it_is(here: Environment, tmp_path: Path) -> None:
    result = Runner(here, tmp_path).run_case(Case(("pwd; echo $HASHPIVOT_HOME",), ("broad",)))
    assert result.steps[0].out == "<folder>\n<home>\n"


def test_an_environment_without_hashpivot_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "python"
    empty.write_text(f'#!/bin/sh\nexec {PYTHON} -I -S "$@"\n', encoding="utf-8")
    empty.chmod(0o755)
    with pytest.raises(SystemExit, match="has no hashpivot"):
        Environment.of(empty)


def test_two_sides_are_compared_and_a_changed_figure_is_found(here: Environment, tmp_path: Path) -> None:
    if here.root is None:
        pytest.skip("the documents are not beside the package")
    arguments = [str(PYTHON), str(PYTHON), "--out", str(tmp_path), "--only", f"^{HALVING}$", "--jobs", "1"]
    same = CliRunner().invoke(main, arguments)
    assert same.exit_code == 0, same.output
    assert "| same | 1 | 0 | 1 |" in same.output

    kept = next((tmp_path / "after").glob("*/runs/*/out-1.txt"))
    kept.write_text(kept.read_text(encoding="utf-8").replace("210000", "210001", 1), encoding="utf-8")
    changed = CliRunner().invoke(main, arguments)
    assert changed.exit_code == 1
    assert "stdout $.schedule[0].height: `210000` -> `210001`" in changed.output
    assert "Other programs, not run here" in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_traces_are_drawn_from_what_was_printed_and_always_the_same() -> None:
    printed = '"figure": "RIOT/2024Q4/revenue/self_mining@0123abcd", "figure": "MARA/2024Q1/total@89ef0123"'
    first = trace_cases([printed] * 2)
    assert first == trace_cases([printed])
    assert len(first) == 2
    assert all(case.text.startswith("hashpivot trace '") for case in first)


def test_the_broad_list_reaches_every_real_filing(shared: Path) -> None:
    texts = [case.text for case in broad_cases(shared)]
    assert len(texts) == len(set(texts))
    assert any("read RIOT_10K-2024-12-31.htm.gz --statements --json" in text for text in texts)


def test_a_line_of_readme_that_fails_is_reported_with_its_message(here: Environment) -> None:
    lines = [
        ShownLine("README.md:1", ("hashpivot --version",)),
        ShownLine("README.md:2", ("hashpivot trace NOBODY/2024Q4/revenue",)),
        ShownLine("README.md:3", ("hashpivot read SOMETHING",)),
    ]
    unbound, failed = failures(lines, here.bin)
    assert unbound.startswith("README.md:3: hashpivot read SOMETHING\n")
    assert failed.startswith("README.md:2: hashpivot trace NOBODY/2024Q4/revenue\n  ended with status 1\n")
    assert "NOBODY" in failed.splitlines()[2]


def test_readme_has_lines_to_run() -> None:
    assert any("season" in line.text for line in readme_lines())
