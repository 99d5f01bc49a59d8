"""How long reading a filing takes, beside the bare parser and other readers.

    python -m benchmarks.readers --data ../shared/data/filings/ixbrl --data ../shared/data/corpus

Every column is measured on every filing with inline XBRL in the folder, in one process, round by round
(so that a busy moment of the machine hits all columns), and the fastest round counts. Ratios are those of
the medians over the filings. The peers are optional: `pip install ixbrlparse arelle-release edgartools`.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import io
import logging
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from lxml import etree

from hashpivot.core import Companies, HashpivotError
from hashpivot.filings import read_filing

Work = Callable[[bytes], object]
Times = dict[str, dict[str, float]]

_CONTEXT = "{http://www.xbrl.org/2003/instance}context"
_NUMBER = "{http://www.xbrl.org/2013/inlineXBRL}nonFraction"


def floor(data: bytes) -> int:
    """The least any reader on lxml has to do: parse, walk contexts, walk numeric facts."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    root = etree.fromstring(data, parser)
    count = 0
    for context in root.iter(_CONTEXT):
        context.get("id")
        for part in context.iter():
            _ = part.text
    for fact in root.iter(_NUMBER):
        _ = fact.get("name"), fact.get("contextRef"), fact.text
        count += 1
    return count


def facts(data: bytes) -> object:
    """Our facts."""
    return read_filing("", data=data)


def facts_and_labels(data: bytes) -> object:
    """Our facts, each asked for its row label."""
    return [fact.label for fact in read_filing("", data=data).facts]


def facts_lines_labels(data: bytes) -> object:
    """Our facts, their labels, and the lines of business; the table of companies is loaded once."""
    from hashpivot.lines import read_facts

    filing = read_filing("", data=data)
    return [fact.label for fact in filing.facts], read_facts(filing, companies=known_companies())


@cache
def known_companies() -> Companies:
    """The shipped table of companies."""
    return Companies.load()


def with_ixbrlparse(data: bytes) -> object:
    """The ixbrlparse library."""
    from ixbrlparse import IXBRL

    return IXBRL(io.BytesIO(data), raise_on_error=False)


def with_arelle(data: bytes) -> object:
    """Arelle, offline and without any taxonomy at hand; the time includes writing the file it wants."""
    from arelle.Cntlr import Cntlr

    controller = Cntlr(logFileName="logToBuffer", disable_persistent_config=True)
    controller.webCache.workOffline = True
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filing.htm"
        path.write_bytes(data)
        model = controller.modelManager.load(str(path))
        count = len(model.facts)
        controller.modelManager.close()
    return count


def with_edgartools(data: bytes) -> object:
    """The edgartools library: the page parsed into its document, with the facts it finds on it."""
    from edgar.documents import parse_html

    return parse_html(data.decode("utf-8")).xbrl_facts


def columns() -> tuple[dict[str, Work], dict[str, Work], list[str]]:
    """Our columns, the peers', and what is left out with the reason."""
    ours: dict[str, Work] = {"lxml floor": floor, "facts": facts, "facts + labels": facts_and_labels}
    peers: dict[str, Work] = {}
    missing: list[str] = []
    if find_spec("hashpivot.lines"):
        ours["facts + lines + labels"] = facts_lines_labels
    else:
        missing.append("facts + lines + labels: hashpivot.lines is not there")
    for name, module, work in (
        ("ixbrlparse", "ixbrlparse", with_ixbrlparse),
        ("Arelle", "arelle", with_arelle),
        ("edgartools", "edgar", with_edgartools),
    ):
        if find_spec(module):
            peers[name] = work
        else:
            missing.append(f"{name}: not installed")
    return ours, peers, missing


def filings_in(folder: Path, pattern: str = "*.htm*") -> dict[str, bytes]:
    """Unpacked documents by name; those without XBRL facts are left out."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.glob(pattern)):
        data = path.read_bytes()
        plain = gzip.decompress(data) if path.suffix == ".gz" else data
        try:
            read_filing(path, data=plain)
        except HashpivotError as error:
            print(f"left out {path.name}: {error.message}")
            continue
        found[path.name] = plain
    return found


def seconds(work: Work, data: bytes) -> float:
    """One run, on a clean slate: garbage gone and freed memory in order before the clock starts.

    The C library puts small pieces of freed memory in order when a large one is asked for or let go of. Who
    frees a tree pays for that here; else only those would that let go of something large after it.
    """
    gc.collect()
    tidy_memory()
    started = time.perf_counter()
    work(data)
    tidy_memory()
    return time.perf_counter() - started


def tidy_memory() -> None:
    """Ask for a large piece, and let go of it."""
    bytearray(5_000_000)


def measure(documents: dict[str, bytes], works: dict[str, Work], rounds: int) -> Times:
    """Fastest of `rounds` in seconds, by column and document."""
    times: Times = {column: {} for column in works}
    for name, data in documents.items():
        for _ in range(rounds):
            for column, work in works.items():
                taken = seconds(work, data)
                times[column][name] = min(taken, times[column].get(name, taken))
    return times


def table(times: Times) -> str:
    """Markdown: median milliseconds per filing, and ratios over the filings each column was run on."""
    base, ours = times["lxml floor"], times["facts"]
    rows = [
        "| reader | filings | median ms | x floor | worst x floor | x facts |",
        "|---|---|---|---|---|---|",
    ]
    for column, taken in times.items():
        here = median(taken.values())
        to_floor, to_ours = (here / median(other[name] for name in taken) for other in (base, ours))
        worst = max(seconds / base[name] for name, seconds in taken.items())
        shown = f"{here * 1e3:.1f} | {to_floor:.2f} | {worst:.2f} | {to_ours:.2f}"
        rows.append(f"| {column} | {len(taken)} | {shown} |")
    return "\n".join(rows)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure readers of inline XBRL.")
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        action="append",
        help="folder of .htm or .htm.gz filings; repeatable",
    )
    parser.add_argument("--rounds", type=int, default=7, help="runs of each of our columns per filing")
    parser.add_argument("--peer-files", type=int, help="run the peers on the first N filings only")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    documents = {name: data for folder in options.data for name, data in filings_in(folder).items()}
    ours, peers, missing = columns()
    times = measure(documents, ours, options.rounds)
    times |= measure(dict(list(documents.items())[: options.peer_files]), peers, rounds=1)
    print(table(times))
    for line in missing:
        print(f"left out {line}")


if __name__ == "__main__":
    main()
