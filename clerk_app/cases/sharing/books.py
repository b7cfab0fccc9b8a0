"""同意账 what sharing needs from the books."""

from __future__ import annotations

from typing import Protocol

from clerk_app.cases.attachments import AttachmentBooks
from clerk_app.cases.sharing.issued import IssuedBooks
from clerk_app.cases.sharing.model import ShareConsent
from clerk_app.cases.sharing.rules import ShareRules


class ShareBooks(IssuedBooks, AttachmentBooks, Protocol):
    """同意账 words by id and by case, and the hall's rules."""

    @property
    def share_rules(self) -> ShareRules:
        """By the hall version in force."""
        ...

    def share_consent(self, key: str) -> ShareConsent | None:
        """One word by id."""
        ...

    def put_share_consent(self, row: ShareConsent) -> None:
        """Write it."""
        ...

    def share_consents_of(self, case: str) -> tuple[ShareConsent, ...]:
        """Those of a case, the oldest first."""
        ...
