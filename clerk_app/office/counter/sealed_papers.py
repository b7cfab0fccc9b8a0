"""电子盖章的文书 a paper of a decision's class whose seal is in this machine, kept by its authoriser: issued, granted and sealed.

Where the key lies elsewhere, is kept by another, or the line is cut, the paper is stamped by hand as before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from clerk_app.command import Refusal
from clerk_app.duty.letters import letter_by_number
from clerk_app.office.counter.by_pin import Countersigner, Hand, hand_of
from clerk_app.office.counter.deciding import SEAL_WHEN_CUT
from clerk_app.office.counter.issued import print_paper
from clerk_app.office.counter.seal_seats import Keeper, opens_with, seat_of
from clerk_app.office.counter.stamping import Authority, Sheet, Use, begin, give, make, opened, record_of
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.sealing.granting import SealNotUsed
from clerk_app.sealing.grants import paper_of
from clerk_app.sealing.issuing import IssueDocument
from clerk_app.sealing.paper import MadePage
from clerk_app.sealing.usecases import RecordSealUse


@dataclass(frozen=True, kw_only=True)
class Sealing:
    """用印人 whose hand, which seal, and the PIN that opens both."""

    hand: Hand
    seal: str
    pin: str = field(repr=False)


def sealing_hand(office: Office, seal: str, by: Countersigner) -> Hand | Refusal:
    """His hand; with his key in it where the seal is put on by key, without it where it is stamped."""
    seat = seat_of(office, seal)
    here = not isinstance(seat, Refusal) and seat.here and office.parts.stamper is not None
    if here and isinstance(opens_with(office, seal, by.person, by.pin), Keeper):
        hand = hand_of(office, by, None if office.hall.electronic_when_cut else SEAL_WHEN_CUT)
        if not (isinstance(hand, Refusal) and hand.type == SEAL_WHEN_CUT.type):
            return hand
    hand = hand_of(office, by)
    return hand if isinstance(hand, Refusal) else replace(hand, key=None)


def issue_sealed(office: Office, act: tuple[IssueDocument, Beside], page: MadePage, sealing: Sealing) -> Outcome:
    """出文、授权、开始 in one transaction; then the stamp, and its line with the sealed file. The use bears the paper's id."""
    command, seat = act[0], seat_of(office, sealing.seal)
    key, stamp = sealing.hand.key, sealing.hand.stamp
    if isinstance(seat, Refusal) or key is None:
        return seat if isinstance(seat, Refusal) else SEAL_WHEN_CUT
    person = office.hall.roster.people[stamp.actor]
    letter = office.read(lambda books: letter_by_number(books, command.letter)) if command.letter else None
    by = Authority(person=person, key=key, letter=letter)
    item = office.read(lambda books: case.item if (case := books.case(command.case)) else "")
    paper = paper_of(
        page.pdf,
        case=command.case,
        item=item,
        document_no=command.document_no,
        title=command.paper,
        pages=page.pages,
        copies=command.copies,
        document=command.document,
    )
    with opened(office, sealing.seal, Keeper(person=person.id, pin=sealing.pin)) as seal:
        if isinstance(seal, Refusal):
            return seal
        given = give(office, by, (paper,), sealing.seal, person.id, seat)
        use = begin(office, given, paper, (act, given.act), command.document)
        if isinstance(use, Refusal):
            return use
        sheet = Sheet(page=page, paper=paper, seam=page.pages > 1)
        sealed = make(office, sheet, given.of(paper), seal)
        if isinstance(sealed, Refusal):
            return _fallen_back(office, command.document, sealed)
        fields = stamp.fields(office.parts.new_id)
        record = record_of(fields, sheet, sealed, Use(use=use, grant=given.command.grant, seal=seal), key.sign)
        done = office.do_together((record,))
    return done if isinstance(done, Refusal) else print_paper(office, sealed, command.paper, page.pages, done)


def _fallen_back(office: Office, document: str, why: Refusal) -> Outcome:
    """The paper is issued already: it gets the paper seal instead."""
    done = stamp_by_hand(office, document, why.sentence)
    return (
        done
        if isinstance(done, Refusal)
        else Refusal("by-hand-instead", f"{why.sentence}文书已经出了：盖实体章，已按实体章登记。")
    )


def stamp_by_hand(office: Office, document: str, note: str) -> Outcome:
    """改盖实体章 of an issued paper whose electronic seal came to nothing: the intent is closed, the line is the hand's."""
    row = office.read(lambda books: books.case_document(document))
    if row is None:
        return Refusal("unknown-document", "没有这份文书，没有改。刷新一下再看。")
    closing = SealNotUsed(**office.stamp().fields(office.parts.new_id), seal_use=document, note=note)
    record = RecordSealUse(
        **office.stamp().fields(office.parts.new_id),
        seal_use=office.parts.new_id(),
        seal=row.seal,
        certificate="",
        case=row.case,
        document_no=row.document_no,
        title=row.paper,
        pages=row.pages,
        copies=row.copies,
        digest_before=row.digest,
        digest_after=row.digest,
        electronic=False,
        keeper=row.by,
        document=row.id,
    )
    done = office.do_together(((closing, Beside()), (record, Beside())))
    kept = office.parts.vault.keep.document(row.digest)
    if isinstance(done, Refusal) or kept is None:
        return done
    return print_paper(office, kept.content, row.paper, row.pages, done)
