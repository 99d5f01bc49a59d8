"""Changes that mean nothing: a document with any of them must say what it said before."""

from __future__ import annotations

import gzip
import random
import re

from hashpivot.filings.source import looks_like_submission

from .markup import CELL, CONTEXT, IDENTITY, PARAGRAPH, ROW, Mutation
from .of_pages import wrapped

_START_TAG = re.compile(rb'<([A-Za-z][\w:\-]*)((?:\s+[\w:\-]+="[^"<>]*")+)\s*(/?)>')
_PAIR = re.compile(rb'([\w:\-]+)="([^"<>]*)"')
_SEAMS = re.compile(
    rb"(?<=</tr>)|(?<=</p>)|(?<=</table>)|(?<=</xbrli:context>)|(?<=</td>)(?=</tr>)", re.IGNORECASE
)
_PREFIXES = (
    (b"us-gaap", b"g"),
    (b"xbrli", b"inst"),
    (b"ix", b"i1"),
    (b"iso4217", b"cur"),
    (b"dei", b"d"),
    (b"srt", b"us-gaap2"),
    (b"ixt", b"tr"),
    (b"xbrldi", b"dim"),
)
_HIDDEN = (
    b'<p style="display:none">Total revenue for the second quarter of 2025 was $999 million.</p>',
    b'<div hidden="">We expect to reach 99 EH/s by the end of 2027.</div>',
    b"<!-- <table><tr><td>Total revenue</td><td>5</td></tr></table> -->",
    b"<script>var revenue = 5;</script>",
    b"<style>.zz9{display:none}</style>",
    b'<img src="data:image/png;base64,iVBORw0KGgo5" alt=""/>',
)


def reorder_attributes(data: bytearray, rng: random.Random) -> bytes:
    def reordered(tag: re.Match[bytes]) -> bytes:
        pairs = _PAIR.findall(tag[2])
        rng.shuffle(pairs)
        return b"<" + tag[1] + b"".join(b' %s="%s"' % pair for pair in pairs) + tag[3] + b">"

    return _START_TAG.sub(reordered, bytes(data))


def requote_attributes(data: bytearray, rng: random.Random) -> bytes:
    def requoted(tag: re.Match[bytes]) -> bytes:
        return tag[0] if b"'" in tag[2] else tag[0].replace(b'"', b"'")

    return _START_TAG.sub(requoted, bytes(data))


def space_tags(data: bytearray, rng: random.Random) -> bytes:
    """White space where it has no meaning: in tags, between rows, between attributes."""
    data = bytearray(_SEAMS.sub(lambda _: rng.choice((b"", b"\n", b"\r\n\t")), bytes(data)))
    return _START_TAG.sub(
        lambda tag: b"<" + tag[1] + re.sub(rb"\s+(?=[\w:\-]+=)", b"\n  ", tag[2]) + b" " + tag[3] + b">",
        bytes(data),
    )


def add_comments(data: bytearray, rng: random.Random) -> bytes:
    return _SEAMS.sub(lambda _: b"<!-- 5 <td> -->" if rng.random() < 0.2 else b"", bytes(data))


def rename_prefixes(data: bytearray, rng: random.Random) -> bytes:
    """Other prefixes for the namespaces that everybody knows."""
    text = bytes(data)
    for prefix, other in _PREFIXES:
        if b"xmlns:" + prefix + b"=" in text and b"xmlns:" + other + b"=" not in text and rng.random() < 0.7:
            text = re.sub(rb"xmlns:%s(?==)" % prefix, b"xmlns:" + other, text)
            text = re.sub(rb"(?<=[<>/\"'])%s:(?=[A-Za-z])" % prefix, other + b":", text)
    return text


def rename_ids(data: bytearray, rng: random.Random) -> bytes:
    """Other ids for contexts, units and facts, and the same in what refers to them."""
    names = {found[0][4:-1] for found in IDENTITY.finditer(bytes(data))}
    new = {name: b"q%d_%s" % (rng.randrange(99), name) for name in sorted(names)}

    def renamed(pair: re.Match[bytes]) -> bytes:
        return pair[1] + new.get(pair[2], pair[2]) + b'"'

    return re.sub(rb'(\b(?:id|contextRef|unitRef|continuedAt)=")([^"<>]*)"', renamed, bytes(data))


def shuffle_contexts(data: bytearray, rng: random.Random) -> bytes:
    text = bytes(data)
    found = [context[0] for context in CONTEXT.finditer(text)]
    shuffled = list(found)
    rng.shuffle(shuffled)
    rest = iter(shuffled)
    return CONTEXT.sub(lambda _: next(rest), text)


def add_what_nobody_sees(data: bytearray, rng: random.Random) -> bytes:
    at = bytes(data).rfind(b"</body>")
    return bytes(data) if at < 0 else bytes(data[:at] + rng.choice(_HIDDEN) + data[at:])


def reencode(data: bytearray, rng: random.Random) -> bytes:
    """The same characters in another encoding, which is declared or marked."""
    plain = bytes(data)
    if looks_like_submission(plain) or not plain.isascii():
        return plain
    text = re.sub(r"^<\?xml[^>]*\?>\s*", "", plain.decode())
    name = rng.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-8"))
    if name == "utf-16-le":
        return b"\xff\xfe" + text.encode(name)
    if name == "utf-8":
        return b'<?xml version="1.0" encoding="us-ascii"?>' + text.encode()
    return text.encode(name)


