import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput
from hashpivot.ledger import View
from hashpivot.outlook import Outlook, bridge, build_case, outlook


def run(view: View, network: NetworkHistory, ticker: str, *scenarios: str, seed: int = 1) -> Outlook:
    return outlook(build_case(view, network, ticker, scenarios)[0], quarters=6, paths=200, seed=seed)


def test_the_steps_add_up(view: View, network: NetworkHistory) -> None:
    base, late = run(view, network, "CORZ"), run(view, network, "CORZ", "ai_tenant_late", "bitcoin_halves")
    found = bridge(base, late)
    assert found.start_usd + sum(found.lines_usd.values()) + found.overheads_usd == pytest.approx(
        found.end_usd
    )
    assert found.overheads_usd == pytest.approx(0, abs=1e-3)
    assert found.lines_usd["ai_colocation"] < 0
    assert found.lines_usd["self_mining"] < 0
    assert found.lines_usd["hosting"] == 0
    assert set(found.to_dict()["lines_usd"]) == {"ai_colocation", "self_mining"}


def test_nothing_changes_from_a_case_to_itself(view: View, network: NetworkHistory) -> None:
    base = run(view, network, "CORZ")
    assert not any(bridge(base, base).lines_usd.values())


def test_unlike_outlooks_are_refused(view: View, network: NetworkHistory) -> None:
    base = run(view, network, "CORZ")
    for other in (run(view, network, "CORZ", seed=2), run(view, network, "RIOT")):
        with pytest.raises(InvalidInput, match="same company"):
            bridge(base, other)
