"""大厅发的 the result of a case the hall granted itself: as good as a paper it took in, as long as it stands.

Whose it is, is said by who applied then; of a company that was registered by it, by the code it got.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.model import Case
from clerk_app.cases.receiving import replacement_of
from clerk_app.cases.states import CaseState

RESULTED: frozenset[CaseState] = frozenset({"sealed", "delivered", "archived"})
LEAST_NUMBER = 8
_editions = r"(?:\((?:正本|副本|正副本|换发|补发|延续|变更)\))*"
"""What stands behind the same paper's name when it was made anew."""


class SealLine(Protocol):
    """用印的一行 what is asked of the seal's own room."""

    @property
    def digest_after(self) -> str:
        """SHA-256 of the sealed bytes."""
        ...

    @property
    def document_no(self) -> str:
        """文号."""
        ...


class MadeElsewhere(Protocol):
    """证照 its number, where the result is one."""

    @property
    def certificate_no(self) -> str:
        """证号."""
        ...


class Company(Protocol):
    """登记档案 what is asked of the register."""

    @property
    def id(self) -> str:
        """Its unified code."""
        ...

    @property
    def case(self) -> str:
        """The case its record stands by now."""
        ...

    @property
    def standing(self) -> str:
        """`active` or `cancelled`."""
        ...


class IssuedBooks(CaseBooks, Protocol):
    """发证账 what is read of other rooms to say whether a result stands."""

    def seal_use(self, key: str) -> SealLine | None:
        """One line of the register."""
        ...

    def certificates_of(self, case: str) -> Sequence[MadeElsewhere]:
        """Of a case, the oldest first."""
        ...

    def company(self, key: str) -> Company | None:
        """By its code."""
        ...


@dataclass(frozen=True, kw_only=True)
class IssuedPaper:
    """大厅发的一份 `id` is its line in the seal register; `holder` the code of the company that was registered by it."""

    id: str
    case: str
    name: str
    number: str
    digest: str
    on: date
    holder: str = ""


def issued_by(source: Case, number: str, books: IssuedBooks) -> IssuedPaper | None:
    """What this case gave out that stands today; `number` is the identity number or code of who asks for it."""
    item, use = books.item(source.item), books.seal_use(source.seal_use) if source.seal_use else None
    if item is None or not item.result or use is None or not _stands(source, books):
        return None
    code = folded_number(number)
    company = books.company(code) if len(code) >= LEAST_NUMBER else None
    if company is not None and company.standing != "active":
        return None
    made = books.certificates_of(source.id)
    return IssuedPaper(
        id=source.seal_use,
        case=source.id,
        name=item.result,
        number=made[-1].certificate_no if made else use.document_no,
        digest=use.digest_after,
        on=source.sealed_at.date() if source.sealed_at else source.received_at.date(),
        holder=company.id if company is not None and company.case == source.id else "",
    )


def _stands(source: Case, books: CaseBooks) -> bool:
    """Granted and sealed; not voided, and not being done over."""
    outcome = source.decision.outcome if source.decision else getattr(source.life.department, "outcome", "")
    return source.state in RESULTED and outcome == "grant" and replacement_of(source, books) is None


def is_issued_as(paper: IssuedPaper, material: str) -> bool:
    """营业执照(换发) is 营业执照; 营业执照遗失声明 is not."""
    result, wanted = (unicodedata.normalize("NFKC", name) for name in (paper.name, material))
    return bool(re.fullmatch(re.escape(wanted) + _editions, result))


def folded_number(number: str) -> str:
    """As it is compared: half-width, upper case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", number).upper().split())
