"""A counter over books in memory: every act goes through the judge of both offices — authority, hold, then the use case."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from clerk_app.cases.attachments import AttachScan
from clerk_app.cases.decisions import AuthoriseDecision, ProposeDecision
from clerk_app.cases.department import AuthoriseSealUse, RecordDepartmentDecision
from clerk_app.cases.life import Life
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Applicant, Case, CaseMaterial, document_kind, document_number
from clerk_app.cases.partners import partners_asked
from clerk_app.cases.sending_out import SendOut
from clerk_app.command import Command, Refusal, case_subject
from clerk_app.hall import Hall, read_hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.outside.ids import new_id
from clerk_app.ports import NumberBlock
from clerk_app.receipts.handing.giving import HandOverCase
from clerk_app.sealing.granting import BeginSealUse, GrantSeal
from clerk_app.sealing.grants import LASTS, GrantedPaper
from clerk_app.sealing.usecases import MarkSealed, RecordSealUse
from tests.desk import ZONE, training_document
from tests.memory_books import MemoryBooks

REGISTER = build_register()
HALL = read_hall(training_document(), "v")
MORNING = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE)
CLERK, OTHER_CLERK, MANAGER = "P105", "P106", "P102"


def day(text: str) -> datetime:
    """That day, at half past ten."""
    return datetime.combine(date.fromisoformat(text), MORNING.timetz())


class Counter:
    """Hand-made cases of the training hall; the clock stands until it is moved."""

    asks_again = True
    """A promised case is let go when it is sealed; whoever goes on with it here asks the centre for it."""

    def __init__(self, hall: Hall = HALL) -> None:
        self.books = MemoryBooks(hall)
        self.now = MORNING
        self._serial = 0

    def item(self, short: str) -> Any:
        return next(item for item in self.books.hall.items.values() if item.short == short)

    def change_item(self, short: str, **change: Any) -> None:
        item = replace(self.item(short), **change)
        self.books.hall = replace(self.books.hall, items={**self.books.hall.items, item.code: item})

    def accepted(self, short: str, on: str | None = None, window: int = 4) -> str:
        """A case taken in and accepted; the clock stands at its acceptance."""
        item = self.item(short)
        if on is not None:
            self.now = day(on)
        self._serial += 1
        hall = self.books.hall
        case = Case(
            id=new_id(), ticket="t", item=item.code, item_name=item.name, hall_version="v", department=item.department,
            applicant=Applicant(name="卢小珍", id_number="429900199001011234"),
            materials=tuple(CaseMaterial(name=m.name, essential=m.essential, brought_at=self.now) for m in item.materials),
            state="accepted", received_at=self.now, window=window, handler=CLERK, acting_for=None, query_code="8K4M2Q",
            case_no=f"JZ{self.now:%Y%m%d}-{self._serial:05d}", serial=self._serial, accepted_at=self.now,
            due=due_dates(item, self.now, hall.calendar, hall.off_work),
            life=Life(partners=partners_asked(item, self.now, hall.calendar)),
        )  # fmt: skip
        self.books.put_case(case)
        self.books.take_hold(case_subject(case.id))
        return case.id

    def case(self, key: str) -> Case:
        return self.books.cases[key]

    def hold_again(self, key: str) -> None:
        """The hold is asked for anew, as after a night."""
        self.books.untils[case_subject(key)] = self.now + timedelta(hours=8)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def chief(self, key: str) -> str:
        return self.books.roster.departments[self.case(key).department].chief_rep

    def act(self, kind: type[Command], actor: str, **words: Any) -> Refusal | None:
        """As this person, from his own post; a chief who is asked to sign does it from his seat."""
        self.now += timedelta(milliseconds=1)
        own = self.books.roster.chief_post(actor)
        seat = self.books.roster.seat_of(actor, None) or self.books.roster.role_seat_of(actor, 1)
        post, window = (own.id, 21) if own else (seat.post, seat.window)
        stamp = {
            "id": new_id(), "at": self.now, "actor": actor, "post": post, "window": window, "basis": "",
            "hall_version": "v",
        }  # fmt: skip
        refusal = judge(kind(**{**stamp, **words}), self.books, REGISTER)
        if refusal is None and kind is MarkSealed and self.asks_again:
            self.books.take_hold(case_subject(words["case"]))
        return refusal

    def good(self, kind: type[Command], actor: str, **words: Any) -> None:
        refusal = self.act(kind, actor, **words)
        assert refusal is None, (kind.kind, refusal)

    def refused(self, kind: type[Command], actor: str, **words: Any) -> str:
        """The slug; nothing was changed."""
        before = dict(self.books.cases)
        refusal = self.act(kind, actor, **words)
        assert isinstance(refusal, Refusal), kind.kind
        assert self.books.cases == before
        assert refusal.sentence.endswith("。")
        return refusal.type

    def propose(self, key: str, outcome: str = "grant", by: str = CLERK) -> Refusal | None:
        return self.act(ProposeDecision, by, case=key, outcome=outcome, opinion="材料齐全，符合条件。")

    def authorise(self, key: str, outcome: str = "grant", by: str = "", opinion: str = "同意。") -> Refusal | None:
        """Signature 2 on a page of its own."""
        case, year = self.case(key), self.now.year
        letter = next((one for one in self.books.roster.letters if one.department == case.department), None)
        kind = document_kind(case.department, year)
        self._serial += 1
        block = NumberBlock(id=new_id(), kind=kind, first=self._serial, last=self._serial)
        self.books.give_block(block)
        return self.act(
            AuthoriseDecision, by or self.chief(key), case=key, outcome=outcome, opinion=opinion, block=block.id,
            serial=self._serial, digest=page(key, self._serial), pages=1, session="s",
            document_no=document_number(letter.document_no if letter else "", outcome, year, self._serial),
        )  # fmt: skip

    def grant(self, key: str, by: str = "", digest: str = "") -> str:
        """The authoriser's grant on the decision's page, for the seal's custodian; answers its nonce."""
        case, grant = self.case(key), new_id()
        decision, seal = case.decision, self.books.roster.seals[self.books.hall.items[case.item].seal]
        paper = GrantedPaper(
            case=key, item=case.item, document_no=decision.document_no if decision else "", title="决定书", pages=1,
            copies=1, length=9, sm3="3" * 64, sha256=digest or (decision.digest if decision else ""),
        )  # fmt: skip
        self.good(
            GrantSeal, by or (decision.by if decision else self.chief(key)), grant=grant, seal=seal.id,
            keeper=seal.custodian, letter=decision.letter if decision else "", device=self.books.device,
            expires=self.now.replace(microsecond=0) + LASTS, papers=(paper,), public="cHVi", signature="c2ln",
        )  # fmt: skip
        return grant

    def line(self, key: str, grant: str = "", use: str = "", **words: Any) -> dict[str, Any]:
        """What the register is told of an electronic use, unless `words` say otherwise."""
        decision, seal = self.case(key).decision, self.books.hall.items[self.case(key).item].seal
        return {
            "seal_use": use or new_id(), "seal": seal, "certificate": "2a", "case": key, "title": "决定书", "pages": 1,
            "document_no": decision.document_no if decision else "", "copies": 1, "electronic": True, "grant": grant,
            "keeper": self.books.roster.seals[seal].custodian, "digest_before": decision.digest if decision else "",
            "digest_after": "f" * 64, **words,
        }  # fmt: skip

    def stamp(self, key: str, grant: str = "", by: str = "", use: str = "", **words: Any) -> Refusal | None:
        """The line in the register."""
        decision = self.case(key).decision
        by = by or (decision.by if decision else self.chief(key))
        return self.act(RecordSealUse, by, **self.line(key, grant, use, **words))

    def seal(self, key: str, by: str = "") -> Refusal | None:
        """The seal on what was authorised, by a grant, and the mark."""
        case, use = self.case(key), new_id()
        digest, grant = case.decision.digest if case.decision else "", self.grant(key)
        return (
            self.act(BeginSealUse, CLERK, seal_use=use, grant=grant, digest=digest)
            or self.stamp(key, grant, by, use)
            or self.act(MarkSealed, by or self.chief(key), case=key, seal_use=use)
        )

    def press(self, key: str, by: str = CLERK, **words: Any) -> Refusal | None:
        """The paper seal by its keeper, registered by the clerk, and the mark."""
        use = new_id()
        return self.stamp(key, by=by, use=use, electronic=False, certificate="", **words) or self.act(
            MarkSealed, by, case=key, seal_use=use
        )

    def hand_over(self, key: str, proof: str = "居民身份证") -> Refusal | None:
        return self.act(HandOverCase, CLERK, case=key, receiver="卢小珍", proof=proof)

    def send_out(self, key: str) -> Refusal | None:
        return self.act(SendOut, CLERK, case=key, why="不在授权书里", taker="食品经营科")

    def scanned(self, key: str) -> str:
        """A scan of the department's paper is in the case."""
        digest = hashlib.sha256(key.encode()).hexdigest()
        self.good(
            AttachScan, CLERK, case=key, attachment=new_id(), name="批复.pdf", media="application/pdf", size=9,
            digest=digest,
        )  # fmt: skip
        return digest

    def department_says(self, key: str, outcome: str = "grant", by: str = CLERK, **change: Any) -> Refusal | None:
        words = {
            "outcome": outcome, "decided_by": "游广川", "rank": "局长", "document_no": "江市监许〔2026〕88号",
            "decided_on": self.now.date(), "scan": "", "words": "经局务会研究。", **change,
        }  # fmt: skip
        return self.act(RecordDepartmentDecision, by, case=key, **words)

    def authorise_seal(self, key: str, by: str = "") -> Refusal | None:
        return self.act(AuthoriseSealUse, by or self.chief(key), case=key, digest=page(key, 0), pages=1, session="s")


def page(key: str, number: int) -> str:
    """The digest of a page."""
    return hashlib.sha256(f"{key}{number}".encode()).hexdigest()
