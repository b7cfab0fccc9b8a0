"""盖章 from a grant to a sealed file: the intent first, then the stamp, and the file leaves memory only with its line in the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from clerk_app.canonical import sha256
from clerk_app.command import Command, Refusal
from clerk_app.duty.model import Letter, Person
from clerk_app.office.counter.issued import print_out
from clerk_app.office.counter.prepared import NO_SEALING, Prepared
from clerk_app.office.counter.seal_seats import Keeper, SealSeat, card_of, face_for, open_seal
from clerk_app.office.countersigning import stamp_of
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.ports import Document, PersonKey
from clerk_app.ports.seal import SealKey, SealKeyTrouble, StampOrder
from clerk_app.sealing.granting import BeginSealUse, GrantSeal, SealNotUsed
from clerk_app.sealing.grants import LASTS, GrantedPaper, SignedGrant, paper_of, signed_bytes
from clerk_app.sealing.paper import MadePage
from clerk_app.sealing.usecases import MarkSealed, RecordSealUse

Act = tuple[Command, Beside]


@dataclass(frozen=True, kw_only=True)
class Authority:
    """授权人 who authorises, with his key in hand, by which letter."""

    person: Person
    key: PersonKey
    letter: Letter | None


@dataclass(frozen=True, kw_only=True)
class Given:
    """授权 the act that registers it, and what each paper's file carries of it."""

    command: GrantSeal
    sign: Callable[[bytes], str]

    def of(self, paper: GrantedPaper) -> SignedGrant:
        """The grant as it goes into this paper's file."""
        return SignedGrant(terms=self.command.terms, paper=paper, signature=self.command.signature)

    @property
    def act(self) -> Act:
        """The fact, signed by the chief."""
        return self.command, Beside(sign=self.sign)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """开着的印章 its seal id, its key and its keeper, for the papers of one grant."""

    seal: str
    key: SealKey
    keeper: str


def fields_of(office: Office, person: Person, letter: Letter | None) -> dict[str, Any]:
    """The fields of an act of the chief's own hand."""
    return stamp_of(office, person, f"letter:{letter.document_no}" if letter else "").fields(office.parts.new_id)


def granted(prepared: Prepared) -> GrantedPaper:
    """授权的一份."""
    return paper_of(
        prepared.page.pdf,
        case=prepared.case.id,
        item=prepared.case.item,
        document_no=prepared.document_no,
        title=prepared.paper.title,
        pages=prepared.page.pages,
        copies=1,
    )


def give(
    office: Office, by: Authority, papers: Sequence[GrantedPaper], seal: str, keeper: str, seat: SealSeat
) -> Given:
    """签授权 over the canonical terms with the chief's own key; good for five minutes, for one machine, once for each paper."""
    command = GrantSeal(
        **fields_of(office, by.person, by.letter),
        grant=office.parts.new_id(),
        seal=seal,
        keeper=keeper,
        letter=by.letter.document_no if by.letter else "",
        device=seat.device,
        expires=office.parts.clock.now(),
        papers=tuple(papers),
        public=by.key.public,
        signature="",
        certificate=card.serial if (card := card_of(office, seal)) else "",
    )
    command = replace(command, expires=command.issued + LASTS)
    return Given(command=replace(command, signature=by.key.sign(signed_bytes(command.terms))), sign=by.key.sign)


@contextmanager
def opened(office: Office, seal: str, keeper: Keeper) -> Iterator[Opened | Refusal]:
    """The seal's key, shut again whatever happens."""
    key = open_seal(office, seal, keeper)
    if isinstance(key, Refusal):
        yield key
        return
    try:
        yield Opened(seal=seal, key=key, keeper=keeper.person)
    finally:
        key.close()


