"""验文件 a file from a stranger is read in a process of its own: bounded in time, memory and files, with no key and no address in it.

`python -m clerk_app.server.citizen.judge` is that process: roots and file on stdin, `FileFacts` as JSON on stdout.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

import clerk_app

PATIENCE = 20.0
"""Seconds for one file, all in all; a good one takes under one."""
MEMORY = 1 << 30
LONGEST_ANSWER = 1 << 16


class JudgeError(Exception):
    """没验成 the process was given up: it took too long, or too much."""


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """文件自己说的 what `outside.SealVerifier` finds, without what is inside the grant; `unreadable` is one sentence."""

    digest: str = ""
    before: str = ""
    """What its grant authorises; empty where no grant counts."""
    content_unchanged: bool = False
    seal_genuine: bool = False
    content: tuple[str, ...] = ()
    seal: tuple[str, ...] = ()
    sealing: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    sealed_at: datetime | None = None
    certificate: str = ""
    signer: str = ""
    unreadable: str = ""


def judge_apart(pdf: bytes, roots: bytes) -> FileFacts:
    """Raises `JudgeError`. Nothing of the file is left when this returns."""
    home = str(Path(clerk_app.__file__).parents[1])
    plain = {"PATH": os.defpath, "PYTHONPATH": home, "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"}
    if "SYSTEMROOT" in os.environ:
        plain["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    words = [sys.executable, "-B", "-m", "clerk_app.server.citizen.judge"]
    try:
        done = subprocess.run(
            words, input=b"%d\n" % len(roots) + roots + pdf, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=PATIENCE, env=plain, check=True,
        )  # fmt: skip
        if len(done.stdout) > LONGEST_ANSWER:
            raise JudgeError("answer")
        return msgspec.json.decode(done.stdout, type=FileFacts)
    except (subprocess.SubprocessError, OSError, msgspec.MsgspecError) as error:
        raise JudgeError(type(error).__name__) from None


def _now() -> datetime:
    return datetime.now(UTC)


def facts_of(pdf: bytes, roots: bytes, now: Callable[[], datetime] = _now) -> FileFacts:
    """In this very process."""
    from clerk_app.outside.seal_verifier import SealVerifier

    try:
        found = SealVerifier(now).verify(pdf, roots)
    except ValueError as error:
        return FileFacts(unreadable=str(error))
    return FileFacts(
        digest=found.digest,
        before=found.grant.paper.sha256 if found.grant is not None else "",
        content_unchanged=found.content_unchanged,
        seal_genuine=found.seal_genuine,
        content=found.content,
        seal=found.seal,
        sealing=found.sealing,
        unsettled=found.unsettled,
        sealed_at=found.sealed_at,
        certificate=found.certificate,
        signer=found.signer,
    )


def _bound() -> None:
    """No more memory, no longer than this, and not a byte into any file; where the system can say so."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(PATIENCE), int(PATIENCE) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Whatever goes wrong here is an exit code: the other end says that it was not verified."""
    _bound()
    length = int(sys.stdin.buffer.readline(12))
    roots = sys.stdin.buffer.read(length)
    facts = facts_of(sys.stdin.buffer.read(), roots)
    sys.stdout.buffer.write(msgspec.json.encode(facts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
