"""A company's AI lines from its figures and announced contracts."""

from __future__ import annotations

from datetime import date
from statistics import median

from hashpivot.core import Figure, Line, Missing, Quarter
from hashpivot.ledger import Contract, contracts_in_force

from ._base import Base
from ._inputs import AiContract, Cloud, Colocation, ContractKind
from ._origins import Origins, assumed, of_figure
from ._track_record import LATE_QUARTERS, ON_TIME_SHARE, ORIGIN

GPU_HOUR_USD, UTILISATION = 2.0, 0.9
MARGINS = {Line.AI_COLOCATION: 0.75, Line.AI_CLOUD: 0.6}
HALL_USD_PER_MW = 10e6
CLOUD_CAPEX_SHARE = 0.6
TERM_YEARS = 15.0
START_AFTER_QUARTERS = 6


def calibrate_colocation(base: Base, origins: Origins) -> Colocation:
    """AI halls let at the latest quarter, and delays by the track record."""
    found = _running(base, Line.AI_COLOCATION, "colocation", "running_usd", origins)
    found |= _margin(base, Line.AI_COLOCATION, "colocation", origins)
    return Colocation(
        **found, **origins.take("colocation", ORIGIN, on_time=ON_TIME_SHARE, late_quarters=LATE_QUARTERS)
    )


def calibrate_cloud(base: Base, origins: Origins) -> Cloud:
    """GPU time sold in the latest quarter, as so many GPUs at an assumed price."""
    revenue = base.lines.revenue.get(Line.AI_CLOUD)
    price = origins.take(
        "cloud", assumed("price and utilisation are not disclosed by quarter"),
        usd_per_gpu_hour=GPU_HOUR_USD, utilisation=UTILISATION,
    )  # fmt: skip
    if revenue is None:
        gpus = origins.take("cloud", f"no AI cloud revenue in {base.quarter}", gpus=0.0)
    else:
        hours = UTILISATION * GPU_HOUR_USD * 24 * base.quarter.days
        how = "revenue / (price x utilisation x hours)"
        gpus = origins.take("cloud", of_figure(revenue, how=how), gpus=float(revenue.value) / hours)
    found = gpus | price | _margin(base, Line.AI_CLOUD, "cloud", origins)
    plain = Cloud()
    why = "rental prices of a GPU generation fall by a fifth a year; contracts hold for two years on average"
    return Cloud(
        **found,
        **origins.take(
            "cloud", assumed(why),
            contract_share=plain.contract_share, contract_quarters=plain.contract_quarters,
            spot_decay=plain.spot_decay, spot_volatility=plain.spot_volatility,
        ),
    )  # fmt: skip


def calibrate_contracts(base: Base, day: date, origins: Origins) -> tuple[AiContract, ...]:
    """Contracts in force on a day that are not yet at full revenue in the latest quarter.

    A contract that had begun by then counts with what its full revenue exceeds the line's revenue; of several
    such, the line's revenue is set against the oldest first. The rate is value over term; where no value is
    told, megawatts times the median rate per megawatt of contracts that tell both.
    """
    held = [c for c in contracts_in_force(day) if c.ticker == base.ticker]
    running = {kind: _line_revenue(base, kind) for kind in ("colocation", "cloud")}
    found: list[AiContract] = []
    for number, contract in enumerate(held):
        rate, rate_origin = _rate(contract, day)
        start, start_origin = _start(contract)
        if start <= base.quarter:
            taken = min(rate, running[contract.kind])
            running[contract.kind] -= taken
            rate, start = rate - taken, base.quarter + 1
            start_origin = f"contract, begun; {taken:,.0f} USD of its rate already in {base.quarter}"
        if rate > 0:
            found.append(_contract(contract, number, rate, rate_origin, start, start_origin, origins))
    return tuple(found)


