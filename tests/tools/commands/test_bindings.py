"""Placeholders and files of the documents are bound by two tables, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.commands.bindings import INPUTS, CannotBind, Shared, Written, bind, lay
from tools.commands.cases import Case, shown_cases, with_json
from tools.commands.extract import ShownLine


def test_a_placeholder_that_comes_again_takes_the_next_value() -> None:
    bound = bind(("hashpivot season --compare QUARTER QUARTER...",))
    assert bound.steps == ("hashpivot season --compare 2024Q4 2025Q4",)


def test_what_an_option_writes_is_no_input() -> None:
    assert bind(("hashpivot outlook CORZ --write corz.toml",)).inputs == ()
    assert bind(("hashpivot site backtest west_texas --json > site.json",)).inputs == ()
    assert bind(("hashpivot outlook CORZ --scenario corz.toml",)).inputs == ("corz.toml",)


def test_what_one_step_writes_the_next_can_read() -> None:
    steps = (
        "hashpivot outlook CORZ --write mine.toml",
        "hashpivot outlook CORZ --scenario mine.toml",
    )
    assert bind(steps).inputs == ()


def test_placeholders_are_bound_by_the_option_before_them() -> None:
    bound = bind(("hashpivot outlook TICKER --power FILE --excel FILE",))
    assert bound.steps == ("hashpivot outlook RIOT --power site.json --excel made.xlsx",)
    assert bound.inputs == ("site.json",)


def test_a_glob_and_an_address_name_what_they_need() -> None:
    assert len(bind(("hashpivot read *.htm.gz",)).inputs) == 3
    assert bind(("hashpivot outlook RIOT --cluster tcp://10.0.0.1:8786",)).services


@pytest.mark.parametrize(
    ("step", "named"),
    [
        ("hashpivot read WHATEVER", "WHATEVER"),
        ("hashpivot read nobody-knows.htm", "nobody-knows.htm"),
        ("hashpivot read 'open", "not a command line"),
    ],
)
def test_what_no_table_knows_is_refused_by_name(step: str, named: str) -> None:
    with pytest.raises(CannotBind, match=named):
        bind((step,))


def test_a_line_that_cannot_be_bound_is_listed() -> None:
    shown = [
        ShownLine("docs/a.md:1", ("hashpivot read WHAT",)),
        ShownLine("docs/a.md:2", ("hashpivot halving",)),
    ]
    cases, unbound = shown_cases(shown)
    assert [case.text for case in cases] == ["hashpivot halving"]
    assert [(one.place, one.reason) for one in unbound] == [
        ("docs/a.md:1", "no value for the placeholder WHAT")
    ]


def test_each_case_comes_once_with_all_its_places_and_once_with_json() -> None:
    shown = [
        ShownLine("README.md:1", ("hashpivot halving",)),
        ShownLine("docs/a.md:9", ("hashpivot halving",)),
        ShownLine("docs/a.md:10", ("hashpivot halving --help",)),
        ShownLine("docs/a.md:11", ("hashpivot site plan west_texas > plan.txt",)),
    ]
    cases = with_json(shown_cases(shown)[0])
    assert [(case.text, case.places[-1]) for case in cases] == [
        ("hashpivot halving", "docs/a.md:9"),
        ("hashpivot halving --help", "docs/a.md:10"),
        ("hashpivot site plan west_texas > plan.txt", "docs/a.md:11"),
        ("hashpivot halving --json", "docs/a.md:9"),
        ("hashpivot site plan west_texas --json > plan.txt", "docs/a.md:11"),
    ]


def test_the_id_of_a_case_changes_with_what_is_laid_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case(("hashpivot read call.txt",), ("broad",), ("call.txt",))
    earlier = case.id
    monkeypatch.setitem(INPUTS, "call.txt", Written(lambda: "another call"))
    assert case.id != earlier
    assert Case.from_dict(case.to_dict()) == case


def test_real_data_is_unpacked_where_the_name_asks_for_it(tmp_path: Path, shared: Path) -> None:
    source = INPUTS["10-Q.htm"]
    assert isinstance(source, Shared)
    lay(source, tmp_path / "10-Q.htm")
    lay(source, tmp_path / "a.htm.gz")
    assert (tmp_path / "a.htm.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert b"<html" in (tmp_path / "10-Q.htm").read_bytes()[:2000].lower()


def test_every_real_file_a_binding_names_is_there(shared: Path) -> None:
    paths = [source.path for source in INPUTS.values() if isinstance(source, Shared)]
    assert [path for path in paths if not (shared / path).is_file()] == []
