"""What inputs of an outlook, and the cases they make, are called."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.outlook import SCENARIOS

from ..shared import compact_money

_NAMED = {
    "market.price.kind": "price model",
    "market.price.drift_error": "standard error of the drift",
    "market.price.jump_chance": "chance of a jump",
    "market.price.jump_share": "share of the variance in jumps",
    "market.price.start_factor": "price on the first day, times today's",
    "market.fees.calm_btc": "fees of a calm day",
    "market.fees.busy_factor": "fees of a busy day, times a calm one's",
    "market.network.power_usd_per_mwh": "median power price of the network",
    "market.network.fleet_j_per_th": "efficiency of the network",
    "market.network.new_j_per_th": "efficiency of new machines",
    "market.network.lag_epochs": "delivery time of machines",
    "market.price.volatility": "usual volatility of bitcoin",
    "market.price.drift": "drift of bitcoin's median price",
    "market.price.volatility_factor": "today's volatility, times the usual",
    "market.price.persistence": "persistence of volatility",
    "market.price.reaction": "reaction of volatility to a move",
    "market.price.forward": "forward curve of bitcoin",
    "market.fees.enter_busy": "chance that fees become busy",
    "market.fees.leave_busy": "chance that fees become calm",
    "market.fees.persistence": "persistence of fees",
    "market.fees.noise": "noise of fees",
    "market.network.improvement": "yearly improvement of the network's machines",
    "market.network.cost_spread": "spread of the network's power prices",
    "market.network.class_spread": "spread of efficiency within the network",
    "market.network.growth_level": "growth of the network's hash rate",
    "market.network.growth_response": "response of that growth to the margin",
    "market.network.growth_limit": "most growth of the network's hash rate",
    "market.network.growth_error": "standard error of the network's growth",
    "market.network.retirement": "machines of the network retired",
    "market.network.shock": "shocks to the network's growth",
    "mining.j_per_th": "efficiency of the fleet",
    "mining.class_spread": "spread of efficiency within the fleet",
    "mining.power_usd_per_mwh": "power price",
    "mining.non_power_opex_usd_per_mwh": "other mining cost",
    "mining.growth_ehs": "planned growth of the hash rate",
    "mining.growth_quarters": "quarters of planned growth",
    "mining.growth_j_per_th": "efficiency of machines bought",
    "mining.improvement": "yearly improvement of machines on sale",
    "mining.renewal": "share of the fleet renewed",
    "mining.fleet_noise": "spread of changes of the fleet",
    "mining.age_quarters": "age of the mining figures",
    "mining.hash_rate_ehs": "hash rate at the start",
    "mining.uptime": "uptime of machines",
    "mining.pool_fee": "pool fee",
    "mining.halving_days": "days to the next halving",
    "mining.payback_days": "payback that new machines must promise",
    "mining.trend": "growth the fleet has had, which fades",
    "steady.margin": "gross margin of these lines",
    "steady.hosting_usd": "hosting revenue",
    "steady.engineering_usd": "engineering revenue",
    "steady.power_usd": "power revenue",
    "steady.other_usd": "other revenue",
    "steady.line_noise": "spread of changes of these lines",
    "steady.unattributed_usd": "revenue that no line of the report claims",
    "cloud.gpus": "GPUs in service",
    "cloud.usd_per_gpu_hour": "price of a GPU-hour",
    "cloud.contract_share": "share of GPU time under contract",
    "cloud.contract_quarters": "length of a GPU contract",
    "cloud.margin": "gross margin of GPU time",
    "cloud.spot_decay": "fall of spot prices (in logs)",
    "cloud.spot_volatility": "volatility of spot prices",
    "cloud.gpu_years": "life of a GPU",
    "cloud.utilisation": "share of GPU hours sold",
    "cloud.one_off_usd": "GPU revenue that ends: machines sold on, set-up",
    "cloud.one_off_quarters": "quarters until it ends",
    "cloud.one_off_margin": "gross margin of what ends",
    "cloud.margin_spread": "spread of that margin",
    "colocation.running_usd": "rent already being paid",
    "colocation.running_critical_mw": "megawatts let already",
    "colocation.running_usd_per_kw_month": "rent of the halls let already",
    "colocation.full_usd": "rent once halls let already are full",
    "colocation.margin": "gross margin of data halls",
    "colocation.on_time": "chance that a contract starts on time",
    "colocation.late_quarters": "length of a delay",
    "colocation.running_spread": "spread of the rent already being paid",
    "colocation.loss_chance": "yearly chance that a tenant is lost",
    "colocation.empty_quarters": "quarters until a hall is let again",
    "cloud.loss_chance": "yearly chance that a customer is lost",
    "cloud.empty_quarters": "quarters until GPU time is sold again",
    "colocation.market_usd_per_kw_month": "market rent",
    "colocation.market_drift": "drift of market rents",
    "colocation.market_volatility": "volatility of market rents",
    "colocation.repricing": "share of market falls that tenants get",
    "colocation.meter_ratio": "power at the meter for each MWh of machines",
    "colocation.passthrough_usd_per_mwh": "power that tenants pay",
    "colocation.hall_years": "life of a data hall",
    "colocation.passthrough_usd": "costs passed on to tenants",
    "colocation.one_off_usd": "revenue that ends: fit-out, machines sold on",
    "colocation.one_off_quarters": "quarters until fit-out ends",
    "colocation.one_off_margin": "gross margin of fit-out",
    "colocation.margin_spread": "spread of that margin",
    "chips.tape_out_success": "chance that a tape-out succeeds",
    "chips.respin_quarters": "delay of a failed tape-out",
    "chips.sold_ehs": "machines sold",
    "chips.price_days": "price of a machine in days of hashprice",
    "chips.cost_usd_per_th": "cost of making a machine",
    "chips.market_share_kept": "share of the market still open",
    "chips.rd_usd": "research and development of chips",
    "chips.first_quarter": "quarter of the first own chip",
    "chips.ramp_quarters": "quarters until sales of machines are full",
    "chips.orders_elasticity": "orders: move with one percent of hashprice",
    "chips.reference_hashprice_usd_per_ph_day": "hashprice at which orders are as they are",
    "chips.own_j_per_th": "efficiency of own machines",
    "finance.sga_usd": "overheads (SG&A without stock-based pay)",
    "finance.rd_usd": "research and development",
    "finance.bitcoin": "bitcoin held",
    "finance.interest": "interest rate of debt",
    "finance.shares": "shares",
    "finance.share_beta": "share price: move with one percent of bitcoin",
    "finance.equity_limit_usd": "most new shares",
    "finance.debt_share": "share of data halls that lenders pay",
    "finance.debt_limit_usd": "most debt",
    "finance.sold_share": "share of mined bitcoin sold",
    "finance.sells_treasury": "sells its bitcoin before it raises debt or shares",
    "finance.machine_days": "price of machines in days of hashprice",
    "finance.new_interest": "interest rate of new debt",
    "finance.loans_usd": "project loans",
    "finance.depreciation_usd": "depreciation of what is owned",
    "finance.property_years": "remaining life of what is owned",
    "finance.machine_years": "life of a machine in the books",
    "finance.cash_usd": "cash",
    "finance.debt_usd": "debt",
    "finance.equity_usd": "stockholders' equity",
    "finance.share_price_usd": "share price",
    "finance.minimum_cash_usd": "least cash kept",
    "finance.stock_pay_usd": "stock-based pay",
    "finance.tax_rate": "tax rate",
    "finance.loss_carryforward_usd": "tax losses carried forward",
    "finance.receivable_days": "days of revenue not paid yet by customers",
    "finance.payable_days": "days of cash costs not paid yet",
    "finance.prepaid_quarters": "quarters of AI revenue that tenants pay ahead",
    "finance.tenant_capex_share": "share of data halls that tenants pay",
    "finance.treasury_ltv": "most lent against bitcoin held, over its value",
    "finance.treasury_interest": "interest rate of loans against bitcoin",
    "finance.covenant_cash_usd": "least cash by covenant",
    "finance.covenant_leverage": "most net debt over EBITDA by covenant",
    "finance.refinance_share": "share of debt falling due that lenders refinance",
}
_PARTS = {
    "contracts": {
        "start": "start",
        "kind": "kind",
        "usd_per_quarter": "full rate",
        "usd_per_kw_month": "rent",
        "critical_mw": "megawatts",
        "term_quarters": "term",
        "ramp_quarters": "quarters until full",
        "margin": "gross margin",
        "escalator": "yearly rise of the rate",
        "capex_usd": "cost of building",
        "build_quarters": "quarters of building",
        "converts_mw": "megawatts taken from mining",
        "pricing": "rate",
        "rate_spread": "spread of the rate",
        "evidence": "where it was read",
        "tenant_chance": "chance that the tenant comes",
        "passthrough_usd_per_mwh": "power that the tenant pays",
        "fitout_usd": "fit-out",
        "fitout_margin": "gross margin of fit-out",
        "overdue_quarters": "quarters overdue",
    },
    "debt": {
        "principal_usd": "owed",
        "rate": "interest rate",
        "matures": "falls due in",
        "conversion_price_usd": "conversion price",
    },
    "power": {
        "uptime": "uptime",
        "power_usd_per_mwh": "power price",
        "credits_usd_per_mw_hour": "credits",
    },
}
"""Inputs of one contract, instrument or quarter."""
_MONEY_UNITS = {
    "_usd_per_mwh": "/MWh", "_usd_per_kw_month": "/kW-month", "_usd_per_gpu_hour": "/GPU-hour",
    "_usd_per_th": "/TH", "_usd": "",
}  # fmt: skip
_UNITS = {"_ehs": "EH/s", "_j_per_th": "J/TH", "_mw": "MW", "_quarters": "quarters", "_years": "years"}


def input_name(key: str) -> str:
    """What an input is called: `power price`, or with its contract `CoreWeave: megawatts`.

    Args:
        key: Such as `mining.power_usd_per_mwh`, `contracts.CoreWeave [1].critical_mw`.
    """
    section, _, name = key.rpartition(".")
    kind, _, of = section.partition(".")
    if kind in _PARTS:
        words = _PARTS[kind].get(name, name.replace("_", " "))
        return f"{of}: {words}" if of else f"{words} of {kind}"
    return _NAMED.get(key, name.replace("_", " "))


def is_named(key: str) -> bool:
    """True if a key has a name that was written for it."""
    section, _, name = key.rpartition(".")
    return key in _NAMED or name in _PARTS.get(section.partition(".")[0], {})


def case_label(name: str) -> str:
    """A case's name as a person reads it: `bitcoin −50%, power price $70/MWh`.

    Args:
        name: Of the case, its scenarios and inputs joined by `+`.
    """
    return ", ".join(map(_part_label, name.split("+")))


def case_labels(names: Sequence[str]) -> list[str]:
    """Names of cases that stand side by side: what all of them share is left out.

    Args:
        names: As `case_label`.
    """
    parts = [name.split("+") for name in names]
    shared = set.intersection(*map(set, parts)) if len(parts) > 1 else set()
    return [", ".join(_part_label(part) for part in own if part not in shared) or "base" for own in parts]


def _part_label(part: str) -> str:
    key, equals, value = part.partition("=")
    if not equals or "." not in key:
        return SCENARIOS[part].label if part in SCENARIOS else part
    return f"{input_name(key)} {_value_label(key, value)}"


def _value_label(key: str, value: str) -> str:
    """`$70/MWh`, `5 EH/s`, `×0.5`; text as it is."""
    try:
        number = float(value)
    except ValueError:
        return value
    if key.endswith("_factor"):
        return f"×{number:g}"
    for ending, unit in _MONEY_UNITS.items():
        if key.endswith(ending):
            return f"{compact_money(number) if abs(number) >= 1e5 else f'${number:,.4g}'}{unit}"
    written = f"{number:,.4g}" if abs(number) < 10_000 else f"{number:,.0f}"
    unit = next((unit for ending, unit in _UNITS.items() if key.endswith(ending)), "")
    return f"{written} {unit}".strip()
