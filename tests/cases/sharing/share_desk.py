"""A counter whose hall holds a licence of the applicant's since his last case, and a case of his that wants it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from clerk_app.cases.attachments import Attachment, AttachScan
from clerk_app.cases.decision import Decision
from clerk_app.cases.model import Applicant, Case
from clerk_app.cases.sharing.consenting import AskShareConsent, RecordShareConsent, WithdrawShareConsent
from clerk_app.cases.sharing.issued import IssuedPaper, issued_by
from clerk_app.cases.sharing.library import HeldPaper, held_for
from clerk_app.cases.sharing.model import ShareConsent
from clerk_app.cases.sharing.using import LookAtHeld, UseHeldMaterial
from clerk_app.cases.states import CaseState
from clerk_app.outside.ids import new_id
from clerk_app.registration.model import CompanyRecord
from clerk_app.sealing.model import SealUse
from tests.cases.counter import CLERK, Counter

HOTEL, FOOD, SHOP, LICENCE = "旅馆业许可", "食品经营新办", "个体户设立", "营业执照"
OWNER = Applicant(name="卢小珍", id_number="429900199001011234")
SIGNED = hashlib.sha256(b"signed").hexdigest()


def company(code: str, case: str, at: datetime, standing: Literal["active", "cancelled"] = "active") -> CompanyRecord:
    return CompanyRecord(
        id=code, version=1, name="江州春禾餐饮管理有限公司", trade_name="春禾", industry_term="餐饮", authority_code="429900",
        standing=standing, document={}, case=case, filed_at=at, by=CLERK,
    )  # fmt: skip


class ShareDesk(Counter):
    """`source()` is an earlier case with its scan; `wanting()` the case at the counter whose licence is not here yet."""

    def source(self, who: Applicant = OWNER, state: CaseState = "delivered", name: str = "营业执照.pdf") -> Attachment:
        key = self.accepted(HOTEL)
        self.books.put_case(replace(self.case(key), applicant=who, state=state))
        paper = Attachment(
            id=new_id(), case=key, name=name, media="application/pdf", size=9, by=CLERK, at=self.now, window=4,
            digest=hashlib.sha256(f"{key}{name}".encode()).hexdigest(),
        )  # fmt: skip
        self.books.put_attachment(paper)
        return paper

    def issued(self, who: Applicant = OWNER, *, item: str = SHOP, code: str = "", **change: Any) -> IssuedPaper:
        """A licence of the hall's own: granted, sealed and handed out; `code` is of the company that was registered by it."""
        key, use = self.accepted(item), new_id()
        decision = Decision(
            outcome="grant", opinion="同意。", by="P204", at=self.now, letter="l", document_no="江市监〔2026〕7号", serial=7,
            digest="d" * 64, pages=1,
        )  # fmt: skip
        sealed = {"decision": decision, "seal_use": use, "sealed_at": self.now}
        self.books.put_case(replace(self.case(key), applicant=who, **{"state": "delivered", **sealed, **change}))
        self.books.put_seal_use(
            SealUse(
                id=use, seal="S-SJJ", seal_name="章", certificate="", case=key, document_no=decision.document_no, title="准予",
                pages=1, copies=1, digest_before=decision.digest, digest_after=hashlib.sha256(use.encode()).hexdigest(),
                approver="P204", letter="l", user=CLERK, window=4, at=self.now, electronic=True,
            )
        )  # fmt: skip
        if code:
            self.books.put_company(company(code, key, self.now))
        paper = issued_by(self.case(key), code or who.id_number, self.books)
        assert paper is not None
        return paper

    def wanting(self, who: Applicant = OWNER, state: CaseState = "received") -> str:
        key = self.accepted(FOOD)
        case = self.case(key)
        lines = tuple(replace(m, brought_at=None if m.name == LICENCE else m.brought_at) for m in case.materials)
        plain = replace(case, applicant=who, materials=lines, state=state)
        if state in ("received", "correction"):
            plain = replace(plain, case_no="", serial=0, accepted_at=None, due=None)
        self.books.put_case(plain)
        return key

    def held(self, key: str) -> tuple[HeldPaper, ...]:
        case, books = self.case(key), self.books
        number = case.applicant.id_number
        sources = [
            (one, books.attachments_of(one.id), issued_by(one, number, books))
            for one in books.cases.values()
            if one.id != key
        ]
        lines = [line.name for line in case.materials if line.brought_at is None]
        item = books.hall.items[case.item]
        return held_for(case.applicant, lines, item, books.share_rules, sources, self.now.date())

    def ask(self, key: str, *materials: str) -> str:
        word = new_id()
        self.good(
            AskShareConsent, CLERK, case=key, consent=word, materials=materials or (LICENCE,), purpose="办理食品经营"
        )
        return word

    def scan(self, key: str, digest: str = SIGNED) -> None:
        self.good(
            AttachScan, CLERK, case=key, attachment=new_id(), name="告知同意书（已签）.pdf", media="application/pdf",
            size=9, digest=digest,
        )  # fmt: skip

    def says(self, key: str, word: str, **change: Any) -> dict[str, Any]:
        plain = {"answer": "agreed", "way": "said", "given_by": "applicant", "giver": OWNER.name}
        return {"case": key, "consent": word, **plain, **change}

    def agreed(self, key: str) -> str:
        word = self.ask(key)
        self.good(RecordShareConsent, CLERK, **self.says(key, word))
        return word

    def of(self, key: str, word: str, paper: Attachment | IssuedPaper, **change: Any) -> dict[str, Any]:
        plain = {"material": LICENCE, "source": paper.case, "attachment": paper.id, "digest": paper.digest}
        return {"case": key, "consent": word, **plain, **change}

    def used(self, key: str, paper: Attachment | IssuedPaper) -> str:
        word = self.agreed(key)
        self.good(UseHeldMaterial, CLERK, **self.of(key, word, paper))
        return word

    def withdraw(self, key: str, word: str) -> None:
        self.good(WithdrawShareConsent, CLERK, case=key, consent=word)

    def word(self, key: str) -> ShareConsent:
        return self.books.shares[key]

    def not_opened(self, key: str, word: str, paper: Attachment | IssuedPaper, **change: Any) -> str:
        """Neither used nor looked at, for one and the same reason; nothing was written."""
        before = dict(self.books.shares)
        words = self.of(key, word, paper, **change)
        slug = self.refused(UseHeldMaterial, CLERK, **words)
        assert self.refused(LookAtHeld, CLERK, **words) == slug
        assert self.books.shares == before
        return slug

    def line(self, case: Case | str) -> Any:
        found = self.case(case) if isinstance(case, str) else case
        return next(m for m in found.materials if m.name == LICENCE)
