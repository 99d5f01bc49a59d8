"""What a company promised by a day, and what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hashpivot.core import Missing, Source
from hashpivot.guidance import Judged, Stance, Verdict, amount_text, judge_targets, track_record
from hashpivot.ledger import View

from ._answer import Metric


@dataclass(frozen=True, slots=True)
class Promise:
    """A target as an answer shows it.

    Args:
        judged: The target and what became of it.
        source: Where it was said; None if the ledger does not hold it.
    """

    judged: Judged
    source: Source | None

    @property
    def value(self) -> str:
        """The number as said: `12.4 ehs`, `200 to 250 mw`, `up to 50,000 gpus`."""
        return amount_text(self.judged.target)

    def to_dict(self) -> dict[str, object]:
        """Stable keys; see docs/json.md."""
        judged, target = self.judged, self.judged.target
        return {
            "metric": target.metric,
            "low": None if target.low is None else float(target.low),
            "high": None if target.high is None else float(target.high),
            "unit": target.unit,
            "due": target.due.isoformat() if target.due else None,
            "stance": target.stance.value,
            "said_on": target.said_on.isoformat(),
            "state": judged.verdict.value,
            "reason": judged.reason,
            "late_days": judged.late_days,
            "evidence": judged.evidence.id if judged.evidence else None,
            "source": self.source.title if self.source else None,
            "url": self.source.url or None if self.source else None,
            "locator": target.locator.rpartition("#")[2],
        }


def promises(view: View, ticker: str, day: date) -> tuple[Promise, ...]:
    """Targets said by `day`, each once, firmest and earliest due first, judged by what was known that day.

    What was due before it became public is no promise and left out.
    """
    said = [t for t in view.targets(ticker, day) if t.due is None or t.due >= t.said_on]
    judged = judge_targets(said, view, day, withdrawals=view.withdrawals(ticker, day))
    first: dict[object, Judged] = {}
    for each in judged:
        target = each.target
        first.setdefault((target.metric, target.low, target.high, target.due), each)
    order = list(Stance)
    ranked = sorted(first.values(), key=lambda j: (order.index(j.target.stance), j.target.due or date.max))
    sources = {_key(name): s for s in view.sources.values() for name in (s.accession, s.name) if name}
    texts = (judged.target.locator.partition("#")[0] for judged in ranked)
    found = (view.sources.get(text) or sources.get(_key(text)) for text in texts)
    return tuple(map(Promise, ranked, found))


def promise_metrics(made: tuple[Promise, ...]) -> tuple[Metric, ...]:
    """How many targets stand open by stance, and the record of those decided."""
    record = track_record(promise.judged for promise in made)
    still = [
        p.judged.target.stance for p in made if p.judged.verdict in (Verdict.OPEN, Verdict.CANNOT_BE_JUDGED)
    ]
    return (
        *(Metric(f"targets_{stance.value}", still.count(stance), (), _COUNTED) for stance in Stance),
        Metric(
            "targets_met_share", _number(record.share_met), (), "targets met in time / met, late or missed"
        ),
        Metric(
            "targets_median_delay_days", _number(record.median_delay_days), (), "median of targets met late"
        ),
    )


_COUNTED = "targets found in filings at hand that were neither reached nor missed by then"


def _number(value: Decimal | Missing) -> float | Missing:
    return value if isinstance(value, Missing) else float(value)


def _key(name: str) -> str:
    """`RIOT_10-Q_2024-06-30` and `RIOT_10Q-2024-06-30.htm.gz` are one name; accessions stay what they are."""
    return re.sub(r"[^a-z0-9]", "", name.lower().partition(".")[0])
