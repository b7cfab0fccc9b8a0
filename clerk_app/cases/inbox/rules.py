"""收件箱规则 which kinds this hall takes from outside, as its own data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class InboxRules:
    """收件箱规则 no kinds: the hall has no inbox, and the centre takes nothing in (safe default)."""

    kinds: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether anything may come at all."""
        return bool(self.kinds)