def _contract(
    contract: Contract, number: int, rate: float, rate_origin: str, start: Quarter, start_origin: str,
    origins: Origins,
) -> AiContract:  # fmt: skip
    name = f"{contract.counterparty} [{number + 1}]"
    section = f"contracts.{name}"
    kind: ContractKind = "colocation" if contract.kind == "colocation" else "cloud"
    line = Line.AI_COLOCATION if kind == "colocation" else Line.AI_CLOUD
    values = origins.take(section, f"contract {contract.url}", kind=kind)
    values |= origins.take(section, rate_origin, usd_per_quarter=rate)
    values |= origins.take(section, start_origin, start=start)
    years = contract.term_years
    term = origins.take(
        section, f"contract {contract.url}" if years else assumed("term not told"),
        term_quarters=round(float(years or TERM_YEARS) * 4),
    )  # fmt: skip
    capex, capex_origin = _capex(contract, rate * term["term_quarters"])
    values |= term | origins.take(section, capex_origin, capex_usd=capex)
    plain = assumed(
        "four quarters from first revenue to full, built in the four before; usual of announced ramps"
    )
    values |= origins.take(section, plain, ramp_quarters=4, build_quarters=4)
    values |= origins.take(section, assumed("as the line's usual margin"), margin=MARGINS[line])
    values |= origins.take(section, assumed("not told; the rate is the mean over the term"), escalator=0.0)
    values |= origins.take(section, assumed("not told whether mining gives way"), converts_mw=0.0)
    return AiContract(name=name, **values)


def _rate(contract: Contract, day: date) -> tuple[float, str]:
    where = f"contract {contract.url}"
    if contract.quarterly_usd:
        return float(contract.quarterly_usd), f"{where}: value / term / 4"
    if not contract.attributable_mw_critical_it:
        return 0.0, f"{where}: neither value nor megawatts are told"
    rate, cases = _usual_rate(contract.kind, day)
    how = (
        f"megawatts x {rate:,.0f} USD per MW and year, the median of {cases} contracts that tell their value"
    )
    return float(contract.attributable_mw_critical_it) * rate / 4, f"{where}: {how}"


def _usual_rate(kind: str, day: date) -> tuple[float, int]:
    rates = [
        float(c.contract_value_usd / c.mw_critical_it / c.term_years)
        for c in contracts_in_force(day)
        if c.kind == kind and c.contract_value_usd and c.mw_critical_it and c.term_years
    ]
    return (median(rates), len(rates)) if rates else (0.0, 0)


def _start(contract: Contract) -> tuple[Quarter, str]:
    """The last quarter of the announced start, or six quarters after the announcement if none is told."""
    where = f"contract {contract.url}"
    if contract.starts:
        first, last = map(Quarter.containing, contract.starts)
        return last, where if first == last else f"{where}: last quarter of {contract.start}"
    why = f"no start is told; {START_AFTER_QUARTERS} quarters after the announcement"
    return Quarter.containing(contract.known) + START_AFTER_QUARTERS, assumed(why)


def _capex(contract: Contract, value: float) -> tuple[float, str]:
    if contract.capex_usd:
        return float(contract.capex_usd * contract.share), f"contract {contract.url}"
    if contract.kind == "cloud":
        return CLOUD_CAPEX_SHARE * value, assumed("GPUs and halls take 60% of a cloud contract's value")
    critical = float(contract.attributable_mw_critical_it or 0)
    return HALL_USD_PER_MW * critical, assumed("10 million USD per critical MW of a hall without machines")


def _line_revenue(base: Base, kind: str) -> float:
    line = Line.AI_COLOCATION if kind == "colocation" else Line.AI_CLOUD
    figure = base.lines.revenue.get(line)
    return float(figure.value) if figure else 0.0


def _running(base: Base, line: Line, section: str, key: str, origins: Origins) -> dict[str, float]:
    figure = base.lines.revenue.get(line)
    if figure is None:
        return origins.take(section, f"no such revenue in {base.quarter}", **{key: 0.0})
    return origins.take(section, of_figure(figure), **{key: max(0.0, float(figure.value))})


def _margin(base: Base, line: Line, section: str, origins: Origins) -> dict[str, float]:
    profit, revenue = base.lines.gross_profit.get(line), base.lines.revenue.get(line)
    if isinstance(profit, Figure) and revenue is not None and revenue.value > 0:
        share = float(profit.value / revenue.value)
        how = "gross profit / revenue"
        return origins.take(section, of_figure(profit, revenue, how=how), margin=max(-2.0, min(1.0, share)))
    why = "no cost of the line is disclosed" if not isinstance(profit, Missing) else profit.reason
    return origins.take(section, assumed(why), margin=MARGINS[line])
