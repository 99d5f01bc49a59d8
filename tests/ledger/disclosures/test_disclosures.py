"""The view as the one door to contracts, targets and risk flags: its day, its figures, nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from hashpivot.core import BundleError, LedgerError, SentenceLocator, TextFact
from hashpivot.ledger import Contract, Figures, Stance, Target, View, bundled, canonical_json, target_data
from hashpivot.ledger.bundle._statements import FLAG_COLUMNS, TARGET_COLUMNS, read_statements

DAY = date(2025, 3, 1)
PLACE = SentenceLocator(1, 1)


def contract(**given: object) -> Contract:
    made = Contract(
        "HASH", "2025-03-01", DAY, "Tenant", "colocation", None, Decimal(100), Decimal(10), Decimal(10**9),
        "2026-Q1", None, "", False, False, Decimal(1), None, "https://example.com",
    )  # fmt: skip
    return replace(made, **given)


def fact(kind: str, data: dict[str, object], known: date = DAY, source: str = "10-K") -> TextFact:
    return TextFact("HASH", source, known, kind, PLACE, canonical_json(data))


def target(low: int, known: date = DAY, kind: str = "target") -> TextFact:
    said = Target(
        "hash_rate",
        Decimal(low),
        Decimal(low),
        "ehs",
        None,
        "",
        Stance.GUIDED,
        SentenceLocator(1, 1),
        "",
        known,
    )
    return fact(kind, target_data(said), known)


def test_a_view_knows_the_contracts_it_was_given_and_no_others() -> None:
    assert View(Figures()).contracts() == ()
    view = View(Figures(contracts=(contract(), contract(ticker="PICK"))))
    assert [c.ticker for c in view.contracts()] == ["HASH", "PICK"]
    assert view.contracts("HASH") == (contract(),)


def test_contracts_are_those_of_the_views_day_whatever_day_is_asked_for() -> None:
    later = contract(known=DAY + timedelta(days=1))
    view = View(Figures(contracts=(contract(), later)), as_of=DAY)
    assert view.contracts(day=date(2030, 1, 1)) == view.contracts() == (contract(),)
    assert view.announced_contracts == (contract(),)
    assert view.contracts(day=DAY - timedelta(days=1)) == ()


def test_a_contract_that_is_over_is_announced_and_not_in_force() -> None:
    over = contract(ended=DAY + timedelta(days=10))
    view = View(Figures(contracts=(over,)))
    assert view.contracts() == ()
    assert view.contracts(day=DAY + timedelta(days=10)) == (replace(over, ended=None),)
    assert view.announced_contracts == (over,)


def test_a_contract_of_both_collections_counts_once() -> None:
    both = Figures(contracts=(contract(),)) | Figures(contracts=(contract(), contract(ticker="PICK")))
    assert len(both.contracts) == 2


def test_targets_are_told_from_withdrawals_and_come_earliest_first() -> None:
    before = DAY - timedelta(days=30)
    view = View(Figures(remarks=(target(30), target(20, before), target(10, kind="withdrawal"))))
    assert [t.low for t in view.targets("HASH")] == [20, 30]
    assert [t.low for t in view.targets("HASH", before)] == [20]
    assert [t.low for t in view.withdrawals("HASH")] == [10]
    assert view.targets("RIOT") == []
    (said,) = view.on(before).targets("HASH")
    assert (said.ticker, said.said_on, said.place) == ("HASH", before, "10-K#p:1/s:1")


def test_a_silent_text_has_a_flag_of_no_kind_and_a_repeated_one_counts_once() -> None:
    silent = fact("text", {"form": "10-Q"}, DAY - timedelta(days=90), "10-Q")
    stated = {"form": "10-K", "kind": "tariff", "name": "Tariffs", "count": 3, "excerpt": ""}
    facts = (silent, fact("flag", stated), fact("flag", stated | {"name": "tariffs"}, source="a copy"))
    flags = View(Figures(remarks=facts)).risk_flags("HASH")
    assert [(flag.form, flag.kind, flag.count) for flag in flags] == [("10-Q", "", 0), ("10-K", "tariff", 3)]


def test_a_fact_that_is_no_target_is_refused() -> None:
    with pytest.raises(LedgerError, match="is no target"):
        View(Figures(remarks=(fact("target", {"metric": "moonshots"}),))).targets("HASH")


def test_bundled_facts_stand_before_the_users_own() -> None:
    own = replace(target(77), ticker="RIOT", known=date(2023, 1, 1))
    view = View(bundled() | Figures(remarks=(own,)))
    assert view.targets("RIOT") == View(bundled()).targets("RIOT")  # no source of that key: not in the ledger


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("targets.csv", "RIOT,2024-05-01,moonshots,1,1,ehs,,,guided,false,,false,key,p:1/s:1"),
        ("targets.csv", "RIOT,2024-05-01,hash_rate,many,1,ehs,,,guided,false,,false,key,p:1/s:1"),
        ("targets.csv", "RIOT,2024-05-01,revenue,1,1,usd,,,guided,false,lemonade,false,key,p:1/s:1"),
        ("flags.csv", "RIOT,someday,10-K,tariff,tariff,1,key,p:1/s:1"),
        ("flags.csv", "RIOT,2024-05-01,10-K,tariff,tariff,often,key,p:1/s:1"),
    ],
)
def test_a_damaged_table_of_statements_is_named(tmp_path, table: str, row: str) -> None:
    for name, columns in (("targets.csv", TARGET_COLUMNS), ("flags.csv", FLAG_COLUMNS)):
        lines = [",".join(columns), *([row] if name == table else [])]
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(BundleError, match=f"{table}:2"):
        read_statements(tmp_path)
