"""对外的钥匙 one file a partner at the centre, never in the hall's data and never on a command line, where anyone may read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SHORTEST = 32


@dataclass(frozen=True)
class Places:
    """对外用的地方 where the keys lie (`<hall>.<partner>.key`) and where folders for partners without a network are laid out."""

    keys: Path | None = None
    folders: Path | None = None

    def key(self, hall: str, partner: str) -> bytes | None:
        """Its bytes; None when there is none, or it is too short to be one."""
        if self.keys is None:
            return None
        try:
            text = (self.keys / f"{hall}.{partner}.key").read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return None
        return text.encode("ascii") if len(text) >= SHORTEST else None

    def trust(self, hall: str, partner: str) -> Path | None:
        """`<hall>.<partner>.pem`: the only certificate believed there; None: those of the system."""
        file = None if self.keys is None else self.keys / f"{hall}.{partner}.pem"
        return file if file is not None and file.is_file() else None

    def folder(self, hall: str, partner: str) -> Path | None:
        """Its own folder; None where no place was said."""
        return None if self.folders is None else self.folders / hall / partner
