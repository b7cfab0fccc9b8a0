"""恢复证书 `recovery make --out FOLDER`: a certificate for the hall and its key, opened only by two persons together."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from clerk_app.command_lines.asking import ask_halves
from clerk_app.command_lines.spoken import Answer, UnreadableError
from clerk_app.outside.recovery import RecoveryProblem, make_recovery, read_certificate

CERTIFICATE, KEY = "recovery.pem", "recovery.p12"


def recovery_arguments(parser: argparse.ArgumentParser) -> None:
    """Make."""
    parser.add_argument("act", choices=("make",), metavar="make", help="做一张恢复证书")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="放在哪个文件夹")
    parser.add_argument("--name", default="恢复证书", metavar="NAME", help="证书上的名字，如大厅名")


def recovery(namespace: argparse.Namespace) -> Answer:
    """`recovery.pem` goes to the desks or into the hall file, `recovery.p12` into the safe."""
    from cryptography.hazmat.primitives import hashes

    folder: Path = namespace.out
    files = folder / CERTIFICATE, folder / KEY
    if any(file.exists() for file in files):
        raise UnreadableError(f"“{folder}”里已有恢复证书，没有做新的，原来的没有动。换一个文件夹再来。")
    if not folder.is_dir():
        raise UnreadableError(f"没有“{folder}”这个文件夹，没有做。先建好再来。")
    try:
        pem, key = make_recovery(namespace.name, ask_halves())
        _write(files[1], key, 0o600)
        _write(files[0], pem, 0o644)
    except RecoveryProblem as problem:
        raise UnreadableError(str(problem)) from None
    except (OSError, ValueError):
        raise UnreadableError(f"“{folder}”里写不进，或证书的名字太长，没有做成。看看权限和名字再来。") from None
    fingerprint = read_certificate(pem).fingerprint(hashes.SHA256()).hex()
    return {"certificate": str(files[0]), "key": str(files[1]), "fingerprint": fingerprint}, 0


def _write(file: Path, data: bytes, mode: int) -> None:
    """Never over another one."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
