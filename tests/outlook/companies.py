"""Companies without chance that use every part of the model."""

from __future__ import annotations

from dataclasses import replace

from hashpivot.core import Quarter
from hashpivot.outlook import (
    AiContract,
    Chips,
    Cloud,
    Colocation,
    CompanyInputs,
    Debt,
    Finance,
    Mining,
    PowerQuarter,
    RunRateLines,
)

from .flat import FIRST


def rich() -> CompanyInputs:
    """Every part of the engine at work: five classes, plan, renewal, conversion, GPUs, halls, own chips."""
    start = FIRST + 3
    return CompanyInputs(
        "CORZ",
        Mining(
            10.0, 0.93, 22.0, 0.25, 48.0, 4.0, 0.01, growth_ehs=0.7, growth_quarters=3, growth_j_per_th=13.0,
            renewal=0.06,
        ),
        RunRateLines(2e6, 3e6, 1e5, 2e5, margin=0.25),
        Cloud(1_000.0, 0.8, 2.5, 0.7, 6.0, 0.6, spot_decay=0.3, spot_volatility=0.0),
        Colocation(
            running_critical_mw=20.0, running_usd_per_kw_month=120.0, margin=0.5, on_time=1.0,
            market_usd_per_kw_month=140.0, market_drift=-0.2, repricing=0.4, meter_ratio=1.2,
            passthrough_usd_per_mwh=40.0,
        ),
        Chips(FIRST + 1, 1.0, 2, 0.5, 2, 500.0, 9.0, 0.8, 1e6),
        Finance(
            6e6, 2e6, 9e7, 300.0, 4e7, 0.08, 5e7, 7.0, 0.6, 2e7, 0.7, 6e7, 0.8, 1.0, 3e7, 480.0, 0.09,
            loans_usd=1e7, depreciation_usd=3e6, stock_pay_usd=1.5e6, tax_rate=0.21,
            loss_carryforward_usd=2e7, equity_usd=1.2e8, refinance_share=0.6, receivable_days=40.0,
            payable_days=25.0, prepaid_quarters=0.5, tenant_capex_share=0.1, treasury_ltv=0.4,
            treasury_interest=0.11,
        ),
        (
            AiContract("signed", start, "colocation", 1.2e7, 5, 2, 0.7, 0.03, 8e7, 2, 25.0, fitout_usd=4e6,
                       fitout_margin=0.1),
            AiContract("let", FIRST - 1, "colocation", term_quarters=40, ramp_quarters=4, critical_mw=10.0,
                       usd_per_kw_month=150.0, passthrough_usd_per_mwh=35.0, converts_mw=12.0),
            AiContract("free", FIRST + 4, "colocation", term_quarters=40, critical_mw=8.0, pricing="market",
                       capex_usd=3e7, build_quarters=6, converts_mw=5.0),
            AiContract("GPUs", FIRST + 2, "cloud", 5e6, 40, 3, 0.5, capex_usd=2e7),
        ),
        debt=(
            Debt("overdue note", 4e6, 0.12, FIRST - 1),
            Debt("term loan", 1.1e7, 0.1, FIRST + 2),
            Debt("convertible in the money", 6e6, 0.01, FIRST + 3, 5.0),
            Debt("convertible out of the money", 9e6, 0.0, FIRST + 4, 21.0),
            Debt("facility", 2e6, 0.07),
        ),
    )  # fmt: skip


def companies() -> dict[str, CompanyInputs]:
    inputs = rich()
    season = tuple(PowerQuarter(Quarter(2024, n), 0.8 + n / 50, 30.0 + n, n / 2.0) for n in (1, 2, 3, 4))
    poor = replace(
        inputs.finance,
        sga_usd=6e7,
        cash_usd=1e6,
        bitcoin=20.0,
        debt_limit_usd=4.5e7,
        share_price_usd=0.0,
        sells_treasury=0.0,
        sold_share=0.3,
        treasury_ltv=0.0,
    )
    stage = AiContract("hall", FIRST, "colocation", 1e6, 3, 1, 0.5, build_quarters=1)
    return {
        "full": inputs,
        "twice": CompanyInputs(
            "CORZ",
            colocation=Colocation(on_time=1.0),
            contracts=(stage, replace(stage, start=FIRST + 4, usd_per_quarter=3e6)),
            finance=Finance(equity_usd=0.0),
        ),
        "cheap": inputs,
        "poor": replace(inputs, finance=poor),
        "site": replace(inputs, power=season, chips=Chips()),
        "none": CompanyInputs("CORZ", finance=Finance(equity_usd=0.0)),
    }
