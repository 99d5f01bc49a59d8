"""What a wheel of the package must hold, and what it must not."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

from ..docs.notice import licence_problems
from ..places import PACKAGE

LARGEST_MB = 5  # half of it tables; more means that something was packed by mistake
_SUFFIXES = frozenset(
    {".py", ".typed", ".toml", ".csv", ".json", ".gz", ".css", ".js", ".j2", ".html", ".md", ".txt", ".svg"}
)
_NO_PLACE = ("tests/", "tools/", "benchmarks/", "docs/", ".htm.gz", ".parquet", ".pyc")

_LEGAL = ("licenses/LICENSE", "licenses/NOTICE", "sboms/sbom.cdx.json")


def problems(path: str) -> list[str]:
    """What is wrong with a wheel's contents; empty if nothing is."""
    with ZipFile(path) as wheel:
        names = wheel.namelist()
        packages = {name: json.loads(wheel.read(name)) for name in names if name.endswith("datapackage.json")}
    packaged = {name.removeprefix("hashpivot/") for name in names if name.startswith("hashpivot/")}
    megabytes = Path(path).stat().st_size / 1e6
    return [
        *(f"missing: hashpivot/{name}" for name in sorted(_committed() - packaged)),
        *(f"has no place in it: {name}" for name in sorted(names) if any(part in name for part in _NO_PLACE)),
        *(
            f"no kind of file we ship: hashpivot/{name}"
            for name in sorted(packaged)
            if Path(name).suffix not in _SUFFIXES
        ),
        *(f"missing: {word}" for word in _LEGAL if not any(name.endswith(f"/{word}") for name in names)),
        *licence_problems(packages),
        *((f"{megabytes:.1f} MB, more than {LARGEST_MB}",) if megabytes > LARGEST_MB else ()),
    ]


def _committed() -> set[str]:
    """Every file of the package's folder: modules, tables, templates."""
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(PACKAGE).as_posix() for path in files}
