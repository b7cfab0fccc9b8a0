"""出件的动作 what the handing-over window does with a result's paper, each with its slip. Not for the screen's thread where it says so."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from clerk_app.cases.decision import Receiver, Signed
from clerk_app.cases.decisions import GiveBackCase
from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.office.counter.issuing import issue
from clerk_app.office.counter.paper_codes import check_code
from clerk_app.office.line.attaching import attach_read
from clerk_app.office.line.holding import give_back, take_in_hand
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.ports import Books
from clerk_app.receipts.handing.choosing import ChooseDelivery, cannot_deliver
from clerk_app.receipts.handing.giving import HandOverCase
from clerk_app.receipts.handing.model import Delivery, RemindedBy, result_subject
from clerk_app.receipts.handing.posting import PostResult, RecordPostReceipt, RecordPostReturn
from clerk_app.receipts.handing.reminding import RemindResult
from clerk_app.receipts.handing.slips import address_slip
from clerk_app.receipts.handing.taking_in import SendBackResult, TakeInResult, handed_already, paper_refusal
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import handover_slip
from clerk_app.sealing.paper_code import is_paper_code

PROOF = "送达回证"
SIGNATURE, SIGNED_PROOF = "送达签名.png", "送达回证（已签）"


@dataclass(frozen=True, kw_only=True)
class HandOut:
    """交给谁 the receiver as he said it, what was seen of him, and how he signed."""

    receiver: str
    proof: str
    as_who: Receiver = "applicant"
    letter: str = ""
    signed: Signed = "paper"
    witness: str = ""
    signature: str = ""
    without_slip: bool = False


def hand_over(office: Office, case: Case, out: HandOut) -> Outcome:
    """送达 with the slip the citizen takes along."""
    item = office.hall.items.get(case.item)
    if item is None:
        return Refusal("unknown-item", f"目录里没有事项 {case.item}，没有记交出。结果还在窗口，找管理员核对目录。")
    stamp = office.stamp()
    command = HandOverCase(
        **stamp.fields(office.parts.new_id),
        case=case.id,
        receiver=out.receiver,
        proof=out.proof,
        as_who=out.as_who,
        letter=out.letter,
        signed=out.signed,
        witness=out.witness,
        signature=out.signature,
        without_slip=out.without_slip,
    )

    def papers(books: Books) -> Iterable[Slip]:
        handed = books.case(case.id)
        if handed is not None:
            giver = office.hall.roster.name_for(stamp.actor, stamp.acting_for)
            yield handover_slip(handed, item, giver, office.letterhead)

    return office.do(command, papers)


def hand_out(office: Office, case_id: str, out: HandOut) -> Outcome:
    """领走 from the shelf; the case is asked for first. Not for the screen's thread."""
    return _in_hand(office, case_id, lambda case: hand_over(office, case, out))


def cannot_choose(office: Office, wish: Delivery) -> Refusal | None:
    """Why a wish cannot be written down so; while one types."""
    return cannot_deliver(wish, office.hall.handing)


def choose(office: Office, case_id: str, delivery: Delivery) -> Outcome:
    """选领取方式. Not for the screen's thread."""
    return _in_hand(
        office,
        case_id,
        lambda case: office.do(
            ChooseDelivery(
                **office.stamp().fields(office.parts.new_id),
                case=case.id,
                how=delivery.how,
                name=delivery.name,
                phone=delivery.phone,
                address=delivery.address,
            )
        ),
    )


def leave_for_shelf(office: Office, case_id: str) -> Outcome:
    """放出件窗口 he does not wait: it is written down that he will fetch it there, and the case is let go of."""
    new_id = office.parts.new_id
    wish = ChooseDelivery(**office.stamp().fields(new_id), case=case_id, how="pick_up")
    back = GiveBackCase(**office.stamp().fields(new_id), case=case_id)
    known = office.read(lambda books: books.result(case_id))
    acts = ((back, Beside()),) if known is not None and known.delivery else ((wish, Beside()), (back, Beside()))
    return office.do_together(acts)


def take_in(office: Office, case_id: str, giver: str, shelf: str, transfer: str, scanned: str = "") -> Outcome:
    """收进架 the paper whose own code was `scanned`, else the one that stands now. Not for the screen's thread."""
    number = ""
    if is_paper_code(scanned):
        checked = check_code(office, scanned)
        if isinstance(checked, Refusal):
            return checked
        number = checked.code.document_no
        case = office.read(lambda books: books.case(case_id))
        if case is not None and (wrong := paper_refusal(case, number)):
            return wrong  # not asked of the centre: the right paper is scanned next

    def act(case: Case) -> Outcome:
        command = TakeInResult(
            **office.stamp().fields(office.parts.new_id),
            case=case.id,
            document_no=number or (case.decision.document_no if case.decision else ""),
            giver=giver,
            shelf=shelf,
            transfer=transfer,
        )
        return office.do(command)

    return _in_hand(office, case_id, act)


