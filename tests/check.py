"""Every check of the house in one go: `python -m tests.check [--fast]`; `make test` and CI call it.

What passes says one line; what fails shows its output. pytest's own closing line comes last. A few tests that failed beside
thousands of others on two cores are run once more by themselves: what fails again fails the check, what passes is named 不稳.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


WORKERS = (os.cpu_count() or 2) + 2
"""Two more than cores: at any moment some of the tests wait for something."""
SHARED_MEMORY, ROOM = Path("/dev/shm"), 4 << 30
FEW = 10
"""So many may be run again, of thousands; more is no chance."""


@dataclass(frozen=True)
class Outcome:
    """How one check ended."""

    name: str
    code: int
    seconds: float

    def row(self) -> str:
        return f"  {self.name:<14}{'passed' if self.code == 0 else 'FAILED':<8}{self.seconds:7.1f} s"


_failure = re.compile(r"(?:FAILED|ERROR) (tests/\S+\.py::.+?)(?: - .*)?$")
STEPS: dict[str, list[str]] = {
    "ruff": [sys.executable, "-m", "ruff", "check", "--quiet", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "lint-imports": [str(BIN / "lint-imports"), "--no-logo"],
    "sizes": [sys.executable, "-m", "tests.sizes"],
}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.check", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="without the tests that start whole processes")
    fast = parser.parse_args(argv).fast
    with _in_memory(), _compiled_once():
        with _collected_beside():
            outcomes = [_quiet(name, command) for name, command in STEPS.items()]
        tests, closing = _tests(fast=fast)
    outcomes.append(tests)
    print("\n" + "\n".join(outcome.row() for outcome in outcomes) + "\n", flush=True)
    print(closing, flush=True)
    return 0 if all(outcome.code == 0 for outcome in outcomes) else 1


@contextmanager
def _in_memory() -> Iterator[None]:
    """What tests leave for a moment stands in memory where there is plenty: a disk makes each of their commits wait for it.

    Nothing is proved by the disk: what a killed process has handed to the kernel is there, here as there.
    """
    if "TMPDIR" in os.environ or not _roomy(SHARED_MEMORY):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="clerk-", dir=SHARED_MEMORY, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # the user of PostgreSQL has a folder of his own in it
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        try:
            yield
        finally:
            del os.environ["TMPDIR"]
            tempfile.tempdir = None


def _roomy(place: Path) -> bool:
    """A folder one may start programs from, with room for everything at once; in a container it is often 64 MB."""
    if not hasattr(os, "statvfs") or not place.is_dir():
        return False
    there = os.statvfs(place)
    return not there.f_flag & os.ST_NOEXEC and there.f_bavail * there.f_frsize > ROOM


@contextmanager
def _compiled_once() -> Iterator[None]:
    """Where Python may not leave bytecode, it goes to a folder that goes with the run: else every process compiles everything anew."""
    if not os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="clerk-compiled-") as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        yield


@contextmanager
def _collected_beside() -> Iterator[None]:
    """One process compiles what all workers are about to import, on the core the other checks leave free."""
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        yield


def _quiet(name: str, command: Sequence[str]) -> Outcome:
    begun = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
        )
        code, said = done.returncode, done.stdout
    except OSError as error:
        code, said = 127, str(error)
    outcome = Outcome(name, code, time.monotonic() - begun)
    if code:
        print(f"== {name} ==\n{said}", flush=True)
    elif name == "sizes":
        print(said, end="", flush=True)
    return outcome


def _tests(*, fast: bool) -> tuple[Outcome, str]:
    """pytest as it runs; its closing line is held back, so that it stands under the table."""
    beside = ["-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"]
    # Twelve thousand folders would stay until the end, in memory where there is plenty of it.
    beside += ["-o", "tmp_path_retention_policy=failed"]
    command = [sys.executable, "-m", "pytest", "-q", "--color=no", *beside, *(["-m", "not process"] if fast else [])]
    begun = time.monotonic()
    code, closing, failed = _shown(command)
    if code == 1 and 0 < len(failed) <= FEW:
        print(f"{closing}\n== 再跑一遍，单独跑：{'、'.join(failed)} ==", flush=True)
        code, again, _ = _shown([sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:xdist", *failed])
        closing += f"\n不稳，单独跑{'没全过' if code else '过了'}：{'、'.join(failed)}。{again}"
    return Outcome("pytest", code, time.monotonic() - begun), closing


def _shown(command: Sequence[str]) -> tuple[int, str, list[str]]:
    """Its exit code, its closing line (held back), and the tests that its summary says failed."""
    closing: str | None = None
    failed: list[str] = []
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            if closing is not None:
                print(closing, flush=True)
            closing = line.rstrip("\n")
            if found := _failure.match(closing):
                failed.append(found[1])
    return process.returncode, closing or "", failed


if __name__ == "__main__":
    sys.exit(main())
