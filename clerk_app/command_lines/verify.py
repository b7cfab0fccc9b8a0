"""验章 `verify FILE.pdf --trust ROOT.pem [--crl FILE]`: three answers on a sealed file, by its bytes alone."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from clerk_app.command_lines.spoken import Answer, UnreadableError
from clerk_app.sealing.paper import Verification


def verify_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, whom to trust, and the list of stopped seals."""
    parser.add_argument("file", metavar="FILE", type=Path, help="盖过章的 PDF")
    parser.add_argument("--trust", required=True, metavar="ROOT", type=Path, help="信任的根证书（PEM）")
    parser.add_argument("--crl", metavar="FILE", type=Path, help="吊销名单（PEM 或 DER）；给了就必须查得到")


def verify(namespace: argparse.Namespace) -> Answer:
    """Exit 0 only when all three are true."""
    # The other command lines are not made to wait for certificates and PDFs.
    from clerk_app.outside.seal_verifier import SealVerifier

    pdf, roots = _read(namespace.file), _read(namespace.trust)
    crl = _read(namespace.crl) if namespace.crl is not None else None
    try:
        found = SealVerifier().verify(pdf, roots, crl)
    except ValueError as error:
        raise UnreadableError(str(error)) from None
    return _plain(found), 0 if found.good else 1


def _plain(found: Verification) -> dict[str, Any]:
    """The five answers scripts rely on, then what the file says of itself."""
    grant = found.grant
    return {
        "content_unchanged": found.content_unchanged,
        "seal_genuine": found.seal_genuine,
        "valid_at_sealing": found.valid_at_sealing,
        "revocation": found.revocation,
        "reasons": list(found.reasons),
        "sealed_at": found.sealed_at.isoformat() if found.sealed_at else None,
        "certificate": found.certificate,
        "signer": found.signer,
        "sha256": found.digest,
        "sm3": found.sm3,
        "grant": msgspec.to_builtins(grant) if grant else None,
    }


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise UnreadableError(f"“{file}”打不开，没有验。看看路径对不对、能不能读。") from None
