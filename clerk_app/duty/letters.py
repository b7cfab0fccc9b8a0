"""授权 who may decide an item: within a valid letter, exactly its items; the deputy only while he stands for the chief."""

from __future__ import annotations

from datetime import date, datetime

from clerk_app.command import Refusal
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import Letter, Post
from clerk_app.duty.recorded_letters import letter_id
from clerk_app.duty.standing import acting, standing_of

BEYOND = "beyond-letter"


def letters_at(books: DutyBooks, at: datetime) -> tuple[Letter, ...]:
    """All that count at a moment: the hall file's, and those recorded and confirmed since; in force or not."""
    later = (row.letter for row in books.recorded_letters_since(at.date()) if row.counts(at))
    return (*books.roster.letters, *later)


def letter_by_number(books: DutyBooks, number: str) -> Letter | None:
    """By its document number, in force or not: what was decided by it stands."""
    if row := books.recorded_letter(letter_id(number)):
        return row.letter
    return next((one for one in books.roster.letters if one.document_no == number), None)


def in_force(letter: Letter, day: date) -> bool:
    """From its first day to its last."""
    return letter.start <= day <= letter.end


def letter_to_decide(item: str, department: str, person: str, at: datetime, books: DutyBooks) -> Letter | Refusal:
    """The letter this person may decide this item by at this moment, or why not; nothing joins a letter after it was signed."""
    listed = [one for one in letters_at(books, at) if one.department == department and item in one.items]
    if not listed:
        return Refusal(BEYOND, "这个事项不在首席代表的授权书里，不能在窗口授权。送局里决定，办件留在等待里。")
    standing = sorted((one for one in listed if in_force(one, at.date())), key=lambda one: one.end, reverse=True)
    if not standing:
        return _over(max(listed, key=lambda one: one.end), at.date())
    deciding = [one for one in standing if "decide" in one.powers]
    if not deciding:
        return Refusal(BEYOND, "授权书对这个事项只授受理，没授决定，不能在窗口授权。送局里决定，办件留在等待里。")
    if own := next((one for one in deciding if one.person == person), None):
        return own
    return _as_deputy([one for one in deciding if one.deputy == person], department, person, at, books)


def _over(letter: Letter, day: date) -> Refusal:
    if day > letter.end:
        said = f"授权书 {letter.end.month}月{letter.end.day}日已到期"
        return Refusal("letter-ended", f"{said}，不能授权。这件已留在等待里，报局办公室。")
    said = f"授权书 {letter.start.month}月{letter.start.day}日才生效"
    return Refusal("letter-not-begun", f"{said}，不能授权。这件已留在等待里。")


def steps_in_for(books: DutyBooks, person: str, post: Post, at: datetime) -> bool:
    """Whether the deputy may step in at this moment: the chief is away as recorded, and nobody stands for him yet."""
    now = acting(books, post, at)
    return person == post.b and not now.person and now.absence is not None


def _as_deputy(letters: list[Letter], department: str, person: str, at: datetime, books: DutyBooks) -> Letter | Refusal:
    if not letters:
        return Refusal("not-in-letter", "授权书上没有您的名字，不能授权。这件已留在等待里，等首席代表。")
    post = books.roster.chief_posts.get(department)
    stands = standing_of(books, person, post, at) if post else None
    if post is not None and steps_in_for(books, person, post, at):
        return letters[0]
    if stands is None or stands.side is None or stands.substitution is None:
        chief = books.roster.name_of(letters[0].person)
        return Refusal("chief-present", f"{chief} 没有登记离岗，副代表不能授权。等他本人，或先登记他离岗、由您顶上。")
    if stands.substitution.provisional:
        return Refusal("provisional", "断线时的顶岗不决定、不用印，没有授权。恢复后由值班长确认，再授权。")
    return letters[0]
