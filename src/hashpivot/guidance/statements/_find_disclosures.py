"""Everything a text discloses, each kind by its own finder."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hashpivot.core import FiscalCalendar, Source, TextFact

from ..mentions import Disclosures, statement_remarks
from ..targets import find_targets, find_withdrawals
from ._contract_mentions import find_contracts
from ._preliminary import find_preliminary
from ._risk_mentions import find_risk_mentions
from ._splits import find_splits

if TYPE_CHECKING:
    from hashpivot.filings import Prose


def find_disclosures(
    prose: Prose, *, said_on: date, calendar: FiscalCalendar, names: tuple[str, ...] = ()
) -> Disclosures:
    """Return everything a text discloses; arguments as `find_targets`."""
    return Disclosures(
        tuple(find_targets(prose, said_on=said_on, calendar=calendar, names=names)),
        tuple(find_withdrawals(prose, said_on=said_on, calendar=calendar)),
        tuple(find_contracts(prose, said_on=said_on, calendar=calendar)),
        tuple(find_risk_mentions(prose)),
        tuple(find_preliminary(prose, said_on=said_on, calendar=calendar)),
        tuple(find_splits(prose)),
    )


def remarks_of(
    prose: Prose, *, source: Source, calendar: FiscalCalendar, names: tuple[str, ...] = ()
) -> list[TextFact]:
    """What a text says, for `Ledger.add`: one remark that it was read, and one for each statement.

    Args:
        prose: The text.
        source: The filing; its `known` is the day the words were said, its ticker says by whom.
        calendar: The company's.
        names: The company's names, as for `find_targets`.
    """
    found = find_disclosures(prose, said_on=source.known, calendar=calendar, names=names)
    return statement_remarks(found, source)
