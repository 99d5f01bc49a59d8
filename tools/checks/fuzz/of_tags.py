"""Mutations of facts, contexts and units: what a filer's tool gets wrong, or an attacker right."""

from __future__ import annotations

import random
import re

from .markup import (
    CONTEXT,
    FACT,
    FACT_START,
    IDENTITY,
    NUMBER_START,
    PERIOD,
    TEXT_FACT,
    UNIT,
    WORDS,
    Mutation,
    insert,
    insert_within,
    pick,
    put,
    replace,
    set_attribute,
    swap,
    with_attribute,
)

_PERIODS = (
    b"<xbrli:forever/>",
    b"<xbrli:instant>2024-06-30</xbrli:instant>",
    b"<xbrli:instant>2024-06-30T00:00:00Z</xbrli:instant>",
    b"<xbrli:startDate>2024-06-30</xbrli:startDate><xbrli:endDate>2024-01-01</xbrli:endDate>",
    b"<xbrli:startDate>2024-01-01T00:00:00</xbrli:startDate><xbrli:endDate>2024-07-01T00:00:00+14:00"
    b"</xbrli:endDate>",
    b"<xbrli:startDate>0001-01-01</xbrli:startDate><xbrli:endDate>9999-12-31</xbrli:endDate>",
    b"<xbrli:startDate>2024-02-29</xbrli:startDate><xbrli:endDate>2024-02-29</xbrli:endDate>",
    b"<xbrli:endDate>2024-06-30</xbrli:endDate>",
    b"",
)
_MEMBERS = (
    b'<xbrldi:explicitMember dimension="srt:ProductOrServiceAxis">x:HostingMember</xbrldi:explicitMember>',
    b'<xbrldi:explicitMember dimension="us-gaap:StatementBusinessSegmentsAxis">'
    b"us-gaap:IntersegmentEliminationMember</xbrldi:explicitMember>",
    b'<xbrldi:explicitMember dimension="srt:ConsolidationItemsAxis">us-gaap:OperatingSegmentsMember'
    b"</xbrldi:explicitMember>",
    b'<xbrldi:explicitMember dimension="">:</xbrldi:explicitMember>',
    b'<xbrldi:typedMember dimension="x:SiteAxis"><x:Site>\xe2\x80\xae7</x:Site></xbrldi:typedMember>',
    b'<xbrldi:typedMember dimension="x:SiteAxis"/>',
)
_MEASURES = (
    b"<xbrli:measure>iso4217:CNY</xbrli:measure>",
    b"<xbrli:measure>iso4217:usd</xbrli:measure>",
    b"<xbrli:measure>xbrli:shares</xbrli:measure>",
    b"<xbrli:measure>x:Bitcoin</xbrli:measure>",
    b"<xbrli:measure>iso4217:USD</xbrli:measure><xbrli:measure>iso4217:USD</xbrli:measure>",
    b"<xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>"
    b"<xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator></xbrli:divide>",
    b"<xbrli:divide><xbrli:unitNumerator/></xbrli:divide>",
    b"",
)
_FORMATS = (
    b"ixt:num-comma-decimal",
    b"ixt:num-dot-decimal",
    b"ixt:fixed-zero",
    b"ixt:zerodash",
    b"ixt:num-unit-decimal",
    b"ixt-sec:numwordsen",
    b"ixt-sec:durwordsen",
    b"ixt:date-month-day-year",
    b"ixt:fixed-true",
    b"no:such",
    b"",
)
_CONCEPTS = (
    b"us-gaap:Revenues",
    b"us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax",
    b"us-gaap:CostOfRevenue",
    b"us-gaap:OperatingIncomeLoss",
    b"us-gaap:NetIncomeLoss",
    b"us-gaap:Assets",
    b"dei:EntityCommonStockSharesOutstanding",
    b"ifrs-full:Revenue",
    b"x:Revenues",
    b"Revenues",
    b":",
)
_COVER = (
    (b"DocumentPeriodEndDate", b"30 June 2024"),
    (b"DocumentPeriodEndDate", b"2024-02-31"),
    (b"DocumentType", b"10-K/A"),
    (b"TradingSymbol", b"BRK/B"),
    (b"TradingSymbol", b"None"),
    (b"EntityCentralIndexKey", b"CIK\x0c7"),
    (b"EntityRegistrantName", b"\xe2\x80\xaeevil\x07\tInc."),
    (b"AmendmentFlag", b"maybe"),
)
_NAMED = (
    b"&nbsp;",
    b"&mdash;",
    b"&bogus;",
    b"&#0;",
    b"&#xD83D;&#xDE00;",
    b"&#xFFFE;",
    b"&#x202E;",
    b"&#13;",
    b"&",
    b"&lt;b&gt;",
    b"&#99999999;",
)


def change_a_context(data: bytearray, rng: random.Random) -> bytes:
    """Another kind of period: forever, an instant, backwards, with times and zones, with no start."""
    return replace(PERIOD, data, rng, rng.choice(_PERIODS))


