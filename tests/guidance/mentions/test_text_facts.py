"""Statements to remarks and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import (
    MEASURES,
    FiscalCalendar,
    LedgerError,
    Line,
    Locator,
    SentenceLocator,
    Source,
    TextFact,
    YearEnd,
)
from hashpivot.filings import read_prose
from hashpivot.guidance import (
    METRICS,
    ContractMention,
    Disclosures,
    Preliminary,
    RiskFlag,
    RiskMention,
    Stance,
    Target,
    amount_text,
    contract_of,
    find_disclosures,
    flag_of,
    preliminary_of,
    remarks_of,
    statement_remarks,
    target_of,
)

SOURCE = Source("key", "HASH", "10-Q", date(2025, 5, 15), "filed", "A")
PLACE = SentenceLocator(1, 1)
CALENDAR = FiscalCalendar(YearEnd(12))
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3)
targets = st.builds(
    Target, st.sampled_from(METRICS), numbers, numbers, st.sampled_from(["ehs", "mw", "usd"]),
    st.none() | st.dates(), st.text(), st.sampled_from(Stance), st.text().map(Locator.parse), st.text(),
    st.just(SOURCE.known), st.booleans(), st.just("HASH"), st.sampled_from(["", "total", *Line]),
)  # fmt: skip
flags = st.builds(RiskMention, st.text(min_size=1), st.text(), st.text(), st.text(), st.integers(1, 999))


@given(targets, st.sampled_from(["target", "withdrawal"]))
def test_a_target_comes_back_as_it_was(target: Target, kind: str) -> None:
    found = Disclosures((target,)) if kind == "target" else Disclosures(withdrawals=(target,))
    read, remark = statement_remarks(found, SOURCE)
    assert (read.kind, remark.kind) == ("text", kind)
    assert target_of(remark) == replace(target, source="key")
    assert remark.data.isascii() and json.loads(remark.data)["excerpt"] == target.excerpt


@given(flags)
def test_a_flag_comes_back_as_it_was(flag: RiskMention) -> None:
    _, remark = statement_remarks(Disclosures(flags=(flag,)), SOURCE)
    kept = RiskFlag("HASH", SOURCE.known, "10-Q", flag.kind, flag.name, flag.count, "key", flag.locator)
    assert flag_of(remark) == kept
    assert json.loads(remark.data)["excerpt"] == flag.excerpt


def prose(*sentences: str):
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return read_prose("made-up.htm", data=f"<html><body>{body}</body></html>".encode())


def test_a_text_gives_its_targets_withdrawals_and_flags() -> None:
    text = prose(
        "We expect to operate 45 EH/s by year-end 2025.",
        "We no longer expect to reach 50 EH/s by year-end 2025.",
        "We identified a material weakness in our internal control over financial reporting.",
    )
    made = remarks_of(text, source=SOURCE, calendar=CALENDAR)
    assert [(r.kind, str(r.locator)) for r in made] == [
        ("text", ""), ("target", "p:1/s:1"), ("withdrawal", "p:2/s:1"), ("flag", "p:3/s:1"),
    ]  # fmt: skip
    assert {(r.ticker, r.source, r.known) for r in made} == {("HASH", "key", SOURCE.known)}
    assert amount_text(target_of(made[1])) == "45 ehs" and target_of(made[1]).due == date(2025, 12, 31)
    assert target_of(made[2]).high == 50
    assert (flag_of(made[3]).kind, flag_of(made[3]).form) == ("material_weakness", "10-Q")
    assert len({r.id for r in made}) == len(made)


def test_a_text_that_states_nothing_was_read_all_the_same() -> None:
    (only,) = remarks_of(prose("Nothing of note."), source=SOURCE, calendar=CALENDAR)
    assert flag_of(only) == RiskFlag("HASH", SOURCE.known, "10-Q", "", "", 0, "key", "")


def test_the_same_text_gives_the_same_remarks() -> None:
    words = "We expect to operate 45 to 50 EH/s by year-end 2025."
    made = [remarks_of(prose(words), source=SOURCE, calendar=CALENDAR) for _ in range(2)]
    assert made[0] == made[1] and len(made[0]) == 2


contracts = st.builds(
    ContractMention, st.sampled_from(["provider", "customer"]), st.text(min_size=1), numbers, numbers,
    numbers, numbers, numbers, st.none() | st.dates(), st.text(), st.text(), st.text(),
)  # fmt: skip
results = st.builds(
    Preliminary, st.sampled_from(sorted(MEASURES)), numbers, numbers, st.none() | st.dates(), st.dates(),
    st.text(), st.text(),
)  # fmt: skip


@given(contracts)
def test_a_contract_comes_back_as_it_was(contract: ContractMention) -> None:
    _, remark = statement_remarks(Disclosures(contracts=(contract,)), SOURCE)
    assert remark.kind == "contract" and contract_of(remark) == contract


@given(results)
def test_a_preliminary_result_comes_back_as_it_was(result: Preliminary) -> None:
    _, remark = statement_remarks(Disclosures(preliminary=(result,)), SOURCE)
    assert remark.kind == "preliminary" and preliminary_of(remark) == result


@pytest.mark.parametrize("data", ["", "[]", "{}", "null", '{"measure": "luck"}'])
def test_what_is_no_contract_and_no_result_says_so(data: str) -> None:
    for kind, read in (("contract", contract_of), ("preliminary", preliminary_of)):
        for named in (kind, "flag"):
            with pytest.raises(LedgerError):
                read(replace(GOOD, kind=named, data=data))


GOOD = statement_remarks(
    Disclosures(
        (
            Target(
                "hash_rate",
                None,
                None,
                "ehs",
                None,
                "",
                Stance.GUIDED,
                PLACE,
                "",
                SOURCE.known,
            ),
        )
    ),
    SOURCE,
)[1]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "flag"},
        {"data": ""},
        {"data": "[]"},
        {"data": "{}"},
        {"data": "null"},
        {"data": GOOD.data.replace("hash_rate", "happiness")},
        {"data": GOOD.data.replace('"low":null', '"low":"many"')},
        {"data": GOOD.data.replace('"due":null', '"due":"soon"')},
        {"data": GOOD.data.replace("guided", "sworn")},
    ],
    ids=str,
)
def test_what_is_no_target_says_so(change: dict[str, str]) -> None:
    damaged: TextFact = replace(GOOD, **change)
    assert damaged != GOOD
    with pytest.raises(LedgerError) as caught:
        target_of(damaged)
    assert damaged.id in str(caught.value) and caught.value.hint


@pytest.mark.parametrize("change", [{}, {"kind": "flag"}, {"kind": "flag", "data": "7"}], ids=str)
def test_what_is_no_flag_says_so(change: dict[str, str]) -> None:
    with pytest.raises(LedgerError):
        flag_of(replace(GOOD, **change))


def test_statements_have_stable_keys() -> None:
    text = prose(
        "We signed a ten-year lease with Acme Corp for 100 MW of critical IT load. "
        "We expect to operate at least 45.5 EH/s.",
        "We identified a material weakness in our internal control over financial reporting.",
    )
    told = find_disclosures(text, said_on=SOURCE.known, calendar=CALENDAR).to_dict()
    json.dumps(told, allow_nan=False)
    assert set(told) == {"targets", "withdrawals", "contracts", "flags", "preliminary", "splits"}
    target = next(t for t in told["targets"] if t["metric"] == "hash_rate")
    assert (target["low"], target["high"], target["unit"], target["due"]) == (45.5, None, "ehs", None)
    assert target["stance"] == "guided" and target["locator"] == "p:1/s:2" and "45.5" in target["excerpt"]
    (contract,) = told["contracts"]
    assert (contract["counterparty"], contract["critical_it_mw"], contract["term_years"]) == (
        "Acme Corp",
        100,
        10,
    )
    assert told["flags"][0]["count"] == 1


def test_every_statement_of_a_real_filing_comes_back(shared) -> None:
    text = read_prose(shared / "filings" / "ixbrl" / "RIOT_10Q-2025-03-31.htm.gz")
    found = find_disclosures(text, said_on=SOURCE.known, calendar=CALENDAR)
    made = statement_remarks(found, SOURCE)
    back = [target_of(r) for r in made if r.kind == "target"]
    assert len(back) >= 10
    assert back == [replace(t, ticker="HASH", source="key") for t in found.targets]
    assert [flag_of(r).name for r in made if r.kind == "flag"] == [flag.name for flag in found.flags]


def test_a_target_kept_before_there_were_scopes() -> None:
    target = Target("revenue", None, None, "usd", None, "", Stance.GUIDED, PLACE, "", SOURCE.known)
    _, remark = statement_remarks(Disclosures((replace(target, scope="total"),)), SOURCE)
    data = json.loads(remark.data)
    del data["scope"]
    assert target_of(replace(remark, data=json.dumps(data))).scope == ""
    with pytest.raises(LedgerError, match="no line"):
        target_of(replace(remark, data=json.dumps(data | {"scope": "tulips"})))
