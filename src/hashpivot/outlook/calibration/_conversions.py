"""Mining that makes way: halls converted or sold after the quarter the outlook begins with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hashpivot.core import Line, Quarter
from hashpivot.ledger import CompanyEvent, EventKind

from ..inputs import AiContract, Mining, Origins
from ._base import BaseQuarter

LEAVES = (EventKind.HALLS_CONVERTED, EventKind.SITE_SOLD)


def calibrate_conversions(
    base: BaseQuarter, day: date, mining: Mining, origins: Origins
) -> Iterator[AiContract]:
    """A hall without rent for each event known on a day that takes mining megawatts later.

    What took effect before the quarter the outlook begins with is not in its fleet; of what takes effect
    within it, the days before are. What the hall will earn is told by a contract, if there is one.
    """
    for number, event in enumerate(base.view.events(base.ticker, day)):
        megawatts, how = _megawatts(event, mining)
        megawatts *= _still_mining(event, base.begins)
        if megawatts:
            name = f"{event.kind.words}: {event.counterparty or 'site not named'} [{number + 1}]"
            section, where = f"contracts.{name}", f"event of {event.effective}, known {event.known}"
            values = origins.take(section, f"{where}: {how}", converts_mw=megawatts)
            start = max(Quarter.containing(event.effective), base.begins + 1) + 1
            values |= origins.take(section, f"{where}: the quarter after", start=start, build_quarters=1)
            yield AiContract(name=name, **values)


def _still_mining(event: CompanyEvent, begins: Quarter) -> float:
    """Share of what an event takes that still mines in the quarter the outlook begins with."""
    before = (event.effective - begins.start).days / begins.days
    return min(1.0, max(0.0, before))


def _megawatts(event: CompanyEvent, mining: Mining) -> tuple[float, str]:
    """Mining megawatts that an event takes, and how that is known; 0 if none, or nobody knows how many."""
    if event.kind not in LEAVES or event.line not in (Line.SELF_MINING, None):
        return 0.0, ""
    if event.mw is not None:
        return float(event.mw), "megawatts told"
    if event.ehs is not None:
        return float(event.ehs) * mining.j_per_th, "hash rate told x the fleet's efficiency"
    if event.scale is not None:
        left = max(0.0, 1 - float(event.scale))
        return left * mining.hash_rate_ehs * mining.j_per_th, "share told x the fleet's megawatts"
    return 0.0, ""
