"""送达 the result is handed to a named receiver on a proof that was seen; once, and the very paper that was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clerk_app.cases import model
from clerk_app.cases.decision import HandedOver, Receiver, Signed
from clerk_app.cases.letting_go import let_go
from clerk_app.cases.model import Case
from clerk_app.cases.usecases import item_gone, unknown_case
from clerk_app.cases.voiding import waiting_void
from clerk_app.command import Refusal, UseCase
from clerk_app.duty.handing_windows import handing_windows, where_to_fetch
from clerk_app.receipts.handing.books import HandingBooks
from clerk_app.receipts.handing.choosing import HandingCommand
from clerk_app.receipts.handing.model import Result
from clerk_app.receipts.handing.taking_in import old_paper


@dataclass(frozen=True, kw_only=True)
class HandOverCase(HandingCommand):
    """送达 `letter` is an agent's; `witness` saw a refusal to sign; `signature` the picture's digest where it was signed on a pad."""

    kind: ClassVar[str] = "hand_over_case"
    receiver: str
    proof: str
    as_who: Receiver = "applicant"
    letter: str = ""
    signed: Signed = "paper"
    witness: str = ""
    signature: str = ""
    without_slip: bool = False


def hand_over_case(command: HandOverCase, books: HandingBooks) -> Refusal | None:
    """A spot case at its own window; anything else from the shelf of the handing-over window."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    if books.item(case.item) is None:
        return item_gone(case)
    result = books.result(case.id)
    refusal = _not_here(case, result, command, books) or _not_to_him(command)
    if refusal is not None:
        return refusal
    handed = model.hand_over(case, _handed(command))
    if isinstance(handed, Refusal):
        return handed
    books.put_case(handed)
    if result is not None:
        number = case.decision.document_no if case.decision else ""
        books.put_result(result.moved(command.at, state="out", since=None, document_no=number))
        if result.state == "shelved":
            let_go(command, books)
    return None


def _handed(command: HandOverCase) -> HandedOver:
    return HandedOver(
        receiver=command.receiver,
        proof=command.proof,
        by=command.actor,
        at=command.at,
        window=command.window,
        acting_for=command.acting_for or "",
        as_who=command.as_who,
        letter=command.letter.strip(),
        signed=command.signed,
        witness=command.witness.strip(),
        signature=command.signature,
        without_slip=command.without_slip,
    )


def _not_here(case: Case, result: Result | None, command: HandOverCase, books: HandingBooks) -> Refusal | None:
    """Where the paper is, it is handed out; and only the paper that stands."""
    if waiting_void(case) is not None:
        return Refusal("void-waiting", "有人请作废这次用印，还没定，没有记交出。纸先留下，等第二人来定。")
    if result is not None and result.state == "posted":
        return Refusal("in-the-post", f"这件已经寄出（邮件 {result.waybill}），没有记交出。等签收，或退回再领。")
    item = books.item(case.item)
    if result is not None and result.state == "shelved":
        return _off_the_shelf(case, result, command.window)
    own = item is not None and (item.kind == "spot" or not handing_windows(books.roster))
    if own and case.window == command.window:
        return None
    where = where_to_fetch(books.roster)
    if case.state != "sealed":
        return None  # the case itself says why not
    return Refusal("deliver-elsewhere", f"这件到{where}领，没有记交出。纸收进架以后，在那里交给人。")


def _off_the_shelf(case: Case, result: Result, window: int) -> Refusal | None:
    if result.window != window:
        return Refusal(
            "deliver-elsewhere", f"这件在{result.window}号窗口的架上（{result.shelf}），没有记交出。请到那里领。"
        )
    if case.decision is not None and old_paper(case, result):
        return Refusal("other-paper", f"架上的是旧文号 {result.document_no} 的纸，没有记交出。退回窗口，换新的来。")
    return None


def _not_to_him(command: HandOverCase) -> Refusal | None:
    """Who takes it for another brings a letter; who does not sign has a witness beside him (留置送达)."""
    if command.as_who == "post":
        return Refusal("not-by-hand", "邮寄的在邮寄里记签收，没有记交出。")
    if command.as_who == "agent" and not command.letter.strip():
        return Refusal("letter-missing", "代领要有授权委托书，还没写，没有记交出。看了委托书，写上再记。")
    if command.signed == "refused" and not command.witness.strip():
        return Refusal("witness-missing", "拒签要有见证人，还没写，没有记交出。写上见证人的姓名和单位。")
    if command.signed == "pad" and not command.signature:
        return Refusal("signature-missing", "手写屏上还没签，没有记交出。请领件人签好，或改在送达回证上签。")
    return None


giving_use_cases = (UseCase(HandOverCase, hand_over_case, "deliver"),)
