"""What the bundled targets say about delays: the numbers of hashpivot/outlook/_track_record.py.

    python scripts/outlook_track_record.py

Counts decided targets as `season` does (of one said several times, the first counts) over all companies.
"""

from __future__ import annotations

from hashpivot.guidance import judge_targets, track_record
from hashpivot.ledger import View


def main() -> None:
    view = View.open()
    day = max(source.known for source in view.sources.values())
    targets = [target for ticker in view.tickers() for target in view.targets(ticker)]
    record = track_record(judge_targets(targets, view, day))
    for verdict, count in record.counts.items():
        print(f"{verdict.value}: {count}")
    print(f"share met in time: {record.share_met}")
    print(f"median delay of the late ones, days: {record.median_delay_days}")


if __name__ == "__main__":
    main()