def send_back(office: Office, case_id: str, taker: str, reason: str) -> Outcome:
    """退回窗口. Not for the screen's thread."""
    return _in_hand(
        office,
        case_id,
        lambda case: office.do(
            SendBackResult(**office.stamp().fields(office.parts.new_id), case=case.id, taker=taker, reason=reason)
        ),
    )


def post(office: Office, case_id: str, waybill: str) -> Outcome:
    """交寄 with the address slip. Not for the screen's thread."""

    def act(case: Case) -> Outcome:
        command = PostResult(**office.stamp().fields(office.parts.new_id), case=case.id, waybill=waybill)
        return office.do(command, lambda books: _addresses(office, books, case.id))

    return _in_hand(office, case_id, act)


def _addresses(office: Office, books: Books, case_id: str) -> Iterable[Slip]:
    result = books.result(case_id)
    if result is not None and result.posting is not None:
        yield address_slip(result, result.posting, office.letterhead)


def record_receipt(office: Office, case_id: str, receiver: str, signed_on: date) -> Outcome:
    """记签收. Not for the screen's thread."""
    return _in_hand(
        office,
        case_id,
        lambda case: office.do(
            RecordPostReceipt(
                **office.stamp().fields(office.parts.new_id), case=case.id, receiver=receiver, signed_on=signed_on
            )
        ),
    )


def record_return(office: Office, case_id: str, reason: str, returned_on: date, shelf: str) -> Outcome:
    """记退回. Not for the screen's thread."""
    return _in_hand(
        office,
        case_id,
        lambda case: office.do(
            RecordPostReturn(
                **office.stamp().fields(office.parts.new_id),
                case=case.id,
                reason=reason,
                returned_on=returned_on,
                shelf=shelf,
            )
        ),
    )


def remind(office: Office, case_id: str, how: RemindedBy, said: str) -> Outcome:
    """记催领."""
    return office.do(RemindResult(**office.stamp().fields(office.parts.new_id), case=case_id, how=how, said=said))


def issue_proof(office: Office, case_id: str) -> Outcome:
    """送达回证 as an A4 page with the window's seal, to be signed. Not for the screen's thread."""
    return issue(office, case_id, PROOF)


def keep_signature(office: Office, case_id: str, png: bytes) -> str | Refusal:
    """手写签名 kept with the case; its digest, which the record of the handing over names. Not for the screen's thread.

    Said again after a handing over that was refused, it is the same signature.
    """
    digest = hashlib.sha256(png).hexdigest()
    if any(one.digest == digest for one in office.read(lambda books: books.attachments_of(case_id))):
        return digest
    done = attach_read(office, case_id, SIGNATURE, io.BytesIO(png))
    return done if isinstance(done, Refusal) else digest


def keep_signed_proof(office: Office, case_id: str, content: bytes, ending: str) -> Outcome:
    """扫回 the signed 送达回证 goes into the case's file. Not for the screen's thread."""
    return attach_read(office, case_id, f"{SIGNED_PROOF}.{ending}", io.BytesIO(content))


def _in_hand(office: Office, case_id: str, act: Callable[[Case], Outcome]) -> Outcome:
    """The case is this window's first; whose it is now is said by its window. Asked for in vain, it is given back."""
    subject = case_subject(case_id)
    case, ours = office.read(lambda books: (books.case(case_id), books.holder(subject) == books.device))
    if case is None:
        return Refusal("unknown-case", "没有这件办件，什么都没改。核对编号，或到中心查一下。")
    if over := handed_already(case):
        return over
    refusal = take_in_hand(office, case_id)
    if refusal is None:
        outcome = act(case)
        if isinstance(outcome, Refusal) and not ours:
            give_back(office, case_id)
        return outcome
    if refusal.type != "held-elsewhere":
        return refusal
    where = _holder_words(office, case)
    return Refusal(refusal.type, f"这件还在{where}手上，没有办。请那里按“交到席上”交出来，再扫一次。")


def _holder_words(office: Office, case: Case) -> str:
    result = office.read(lambda books: books.result(case.id))
    shelved = result is not None and result.state in ("shelved", "posted")
    return f"{result.window if result is not None and shelved else case.window}号窗口"


def changed(subjects: tuple[str, ...]) -> bool:
    """Whether these rows concern papers on their way out."""
    return any(subject.startswith(result_subject("")) for subject in subjects)
