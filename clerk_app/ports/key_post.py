"""寄钥匙接口 a person's secret travels, wrapped under his own password, to the other machines where he may have to sit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class SentKey:
    """寄出的钥匙 for one device: the password's verifier, a signing key wrapped under the password, and its public half."""

    device: str
    verifier: str
    wrapped_key: bytes
    public_key: str


@dataclass(frozen=True)
class KeptKey:
    """寄到的钥匙 for one slot here (`P201`, or `P201#pin`). An empty verifier: he signed in here himself, and lately elsewhere."""

    slot: str
    verifier: str
    wrapped_key: bytes
    at: datetime


@dataclass(frozen=True)
class KeysHere:
    """本机的钥匙 what the centre keeps for this device; `gone` are slots whose secret was changed or whose account ended."""

    keys: tuple[KeptKey, ...]
    gone: tuple[str, ...]


class KeyPost(Protocol):
    """寄钥匙 by way of the centre. Raises `CentreAway` or `CentreProblem`."""

    def send(self, slot: str, grant: str, keys: Sequence[SentKey]) -> int:
        """Leave these for their devices; how many were kept."""
        ...

    def fetch(self) -> KeysHere:
        """What is meant for this device."""
        ...
