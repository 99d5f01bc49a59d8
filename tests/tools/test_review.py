from __future__ import annotations

from types import SimpleNamespace

from hashpivot.core import Line, Quarter
from hashpivot.outlook import Spread
from tools.evaluate import review


def spread(usd: float, width: float = 1.5) -> Spread:
    return Spread(usd / width, usd, usd * width, usd)


def summary(*totals: float, width: float = 1.5, margin: float = 0.3) -> SimpleNamespace:
    quarters = [
        SimpleNamespace(
            quarter=Quarter(2027, 1) + step,
            revenue_usd=spread(usd, width),
            gross_profit_usd=spread(usd * margin),
            lines={line: spread(usd if line is Line.AI_CLOUD else 0.0) for line in Line},
            p_shortfall=None,
        )
        for step, usd in enumerate(totals)
    ]
    return SimpleNamespace(ticker="CORZ", quarters=quarters)


def test_a_jump_is_found_and_a_steady_line_is_not() -> None:
    assert not list(review.jumps(summary(1e8, 1.1e8, 1.2e8)))
    (finding,) = review.jumps(summary(1e8, 1.1e8, 3e8))
    assert "2027Q2 to 2027Q3, $110.0m to $300.0m" in finding.number
    assert finding.score > 1 and str(finding).endswith("hashpivot outlook CORZ")


def test_no_width_and_too_much_width_are_found() -> None:
    assert not list(review.widths(summary(*[1e8] * 4)))
    assert "narrow" in next(review.widths(summary(*[1e8] * 4, width=1.001))).why
    assert "wide" in next(review.widths(summary(*[1e8] * 4, width=5.0))).why


def test_growth_beyond_contracts_is_found_and_contracted_growth_is_not() -> None:
    def case(usd: float) -> SimpleNamespace:
        return SimpleNamespace(inputs=SimpleNamespace(contracts=[SimpleNamespace(full_usd=usd)]))

    assert not list(review.growth(case(2e8), summary(1e8, 3e8)))
    (finding,) = review.growth(case(0.0), summary(1e8, 3e8))
    assert "$300.0m" in finding.number and "$100.0m" in finding.why


def test_a_margin_far_from_peers_is_found() -> None:
    peers = [summary(*[1e8] * 4, margin=margin) for margin in (0.3, 0.35, -0.9)]
    for peer, ticker in zip(peers, ("CORZ", "IREN", "MARA"), strict=True):
        peer.ticker = ticker
    (finding,) = review.margins(peers)
    assert finding.ticker == "MARA"
    assert "-90%" in finding.number
