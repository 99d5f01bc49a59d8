"""The tools' command line, and what the pages say of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from tools import parts, places
from tools.__main__ import main
from tools.checks.long import CHECKS
from tools.parts import BY_NAME
from tools.release import lowest, wheel
from tools.sections import Section, section

_SHOWN = re.compile(r"python -m tools (write|check|long)((?: [a-z][a-z-]*)*)")
_TEXTS = ("*.py", "*.toml", "*.md")


def texts() -> list[Path]:
    folders = [places.ROOT / name for name in ("src", "docs", "tools", "benchmarks")]
    return [*places.pages(), *(path for folder in folders for kind in _TEXTS for path in folder.rglob(kind))]


def test_commands_that_pages_and_docstrings_show_exist() -> None:
    shown = [match for path in texts() for match in _SHOWN.findall(path.read_text(encoding="utf-8"))]
    assert len(shown) > 30
    for command, words in shown:
        assert set(words.split()) <= (CHECKS if command == "long" else BY_NAME).keys(), (command, words)


def test_nothing_leads_to_the_old_scripts() -> None:
    old = re.compile(r"\bscripts/\w+\.py")
    assert not [path for path in texts() if old.search(path.read_text(encoding="utf-8"))]


def test_a_check_says_what_is_out_of_date(monkeypatch: pytest.MonkeyPatch) -> None:
    stale = section("rubric").text.replace("| revenue |", "| income |", 1)
    monkeypatch.setattr(parts, "section", lambda name: Section(name, places.ROOT / "docs" / "a.md", stale))
    (problem,) = BY_NAME["rubric"].problems()
    assert problem.startswith("docs/a.md (rubric)\n")
    assert "-| income |" in problem and "+| revenue |" in problem
    assert BY_NAME["rubric"].command == "python -m tools write rubric"


def test_parts_are_checked_in_processes_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "rubric", "cli"]) == 0
    assert sorted(line.split(" (")[0] for line in _lines(capsys)) == ["cli: up to date", "rubric: up to date"]


@pytest.mark.parametrize("words", [["write", "no-such"], ["check", "no-such"], ["long", "no-such"]])
def test_an_unknown_name_is_refused_with_those_there_are(words: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"no such (part|check): no-such\. There are: "):
        main(words)


def test_what_is_not_taken_in_is_counted(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snapshot"]) == 0
    assert all(re.fullmatch(r"[\w/.]+: \d+ (rows|files) not taken in yet", line) for line in _lines(capsys))


def _lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_lowest_versions_are_the_lower_bounds() -> None:
    assert "click==8.1" in lowest.constraints()


_DESCRIPTOR = "datapackage.json"
_LICENSED = {"licenses": [{"name": "Apache-2.0"}]}
_NON_COMMERCIAL = {"licenses": [{"name": "CC-BY-NC-4.0"}]}


def test_a_wheel_with_too_much_or_too_little_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hashpivot-0-py3-none-any.whl"
    with ZipFile(path, "w") as packed:
        for name in sorted(wheel._committed() - {"py.typed"}):
            packed.writestr(f"hashpivot/{name}", json.dumps(_LICENSED) if name.endswith(_DESCRIPTOR) else "")
        packed.writestr("tests/test_x.py", "")
        packed.writestr("hashpivot/site/data/raw.parquet", "")
        packed.writestr("hashpivot/made_up/datapackage.json", json.dumps(_NON_COMMERCIAL))
    assert wheel.problems(str(path)) == [
        "missing: hashpivot/py.typed",
        "has no place in it: hashpivot/site/data/raw.parquet",
        "has no place in it: tests/test_x.py",
        "no kind of file we ship: hashpivot/site/data/raw.parquet",
        "missing: licenses/LICENSE",
        "missing: licenses/NOTICE",
        "missing: sboms/sbom.cdx.json",
        "hashpivot/made_up/datapackage.json: CC-BY-NC-4.0 is non-commercial",
    ]
