"""随打随记 every change of a form is on the disk of this machine before it is saved by a command; after a crash it is taken up.

`write` and `saved` are called one after another on the store's one thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clerk_app.office.office import Office
from clerk_app.patching import same
from clerk_app.ports.typed import TypedStore
from clerk_app.registration.unsaved import typed_places


@dataclass
class TypingKept:
    """随打随记 of one case; `base` is the document as the books have it, `written` what stands on the disk besides."""

    office: Office
    case: str
    base: Mapping[str, Any]
    written: dict[str, Any] = field(default_factory=dict)

    def write(self, document: Mapping[str, Any]) -> None:
        """What differs from the books now, in one small commit; nothing when nothing changed since the last."""
        places = typed_places(self.base, document)
        fresh = [
            one for one in places if one.pointer not in self.written or not same(self.written[one.pointer], one.value)
        ]
        gone = self.written.keys() - {one.pointer for one in places}
        if fresh or gone:
            self._typed.keep(self.case, fresh, sorted(gone), self.office.parts.clock.now())
            self.written = {one.pointer: one.value for one in places}

    def saved(self, document: Mapping[str, Any]) -> None:
        """A command with all of this is in the journal."""
        self.base = document
        if self.written:
            self._typed.forget(self.case)
            self.written = {}

    @property
    def _typed(self) -> TypedStore:
        return self.office.parts.vault.typed
