"""授权 who may decide an item: within a valid letter, exactly its items; the deputy only while the chief is away."""

from __future__ import annotations

from datetime import datetime

from clerk_app.command import Refusal
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import Letter


def letter_to_decide(item: str, department: str, person: str, at: datetime, books: DutyBooks) -> Letter | Refusal:
    """The letter this person may decide this item by at this moment, or why not; nothing joins a letter after it was signed."""
    letter = books.roster.letter_for(item, department)
    if letter is None:
        return Refusal("beyond-letter", "这个事项不在首席代表的授权书里，不能在窗口授权。送局里决定，办件留在等待里。")
    if at.date() > letter.end:
        return Refusal(
            "letter-ended",
            f"授权书 {letter.end.month}月{letter.end.day}日已到期，不能授权。这件已留在等待里，报局办公室。",
        )
    if at.date() < letter.start:
        return Refusal(
            "letter-not-begun",
            f"授权书 {letter.start.month}月{letter.start.day}日才生效，不能授权。这件已留在等待里。",
        )
    if person == letter.person:
        return letter
    if person != letter.deputy:
        return Refusal("not-in-letter", "授权书上没有您的名字，不能授权。这件已留在等待里，等首席代表。")
    if books.absence_of(letter.person, at) is None:
        chief = books.roster.people[letter.person].name
        return Refusal("chief-present", f"{chief} 没有登记离岗，副代表不能授权。等他本人，或先登记他离岗。")
    return letter
