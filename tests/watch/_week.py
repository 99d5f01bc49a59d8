"""A week of filings: 2,000 entries in the feed, 40 filings of watched companies among them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hashpivot.testing.generated import other_filings
from hashpivot.testing.services import EdgarService, ServedFiler, ServedFiling
from hashpivot.testing.submissions import EASTERN

from .conftest import COMPANIES, filing

MONDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 6)
START = datetime(2026, 11, 2, 0, 0, tzinfo=EASTERN)
FORMS = ("8-K", "10-Q", "6-K", "10-Q/A", "8-K", "424B3", "10-K/A", "8-K/A")
RELEVANT, LATE, NOT_IN_FEED, ONLY_IN_INDEX = 40, 6, 5, 3


@dataclass
class Week:
    """The filings, and what is odd about some of them."""

    relevant: list[ServedFiling]
    others: list[ServedFiling]
    late: list[str]
    not_in_feed: list[str]
    only_in_index: list[str]

    def service(self) -> EdgarService:
        """A stand-in whose clock stands at the start of the week."""
        lags = dict.fromkeys(self.late, timedelta(hours=7)) | dict.fromkeys(
            self.only_in_index, timedelta(days=30)
        )
        edgar = EdgarService(
            [*self.relevant, *self.others],
            now=START,
            submissions_lag=timedelta(minutes=90),
            late=lags,
            missing_from_feed={*self.late, *self.not_in_feed, *self.only_in_index},
        )
        edgar.duplicate_feed_entries = True
        return edgar

    @property
    def accessions(self) -> list[str]:
        return [one.accession for one in self.relevant]


def week(seed: int = 1, others: int = 1950) -> Week:
    """Make a week; the odd ones are filed by Thursday, so that all of them are known when it ends."""
    chance = random.Random(seed)
    moments = sorted(_moment(chance) for _ in range(RELEVANT))
    relevant = [_relevant(chance, number, moment) for number, moment in enumerate(moments)]
    early = [one.accession for one in relevant if one.accepted.date() < FRIDAY]
    odd = chance.sample(early, LATE + NOT_IN_FEED + ONLY_IN_INDEX)
    return Week(
        relevant,
        other_filings(others, MONDAY, FRIDAY, seed=seed),
        odd[:LATE],
        odd[LATE : LATE + NOT_IN_FEED],
        odd[LATE + NOT_IN_FEED :],
    )


def _moment(chance: random.Random) -> datetime:
    day = MONDAY + timedelta(days=chance.randrange(5))
    return datetime(day.year, day.month, day.day, tzinfo=EASTERN) + timedelta(
        seconds=chance.randrange(6 * 3600, 17 * 3600)
    )


def _relevant(chance: random.Random, number: int, moment: datetime) -> ServedFiling:
    """A filing; every tenth under two watched companies."""
    ciks = list(COMPANIES)
    cik = ciks[number % len(ciks)]
    second = ciks[(number + 1) % len(ciks)]
    others = ((ServedFiler(second, "Co-filer Inc."), "Filer"),) if number % 10 == 9 else ()
    return filing(
        cik, FORMS[number % len(FORMS)], f"{chance.randrange(10**9):010}-26-{number:06}", moment, others
    )
