"""`read --statements` and `add` of what filings and texts say in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hashpivot.ledger import Ledger
from tests.season.texts.test_text_sources import WORDS, page

CALL = ("--ticker", "RIOT", "--filed", "2025-10-30")


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    path = tmp_path / "exmp-20240630.htm"
    path.write_bytes(
        page(*WORDS, "We signed a ten-year lease with Acme Corp for 100 MW of critical IT load.")
    )
    return path


@pytest.fixture
def call(tmp_path: Path) -> Path:
    path = tmp_path / "call.txt"
    path.write_text(f"Jane Doe: {WORDS[0]} {WORDS[1]}\n")
    return path


def test_read_shows_statements_only_when_asked(run_json, filing: Path) -> None:
    (without,) = run_json("read", str(filing))["readings"]
    (reading,) = run_json("read", str(filing), "--statements")["readings"]
    said = reading.pop("statements")
    assert reading == without and "statements" not in without
    assert {"targets", "contracts", "flags"} <= set(said)
    target = said["targets"][0]
    assert (target["metric"], target["low"], target["due"], target["stance"]) == (
        "hash_rate", 45, "2026-12-31", "guided",
    )  # fmt: skip
    assert target["locator"].startswith("p:") and target["excerpt"] == WORDS[0]
    assert [c["counterparty"] for c in said["contracts"]] == ["Acme Corp"]
    assert {flag["kind"] for flag in said["flags"]} == {"material_weakness", "power_market"}


def test_read_prints_them_with_their_places(run, filing: Path, tmp_path: Path) -> None:
    done = run("read", str(filing), "--statements")
    assert done.returncode == 0
    for words in ("45 ehs", "2026-12-31", "guided", "Acme Corp", "material weakness", "ERCOT", "p:"):
        assert words in done.stdout
    assert not (tmp_path / "home").exists()


RESULT = "Preliminary revenue for the third quarter of 2025 is $31 million to $33 million."


def test_preliminary_results_are_shown_and_kept_but_are_no_figures(run, run_json, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(f"{RESULT}\n")
    (reading,) = run_json("read", "news.txt", "--ticker", "RIOT", "--filed", "2025-10-20")["readings"]
    (told,) = reading["preliminary"]
    assert (told["measure"], told["low"], told["high"]) == ("total_revenue", 31_000_000, 33_000_000)
    assert not reading["periods"] and "statements" not in reading
    done = run("read", "news.txt", "--ticker", "RIOT", "--filed", "2025-10-20")
    assert "31,000,000 to 33,000,000" in done.stdout
    (added,) = run_json("add", "news.txt", "--ticker", "RIOT", "--filed", "2025-10-20")["added"]
    assert (added["figures"], added["preliminary"]) == (0, 1)


def test_words_of_a_text_are_not_obeyed_by_the_terminal(run, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text("Jane Doe: We expect [bold]45 EH/s[/bold] \x9b31mby year-end 2026.\n")
    done = run("read", "odd.txt", "--statements", *CALL)
    assert done.returncode == 0 and "[bold]45" in done.stdout and "\x9b" not in done.stdout


def test_add_counts_what_it_stores(run, run_json, filing: Path, tmp_path: Path) -> None:
    (added,) = run_json("add", str(filing), "--filed", "2024-08-01")["added"]
    assert added["new"] and added["figures"] and added["targets"] >= 1 and added["flags"] == 2
    with Ledger.open(tmp_path / "home" / "ledger.sqlite3") as ledger:
        ledger.check()
        kinds = [remark.kind for remark in ledger.read().remarks]
    assert (kinds.count("target"), kinds.count("flag"), kinds.count("text")) == (added["targets"], 2, 1)
    (again,) = run_json("add", str(filing))["added"]
    assert (again["new"], again["targets"], again["flags"]) == (False, 0, 0)
    season = run_json("season", "2024Q2")
    exmp = next(c for c in season["companies"] if c["ticker"] == "EXMP")
    assert "hash_rate" in {t["metric"] for t in exmp["answers"]["growth"]["targets"]}
    assert exmp["answers"]["execution"]["metrics"]["check_material_weakness"] == "watch"


def test_a_text_without_figures_is_added_for_a_named_company(
    run, run_json, call: Path, tmp_path: Path
) -> None:
    done = run("add", str(call), *CALL)
    assert done.returncode == 0 and "0 figures, 1 targets, 1 flags" in done.stdout
    season = run_json("season", "2025Q2")
    assert season["companies"]
    with Ledger.open(tmp_path / "home" / "ledger.sqlite3") as ledger:
        held = ledger.read()
    assert not held.figures and {r.ticker for r in held.remarks} == {"RIOT"}
    (source,) = held.sources.values()
    assert (source.name, source.known.isoformat(), source.title) == (
        "call.txt",
        "2025-10-30",
        "RIOT call.txt",
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "neither XBRL facts nor a table"),
        (("--ticker", "RIOT"), "--filed"),
        (("--ticker", "NOBODY", "--filed", "2025-10-30"), "NOBODY"),
    ],
)
@pytest.mark.parametrize("command", ["add", "read"])
def test_a_text_of_nobody_or_no_day_is_refused(
    run, call: Path, command: str, words, told, tmp_path: Path
) -> None:
    done = run(command, str(call), *words)
    assert done.returncode == 1 and told in done.stderr and "hint" in done.stderr
    assert not (tmp_path / "home" / "ledger.sqlite3").exists()


def test_a_text_that_states_nothing_is_not_added(run, tmp_path: Path) -> None:
    (tmp_path / "idle.txt").write_text("Jane Doe: Good morning, all.\n")
    done = run("add", "idle.txt", *CALL)
    assert done.returncode == 1 and "no figures, targets or flags" in done.stderr


def test_another_companys_filing_is_refused(run, filing: Path) -> None:
    done = run("add", str(filing), "--ticker", "RIOT")
    assert done.returncode == 1 and "a filing of EXMP, not of RIOT" in done.stderr


def test_a_filing_that_names_nobody_is_added_for_a_named_company(run_json, filing: Path) -> None:
    anonymous = filing.with_name("anonymous.htm")
    anonymous.write_text(filing.read_text().replace(">EXMP<", "><").replace("0000000001<", "<"))
    (added,) = run_json("add", str(anonymous), "--ticker", "hive", "--filed", "2024-08-01")["added"]
    assert added["ticker"] == "HIVE" and added["figures"] and added["targets"]
    assert run_json("lines", "HIVE", "--as-of", "2024-08-01")["rows"]


def test_words_that_cannot_be_read_do_not_stop_the_figures(run, filing: Path) -> None:
    far = filing.read_text().replace(WORDS[0], "We expect to operate 45 EH/s in the next 18 months.")
    filing.write_text(far)
    done = run("add", str(filing), "--filed", "9999-12-01", "--json")
    (added,) = json.loads(done.stdout)["added"]
    assert done.returncode == 0 and added["figures"] and added["targets"] == 0
    assert any("text was not read" in warning for warning in added["warnings"])


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_a_text_in_another_encoding_says_the_same(run_json, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "odd.txt").write_bytes(f"Jane Doe: It’s clear – {WORDS[0]} {RESULT}\n".encode(encoding))
    (reading,) = run_json("read", "odd.txt", "--statements", *CALL)["readings"]
    said = reading["statements"]
    assert [t["low"] for t in said["targets"] if t["metric"] == "hash_rate"] == [45]
    assert [r["high"] for r in said["preliminary"]] == [33_000_000]


def test_a_text_in_no_encoding_gives_nothing(run, tmp_path: Path) -> None:
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 40)
    done = run("add", "noise.txt", *CALL)
    assert done.returncode == 1 and "hint" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "home" / "ledger.sqlite3").exists()
