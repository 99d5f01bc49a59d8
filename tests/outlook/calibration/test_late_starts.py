"""Delays and margins on record."""

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, Quarter
from hashpivot.ledger import View
from hashpivot.outlook import calibrate
from hashpivot.outlook.calibration import base_of, decided_starts, line_margin, start_record


def test_core_scientific_began_two_quarters_late(view: View, network: NetworkHistory) -> None:
    """Announced for the first half of 2025; its line's revenue first rose in 2025Q4."""
    decided = {each.contract.ticker: each for each in decided_starts(view, network.last_day)}
    assert decided["CORZ"].announced == Quarter(2025, 2)
    assert decided["CORZ"].late == 2 and decided["CORZ"].come


def test_no_start_ahead_is_decided(view: View, network: NetworkHistory) -> None:
    for each in decided_starts(view, network.last_day):
        assert each.announced <= max(view.quarters(each.contract.ticker))


def test_the_record_is_used_from_five_starts_on(view: View, network: NetworkHistory) -> None:
    record, decided = start_record(view, network.last_day), list(decided_starts(view, network.last_day))
    assert str(len(decided)) in record.origin
    met = sum(not each.late for each in decided)
    assert record.on_time == (met + 1) / (len(decided) + 2)


def test_a_contract_past_its_start_is_overdue(view: View, network: NetworkHistory) -> None:
    contracts = calibrate(view, network, "CORZ").inputs.contracts
    assert contracts[0].overdue_quarters == 1 and contracts[0].term_quarters < 48
    assert all(each.overdue_quarters == 0 for each in contracts[1:])


def test_margins_are_ones_own_or_drawn_around_those_of_others(view: View) -> None:
    own = line_margin(base_of(view, "BTBT"), Line.AI_CLOUD)
    assert 0 < own.spread < 0.1 and 0.5 < own.margin < 0.7 and "BTBT" in own.origin
    others = line_margin(base_of(view, "IREN"), Line.AI_CLOUD)
    assert others.spread > 0 and "BTBT" in others.origin and others.origin.startswith("assumed")


def test_peers_are_the_same_whatever_the_age_of_ones_own_figures(view: View) -> None:
    """Riot's lines end with 2025Q3, Hut 8's later: both draw around the margins known today."""
    words = {
        line_margin(base_of(view, ticker), Line.AI_COLOCATION).origin for ticker in ("RIOT", "HUT", "APLD")
    }
    assert len(words) == 1 and "median of" in words.pop()
