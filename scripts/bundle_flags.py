"""Find the words of risk in the real texts and write the table shipped with the package.

    python scripts/bundle_flags.py [--data ../shared/data] [--check]

Which text was public when stands in tests/guidance/texts.csv. Kinds, names, counts and places are written, no
sentence. A text that raises nothing has one row of an empty kind: read, and silent.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from score_guidance import rows

from hashpivot.filings import read_prose
from hashpivot.guidance import StatedFlag, find_flags, write_flags

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "hashpivot" / "guidance" / "data" / "flags.csv"


def found(data: Path) -> Iterator[StatedFlag]:
    for text in rows("texts.csv"):
        prose = read_prose(next((data / "filings").glob(f"*/{text['file']}")))
        said, source = (
            date.fromisoformat(text["said_on"]),
            text["accession"] or text["file"].partition(".")[0],
        )
        head = (text["ticker"], said, text["form"])
        flags = find_flags(prose)
        for flag in flags:
            yield StatedFlag(*head, flag.kind, flag.name, flag.count, source, flag.locator)
        if not flags:
            yield StatedFlag(*head, "", "", 0, source, "")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--check", action="store_true", help="fail if the table is not up to date")
    options = parser.parse_args()
    table = write_flags(found(options.data))
    if options.check and table != TABLE.read_text(encoding="utf-8"):
        raise SystemExit("flags.csv is not up to date; run scripts/bundle_flags.py")
    TABLE.write_text(table, encoding="utf-8")
    print(f"{len(table.splitlines()) - 1} flags written")


if __name__ == "__main__":
    main()
