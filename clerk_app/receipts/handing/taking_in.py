"""收进来 the sealed paper comes to the handing-over window by scan: who gave it, who took it, on which shelf; or it goes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clerk_app.cases.letting_go import let_go
from clerk_app.cases.model import Case
from clerk_app.cases.states import state_words
from clerk_app.cases.usecases import unknown_case
from clerk_app.cases.voiding import waiting_void
from clerk_app.command import Refusal, UseCase
from clerk_app.duty.handing_windows import handing_windows, where_to_fetch
from clerk_app.receipts.handing.books import HandingBooks
from clerk_app.receipts.handing.choosing import HandingCommand
from clerk_app.receipts.handing.model import Result, TakenIn, result_state_words

LONGEST_SHELF, LONGEST_WHY = 12, 120


@dataclass(frozen=True, kw_only=True)
class TakeInResult(HandingCommand):
    """收进来 the very paper `document_no`, brought by `giver`; all that came at once bear one `transfer`."""

    kind: ClassVar[str] = "take_in_result"
    document_no: str
    giver: str
    shelf: str
    transfer: str


@dataclass(frozen=True, kw_only=True)
class SendBackResult(HandingCommand):
    """退回窗口 the paper goes back to where it came from: its seal is to be voided, or it is the wrong one."""

    kind: ClassVar[str] = "send_back_result"
    taker: str
    reason: str


def take_in_result(command: TakeInResult, books: HandingBooks) -> Refusal | None:
    """Only what is sealed and stands; only at a handing-over window; each on a place of its own."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    refusal = not_handing_window(command.window, books) or paper_refusal(case, command.document_no)
    if refusal is None:
        refusal = _already(books.result(case.id), case) or _people(command, books)
        refusal = refusal or place_refusal(command.case, command.window, command.shelf, books)
    if refusal is not None:
        return refusal
    known = books.result(case.id)
    letter = known.posting if known else None
    taken = TakenIn(
        giver=command.giver, by=command.actor, at=command.at, window=command.window, transfer=command.transfer
    )
    books.put_result(
        Result(
            id=case.id,
            case_no=case.case_no,
            document_no=command.document_no,
            state="shelved",
            window=command.window,
            shelf=command.shelf.strip(),
            moved_at=command.at,
            transfer=command.transfer,
            since=command.at,
            delivery=known.delivery if known else None,
            taken_in=taken,
            posted_before=(*known.posted_before, *((letter,) if letter else ())) if known else (),
            reminders=known.reminders if known else (),
        )
    )
    return None


def not_handing_window(window: int, books: HandingBooks) -> Refusal | None:
    """出件 is done where a dispatcher sits."""
    if window in handing_windows(books.roster):
        return None
    where = where_to_fetch(books.roster)
    return Refusal("not-handing-window", f"{window}号窗口不是出件窗口，没有办。纸交到{where}，在那里办。")


def handed_already(case: Case) -> Refusal | None:
    """领过不再发 whatever is wanted of its paper; None while it is not out."""
    if case.state not in ("delivered", "archived"):
        return None
    return Refusal("handed-already", f"{case.case_no} 的结果已经领走，没有再办。手上这张是复印件或补打的，别当原件。")


def paper_refusal(case: Case, document_no: str) -> Refusal | None:
    """Why this paper is not one to be handed out."""
    if over := handed_already(case):
        return over
    if case.state != "sealed" or case.decision is None:
        return Refusal("not-sealed", f"{case.case_no} 现在是{state_words[case.state]}，没有收。盖了章再交来。")
    if waiting_void(case) is not None:
        return Refusal("void-waiting", "有人请作废这次用印，还没定，没有办。纸先留着，等第二人来定。")
    if case.decision.document_no != document_no:
        return Refusal("other-paper", f"这张纸不是现在的 {case.decision.document_no}，没有收。旧文号的纸退回窗口作废。")
    return None


def _already(known: Result | None, case: Case) -> Refusal | None:
    if known is None or known.state not in ("shelved", "posted"):
        return None
    if old_paper(case, known):
        return None
    where = f"在 {known.shelf}" if known.state == "shelved" else f"邮件 {known.waybill}"
    return Refusal("taken-in-already", f"{case.case_no} {result_state_words[known.state]}（{where}），没有再收。")


def _people(command: TakeInResult, books: HandingBooks) -> Refusal | None:
    if command.giver not in books.roster.people:
        return Refusal("giver-unknown", "还没写谁交来的，没有收。选交来的人。")
    if command.giver == command.actor:
        return Refusal("same-person", "交的人和收的人是同一个，没有收。选经办窗口交来的人。")
    return None


def old_paper(case: Case, result: Result) -> bool:
    """旧纸 whether what lies or travels there is not what stands: another number, or taken in before its seal was voided."""
    if case.decision is None or case.decision.document_no != result.document_no:
        return True
    came = result.taken_in.at if result.taken_in else result.moved_at
    return any(voided.agreed_at is not None and came < voided.agreed_at for voided in case.life.voided)


def place_refusal(case: str, window: int, place: str, books: HandingBooks) -> Refusal | None:
    """Why nothing can be put there: no place was named, or something stands on it."""
    shelf = place.strip()
    if not 0 < len(shelf) <= LONGEST_SHELF:
        return Refusal("shelf-missing", f"架号要写，不超过 {LONGEST_SHELF} 个字，没有收。")
    taken = next((row for row in books.results_in(("shelved",)) if _there(row, window, shelf)), None)
    if taken is not None and taken.id != case:
        return Refusal("shelf-taken", f"架号 {shelf} 放着 {taken.case_no}，没有收。换一个架号。")
    return None


def _there(row: Result, window: int, shelf: str) -> bool:
    return (row.window, row.shelf) == (window, shelf)


def free_shelf(rows: tuple[Result, ...], window: int, taken: tuple[str, ...] = ()) -> str:
    """空架号 the lowest number nothing stands on, three digits."""
    used = {row.shelf for row in rows if row.window == window} | set(taken)
    return next(f"{number:03d}" for number in range(1, len(used) + 2) if f"{number:03d}" not in used)


def send_back_result(command: SendBackResult, books: HandingBooks) -> Refusal | None:
    """The case is anybody's again who claims it: its window goes on with it."""
    case, known = books.case(command.case), books.result(command.case)
    if case is None:
        return unknown_case()
    if known is None or known.state != "shelved":
        return Refusal("not-on-shelf", f"{case.case_no} 不在架上，没有退。刷新一下再看。")
    if refusal := not_handing_window(command.window, books):
        return refusal
    if command.taker not in books.roster.people or command.taker == command.actor:
        return Refusal("taker-missing", "还没写谁拿走的，没有退。选来取的人。")
    why = command.reason.strip()
    if not 0 < len(why) <= LONGEST_WHY:
        return Refusal("reason-missing", "还没写为什么退，没有退。写一句再退。")
    books.put_result(known.moved(command.at, state="back", shelf="", since=None, back_to=command.taker, back_why=why))
    let_go(command, books)
    return None


taking_in_use_cases = (
    UseCase(TakeInResult, take_in_result, "deliver"),
    UseCase(SendBackResult, send_back_result, "deliver"),
)