def add_a_dimension(data: bytearray, rng: random.Random) -> bytes:
    context = pick(CONTEXT, data, rng)
    if context is None:
        return bytes(data)
    member = rng.choice(_MEMBERS) * rng.choice((1, 1, 2))
    inside = context[0].replace(
        b"</xbrli:entity>", b"<xbrli:segment>" + member + b"</xbrli:segment></xbrli:entity>"
    )
    return put(data, context, inside)


def drop_a_dimension(data: bytearray, rng: random.Random) -> bytes:
    return replace(re.compile(rb"<xbrldi:\w+Member\b.{1,500}?</xbrldi:\w+Member>", re.DOTALL), data, rng, b"")


def swap_dimensions(data: bytearray, rng: random.Random) -> bytes:
    return swap(re.compile(rb"(?<=>)[\w\-]+:\w+Member(?=<)"), data, rng)


def double_an_id(data: bytearray, rng: random.Random) -> bytes:
    one = pick(IDENTITY, data, rng)
    return bytes(data) if one is None else replace(IDENTITY, data, rng, one[0])


def nest_a_fact(data: bytearray, rng: random.Random) -> bytes:
    """A fact in another of the same number, or of a text."""
    fact = pick(FACT, data, rng)
    if fact is None:
        return bytes(data)
    concept = rng.choice(_CONCEPTS)
    start = set_attribute(fact[0][: fact[0].index(b">")], b"name", concept)
    if rng.random() < 0.3:
        start = b'<ix:nonNumeric name="x:Note" contextRef="c0"'
    end = b"</ix:nonNumeric>" if b"nonNumeric" in start else b"</ix:nonFraction>"
    return put(data, fact, start + b">" + fact[0] + end)


def continue_a_text(data: bytearray, rng: random.Random) -> bytes:
    """Texts that go on elsewhere: nowhere, in a circle, twice, out of order."""
    fact = pick(TEXT_FACT, data, rng)
    if fact is None:
        return bytes(data)
    start, _, rest = fact[0].partition(b">")
    changed = put(data, fact, set_attribute(start, b"continuedAt", b"k1") + b">" + rest)
    chain = rng.choice(
        (
            b"",
            b'<ix:continuation id="k1">more 5</ix:continuation>',
            b'<ix:continuation id="k1" continuedAt="k1">more</ix:continuation>',
            b'<ix:continuation id="k1" continuedAt="k2">a</ix:continuation>'
            b'<ix:continuation id="k2" continuedAt="k1"/>',
            b'<ix:continuation id="k1">a</ix:continuation><ix:continuation id="k1">b</ix:continuation>',
        )
    )
    at = rng.choice((changed.find(b"<table"), changed.rfind(b"</body>"), fact.start()))
    return insert(changed, max(at, 0), chain)


def add_a_footnote(data: bytearray, rng: random.Random) -> bytes:
    fact = pick(FACT, data, rng)
    if fact is None:
        return bytes(data)
    mark = rng.choice((b"1", b"(a)", b"<sup>2</sup>", b"see note 7"))
    note = b'<ix:footnote id="fn1" footnoteRole="x" xml:lang="en-US">' + mark + b"</ix:footnote>"
    if rng.random() < 0.5:
        return put(data, fact, note + fact[0] + b'<ix:relationship fromRefs="x" toRefs="fn1"/>')
    inside = fact[0].replace(b"</ix:nonFraction>", note + b"</ix:nonFraction>")
    return put(data, fact, inside)


def hide_a_fact(data: bytearray, rng: random.Random) -> bytes:
    """A fact moved to the hidden section, or copied there with other digits."""
    fact = pick(FACT, data, rng)
    at = data.find(b"<ix:hidden>")
    if fact is None or at < 0:
        return bytes(data)
    hidden = (
        fact[0]
        if rng.random() < 0.5
        else re.sub(rb"\d(?=[\d,]*<)", lambda _: str(rng.randrange(10)).encode(), fact[0])
    )
    rest = put(data, fact, b"") if rng.random() < 0.5 else bytes(data)
    return insert(rest, at + len(b"<ix:hidden>") if at < fact.start() else at, hidden)


def exclude_a_part(data: bytearray, rng: random.Random) -> bytes:
    fact = pick(FACT, data, rng)
    if fact is None:
        return bytes(data)
    at = fact.start() + fact[0].index(b">") + 1 + rng.randrange(3)
    return insert(
        data, at, rng.choice((b"<ix:exclude>7</ix:exclude>", b"<ix:exclude/>", b"<ix:exclude> page 9"))
    )


def change_a_unit(data: bytearray, rng: random.Random) -> bytes:
    unit = pick(UNIT, data, rng)
    if unit is None:
        return bytes(data)
    start = unit[0][: unit[0].index(b">") + 1]
    return put(data, unit, start + rng.choice(_MEASURES) + b"</xbrli:unit>")


def change_a_format(data: bytearray, rng: random.Random) -> bytes:
    return with_attribute(NUMBER_START, data, rng, b"format", rng.choice(_FORMATS))