def begin(
    office: Office, given: Given, paper: GrantedPaper, beside: Sequence[Act] = (), use: str = ""
) -> str | Refusal:
    """开始用印: what goes before it and the intent in one transaction; answers the use's id. Nothing is sealed without it."""
    command = BeginSealUse(
        **office.stamp().fields(office.parts.new_id),
        seal_use=use or office.parts.new_id(),
        grant=given.command.grant,
        digest=paper.sha256,
        needs=tuple(act.id for act, _ in beside if not act.fact),
    )
    done = office.do_together((*beside, (command, Beside())))
    return done if isinstance(done, Refusal) else command.seal_use


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """要盖的一份 the frozen page, its entry in the grant, and whether its edges bear the seam."""

    page: MadePage
    paper: GrantedPaper
    seam: bool


def sheet_of(prepared: Prepared) -> Sheet:
    """A decision's."""
    page = prepared.page
    return Sheet(page=page, paper=granted(prepared), seam=prepared.paper.seam is not None and page.pages > 1)


def stamp_prepared(office: Office, prepared: Prepared, given: Given, use: str, seal: Opened, by: Authority) -> Outcome:
    """盖、登记、记办结 a decision; the line and the mark in one transaction, the line alone where the mark is refused."""
    sheet = sheet_of(prepared)
    sealed = make(office, sheet, given.of(sheet.paper), seal)
    if isinstance(sealed, Refusal):
        return came_to_nothing(office, use, sealed)
    fields = fields_of(office, by.person, by.letter)
    record = record_of(fields, sheet, sealed, Use(use=use, grant=given.command.grant, seal=seal), by.key.sign)
    mark = MarkSealed(**office.stamp().fields(office.parts.new_id), case=prepared.case.id, seal_use=use)
    done = office.do_together((record, (mark, Beside())))
    if isinstance(done, Refusal):
        alone = office.do_together((record,))
        return alone if isinstance(alone, Refusal) else done
    return print_out(office, sealed, prepared.paper.title, 1, done)


def came_to_nothing(office: Office, use: str, why: Refusal) -> Refusal:
    """没有盖成 and known at once: the intent says so, the grant is spent, the case waits for another."""
    command = SealNotUsed(**office.stamp().fields(office.parts.new_id), seal_use=use, note=why.sentence)
    said = office.do(command)
    return said if isinstance(said, Refusal) else why


def make(office: Office, sheet: Sheet, grant: SignedGrant, seal: Opened) -> bytes | Refusal:
    """The sealed bytes, in memory."""
    pages, stamper = office.parts.pages, office.parts.stamper
    if pages is None or stamper is None:
        return NO_SEALING
    try:
        order = StampOrder(
            page=sheet.page,
            face=pages.face(face_for(office, seal.seal)),
            grant=grant,
            at=office.parts.clock.now(),
            reason=f"{sheet.paper.title} {sheet.paper.document_no}",
        )
        return stamper.stamp(order, seal.key)
    except (ValueError, SealKeyTrouble) as trouble:
        return Refusal("not-stamped", str(trouble))


@dataclass(frozen=True, kw_only=True)
class Use:
    """一次用印 its id, its grant, and the seal that was put on."""

    use: str
    grant: str
    seal: Opened


def record_of(
    fields: dict[str, Any], sheet: Sheet, sealed: bytes, use: Use, sign: Callable[[bytes], str] | None
) -> Act:
    """用印登记 with the sealed file beside it."""
    paper = sheet.paper
    command = RecordSealUse(
        **fields,
        seal_use=use.use,
        seal=use.seal.seal,
        certificate=use.seal.key.card.serial,
        case=paper.case,
        document_no=paper.document_no,
        title=paper.title,
        pages=paper.pages,
        copies=paper.copies,
        digest_before=paper.sha256,
        digest_after=sha256(sealed),
        electronic=True,
        grant=use.grant,
        keeper=use.seal.keeper,
        document=paper.document,
        page=sheet.page.place.page,
        seam=sheet.seam,
    )
    kept = Document(digest=command.digest_after, case=paper.case, sealed=True, made_at=command.at, content=sealed)
    return command, Beside((kept,), sign)