def write_references(data: bytearray, rng: random.Random) -> bytes:
    """Digits and letters of texts as numeric references."""

    def referred(text: re.Match[bytes]) -> bytes:
        at = rng.randrange(len(text[0]))
        char = text[0][at]
        if rng.random() < 0.7 or not (char < 128 and chr(char).isalnum()):
            return text[0]
        form = b"&#%d;" if rng.random() < 0.5 else b"&#x%X;"
        return text[0][:at] + form % char + text[0][at + 1 :]

    if looks_like_submission(bytes(data)):
        return bytes(data)
    return re.sub(
        rb"(?<=<td>)[^<>&]+(?=</td>)|(?<=<p>)[^<>&]+(?=</p>)|(?<=\">)[\d,.]+(?=</ix:)", referred, bytes(data)
    )


def wrap(data: bytearray, rng: random.Random) -> bytes:
    """The document as the one of a submission of the day it is about."""
    plain = bytes(data)
    if looks_like_submission(plain) or not plain.lstrip().startswith(b"<"):
        return plain
    inline = b"inlineXBRL" in plain or b"xbrl.org/2003/instance" in plain
    form, kind = (b"10-Q", b"10-Q") if inline else (b"8-K", b"EX-99.1")
    inner = b"<XBRL>\n" + plain + b"\n</XBRL>" if inline and rng.random() < 0.5 else plain
    return wrapped((kind, inner), form=form, filed=b"20260105")


def pack_well(data: bytearray, rng: random.Random) -> bytes:
    return gzip.compress(bytes(data), rng.choice((1, 9)))


def change_ends_of_lines(data: bytearray, rng: random.Random) -> bytes:
    if b"\0" in data:
        return bytes(data)
    return bytes(data).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def dress_cells(data: bytearray, rng: random.Random) -> bytes:
    """What stands in a cell in elements that change how it looks, not what it says."""
    before, after = rng.choice(
        (
            (b"<span>", b"</span>"),
            (b"<p>", b"</p>"),
            (b'<font face="Arial" size="2">', b"</font>"),
            (b'<div style="text-align:right;color:#000000">', b"</div>"),
            (b"<b>", b"</b>"),
            (b"\n ", b" \n"),
        )
    )

    def dressed(cell: re.Match[bytes]) -> bytes:
        start, _, rest = cell[0].partition(b">")
        inner, _, end = rest.rpartition(b"</")
        if not inner.strip() or rng.random() < 0.3:
            return cell[0]
        return start + b">" + before + inner + after + b"</" + end

    return CELL.sub(dressed, bytes(data))


def style_rows(data: bytearray, rng: random.Random) -> bytes:
    """Borders, colours and classes that hide nothing."""
    style = rng.choice(
        (b' style="background-color:#cceeff"', b' class="even"', b' style="height:12pt;vertical-align:top"')
    )
    return re.sub(rb"<tr(?=>)", lambda tag: tag[0] + style if rng.random() < 0.5 else tag[0], bytes(data))


def add_a_body_of_rows(data: bytearray, rng: random.Random) -> bytes:
    text = re.sub(rb"<table([^<>]*)>(?=<tr)", rb"<table\1><tbody>", bytes(data))
    return re.sub(rb"</tr></table>", b"</tr></tbody></table>", text) if text != data else text


def add_an_empty_row(data: bytearray, rng: random.Random) -> bytes:
    """A row without a word before the end of each table."""
    return re.sub(rb"(?<=</tr>)(?=</table>)", b"<tr><td></td><td>&#160;</td></tr>", bytes(data))


def capital_tags(data: bytearray, rng: random.Random) -> bytes:
    if b"xmlns" in data:
        return bytes(data)
    return re.sub(rb"</?(?:table|tr|td|p|body|html|head)\b", lambda tag: tag[0].upper(), bytes(data))


def say_other_words(data: bytearray, rng: random.Random) -> bytes:
    """Paragraphs at the end that state nothing."""
    at = bytes(data).rfind(b"</body>")
    words = rng.choice(
        (b"<p>About us</p>", b"<p>Contact: ir@example.com</p>", b"<p>###</p>", b"<hr/>", b"<p></p>")
    )
    return (
        bytes(data) if at < 0 or not PARAGRAPH.search(bytes(data)) else bytes(data[:at] + words + data[at:])
    )


def drop_spare_ends(data: bytearray, rng: random.Random) -> bytes:
    """End tags that HTML does not ask for."""
    if b"xmlns" in data or not ROW.search(bytes(data)):
        return bytes(data)
    return re.sub(rb"</t[dr]>(?=<t[dr]|</table>)", b"", bytes(data))


NEUTRAL: tuple[Mutation, ...] = (
    reorder_attributes,
    requote_attributes,
    space_tags,
    add_comments,
    rename_prefixes,
    rename_ids,
    shuffle_contexts,
    add_what_nobody_sees,
    reencode,
    write_references,
    wrap,
    pack_well,
    change_ends_of_lines,
    dress_cells,
    style_rows,
    add_a_body_of_rows,
    add_an_empty_row,
    capital_tags,
    say_other_words,
    drop_spare_ends,
)