def change_decimals(data: bytearray, rng: random.Random) -> bytes:
    decimals = rng.choice((b"INF", b"0", b"-9", b"99", b"-3", b"x", b"", b"2147483648", b"1e9"))
    return with_attribute(NUMBER_START, data, rng, b"decimals", decimals)


def make_a_fact_nil(data: bytearray, rng: random.Random) -> bytes:
    return with_attribute(
        NUMBER_START, data, rng, b"xsi:nil", rng.choice((b"true", b"1", b"false", b"TRUE", b""))
    )


def change_a_concept(data: bytearray, rng: random.Random) -> bytes:
    return with_attribute(FACT_START, data, rng, b"name", rng.choice(_CONCEPTS))


def swap_concepts(data: bytearray, rng: random.Random) -> bytes:
    return swap(re.compile(rb'name="[\w\-]+:\w+"'), data, rng)


def add_an_odd_attribute(data: bytearray, rng: random.Random) -> bytes:
    """Attributes that change what a fact belongs to, or how its text is to be taken."""
    name, value = rng.choice(
        (
            (b"target", b"other"),
            (b"tupleRef", b"t1"),
            (b"order", b"1"),
            (b"xml:lang", b"zh-Hans"),
            (b"xml:space", b"preserve"),
            (b"xml:base", b"http://example.org/"),
            (b"escape", b"true"),
            (b"precision", b"3"),
            (b"id", b"\xc3\xa9 7"),
            (b"id", b"9" * 300),
            (b"style", b"display:none;-sec-ix-hidden:x"),
        )
    )
    return with_attribute(FACT_START, data, rng, name, value)


def change_a_namespace(data: bytearray, rng: random.Random) -> bytes:
    uri = rng.choice(
        (
            b"http://fasb.org/us-gaap/2031",
            b"http://fasb.org/us-gaap/2024/extra",
            b"http://example.org/us-gaap",
            b"https://xbrl.ifrs.org/taxonomy/2024-03-27/ifrs-full",
            b"http://www.xbrl.org/2008/inlineXBRL",
            b"http://xbrl.sec.gov/dei/2023",
            b"",
        )
    )
    declared = pick(re.compile(rb'xmlns:[\w\-]+="[^"]*"'), data, rng)
    return (
        bytes(data)
        if declared is None
        else put(data, declared, declared[0].split(b'"')[0] + b'"' + uri + b'"')
    )


def change_the_cover(data: bytearray, rng: random.Random) -> bytes:
    name, text = rng.choice(_COVER)
    shape = re.compile(rb'(?<=name="dei:' + name + rb'")[^<>]*>[^<]*(?=<)')
    found = pick(shape, data, rng)
    return bytes(data) if found is None else put(data, found, found[0].split(b">")[0] + b">" + text)


def insert_an_entity(data: bytearray, rng: random.Random) -> bytes:
    """References, named and numbered, good and bad, in words and in numbers."""
    for _ in range(rng.choice((1, 3))):
        shape = rng.choice((WORDS, re.compile(rb"(?<=>)[\d,.]{2,20}(?=<)")))
        insert_within(shape, data, rng, _NAMED)
    return bytes(data)


def make_a_fraction(data: bytearray, rng: random.Random) -> bytes:
    fact = pick(FACT, data, rng)
    if fact is None:
        return bytes(data)
    start, _, rest = fact[0].partition(b">")
    number = rest.partition(b"<")[0]
    below = rng.choice((b"4", b"0", b"3", b"x"))
    parts = b"<ix:numerator>%s</ix:numerator>/<ix:denominator>%s</ix:denominator>" % (number, below)
    return put(data, fact, start.replace(b"nonFraction", b"fraction") + b">" + parts + b"</ix:fraction>")


def drop_a_closing_tag(data: bytearray, rng: random.Random) -> bytes:
    return replace(re.compile(rb"</[\w:]+>"), data, rng, b"")


def repeat_contexts(data: bytearray, rng: random.Random) -> bytes:
    """A context twice under one id, the second of another period."""
    context = pick(CONTEXT, data, rng)
    if context is None:
        return bytes(data)
    other = context[0].replace(b"2024", b"2023") if rng.random() < 0.5 else context[0]
    return put(data, context, context[0] + other if rng.random() < 0.5 else other + context[0])


def remove_a_declaration(data: bytearray, rng: random.Random) -> bytes:
    return replace(re.compile(rb'\sxmlns(?::[\w\-]+)?="[^"]*"'), data, rng, b"")


TAGS: tuple[Mutation, ...] = (
    change_a_context,
    add_a_dimension,
    drop_a_dimension,
    swap_dimensions,
    double_an_id,
    nest_a_fact,
    continue_a_text,
    add_a_footnote,
    hide_a_fact,
    exclude_a_part,
    change_a_unit,
    change_a_format,
    change_decimals,
    make_a_fact_nil,
    change_a_concept,
    swap_concepts,
    add_an_odd_attribute,
    change_a_namespace,
    change_the_cover,
    insert_an_entity,
    make_a_fraction,
    drop_a_closing_tag,
    repeat_contexts,
    remove_a_declaration,
)
