"""Build wheel and sdist in unlike surroundings and demand the same bytes, and the same wheel from the sdist.

Files are copied in opposite order, with other times and modes, and built under another umask, home, time
zone, locale and hash seed. What is in an sdist is what git holds of it, and nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from ..places import ROOT

_LEFT_OUT = (".ci/*",)
"""Of what git holds, not in an sdist: how CI runs here."""
_MADE = ("PKG-INFO",)
"""In an sdist, not in git."""


@dataclass(frozen=True)
class Surroundings:
    """What must not show in what is built."""

    name: str
    umask: int
    time_zone: str
    locale: str
    modified: int
    backwards: bool

    def variables(self, folder: Path) -> dict[str, str]:
        """Environment variables: those set here, and of this process's only what finds programs."""
        home = folder / self.name
        home.mkdir()
        seed = str(1 + self.backwards)
        own = {"HOME": str(home), "TZ": self.time_zone, "LC_ALL": self.locale, "PYTHONHASHSEED": seed}
        return {**own, "PATH": os.environ["PATH"]}


ONE = Surroundings("one", 0o022, "UTC", "C.UTF-8", 1_500_000_000, False)
OTHER = Surroundings("other", 0o077, "Asia/Kathmandu", "C", 1_700_000_001, True)


def run(out: Path | None = None) -> tuple[list[str], list[str]]:
    """Build three times.

    Args:
        out: Where wheel and sdist are kept, if anywhere.

    Returns:
        The file names with their SHA-256, and what is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="reproducible-") as name:
        folder = Path(name)
        held = committed()
        first, second = (build(copied(held, folder, each), folder, each) for each in (ONE, OTHER))
        wrong = [problem for one in first.values() for problem in differences(one, second.get(one.name))]
        sdist = next(path for path in first.values() if path.name.endswith(".tar.gz"))
        wrong += strays(sdist, held)
        wheel = next(path for path in first.values() if path.suffix == ".whl")
        again = build(unpacked(sdist, folder), folder, Surroundings("sdist", 0o022, "UTC", "C", 0, True))
        wrong += [f"from the sdist: {problem}" for problem in differences(wheel, again.get(wheel.name))]
        if out:
            out.mkdir(parents=True, exist_ok=True)
            for path in first.values():
                shutil.copy(path, out)
        return [f"{digest(path)}  {path.name}" for path in first.values()], wrong


def committed() -> list[str]:
    """Files that git knows, as they stand in the work tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]


def copied(paths: list[str], folder: Path, surroundings: Surroundings) -> Path:
    """A copy of those files that differs in everything but paths and contents."""
    target = folder / f"tree-{surroundings.name}"
    for path in sorted(paths, reverse=surroundings.backwards):
        copy = target / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, copy)
        copy.chmod(0o666 & ~surroundings.umask)
        os.utime(copy, (surroundings.modified, surroundings.modified))
    return target


def build(tree: Path, folder: Path, surroundings: Surroundings) -> dict[str, Path]:
    """Wheel and sdist of a tree, by file name."""
    target = folder / f"dist-{surroundings.name}"
    words = [sys.executable, "-m", "hatchling", "build", "--directory", str(target)]
    variables = surroundings.variables(folder)
    done = subprocess.run(
        words, cwd=tree, env=variables, umask=surroundings.umask, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"the build failed:\n{done.stderr}")
    return {path.name: path for path in sorted(target.iterdir())}


def unpacked(sdist: Path, folder: Path) -> Path:
    """The tree in an sdist."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    return next((folder / "unpacked").iterdir())


def differences(one: Path, other: Path | None) -> list[str]:
    """What of two builds of a file differs; empty if their bytes are the same."""
    if other is None:
        return [f"{one.name}: built once only"]
    if digest(one) == digest(other):
        return []
    before, after = contents(one), contents(other)
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return [
        f"{one.name}: {', '.join(names[:10]) or 'names and contents agree, times, modes or order do not'}"
    ]


def contents(path: Path) -> dict[str, bytes]:
    """What a wheel or an sdist holds, by name."""
    if path.suffix == ".whl":
        with ZipFile(path) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(path) as archive:
        files = [(member.name, archive.extractfile(member)) for member in archive if member.isfile()]
        return {name.partition("/")[2]: file.read() for name, file in files if file}


def strays(sdist: Path, held: list[str]) -> list[str]:
    """What is missing from an sdist, has no place in it, or differs from the work tree."""
    packed = contents(sdist)
    wanted = {path for path in held if not any(fnmatch(path, pattern) for pattern in _LEFT_OUT)}
    return [
        *(f"{sdist.name}: missing: {path}" for path in sorted(wanted - {*packed})),
        *(f"{sdist.name}: has no place in it: {path}" for path in sorted({*packed} - wanted - {*_MADE})),
        *(
            f"{sdist.name}: not as in the work tree: {path}"
            for path in sorted(wanted & {*packed})
            if packed[path] != (ROOT / path).read_bytes()
        ),
    ]


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()
