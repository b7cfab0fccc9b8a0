"""占用规则 who may move a subject, under which fence, and until when: the same at both ends (design: only the holder moves it)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.ports import Books
from clerk_app.queueing.on_paper import slip_kept

HELD = ("case:", "ticket:", "bill:")

_words = {"ticket": "这张号票", "bill": "这张缴款单"}
_lost_words = {
    "given_back": "这件已从本窗口交出",
    "released": "这件已凭交接码给了别的窗口",
    "broken": "这件的占用已由值班长和首席代表解除",
    "lapsed": "这件的占用到期后已由别的窗口接手",
}


def held_subjects(command: Command) -> tuple[str, ...]:
    """What of the command's subjects is held at all."""
    return tuple(s for s in dict.fromkeys((*command.subjects, *command.about)) if s.startswith(HELD))


def under_holds(command: Command, books: Books) -> Command:
    """The command with the fences of this device's holds it is done under."""
    fences = {s: books.fence(s) for s in held_subjects(command) if books.holder(s) == books.device}
    return replace(command, fences=fences) if fences else command


def has_hold(command: Command, subject: str, books: Books) -> bool:
    """Whether the acting device has the subject, and under the very hold the command was done under.

    Programs before fences said none; what they say is judged by the holder alone.
    """
    fence = books.fence(subject)
    return books.holder(subject) == books.device and command.fences.get(subject, fence) == fence


def how_lost(command: Command, subject: str, books: Books) -> str:
    """How the hold it was done under ended; empty when this device never had it."""
    return books.past_hold(subject, command.fences.get(subject, 0))


def hold_refusal(command: Command, use_case: UseCase, books: Books) -> Refusal | None:
    """Only the device that holds a subject moves it; a case nobody holds is claimed first, one not born yet is free.

    A field edit under a hold that was lost meanwhile is not refused: it is compared, field by field.
    """
    for subject in () if use_case.own_hold else command.subjects:
        if not subject.startswith(HELD):
            continue
        if books.holder(subject) is None and subject not in command.fences and not _is_there(subject, books):
            continue
        if has_hold(command, subject, books):
            if use_case.in_time and lapsed(subject, command.at, books):
                return hold_lapsed()
            continue
        if subject.startswith("ticket:") and (
            _in_its_hands(command, subject, books) or _slip_kept(command, subject, books)
        ):
            continue
        lost = how_lost(command, subject, books)
        if not (lost and (use_case.edit or use_case.late_is_fine)):
            return _not_held(subject, lost, books)
    return None


def _is_there(subject: str, books: Books) -> bool:
    """A ticket nobody holds may be called by its own window; a case and a bill must be claimed."""
    word, _, key = subject.partition(":")
    return (word == "case" and books.case(key) is not None) or (word == "bill" and books.bill(key) is not None)


def _in_its_hands(command: Command, subject: str, books: Books) -> bool:
    """Called or served at this window by this machine, under whichever hold: cut off it could not know which the centre had given."""
    ticket = books.ticket(subject.partition(":")[2])
    return ticket is not None and ticket.window == command.window and books.holder(subject) == books.device


def _slip_kept(command: Command, subject: str, books: Books) -> bool:
    """A case begun for a slip that was kept here stands, whoever has the ticket: a person looks at the two records."""
    begins = any(one.startswith("case:") for one in command.subjects)
    return begins and slip_kept(books, subject.partition(":")[2], command.window, command.at)


def _not_held(subject: str, lost: str, books: Books) -> Refusal:
    if lost:
        said = _lost_words.get(lost, "这件已不在本窗口手上")
        return Refusal("hold-lost", f"{said}，这一步中心没收，本机留着。看看现在办到哪了，再定重办还是作罢。")
    if books.holder(subject) is not None:
        what = _words.get(subject.partition(":")[0], "这件")
        return Refusal("held-elsewhere", f"{what}在别的窗口手上，这里没有改动。到那个窗口办，或等它交出来。")
    return Refusal("not-held", "这件不在本窗口手上，没有改动。连上中心拿到手再办。")


def hold_lapsed() -> Refusal:
    """Decide and seal wait for the line; everything else goes on."""
    return Refusal("hold-lapsed", "这件的占用到期了，不能授权用印，办件没有变化。线路恢复后再拿一次，别的照常办。")


def until_of(subject: str, books: Books) -> datetime | None:
    """占用到何时: a hold that came with a case's birth lasts to the end of that office day."""
    known = books.hold_until(subject)
    if known is not None or not subject.startswith("case:"):
        return known
    case = books.case(subject.partition(":")[2])
    return books.hall.hold_end(case.received_at) if case else None


def lapsed(subject: str, at: datetime, books: Books) -> bool:
    """Whether a hold's time is over: a little early at the window, a little late at the centre."""
    until = until_of(subject, books)
    return until is not None and at > until + books.hold_margin
