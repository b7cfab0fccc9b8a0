"""当时的印章 how a seal stood at the moment of one use, by its own book: its state, its version, and what came later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clerk_app.sealing.model import SealEvent, SealEventKind, SealState, SealUse, seal_state_words

_turns: dict[SealEventKind, SealState] = {
    "stop": "stopped",
    "loss": "lost",
    "resume": "in_use",
    "destroy": "destroyed",
}


@dataclass(frozen=True, kw_only=True)
class SealThen:
    """当时的印章 `turned` is what brought it into its state (none: it was never anything else), `later` what ended it since."""

    state: SealState = "in_use"
    turned: SealEvent | None = None
    version: int = 0
    """第几版 its certificate was; 0 where no key was ever registered."""
    later: SealEvent | None = None

    @property
    def word(self) -> str:
        """在用, 停用, 挂失, 销毁."""
        return seal_state_words[self.state]


def seal_then(use: SealUse, events: Iterable[SealEvent]) -> SealThen:
    """At the sealing; what ended the seal afterwards does not reach back, and is told."""
    ours = sorted((one for one in events if one.seal == use.seal), key=lambda one: (one.at, one.id))
    before = [one for one in ours if one.at <= use.at]
    turned = next((one for one in reversed(before) if one.kind in _turns), None)
    ended = (one for one in ours if one.at > use.at and _turns.get(one.kind, "in_use") != "in_use")
    return SealThen(
        state=_turns[turned.kind] if turned else "in_use",
        turned=turned,
        version=_version(use, ours),
        later=next(ended, None),
    )


def _version(use: SealUse, events: Iterable[SealEvent]) -> int:
    """Each new certificate is one; the use's own names it, else the last before it."""
    version, last, found = 0, "", 0
    for one in events:
        if one.kind != "seat":
            continue
        version, last = version + (one.certificate != last), one.certificate
        if one.certificate == use.certificate or (not use.certificate and one.at <= use.at):
            found = version
    return found
