"""Targets and risks of filings a user adds, used by the season as the bundled ones are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hashpivot import Desk, read_document
from hashpivot.ledger import Ledger
from hashpivot.season import NOT_JUDGED, Answer
from hashpivot.testing import InlineFiling

WORDS = (
    "We expect to operate 45 EH/s by year-end 2026.",
    "We identified a material weakness in our internal control over financial reporting.",
    "Our operations depend on the rules of ERCOT.",
)
FILED = date(2024, 8, 1)


def page(*sentences: str, span: tuple[str, str] = ("2024-04-01", "2024-06-30")) -> bytes:
    """An inline XBRL 10-Q of EXMP for a quarter, with sentences behind its statement."""
    made = InlineFiling(span=span).statement(("Total revenue", "us-gaap:Revenues", 90)).write().decode()
    prose = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return made.replace("2024-06-30</ix", f"{span[1]}</ix").replace("</body>", f"{prose}</body>").encode()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


def add(ledger: Path, data: bytes, filed: date = FILED, name: str = "exmp.htm", ticker: str = "") -> None:
    path = ledger.with_name(name)
    path.write_bytes(data)
    document = read_document(path, filed=filed, ticker=ticker)
    assert Desk.open(ledger).add(document.reading, document.remarks()).new


def answers(ledger: Path, quarter: str = "2024Q2", as_of: date | None = None) -> tuple[Answer, Answer]:
    company = Desk.open(ledger, as_of=as_of).season(quarter)["EXMP"]
    return company["growth"], company["execution"]


def test_without_words_nothing_is_disclosed(ledger: Path) -> None:
    path = ledger.with_name("exmp.htm")
    path.write_bytes(page(*WORDS))
    reading = read_document(path, filed=FILED).reading
    Desk.open(ledger).add(reading)
    growth, execution = answers(ledger)
    assert not growth.targets and growth["targets_guided"] == 0
    assert execution["check_material_weakness"] == NOT_JUDGED and not execution.stated


def test_an_added_filing_changes_growth_and_execution(ledger: Path) -> None:
    add(ledger, page(*WORDS))
    growth, execution = answers(ledger)
    (promise,) = growth.targets
    assert promise.value == "45 ehs" and promise.judged.target.due == date(2026, 12, 31)
    assert promise.source and promise.source.name == "exmp.htm" and growth["targets_guided"] == 1
    told = promise.to_dict()
    assert (told["source"], told["said_on"], told["state"]) == ("EXMP 10-Q 2024-06-30", "2024-08-01", "open")
    assert str(told["locator"]).startswith("p:")
    assert execution["check_material_weakness"] == "watch" and execution["check_going_concern"] == "pass"
    assert {(flag.kind, flag.source) for flag in execution.stated} == {
        ("material_weakness", "exmp"),
        ("power_market", "exmp"),
    }
    assert any("ERCOT" in note for note in execution.notes)


def test_a_text_that_is_silent_passes(ledger: Path) -> None:
    add(ledger, page("All is well."))
    growth, execution = answers(ledger)
    assert execution["check_material_weakness"] == execution["check_single_site"] == "pass"
    assert not growth.targets and not execution.stated


def test_what_was_said_later_is_not_known_before(ledger: Path) -> None:
    add(ledger, page(*WORDS))
    earlier = page("Nothing yet.", span=("2024-01-01", "2024-03-31"))
    add(ledger, earlier, date(2024, 5, 1), "earlier.htm")
    growth, execution = answers(ledger, "2024Q1", as_of=date(2024, 7, 31))
    assert not growth.targets and execution["check_material_weakness"] == "pass"
    growth, execution = answers(ledger, "2024Q1", as_of=date(2024, 5, 1))
    assert execution["check_material_weakness"] == "pass"


def test_what_is_said_again_counts_once_from_the_first_time(ledger: Path) -> None:
    add(ledger, page(*WORDS, span=("2024-01-01", "2024-03-31")), date(2024, 5, 1), "q1.htm")
    add(ledger, page(*WORDS, WORDS[0]))
    growth, execution = answers(ledger)
    (promise,) = growth.targets
    assert promise.judged.target.said_on == date(2024, 5, 1) and growth["targets_guided"] == 1
    assert len(execution.stated) == 2


def test_a_withdrawal_in_a_later_filing_counts(ledger: Path) -> None:
    add(ledger, page(WORDS[0], span=("2024-01-01", "2024-03-31")), date(2024, 5, 1), "q1.htm")
    add(ledger, page("We no longer expect to operate 45 EH/s by year-end 2026."))
    (promise,) = answers(ledger)[0].targets
    assert promise.judged.verdict.value == "withdrawn"


def test_a_transcript_counts_for_growth_but_not_as_a_report(ledger: Path) -> None:
    add(ledger, page(*WORDS[2:]))
    words = f"Jane Doe: {WORDS[0].replace('45', '60')} {WORDS[1]}\n".encode()
    (ledger.parent / "home").mkdir()
    (ledger.parent / "home" / "companies.toml").write_text('[EXMP]\nname = "Example Mining Inc."\n')
    add(ledger, words, date(2024, 8, 2), "call.txt", ticker="EXMP")
    growth, execution = answers(ledger)
    (promise,) = growth.targets
    assert promise.value == "60 ehs" and promise.to_dict()["source"] == "EXMP call.txt"
    assert execution["check_material_weakness"] == "pass", "a call is no report"


def test_a_bundled_filing_added_again_says_nothing_twice(ledger: Path, shared: Path) -> None:
    path = shared / "filings" / "ixbrl" / "RIOT_10Q-2025-06-30.htm.gz"
    before = Desk.open(ledger).season("2025Q2")["RIOT"]
    document = read_document(path)
    assert document.statements and document.statements.targets
    Desk.open(ledger).add(document.reading, document.remarks())
    copy = replace(document.reading.source, key="copy", sha256="copy")
    moved = [replace(remark, source="copy") for remark in document.remarks()]
    with Ledger.open(ledger) as own:
        own.add(copy, [], moved)
    after = Desk.open(ledger).season("2025Q2")["RIOT"]
    assert after["execution"].stated == before["execution"].stated
    shown, were = (
        [(p.judged.target.metric, p.value, p.judged.target.due) for p in company["growth"].targets]
        for company in (after, before)
    )
    assert shown == were and len(set(shown)) == len(shown)


def test_preliminary_results_stand_beside_the_final_ones(ledger: Path) -> None:
    add(ledger, page(*WORDS))
    assert not [note for note in season_notes(ledger) if "preliminary" in note]
    told = b"Preliminary revenue for the second quarter of 2024 is $8.5 million to $9.5 million.\n"
    (ledger.parent / "home").mkdir()
    (ledger.parent / "home" / "companies.toml").write_text('[EXMP]\nname = "Example Mining Inc."\n')
    add(ledger, told, date(2024, 7, 10), "news.txt", ticker="EXMP")
    (note,) = [note for note in season_notes(ledger) if "preliminary" in note]
    assert note == "preliminary on 2024-07-10: 8,500,000 to 9,500,000 USD (EXMP news.txt p:1/s:1)"
    revenue = Desk.open(ledger).season("2024Q2")["EXMP"]["revenue"]
    assert revenue["total_revenue_usd"] == 90_000, "a range is no figure"


def season_notes(ledger: Path) -> tuple[str, ...]:
    return Desk.open(ledger).season("2024Q2")["EXMP"]["revenue"].notes
