"""Random command lines: every command is drawn, cases repeat, the oracle can fail, shrinking shrinks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tools.checks.command_lines import lines
from tools.checks.command_lines.case import Case, Entry, Surroundings
from tools.checks.command_lines.drawing import Drawer
from tools.checks.command_lines.oracle import problems
from tools.checks.command_lines.process import Ran
from tools.checks.command_lines.samples import Samples
from tools.checks.command_lines.shrinking import shrunk

FINE = Ran(1, b"", b"hashpivot: no such company\n", 0.1, False, (), {}, {})
LINE = Case(("lines", "RIOT"))


@pytest.fixture(scope="module")
def drawer() -> Drawer:
    """Draws from files that are as small as can be."""
    files = {kind: [(f"{kind}.toml", b"a = 1\n")] for kinds in lines._FILES.values() for kind in kinds}
    files["ledger"] = [("ledger.sqlite3", b"")]
    return Drawer(1, Samples(files, {"settings.toml": b"", "ledger.sqlite3": b"", "store/sec/x.gz": b""}))


def test_every_command_is_drawn_with_every_option_some_time(drawer: Drawer) -> None:
    words = {word.partition("=")[0] for number in range(3000) for word in drawer.case(number).words}
    for names, command in lines.commands():
        assert words.issuperset(names)
        for parameter in command.params:
            if parameter.opts[0].startswith("-") and parameter.opts[0] not in lines.RARE:
                assert words & set(parameter.opts), parameter.opts


def test_a_case_is_the_same_each_time(drawer: Drawer) -> None:
    assert all(drawer.case(number) == drawer.case(number) for number in range(100))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"status": 3}, "status"),
        ({"status": -11}, "status"),
        ({"hung": True}, "hangs"),
        ({"err": b"Traceback (most recent call last):\n"}, "traceback"),
        ({"err": b"hashpivot: KeyError('x')\n"}, "raw"),
        ({"err": b"a.py:1: RuntimeWarning: overflow\n"}, "warning"),
        ({"err": b""}, "silent,"),
        ({"status": 2, "err": b"no\n"}, "unclear"),
        ({"status": 0, "out": b"revenue  nan\n"}, "no"),
        ({"seen": ("write /etc/x",)}, "write"),
        ({"seen": ("connect sec.gov",)}, "connect"),
        ({"after": {"start/.x.tmp": b""}}, "left"),
        ({"before": {"start/x.toml": b"a"}, "after": {}}, "changed"),
    ],
)
def test_what_is_wrong_is_seen(change: dict[str, object], kind: str) -> None:
    assert problems(LINE, FINE) == []
    assert [problem.split()[0] for problem in problems(LINE, replace(FINE, **change))][:1] == [kind]  # type: ignore[arg-type]


def test_json_is_strict_and_files_are_whole() -> None:
    case = Case(("lines", "RIOT", "--json", "--excel", "made-excel.xlsx"))
    ran = replace(FINE, status=0, err=b"", out=b'{"a": NaN}', after={"start/made-excel.xlsx": b"PK"})
    assert [problem.split()[0] for problem in problems(case, ran)] == ["json", "half"]


def test_a_failing_case_gets_small() -> None:
    files = {"start/x.toml": Entry(b"a\nb\nbad\nc\n", told="changed"), "home/ledger.sqlite3": Entry()}
    case = Case(("site", "plan", "x.toml", "--json"), files, {"TZ": "x"}, Surroundings(encoding="ascii"))
    small = shrunk(
        case, lambda one: b"bad" in one.files.get("start/x.toml", Entry()).data and "plan" in one.words
    )
    assert small == Case(("site", "plan"), {"start/x.toml": Entry(b"bad\n", told="changed")})
