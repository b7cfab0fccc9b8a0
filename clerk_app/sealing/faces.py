"""印面 the face of a seal of the hall, what is laid across it, and the same face for the seam."""

from __future__ import annotations

from collections.abc import Collection

from clerk_app.duty.model import Seal
from clerk_app.sealing.paper import SealFace, Seam

DRILL = "演练"
NOT_LAWFUL = "非法定电子印章"


def mark_of(training: bool, issuer: str, lawful: Collection[str]) -> str:
    """What is printed across a seal; `issuer` is SHA-256 of the issuer's certificate (hex), empty where none is known.

    Whatever holds the key: only a certificate of an issuer on the hall's list makes the lawful seal.
    """
    if training:
        return DRILL
    return "" if issuer and issuer.lower() in lawful else NOT_LAWFUL


def face_of(seal: Seal, mark: str = "") -> SealFace:
    """As the hall's list describes it."""
    return SealFace(
        name=seal.name, diameter=seal.diameter, star=seal.star, number=seal.number, code=seal.code, mark=mark
    )


def seam_of(face: SealFace, *, duplex: bool = False) -> Seam:
    """骑缝章 the same face, cut over the pages; `duplex` as the hall prints."""
    return Seam(face=face, duplex=duplex)
