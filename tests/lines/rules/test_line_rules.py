"""The rule table: every example reads as its rule says, and companies left out are still mostly read."""

from __future__ import annotations

import pytest

from hashpivot.core import Line
from hashpivot.lines import Role, default_rules

EXAMPLES = [(rule.target, ticker, label) for rule in default_rules() for ticker, label in rule.examples]


@pytest.mark.parametrize(("target", "ticker", "label"), EXAMPLES)
def test_examples(target: Line | Role, ticker: str, label: str) -> None:
    assert default_rules().classify(label) is target


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("x:HPCHostingMember", Line.AI_COLOCATION),
        ("Hosting of customers' miners", Line.HOSTING),
        ("Sales of mining equipment", Line.CHIPS),
        ("GPU-as-a-service", Line.AI_CLOUD),
        ("Cloud hosting arrangements", Line.HOSTING),
        ("Hash rate subscription", Line.HOSTING),
        ("Colocation of bitcoin miners", Line.HOSTING),
        ("Operating lease revenue - miners", Line.HOSTING),
        ("Digital asset sales", Line.OTHER),
        ("Bitcoin lending", Line.OTHER),
        ("Sales of GPU servers", Line.OTHER),
        ("Block rewards", Line.SELF_MINING),
        ("Transaction fees", Line.SELF_MINING),
        ("Total revenue", None),
        ("Revenues, net", None),
        ("Mining and hosting", None),
        ("x:BitcoinMiningAndHPCMember", None),
        ("Hosting, mining and other", None),
        ("Digital asset mining and related services", Line.SELF_MINING),
        ("HPC and AI hosting", Line.AI_COLOCATION),
        ("Sales of mining equipment and parts", Line.CHIPS),
    ],
)
def test_words_no_rule_was_written_for(words: str, line: Line | None) -> None:
    assert default_rules().classify(words.rpartition(":")[2]) is line


def test_two_lines_of_ai_in_one_label_are_noted() -> None:
    rule = default_rules().find("AI cloud and colocation")
    assert rule is not None and rule.target is Line.AI_CLOUD
    assert rule.note == "its label names colocation and cloud together"


def test_without_takes_away_only_a_companys_own_rules() -> None:
    rules = default_rules()
    left = list(rules.without("RIOT"))
    assert len(left) < len(list(rules))
    assert all(rule.tickers != {"RIOT"} for rule in left)
