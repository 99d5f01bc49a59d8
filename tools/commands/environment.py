"""A Python environment that has hashpivot installed, and how a command line runs in it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTUP = Path(__file__).with_name("startup")
TIMEOUT_SECONDS = 1800
WIDTH = "100"  # columns of help pages; tables choose their own width where there is no terminal

_CLUSTER = """
from distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=None
    )
    print(cluster.scheduler_address, flush=True)
    input()
"""
_SERVICES = {
    "dask": ("-c", _CLUSTER),
    "live": ("-m", "hashpivot.testing.services", "--quarters", "1", "--company", "CORZ"),
}
_ADDRESS = re.compile(r"[a-z]+://[\d.]+:\d+")


@dataclass(frozen=True)
class Environment:
    """An installed hashpivot.

    Args:
        bin: Folder of its programs.
        root: Folder of its README and docs; None if the package does not lie in its source tree.
        version: Its commit, with a digest of the package where files differ from the commit.
    """

    bin: Path
    root: Path | None
    version: str

    @classmethod
    def of(cls, python: Path) -> Environment:
        """The environment of a Python.

        Raises:
            SystemExit: If hashpivot cannot be imported there.
        """
        python = python.absolute()  # not resolved: that would leave a venv
        code = "import hashpivot; print(hashpivot.__file__)"
        asked = subprocess.run([python, "-P", "-c", code], capture_output=True, text=True, cwd="/")
        if asked.returncode:
            raise SystemExit(f"{python} has no hashpivot: {asked.stderr.strip().splitlines()[-1:]}")
        package = Path(asked.stdout.strip()).parent
        root = next((folder for folder in package.parents if (folder / "README.md").is_file()), None)
        if root is not None and not (root / "docs").is_dir():
            root = None
        return cls(python.parent, root, _version(package))


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    command: str
    status: int
    out: str
    err: str
    seconds: float


def run(environment: Environment, command: str, folder: Path, home: Path, day: str = "") -> Ran:
    """Run a command line in a folder, offline, with a ledger home of its own.

    Args:
        environment: Where hashpivot is.
        command: As one would type it.
        folder: The working folder.
        home: `HASHPIVOT_HOME`.
        day: ISO date that the command takes for today; the real day if empty.
    """
    start = time.monotonic()
    try:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=_variables(environment, folder, home, day),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT_SECONDS,
        )
        status, out, err = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        status, out, err = 124, b"", f"stopped after {TIMEOUT_SECONDS} s".encode()
    texts = [_without_paths(part.decode("utf-8", "replace"), folder, home) for part in (out, err)]
    return Ran(command, status, texts[0], texts[1], round(time.monotonic() - start, 2))


@contextmanager
def service(name: str, environment: Environment, folder: Path, day: str) -> Iterator[str]:
    """The address of a service that commands need, there until the block ends.

    Args:
        name: `dask` or `live`, as `bindings.Service`.
        environment: Where it runs.
        folder: Its working folder.
        day: As `run`.
    """
    variables = _variables(environment, folder, folder / "home", day)
    process = subprocess.Popen(
        [environment.bin / "python", "-u", *_SERVICES[name]],
        cwd=folder, env=variables, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        found = _ADDRESS.search(process.stdout.readline())
        if not found:
            raise RuntimeError(f"the service {name} did not start")
        yield found.group()
    finally:
        process.terminate()
        process.communicate()


def _variables(environment: Environment, folder: Path, home: Path, day: str) -> dict[str, str]:
    return {
        "PATH": os.pathsep.join([str(environment.bin), os.defpath]),
        "HOME": str(folder),
        "HASHPIVOT_HOME": str(home),
        "PYTHONPATH": str(STARTUP),
        "COMPARED_DAY": day,
        "COMPARED_OFFLINE": "1",
        "COLUMNS": WIDTH,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "OMP_NUM_THREADS": "1",
    }


def _without_paths(text: str, folder: Path, home: Path) -> str:
    return text.replace(str(home), "<home>").replace(str(folder), "<folder>")


def _version(package: Path) -> str:
    digest = _digest(package)
    commit = _git(package, "rev-parse", "--short=12", "HEAD")
    tracked = _git(package, "ls-files", "--", "__init__.py")
    if not (commit and tracked):
        return digest
    return f"{commit}-{digest}" if _git(package, "status", "--porcelain", "--", ".") else commit


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _digest(package: Path) -> str:
    """Of the package's files, whatever their dates."""
    total = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            total.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:8]
