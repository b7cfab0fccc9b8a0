"""盖章 the one way a seal comes onto paper: exactly the bytes a grant names, within its time, by a key that is good then.

Light to import: the PDF library comes in with the first stamp, or with `warm` behind the sign-in page.
"""

from __future__ import annotations

from datetime import UTC, datetime

from clerk_app.ports.seal import SealCard, SealKey, StampOrder
from clerk_app.sealing.grants import Genuine, grant_fault, in_force_at


class PdfStamper:
    """盖章 `genuine` is the locksmith's check of a person's signature."""

    def __init__(self, genuine: Genuine) -> None:
        self._genuine = genuine

    def stamp(self, order: StampOrder, key: SealKey) -> bytes:
        """The same bytes first, then one update. Raises ValueError or `SealKeyTrouble` with one sentence."""
        if fault := _fault(order, key.card, self._genuine):
            raise ValueError(f"{fault}没有盖章，文书没有变。")
        from clerk_app.outside.pdf_signature import sign_page

        return sign_page(order, key)

    def warm(self) -> None:
        """Seal a page of nothing once, by a key of nobody's, so that the first real stamp finds everything in its place."""
        from clerk_app.outside.seal_rehearsal import rehearsal

        self.stamp(*rehearsal(datetime.now(UTC)))


def _fault(order: StampOrder, card: SealCard, genuine: Genuine) -> str:
    """Why this order is none; the file itself is looked at later."""
    grant, page = order.grant, order.page
    if fault := grant_fault(grant, page.pdf, genuine):
        return fault
    if not in_force_at(grant.terms, order.at):
        return "授权过了期限，或者还没到时候。"
    if grant.paper.pages != page.pages or not 1 <= page.place.page <= page.pages:
        return "授权的页数和文书对不上。"
    if grant.terms.certificate not in ("", card.serial):
        return "打开的不是授权写的那枚印章。"
    if not card.valid_from <= order.at <= card.valid_to:
        return "这枚印章的证书现在不在有效期里。"
    return ""
