"""用印 two commands: the use is a fact and always recorded; that the case is finished is a move, and rests on the fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from clerk_app.cases import model
from clerk_app.cases.letting_go import let_go
from clerk_app.cases.model import Case
from clerk_app.cases.usecases import CaseCommand, unknown_case
from clerk_app.command import Command, Refusal, UseCase, case_subject
from clerk_app.duty.handing_windows import handing_windows
from clerk_app.duty.model import Seal
from clerk_app.sealing.books import SealBooks
from clerk_app.sealing.custody import fell_before, keeps, unusable
from clerk_app.sealing.granting import close_intent, grant_subject, intent_subject
from clerk_app.sealing.grants import GrantedPaper
from clerk_app.sealing.issuing import stands_for_chief
from clerk_app.sealing.model import SealGrant, SealUse
from clerk_app.sealing.permission import keeper_refusal, paper_stamp_flags, sealed_before

BEFORE = "-"
"""In place of a grant: sealed before there were grants."""


@dataclass(frozen=True, kw_only=True)
class RecordSealUse(Command):
    """用印登记 the seal was put on these bytes; `digest_before` is what was authorised, `digest_after` the sealed file.

    The electronic seal names its `grant`; a paper seal the `keeper` who pressed it, and `said_at` where it was entered later
    (补登): that is the time of the use then, and `at` when it was entered.
    """

    kind: ClassVar[str] = "record_seal_use"
    schema: ClassVar[int] = 2
    fact: ClassVar[bool] = True
    seal_use: str
    seal: str
    certificate: str
    case: str
    document_no: str
    title: str
    pages: int
    copies: int
    digest_before: str
    digest_after: str
    electronic: bool
    grant: str = ""
    keeper: str = ""
    document: str = ""
    said_at: datetime | None = None
    page: int = 0
    seam: bool = False

    @property
    def subjects(self) -> tuple[str, ...]:
        """The use itself, and the intent and the grant it closes."""
        own = (f"seal_use:{self.seal_use}", intent_subject(self.seal_use))
        return (*own, grant_subject(self.grant)) if self.grant not in ("", BEFORE) else own

    @property
    def about(self) -> tuple[str, ...]:
        """The case whose decision was sealed."""
        return (case_subject(self.case),)


@dataclass(frozen=True, kw_only=True)
class MarkSealed(CaseCommand):
    """记用印 the clocks of the case stop at the moment of the seal."""

    kind: ClassVar[str] = "mark_sealed"
    seal_use: str


def record_seal_use(command: RecordSealUse, books: SealBooks) -> Refusal | None:
    """Written whatever else is wrong; what is out of order stands in its flags."""
    if books.seal_use(command.seal_use) is not None:
        return None
    case = books.case(command.case)
    seal = books.roster.seals.get(command.seal)
    decision, grant = (case.decision if case else None), books.seal_grant(command.grant)
    use = SealUse(
        id=command.seal_use,
        seal=command.seal,
        seal_name=seal.name if seal else command.seal,
        certificate=command.certificate,
        case=command.case,
        document_no=command.document_no,
        title=command.title,
        pages=command.pages,
        copies=command.copies,
        digest_before=command.digest_before,
        digest_after=command.digest_after,
        approver=grant.chief if grant else decision.by if decision else "",
        letter=grant.letter if grant else decision.letter if decision else "",
        user=command.actor,
        window=command.window,
        at=command.said_at or command.at,
        electronic=command.electronic,
        acting_for=grant.acting_for if grant else decision.acting_for if decision else "",
        document=command.document,
        item=case.item if case else "",
        keeper=command.keeper,
        grant=command.grant,
        entered_at=command.at if command.said_at else None,
        clock=command.clock,
        device=books.device,
        page=command.page,
        seam=command.seam,
    )
    books.put_seal_use(replace(use, flags=_flags(use, case, books)))
    _spend(use, grant, books)
    close_intent(use.id, command.actor, command.at, books)
    return None


def _spend(use: SealUse, grant: SealGrant | None, books: SealBooks) -> None:
    """A use whose beginning was refused or got lost has spent its grant all the same."""
    if grant is not None and use.digest_before not in grant.used:
        books.put_seal_grant(replace(grant, used={**grant.used, use.digest_before: use.id}))


def _flags(use: SealUse, case: Case | None, books: SealBooks) -> tuple[str, ...]:
    """What is out of order about it, by what the books know now."""
    if case is None or (case.decision is None and not use.document):
        return ("没有授权的用印",)
    flags = _other_than_issued(use, books) if use.document else _other_than_decided(use, case)
    if use.grant == BEFORE:
        flags += _as_then(use, case, books)
    elif use.electronic:
        flags += _against_grant(use, books)
    else:
        flags += paper_stamp_flags(books.roster.seals.get(use.seal), use.keeper, use.at, books)
        flags += _said_time(use, case)
    return tuple(flags or _out_of_turn(use, case, books))


def _as_then(use: SealUse, case: Case, books: SealBooks) -> list[str]:
    """Before there were grants. A seal whose book has begun is put on by a grant, whatever an old window says."""
    known = [one for one in books.seal_events_of(use.seal) if one.at <= use.at]
    flags = ["没有授权的用印"] if known and use.electronic else []
    if fell_before(known, use.at):
        flags.append("印章停用了还盖")
    decided = case.decision.by if case.decision else ""
    if use.user != decided and not stands_for_chief(use.user, case.department, use.at, books):
        flags.append("不是授权的人盖的")
    return flags


def _out_of_turn(use: SealUse, case: Case, books: SealBooks) -> list[str]:
    """In order by itself; but another window was first, or the case went another way meanwhile."""
    if use.document or case.seal_use == use.id:
        return []
    if sealed_before(case, use.digest_before, books, use.id):
        return ["这份已经盖过章"]
    return [] if case.state in ("granted", "refused") else ["盖的时候这件已经不等用印"]


def _other_than_issued(use: SealUse, books: SealBooks) -> list[str]:
    row = books.case_document(use.document)
    issued = row is not None and (row.case, row.digest) == (use.case, use.digest_before)
    return [] if issued else ["盖的不是出的那份"]


def _other_than_decided(use: SealUse, case: Case) -> list[str]:
    decision, flags = case.decision, []
    if decision is not None and decision.digest != use.digest_before:
        flags.append("盖的不是授权的那份")
    if decision is not None and decision.document_no != use.document_no:
        flags.append("文号和授权的不同")
    return flags


def _against_grant(use: SealUse, books: SealBooks) -> list[str]:
    """At a seat of its own the line is entered by whoever is signed in there; whose PIN opened the seal it says itself."""
    grant = books.seal_grant(use.grant)
    if grant is None:
        return ["没有授权的用印"]
    paper = grant.paper(use.digest_before)
    if paper is None or grant.seal != use.seal or not _is_of(use, paper):
        return ["盖的不在授权里"]
    return [*grant.flags, *_spent_wrongly(use, grant, books), *_by_wrong_hand(use, grant, books)]


def _spent_wrongly(use: SealUse, grant: SealGrant, books: SealBooks) -> list[str]:
    """Once, in its time, on its machine."""
    flags, intent = [], books.seal_intent(use.id)
    if grant.used.get(use.digest_before, use.id) != use.id:
        flags.append("授权已经用过")
    if use.entered_at is not None:
        flags.append("电子印章不补登")
    if not grant.issued <= (intent.at if intent else use.at) <= grant.expires:
        flags.append("授权过期了还盖")
    if grant.device != use.device:
        flags.append("不是授权的机器盖的")
    return flags


def _by_wrong_hand(use: SealUse, grant: SealGrant, books: SealBooks) -> list[str]:
    """The seal that was granted, in use, opened by who keeps it."""
    flags, seal = [], books.roster.seals.get(use.seal)
    if grant.certificate not in ("", use.certificate):
        flags.append("不是授权的那枚印章的证书")
    if grant.device == grant.origin and use.user not in (grant.chief, grant.keeper):
        flags.append("不是授权的人盖的")
    if seal is None or unusable(seal, use.at, books, electronic=True):
        flags.append("印章停用了还盖")
    elif use.keeper != grant.keeper or not _may_keep(grant, seal, use.at, books):
        flags.append("不是保管人开的印章")
    return flags


def _is_of(use: SealUse, paper: GrantedPaper) -> bool:
    """The line says of the paper what the chief has signed of it."""
    said = (use.case, use.document, use.document_no, use.title, use.pages, use.copies)
    return said == (paper.case, paper.document, paper.document_no, paper.title, paper.pages, paper.copies)


def _may_keep(grant: SealGrant, seal: Seal, at: datetime, books: SealBooks) -> bool:
    return keeps(grant.keeper, seal, at, books) and keeper_refusal(grant.keeper, grant.chief, books) is None


def _said_time(use: SealUse, case: Case) -> list[str]:
    """The said time lies between the authorisation and its entry, on the day of the entry."""
    if use.entered_at is None:
        return []
    decided = case.decision.at if case.decision else use.at
    if not decided <= use.at <= use.entered_at:
        return ["说的用印时间对不上"]
    return [] if use.at.date() == use.entered_at.date() else ["隔天补登"]


def looked_at_again(use: SealUse, case: Case, books: SealBooks) -> SealUse:
    """The same use beside a decision that counts only now."""
    decision = case.decision
    if decision is None:
        return use
    own = replace(use, approver=decision.by, acting_for=decision.acting_for, letter=decision.letter)
    return replace(own, flags=_flags(own, case, books))


def mark_sealed(command: MarkSealed, books: SealBooks) -> Refusal | None:
    """Only on a use that is registered, and registered clean."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    use = books.seal_use(command.seal_use)
    if use is None or use.case != command.case or use.document:
        return Refusal("no-seal-use", "用印登记里没有这次用印，没有记办结。先登记用印再记。")
    if any(voided.seal_use == use.id for voided in case.life.voided):
        return Refusal("seal-use-voided", "这次用印已作废，没有记办结。重新授权、用印，再记。")
    if case.decision is not None and case.decision.digest != use.digest_before:
        return Refusal("other-bytes", "这次用印盖的不是现在这份决定书，没有记办结。重新用印，再记。")
    if use.flags:
        return Refusal("seal-use-flagged", f"这次用印{use.flags[0]}，没有记办结。登记已在，首席代表和另一人来定。")
    sealed = model.mark_sealed(case, use.id, use.at)
    if isinstance(sealed, Refusal):
        return sealed
    books.put_case(sealed)
    if _goes_elsewhere(sealed, books):
        let_go(command, books)
    return None


def _goes_elsewhere(case: Case, books: SealBooks) -> bool:
    """Its result is handed out at another window, which must be able to take the case in hand."""
    item = books.item(case.item)
    return item is not None and item.kind != "spot" and bool(handing_windows(books.roster))


def _before_grants(body: Mapping[str, Any]) -> dict[str, Any]:
    """What was sealed before there were grants is judged as it was then."""
    return {**body, "grant": BEFORE, "schema": 2}


sealing_use_cases = (
    UseCase(RecordSealUse, record_seal_use, "begin_seal", upcasts={1: _before_grants}),
    UseCase(MarkSealed, mark_sealed, "mark_sealed"),
)
