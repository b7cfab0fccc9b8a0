"""裁决 the same judgement in both offices: authority, hold, then the use case."""

from __future__ import annotations

from clerk_app.command import Command, Refusal, Register
from clerk_app.duty.authority import may
from clerk_app.ports import Books


def judge(command: Command, books: Books, register: Register) -> Refusal | None:
    """None if the command's rows now stand in the books, else why they do not.

    A fact is recorded whatever authority or hold say (it has happened); a move needs both.
    """
    use_case = register[command.kind]
    if not command.fact:
        refusal = may(command, use_case.action, books) or _hold_refusal(command, books)
        if refusal:
            return refusal
    return use_case.act(command, books)


def _hold_refusal(command: Command, books: Books) -> Refusal | None:
    """Only the device that holds a subject moves it; a case nobody holds is claimed first, one not born yet is free."""
    for subject in command.subjects:
        holder = books.holder(subject)
        ticket = subject.startswith("ticket:")
        if holder is not None and holder != books.device:
            what = "这张号票" if ticket else "这件"
            return Refusal("held-elsewhere", f"{what}在别的窗口手上，这里没有改动。到那个窗口办，或等它交出来。")
        if holder is None and subject.startswith("case:") and books.case(subject.partition(":")[2]) is not None:
            return Refusal("not-held", "这件不在本窗口手上，没有改动。连上中心拿到手再办。")
    return None
