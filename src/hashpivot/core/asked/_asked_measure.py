"""Measures as people call them: `hosting revenue`, `BTC production`, `SG&A`, `capex`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..base import InvalidInput
from ..figures import MEASURES, Line, Measure

_LINES = {
    (Line.SELF_MINING,): "self mining|bitcoin mining|btc mining|digital asset mining|"
    "digital asset self mining|cryptocurrency mining|crypto mining|mining|own mining|proprietary mining",
    (Line.HOSTING,): "hosting|bitcoin hosting|hosted mining|digital asset hosted mining|miner hosting|"
    "mining hosting|data center hosting|data hosting|"
    "asic colocation|miner colocation",
    (Line.AI_CLOUD,): "ai cloud|cloud|gpu cloud|gpu|gpus|hpc gpu|gpu hpc|"
    "ai cloud services|cloud services|gpu as a service|hpc cloud",
    (Line.AI_COLOCATION,): "ai colocation|colocation|colo|hpc colocation|hpc hosting|ai hosting|hpc lease|"
    "hpc leasing|ai leasing|data center lease|data center leasing|high density colocation",
    (Line.AI_CLOUD, Line.AI_COLOCATION): "ai|hpc|ai hpc|hpc ai|ai and hpc|high performance computing|"
    "artificial intelligence",
    (Line.CHIPS,): "chips|chip|chips and machines|machine|machines|mining machine|mining machines|asic|asics|"
    "mining rig|hardware|equipment|products|sealminer|sealminers|avalon",
    (Line.ENGINEERING,): "engineering",
    (Line.POWER,): "power|electricity|power sales|power capacity|power and capacity|energy|energy sales",
    (Line.OTHER,): "other",
}  # fmt: skip

_CALLED = {
    "revenue": "revenue|revenues|rev|revs|sales|top line|turnover|income from",
    "cost_of_revenue": "cost of revenue|cost of revenues|costs of revenue|cost of sales|cost|costs|cogs",
    "gross_profit": "gross profit|gross profits|gross income",
    "total_revenue": "total revenue|total revenues|total sales|net revenue|total net revenue|overall revenue|"
    "consolidated revenue",
    "total_cost_of_revenue": "total cost of revenue|total cost of revenues|total cost of sales",
    "selling_general_administrative": "sga|sg a|sg and a|g a|g and a|general and administrative|overhead|"
    "general and administrative expenses|selling general and administrative expenses",
    "research_development": "r d|r and d|rd|r&d|research and development expense|r d expense|r d spending",
    "depreciation_amortization": "depreciation|d a|d and a|da|depreciation and amortisation|amortization",
    "impairment": "impairment|impairment charge|impairment charges|writedown|write down",
    "fair_value_change_bitcoin": "bitcoin fair value change|fair value gain on bitcoin|fair value change|"
    "gain on fair value of bitcoin|change in fair value of digital assets|bitcoin mark to market|"
    "fair value loss on bitcoin|change in fair value",
    "operating_income": "operating profit|operating loss|ebit|income from operations|loss from operations",
    "net_income": "net profit|net loss|profit|bottom line|earnings|net earnings|net result",
    "interest_expense": "interest|interest cost|interest costs",
    "stock_based_compensation": "sbc|stock comp|share based compensation|stock compensation|"
    "share based payments|stock based comp",
    "adjusted_ebitda": "ebitda|adj ebitda",
    "operating_cash_flow": "cash from operations|cash flow from operations|cfo|operating cash|"
    "cash flow from operating activities|cash used in operations|operating cash burn|cash burn",
    "investing_cash_flow": "cash from investing|cash flow from investing|cash flow from investing activities|"
    "cash used in investing",
    "financing_cash_flow": "cash from financing|cash flow from financing|cash flow from financing activities",
    "capital_expenditure": "capex|capital expenditures|capital spending|purchases of property and equipment",
    "share_issuance_proceeds": "share issuance|equity raised|atm proceeds|stock issuance proceeds|"
    "proceeds from share issuance|proceeds from stock issuance|proceeds from the sale of stock",
    "power_credits": "demand response and power curtailment credits|"
    "curtailment credits|power and demand response credits|power credit|"
    "demand response credits",
    "cash": "cash|cash balance|cash position|cash on hand|cash equivalents",
    "digital_assets_value": "bitcoin holdings value|value of bitcoin holdings|digital assets|"
    "carrying value of bitcoin|value of bitcoin held|bitcoin on the balance sheet|digital asset value",
    "debt": "debt|total debt|borrowings|total borrowings",
    "convertible_notes": "convertible notes|converts|convertible debt|convertibles|convertible bonds",
    "total_assets": "assets|balance sheet total",
    "stockholders_equity": "equity|shareholders equity|stockholder equity|book value|total equity",
    "shares_outstanding": "share count|shares|number of shares|outstanding shares|common shares outstanding",
    "remaining_performance_obligation": "rpo|remaining performance obligations|backlog|"
    "contracted revenue backlog",
    "lease_payments_receivable": "lease receivables|future lease payments|lease payments receivable",
    "customer_concentration": "customer concentration|largest customer share|top customer share|"
    "largest customer",
    "bitcoin_mined": "btc mined|bitcoin production|production of bitcoin|btc production|production|"
    "bitcoins mined|coins mined|bitcoin produced|btc produced|mined bitcoin|bitcoins produced|bitcoin output",
    "eliminations": "intersegment eliminations|inter segment eliminations",
    "bitcoin_sold": "btc sold|bitcoin disposals|"
    "bitcoin disposed of|bitcoins sold|coins sold|bitcoin sales|btc sales",
    "bitcoin_held": "btc held|bitcoin holding|btc holding|"
    "bitcoin holdings|btc holdings|bitcoins held|hodl|treasury|bitcoin treasury|"
    "bitcoin in treasury|crypto treasury|btc treasury|"
    "bitcoin balance|coins held|btc balance|bitcoin stack|btc stack|"
    "bitcoin reserve|btc reserve|bitcoin reserves|btc reserves",
    "hash_rate_average": "average exahash|average hash rate|"
    "average hashrate|average operating hashrate|mean hash rate|"
    "mean operating hash rate|mean operating hashrate|"
    "average operational hash rate|average operational hashrate",
    "hash_rate_period_end": "hash rate|hashrate|hash|eh s|ehs|total hash rate|total hashrate|"
    "energized hash|operating hash rate|operating hashrate|"
    "operational hash rate|operational hashrate|energized hash rate|energized hashrate|installed hash rate|"
    "installed hashrate|deployed hash rate|deployed hashrate|exahash|period end hash rate|"
    "period end hashrate|month end hash rate|hashrate at period end|hash rate at the end|"
    "hashrate at the end",
    "hash_rate_hosted": "hosted hash rate|hosted hashrate|customer hash rate|customers hash rate",
    "power_capacity": "mw|megawatts|contracted power|managed power|power under management|"
    "energized power|power capacity|capacity|total capacity",
    "ai_power_energized": "ai mw energized|hpc mw energized|energized ai power|energized hpc mw|"
    "ai megawatts energized",
    "ai_power_delivered": "ai mw delivered|hpc mw delivered|delivered ai power|ai megawatts delivered",
    "fleet_efficiency": "efficiency|joules per terahash|j th|j per th|fleet efficiency",
    "cost_per_bitcoin": "cost per btc|cost per bitcoin mined|direct cost per bitcoin mined|"
    "cash cost per bitcoin|cost to mine a bitcoin|cash cost per btc|"
    "cost to mine one bitcoin|cost to mine a coin|cost to produce a bitcoin|cost to produce one bitcoin|"
    "cost to produce one btc|power cost to mine a bitcoin|cash cost per coin|cost per coin|"
    "mining cost per bitcoin|cash cost to mine a bitcoin",
    "revenue_per_bitcoin": "revenue per btc|average price per bitcoin|realized price per bitcoin|"
    "realised price per bitcoin|average realized price per bitcoin|average realised price per bitcoin|"
    "average revenue per bitcoin",
    "power_cost": "power price|electricity cost|cost of power|cost of electricity|power cost per mwh|"
    "electricity price|energy cost|cost per mwh|power per mwh|power cost per megawatt hour|"
    "power price per mwh|all in power price|all in power cost|all in power price per mwh|"
    "all in power cost per mwh",
    "bitcoin_blocks_won": "blocks won|blocks found|blocks mined|blocks",
}
_TOTALS = {"revenue": "total_revenue", "cost_of_revenue": "total_cost_of_revenue"}
_SAYS_NOTHING = (
    "the its from of in for total s company overall reported business segment services expense expenses "
    "spend spending charge charges"
)
_NOISE = frozenset(_SAYS_NOTHING.split())


@dataclass(frozen=True, slots=True)
class AskedMeasure:
    """A measure as someone asked for it.

    Args:
        measure: The measure.
        lines: The lines of business the words may mean; empty for the company as a whole.
    """

    measure: Measure
    lines: tuple[Line, ...] = ()


def measure_words(name: str) -> tuple[str, ...]:
    """Return what people call a measure besides its name and title: `capital_expenditure` -> `capex`, ...

    Args:
        name: A name from `MEASURES`; one that is not there has none.
    """
    called = _CALLED.get(name, "")
    return tuple(called.split("|")) if called else ()


def line_words(line: Line) -> tuple[str, ...]:
    """Return what people call a line of business: `ai_colocation` -> `colocation`, `hpc hosting`, ..."""
    return tuple(word for lines, called in _LINES.items() if line in lines for word in called.split("|"))


def read_measure(text: str, line: str = "") -> AskedMeasure:
    """Return the measure, and the lines, that a text means.

    Args:
        text: A measure's name or title, or what people call it, with or without a line: `revenue`,
            `hosting revenue`, `revenue/hosting`, `capex`.
        line: A line's name, or what people call it; empty if the text names it or none is meant.

    Raises:
        InvalidInput: With the nearest measures as a hint.
    """
    words = _plain(text)
    measure, rest = _measure_in(words)
    if measure is None:
        raise InvalidInput(f"no measure is called {text!r}", hint=_near(words))
    lines = _lines_in(_plain(line)) if line.strip() and _plain(line) != "total" else _lines_in(rest)
    if lines is None:
        names = ", ".join(Line)
        raise InvalidInput(f"no line is called {(line or rest)!r}", hint=f"lines are {names}, or total")
    if lines and not MEASURES[measure].by_line:
        by_line = {total: name for name, total in _TOTALS.items()}
        if measure not in by_line:
            raise InvalidInput(f"{MEASURES[measure].title} is not kept by line", hint="ask without a line")
        measure = by_line[measure]
    return AskedMeasure(MEASURES[measure if lines else _TOTALS.get(measure, measure)], lines)


def _plain(text: str) -> str:
    """Lower case, without marks: `SG&A` is `sg a`, `self_mining` is `self mining`."""
    plain = text.casefold().replace("'s", "").replace("’s", "").replace("centre", "center")
    return " ".join(re.findall(r"[^\W_]+", plain))


def _phrases() -> Iterator[tuple[str, str]]:
    """Every way to call a measure, with its name; its own name and title first."""
    for name, measure in MEASURES.items():
        yield _plain(name), name
        yield _plain(measure.title), name
    for name, words in _CALLED.items():
        for phrase in words.split("|"):
            yield _plain(phrase), name


_BY_PHRASE: dict[str, str] = {}
for _phrase, _name in _phrases():
    _BY_PHRASE.setdefault(_phrase, _name)
_BY_LINE_PHRASE = {phrase: lines for lines, words in _LINES.items() for phrase in words.split("|")}


def _measure_in(words: str) -> tuple[str | None, str]:
    """The measure of the longest phrase that leaves only words of a line, and those words."""
    if words in _BY_PHRASE:
        return _BY_PHRASE[words], ""
    inside = (phrase for phrase in _BY_PHRASE if f" {phrase} " in f" {words} ")
    for phrase in sorted(inside, key=len, reverse=True):
        rest = _plain(f" {words} ".replace(f" {phrase} ", " ", 1))
        if _lines_in(rest) is not None:
            return _BY_PHRASE[phrase], rest
    from difflib import get_close_matches

    part = _part_of_title(words)
    if part:
        return part, ""
    slip = get_close_matches(words, _BY_PHRASE, n=1, cutoff=0.88)
    if slip:
        return _BY_PHRASE[slip[0]], ""
    mended = " ".join(_mended(word) for word in words.split())
    return _measure_in(mended) if mended != words else (None, words)


def _part_of_title(words: str) -> str | None:
    """The one measure whose title has all of two or more words that say something."""
    kept = {word for word in words.split() if word not in _NOISE}
    fits = [name for name, measure in MEASURES.items() if kept <= set(_plain(measure.title).split())]
    return fits[0] if len(kept) > 1 and len(fits) == 1 else None


_VOCABULARY = {word for phrase in (*_BY_PHRASE, *_BY_LINE_PHRASE) for word in phrase.split()}


def _mended(word: str) -> str:
    """The word of the vocabulary that a slip means; the word itself if there is none."""
    if word in _VOCABULARY or word in _NOISE or len(word) < 4:
        return word
    from difflib import get_close_matches

    near = get_close_matches(word, _VOCABULARY, n=1, cutoff=0.8)
    return near[0] if near else word


def _lines_in(words: str) -> tuple[Line, ...] | None:
    """The lines that words mean: none for none but noise, None if they mean something else."""
    if words.replace(" ", "_") in set(Line):
        return (Line(words.replace(" ", "_")),)
    if words in _BY_LINE_PHRASE:
        return _BY_LINE_PHRASE[words]
    kept = " ".join(word for word in words.split() if word not in _NOISE)
    return _BY_LINE_PHRASE.get(kept) if kept else ()


def _near(words: str) -> str:
    from difflib import get_close_matches

    near = dict.fromkeys(
        _BY_PHRASE[phrase] for phrase in get_close_matches(words, _BY_PHRASE, n=4, cutoff=0.5)
    )
    return f"did you mean {' or '.join(near)}?" if near else f"measures are {', '.join(MEASURES)}"
