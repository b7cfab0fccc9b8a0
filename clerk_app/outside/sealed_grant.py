"""文件里的授权 the grant inside a sealed file, held against the file's own bytes: does it authorise exactly what was sealed.

What was sealed begins with the authorised bytes, so the grant is judged without any server. Whose key signed it, only the
register knows.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from clerk_app.canonical import sha256, sm3
from clerk_app.outside.sealed_bytes import SealedBytes
from clerk_app.outside.sealed_update import entry
from clerk_app.sealing.grants import GRANT_FILE, SignedGrant, grant_fault, read_grant

_LARGEST = 64 * 1024
_DEEPEST = 8
_UNREADABLE = "文件里的授权读不懂。"
_STREAM = re.compile(rb"/FlateDecode\s*>>\s*stream\r?\n")


@dataclass(frozen=True)
class FoundGrant:
    """找到的授权 the grant, or in Chinese why there is none that counts; `missing`: nobody ever put one in."""

    grant: SignedGrant | None = None
    fault: str = ""
    missing: bool = False


def find_grant(pdf: bytes, sealed: SealedBytes) -> FoundGrant:
    """The one grant that was sealed with the file, when it authorises exactly the bytes the file begins with."""
    inside, behind = _grants(pdf[: sealed.end]), _grants(pdf) if sealed.end < len(pdf) else []
    if inside is None or behind is None:
        return FoundGrant(fault=_UNREADABLE)
    if not inside:
        late = "授权是盖章之后才加进文件的，印章没有盖住它，不算。"
        return FoundGrant(fault=late) if behind else FoundGrant(fault="文件里没有授权。", missing=True)
    if len(inside) > 1 or len(behind) > 1:
        return FoundGrant(fault="文件里不止一份授权，不知道凭哪一份盖的章。")
    if behind and behind != inside:
        return FoundGrant(fault="盖章之后有人换过文件里的授权。")
    try:
        grant = read_grant(inside[0])
        fault = _fault(grant, pdf, sealed)
    except (ValueError, TypeError, OverflowError):
        # Canonical JSON a hostile hand wrote may still hold times that cannot be reckoned with.
        return FoundGrant(fault=_UNREADABLE)
    return FoundGrant(fault=fault) if fault else FoundGrant(grant)


def altered(pdf: bytes, sealed: SealedBytes) -> str:
    """Where a file that is not as it was sealed was changed, as far as its grant tells; empty when nothing tells."""
    grants = _grants(pdf[: sealed.end])
    try:
        paper = read_grant(grants[0]).paper if grants else None
    except ValueError:
        return ""
    if paper is None or paper.length > sealed.ranges[1]:
        return ""
    authorised = pdf[: paper.length]
    if (sm3(authorised), sha256(authorised)) == (paper.sm3, paper.sha256):
        return "授权的正文没有动，动的是后来盖章的那一部分。"
    if any(_is_torn(authorised, found.end()) for found in _STREAM.finditer(authorised)):
        return "授权的正文被改过，里面有一段已经读不出来。"
    return "授权的正文被改过，还打得开，但和授权时不是同一份（文件的标题等也算）。"


def _fault(grant: SignedGrant, pdf: bytes, sealed: SealedBytes) -> str:
    terms, length = grant.terms, grant.paper.length
    if terms.issued.tzinfo is None or terms.expires.tzinfo is None:
        return _UNREADABLE
    return grant_fault(grant, pdf[:length] if 0 < length <= sealed.ranges[1] else b"", _genuine)


def _genuine(public: str, data: bytes, signature: str) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), data)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _is_torn(pdf: bytes, start: int) -> bool:
    unpack = zlib.decompressobj()
    try:
        unpack.decompress(pdf[start:], _LARGEST * 256)
    except zlib.error:
        return True
    return not unpack.eof and not unpack.unconsumed_tail


def _grants(pdf: bytes) -> list[bytes] | None:
    """Every embedded file of that name as a PDF reader finds it; None when no reader can say."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return [_content(spec) for spec in _specs(PdfFileReader(BytesIO(pdf)).root)]
    except Exception:
        # What someone altered may break any reader anywhere; each way of breaking is one answer.
        return None


def _specs(root: Any) -> Iterator[Any]:
    """File specifications of our name: those of the name tree, and those the catalogue merely associates."""
    seen = []
    listed = _leaves(entry(entry(root, "/Names", {}), "/EmbeddedFiles", {}), _DEEPEST)
    for key, spec in (*listed, *(("", one.get_object()) for one in entry(root, "/AF", ()))):
        if GRANT_FILE in {key, *(str(entry(spec, name, "")) for name in ("/F", "/UF"))} and spec not in seen:
            seen.append(spec)
            yield spec


def _leaves(node: Any, deeper: int) -> Iterator[tuple[str, Any]]:
    if not deeper:
        raise ValueError("a name tree without end")
    flat = list(entry(node, "/Names", ()))
    for key, spec in zip(flat[::2], flat[1::2], strict=True):
        yield str(key), spec.get_object()
    for kid in entry(node, "/Kids", ()):
        yield from _leaves(kid.get_object(), deeper - 1)


def _content(spec: Any) -> bytes:
    """As it lies there: it is put in unpacked, so that anybody reads it with any program."""
    streams = {name: spec["/EF"].raw_get(name) for name in spec["/EF"]}
    if len({stream.reference for stream in streams.values()}) != 1:
        raise ValueError("one file under two names")
    stream = spec["/EF"]["/F"]
    if "/Filter" in stream or len(stream.encoded_data) > _LARGEST:
        raise ValueError("packed or too large")
    return bytes(stream.data)
