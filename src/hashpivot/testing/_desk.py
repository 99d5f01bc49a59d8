"""Desks for tests: on the bundled figures alone, or on made-up companies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Companies, Company
from hashpivot.desk import Desk
from hashpivot.ledger import Figures, View, bundled

from ._miner import MadeUpMiner


def bundled_desk(as_of: date | None = None) -> Desk:
    """A desk on the bundled figures, whatever ledger the user of this machine has.

    Args:
        as_of: Only what was known on that day.
    """
    return Desk(View(bundled(), as_of=as_of), NetworkHistory.load(), Companies.load())


def made_up_desk(*miners: MadeUpMiner, as_of: date | None = None) -> Desk:
    """A desk that knows nothing but made-up miners, on the real network.

    Args:
        miners: The companies, with all they have reported.
        as_of: Only what was known on that day.
    """
    companies = {miner.ticker: Company(miner.ticker, f"{miner.ticker} Mining Inc.") for miner in miners}
    figures = Figures()
    for miner in miners:
        figures |= _of_its_own(miner)
    return Desk(View(figures, as_of=as_of, companies=companies), NetworkHistory.load(), Companies(companies))


def _of_its_own(miner: MadeUpMiner) -> Figures:
    """What a miner has reported, its sources told apart from those of others."""
    reported = miner.held()
    keys = {key: f"{miner.ticker} {key}" for key in reported.sources}
    return Figures(
        {keys[key]: replace(source, key=keys[key]) for key, source in reported.sources.items()},
        tuple(replace(figure, source=keys[figure.source]) for figure in reported.figures),
    )
