"""导出的文件 a table and, beside it, a small file with its digest and this machine's signature; and looking whether both are true."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from clerk_app.canonical import canonical
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.whole_file import write_whole
from clerk_app.sync.protocol import decode

ENDING = ".签名.json"
_WORD = b"clerk-audit-export\n"
"""What is signed begins with this: never taken for a request or an envelope."""


def signature_file(file: Path) -> Path:
    """审计.csv → 审计.csv.签名.json."""
    return file.with_name(file.name + ENDING)


class SignedExports:
    """导出的去处 what `ports.audit.ExportShelf` asks for."""

    def __init__(self, key: SigningKey, device: Callable[[], str]) -> None:
        self._key, self._device = key, device

    def write(self, file: Path, data: bytes, about: Mapping[str, Any]) -> Path:
        """The table first; without its signature it is nothing, and says so when it is verified."""
        said = {
            **about,
            "file": file.name,
            "sha256": hashlib.sha256(data).hexdigest(),
            "device": self._device(),
            "public_key": self._key.public,
            "algorithm": "Ed25519",
        }
        signed = {**said, "signature": self._key.sign(_WORD + canonical(said))}
        beside = signature_file(file)
        write_whole(file, data)
        write_whole(beside, json.dumps(signed, ensure_ascii=False, indent=1).encode())
        return beside


@dataclass(frozen=True)
class Checked:
    """核对的结果 whether the bytes are the signed ones, whether the signature is of that key, and whether it is the expected key.

    `key_expected` is None when nobody said which key to expect: then only who compares the key knows whose it is.
    """

    content_unchanged: bool
    signature_good: bool
    key_expected: bool | None
    device: str
    public_key: str
    sha256: str
    command: str

    @property
    def good(self) -> bool:
        """Nothing speaks against it."""
        return self.content_unchanged and self.signature_good and self.key_expected is not False


def check(data: bytes, signed: bytes, expected: str = "") -> Checked:
    """Raises ValueError when the signature's file is none."""
    said = json.loads(signed)
    if not isinstance(said, dict) or not {"sha256", "public_key", "signature"} <= said.keys():
        raise ValueError("not a signature file")
    signature = str(said.pop("signature"))
    public = str(said["public_key"])
    digest = hashlib.sha256(data).hexdigest()
    return Checked(
        content_unchanged=said["sha256"] == digest,
        signature_good=_signed(public, signature, _WORD + canonical(said)),
        key_expected=public == expected.strip() if expected else None,
        device=str(said.get("device", "")),
        public_key=public,
        sha256=digest,
        command=str(said.get("command", "")),
    )


def _signed(public: str, signature: str, data: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(decode(public)).verify(decode(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True
