"""Mutations of whole documents: wrappers, packings, pieces glued together, what surrounds the words."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import quopri
import random
import re
import zipfile

from .markup import ROW, TABLE_START, Mutation, insert, pick

_TYPES = (b"10-Q", b"10-K", b"8-K", b"EX-99.1", b"EX-101.INS", b"GRAPHIC", b"XML", b"", b"10-Q/A", b"424B5")
_INERT = (b"script", b"noscript", b"template", b"iframe", b"svg", b"textarea", b"select", b"title", b"object",
          b"details", b"del", b"s", b"math", b"xmp", b"plaintext")  # fmt: skip
_HEADS = (
    b"\xef\xbb\xbf",
    b"\0\0\0",
    b"\n\n\n   ",
    b"<?xml version='1.1' encoding='latin-1' standalone='no'?>",
    b"<!DOCTYPE html>",
    b'<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 3.2//EN">',
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"{\\rtf1 ",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    b"From: ir@example.com\nSubject: results\n\n",
    b"<!--[if mso]>",
    b"<?php ?>",
)


def wrapped(*documents: tuple[bytes, bytes], form: bytes = b"10-Q", filed: bytes = b"20240808") -> bytes:
    """An EDGAR full submission of documents, each with its type.

    Args:
        documents: Type and bytes of each.
        form: Of the submission.
        filed: Day it was filed.
    """
    head = (
        b"<SEC-DOCUMENT>0000001234-24-000007.txt : %s\n<SEC-HEADER>0000001234-24-000007.hdr.sgml : %s\n"
        b"ACCESSION NUMBER:\t\t0000001234-24-000007\nCONFORMED SUBMISSION TYPE:\t%s\n"
        b"FILED AS OF DATE:\t\t%s\n"
        b"</SEC-HEADER>\n" % (filed, filed, form, filed)
    )
    parts = [
        b"<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>%d\n<FILENAME>d%d.htm\n<TEXT>\n%s\n</TEXT>\n</DOCUMENT>\n"
        % (kind, number, number, data)
        for number, (kind, data) in enumerate(documents, 1)
    ]
    return head + b"".join(parts) + b"</SEC-DOCUMENT>\n"


def uuencoded(data: bytes) -> bytes:
    """Bytes as EDGAR writes binary documents."""
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"begin 644 d.bin\n" + b"".join(lines) + b"`\nend\n"


def wrap_in_a_submission(data: bytearray, rng: random.Random) -> bytes:
    """The document in a submission, with others beside it, of right and wrong types, whole or damaged."""
    plain = bytes(data)
    inner = rng.choice(
        (plain, b"<XBRL>\n" + plain + b"\n</XBRL>", b"<XML>" + plain, uuencoded(plain[:200_000]))
    )
    others = [
        (rng.choice(_TYPES), rng.choice((b"", b"<html><body>x</body></html>", plain[: len(plain) // 2])))
        for _ in range(rng.choice((0, 1, 3)))
    ]
    documents = [(rng.choice(_TYPES), inner), *others]
    rng.shuffle(documents)
    whole = wrapped(
        *documents, form=rng.choice(_TYPES), filed=rng.choice((b"20240808", b"", b"2024", b"99999999"))
    )
    if rng.random() < 0.3:
        whole = whole.replace(
            rng.choice((b"</TEXT>", b"<TEXT>", b"</DOCUMENT>", b"</SEC-HEADER>", b"<TYPE>")), b""
        )
    return whole


def glue_a_copy(data: bytearray, rng: random.Random) -> bytes:
    """The document twice, or a part of it behind it."""
    plain = bytes(data)
    behind = rng.choice((plain, plain[len(plain) // 2 :], plain.replace(b"2024", b"2023")))
    at = rng.choice((len(plain), max(plain.rfind(b"</body>"), 0)))
    return insert(plain, at, behind)


def quote_printably(data: bytearray, rng: random.Random) -> bytes:
    head = b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
    return (head if rng.random() < 0.5 else b"") + quopri.encodestring(bytes(data))


def encode_whole(data: bytearray, rng: random.Random) -> bytes:
    """The document as base64 or uuencoded, as mail and old submissions carry it."""
    return base64.encodebytes(bytes(data)) if rng.random() < 0.5 else uuencoded(bytes(data))


def zip_it(data: bytearray, rng: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("d.htm", bytes(data))
    whole = packed.getvalue()
    return whole[: rng.randrange(1, len(whole))] if rng.random() < 0.3 else whole


def pack_oddly(data: bytearray, rng: random.Random) -> bytes:
    """Gzip in gzip, in members, cut, with something behind it, with a wrong checksum."""
    packed = gzip.compress(bytes(data), 1)
    kind = rng.randrange(5)
    if kind == 0:
        return gzip.compress(packed, 1)
    if kind == 1:
        half = len(data) // 2
        return gzip.compress(bytes(data[:half]), 1) + gzip.compress(bytes(data[half:]), 1)
    if kind == 2:
        return packed[: rng.randrange(3, len(packed))]
    if kind == 3:
        return packed + rng.choice((b"\0" * 512, b"<html/>", packed[:20]))
    return packed[:-8] + bytes(4) + packed[-4:]


def insert_a_picture(data: bytearray, rng: random.Random) -> bytes:
    size = rng.choice((50, 5_000, 100_000))
    picture = b'<img src="data:image/png;base64,%s" alt="%s"/>' % (
        base64.b64encode(rng.randbytes(size)),
        rng.choice((b"", b"Total revenue 5", b"logo")),
    )
    return insert(data, _seam(data, rng), picture)


def insert_a_comment(data: bytearray, rng: random.Random) -> bytes:
    comment = rng.choice(
        (b"<!-- 5 -->", b"<!-- <table><tr><td> -->", b"<!---->", b"<!-- -- -->", b"<!-->", b"<? 5 ?>")
    )
    return insert(data, rng.choice((_seam(data, rng), rng.randrange(len(data) + 1))), comment)


def comment_out(data: bytearray, rng: random.Random) -> bytes:
    """Rows or a stretch of the document in a comment."""
    row = pick(ROW, data, rng)
    start, end = row.span() if row else sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return bytes(data[:start] + b"<!--" + data[start:end] + b"-->" + data[end:])


def put_into_an_element(data: bytearray, rng: random.Random) -> bytes:
    """A table inside an element whose content is not shown, is shown struck, or is no markup."""
    table = pick(TABLE_START, data, rng)
    if table is None:
        return bytes(data)
    element = rng.choice(_INERT)
    end = data.find(b"</table>", table.end())
    end = len(data) if end < 0 else end + len(b"</table>")
    opened = b"<" + element + b">"
    return bytes(
        data[: table.start()] + opened + data[table.start() : end] + b"</" + element + b">" + data[end:]
    )


def hide_by_class(data: bytearray, rng: random.Random) -> bytes:
    """A style sheet that hides a class, and rows or cells of that class."""
    rule = rng.choice(
        (
            b".q7{display:none}",
            b"tr.q7{visibility:hidden}",
            b"@media print{.q7{display:none}}",
            b"@media screen{.q7{display:none}}",
            b".q7{font-size:1px;color:#FFFFFF}",
            b".q7{position:absolute;left:-9999px}",
            b".q7 > td{display:none}",
            b"/* .q7{display:none} */",
            b".q7{display:none} .q7{display:revert}",
        )
    )
    at = data.find(b"</head>")
    changed = bytearray(insert(data, max(at, 0), b"<style>" + rule + b"</style>"))
    for _ in range(rng.choice((1, 3))):
        found = pick(re.compile(rb"<(?:tr|td|table|span|p)(?=[\s>])", re.IGNORECASE), changed, rng)
        if found:
            changed[found.end() : found.end()] = b' class="q7"'
    return bytes(changed)


def add_a_huge_attribute(data: bytearray, rng: random.Random) -> bytes:
    tag = pick(re.compile(rb"<[a-z:]+(?=[\s>])", re.IGNORECASE), data, rng)
    size = rng.choice((300, 20_000, 300_000))
    attribute = rng.choice((b' style="%s"' % (b"color:red;" * (size // 10)), b' title="%s"' % (b"9" * size)))
    return bytes(data) if tag is None else insert(data, tag.end(), attribute)


def change_the_head(data: bytearray, rng: random.Random) -> bytes:
    return rng.choice(_HEADS) + bytes(data)


def change_line_ends(data: bytearray, rng: random.Random) -> bytes:
    """Other ends of lines, lines broken at a width, or none."""
    end = rng.choice((b"\r", b"\r\n", b"\n\n", b" ", b"\x0c", b"\xe2\x80\xa8"))
    if rng.random() < 0.5:
        return bytes(data).replace(b"\n", end)
    return re.sub(rb" (?=[^<>]{0,200}<)", lambda space: end if rng.random() < 0.1 else space[0], bytes(data))


def truncate_at_a_tag(data: bytearray, rng: random.Random) -> bytes:
    """Cut behind the end of a tag, as a broken download rarely is, and a broken writer often."""
    at = data.find(b">", rng.randrange(len(data)))
    return bytes(data[: at + 1]) if at >= 0 else bytes(data[:-1])


def change_case(data: bytearray, rng: random.Random) -> bytes:
    """All tags in capitals, or all words."""
    if rng.random() < 0.5:
        return re.sub(rb"</?[a-z]+(?=[\s>])", lambda tag: tag[0].upper(), bytes(data))
    return re.sub(rb"(?<=>)[^<>&]+(?=<)", lambda words: words[0].upper(), bytes(data))


def _seam(data: bytearray, rng: random.Random) -> int:
    """A place between two tags."""
    found = pick(re.compile(rb">\s*<"), data, rng)
    return found.start() + 1 if found else 0


PAGES: tuple[Mutation, ...] = (
    wrap_in_a_submission,
    glue_a_copy,
    quote_printably,
    encode_whole,
    zip_it,
    pack_oddly,
    insert_a_picture,
    insert_a_comment,
    comment_out,
    put_into_an_element,
    hide_by_class,
    add_a_huge_attribute,
    change_the_head,
    change_line_ends,
    truncate_at_a_tag,
    change_case,
)
