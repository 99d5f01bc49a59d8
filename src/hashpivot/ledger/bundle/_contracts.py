"""The table of announced AI contracts shipped with the package."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from importlib.resources.abc import Traversable

from ..disclosures import Contract
from ._csv import read_table

CONTRACT_COLUMNS = (
    "ticker", "announced", "known", "counterparty", "kind", "mw_gross", "mw_critical_it", "term_years",
    "contract_value_usd", "start", "capex_usd", "group", "restates", "extends", "share", "ended", "url",
)  # fmt: skip


def read_contracts(folder: Traversable) -> tuple[Contract, ...]:
    """Return the contracts of `ai_contracts.csv` in a folder as announced, by company and day.

    Raises:
        BundleError: If the table is damaged.
    """
    return tuple(read_table(folder / "ai_contracts.csv", CONTRACT_COLUMNS, _contract))


def _contract(row: Sequence[str]) -> Contract:
    ticker, announced, known, counterparty, kind, gross, critical, years, value, start, capex = row[:11]
    group, restates, extends, share, ended, url = row[11:]
    return Contract(
        ticker=ticker,
        announced=announced,
        known=date.fromisoformat(known),
        counterparty=counterparty,
        kind=kind,
        mw_gross=_amount(gross),
        mw_critical_it=_amount(critical),
        term_years=_amount(years),
        contract_value_usd=_amount(value),
        start=start,
        capex_usd=_amount(capex),
        group=group,
        restates=restates == "true",
        extends=extends == "true",
        share=Decimal(share),
        ended=date.fromisoformat(ended) if ended else None,
        url=url,
    )


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
