"""What the bundled targets say about delays: the numbers behind the outlook's late contract starts.

    python -m tools write outlook-delays

Counts decided targets as `season` does (of one said several times, the first counts) over all companies.
"""

from __future__ import annotations

from hashpivot.guidance import judge_targets, track_record
from hashpivot.ledger import View

from ..parts import Made


def make() -> Made:
    """The section of the page."""
    view = View.open()
    day = max(source.known for source in view.sources.values())
    targets = [target for ticker in view.tickers() for target in view.targets(ticker)]
    record = track_record(judge_targets(targets, view, day))
    counts = ", ".join(
        f"{count} {verdict.value.replace('_', ' ')}" for verdict, count in record.counts.items()
    )
    text = (
        f"Targets of all companies: {counts}. Share of the decided ones met in time: "
        f"{float(record.share_met):.0%}; median delay of the late ones: {record.median_delay_days} days.\n"
    )
    return {"outlook-delays": text}
