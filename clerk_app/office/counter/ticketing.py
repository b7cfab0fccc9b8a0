"""取号 at a desk: one number for one person, from the centre in order of arrival, with the line cut from the reserve.

A ticket stands in the line when its slip is out (`receipts.RecordPaper`), or when it was written by hand. Nothing here is for
the screen's thread: the centre is asked for the number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from clerk_app.command import Refusal, Stamp
from clerk_app.office.counter.ticket_acts import by_hand, print_next_day, reprint, void
from clerk_app.office.counter.ticket_codes import code_of
from clerk_app.office.counter.ticket_from_paper import from_paper
from clerk_app.office.counter.ticket_papers import first_slip, next_day_slips
from clerk_app.office.counter.ticket_wish import AlreadyWaiting, Wish, letter_here
from clerk_app.office.counter.wait_windows import wait_window
from clerk_app.office.line.greeting import queue_key
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books, CentreAway, CentreProblem, StoreTrouble
from clerk_app.queueing.day_key import person_digest
from clerk_app.queueing.model import OVER, state_words, ticket_kind
from clerk_app.queueing.rules import CARRIED, PriorityGround
from clerk_app.queueing.usecases import TakeTicket, cannot_take, serving_letters
from clerk_app.registration.id_numbers import birth_of, check_holds

__all__ = [
    "AlreadyWaiting",
    "Wish",
    "by_hand",
    "code_of",
    "from_paper",
    "ground_proved",
    "next_day_slips",
    "print_next_day",
    "reprint",
    "reserve_words",
    "take",
    "void",
]
FEW_LEFT = 3
NO_NUMBER = Refusal("no-number", "线路断着，备用号也用完了，没有取号。线路恢复再取，先记下来人。")


@dataclass(frozen=True)
class _Number:
    """号 one number drawn for a ticket."""

    block: str
    serial: int
    reserve: bool


def take(office: Office, wish: Wish) -> Outcome:
    """取号 with its slip. What cannot be taken anyway draws no number."""
    try:
        with office.taking:
            return _take(office, wish)
    except StoreTrouble as trouble:
        return Refusal(trouble.type, trouble.sentence)


def _take(office: Office, wish: Wish) -> Outcome:
    stamp = office.stamp()
    day = stamp.at.date()
    chosen = _chosen(office, wish, day)
    if isinstance(chosen, Refusal):
        return chosen
    command = _command(office, stamp, chosen)
    refusal = office.read(lambda books: _known_refusal(office, books, command))
    if refusal is not None:
        return refusal
    number = _draw(office, chosen.letter, day)
    if number is None:
        return NO_NUMBER
    command = replace(command, **vars(number), wait_window=_wait_window(office, command) if number.reserve else 0)
    outcome = office.do(command, first_slip(office, command.ticket, day))
    if isinstance(outcome, Refusal):
        return office.read(lambda books: _said_again(books, command)) or outcome
    return outcome


def _chosen(office: Office, wish: Wish, day: date) -> Wish | Refusal:
    """The line of his matter, and the ground his age proves or the clerk looked at."""
    item, letter = office.hall.items.get(wish.item), wish.letter
    if wish.item and item is None:
        return Refusal("unknown-item", f"目录里没有事项 {wish.item}，没有取号。换一个事项，或按业务取号。")
    if item is not None and letter not in item.letters:
        if letter or not item.letters:
            return Refusal("item-elsewhere", f"{item.name}不在这一队办，没有取号。按这个事项自己的队取。")
        letter = letter_here(office, item.letters)
    if not letter:
        return Refusal("letter-missing", "还没选办什么，没有取号。选一类业务或一个事项。")
    ground = _ground(office, wish, day)
    if isinstance(ground, Refusal):
        return ground
    return replace(wish, letter=letter, priority=ground)


def _ground(office: Office, wish: Wish, day: date) -> str | Refusal:
    number, rules = wish.id_number.strip().upper(), office.hall.queue
    if number and not check_holds(number):
        return Refusal("id-wrong", "身份证号不对，没有取号。再刷一次，或核对 18 位号码；不登记号码也能取。")
    born = birth_of(number) if number else None
    proved = rules.old_enough(born, day) if born is not None else None
    if not wish.priority:
        return proved.key if proved is not None else ""
    ground = rules.ground(wish.priority)
    if ground is None:
        return Refusal("unknown-ground", "大厅没有这个优先理由，没有取号。换一个理由，或照常取。")
    if ground.min_age and born is not None and proved is None:
        return Refusal(
            "ground-not-proved",
            f"身份证上还没满 {ground.min_age} 岁，不算{ground.name}，没有取号。换一个理由，或照常取。",
        )
    return ground.key


def ground_proved(office: Office, id_number: str) -> PriorityGround | None:
    """The ground this ID number proves by itself, for who looks at the panel."""
    born = birth_of(id_number.strip().upper()) if check_holds(id_number.strip().upper()) else None
    return office.hall.queue.old_enough(born, office.parts.clock.now().date()) if born is not None else None


def _command(office: Office, stamp: Stamp, wish: Wish) -> TakeTicket:
    """All but its number."""
    day = stamp.at.date()
    key = queue_key(office, day)
    return TakeTicket(
        **stamp.fields(office.parts.new_id),
        ticket=wish.id or office.parts.new_id(),
        day=day,
        letter=wish.letter,
        block="",
        serial=0,
        priority=wish.priority,
        item=wish.item,
        case=wish.case,
        appointment=wish.appointment,
        aids=wish.aids,
        person=person_digest(key, wish.id_number) if key is not None else "",
        paper=bool(office.parts.settings.printer),
    )


def _known_refusal(office: Office, books: Books, command: TakeTicket) -> Refusal | None:
    """What is known before a number is drawn."""
    if known := _said_again(books, command):
        return known
    if command.priority == CARRIED and office.hall.queue.next_day != "slip":
        return Refusal("carried-none", "本大厅不用次日条，没有凭它取号。照常取号。")
    refusal = cannot_take(command, books)
    if refusal is None or refusal.type != "one-waiting":
        return refusal
    line = books.tickets_of(command.day, (command.letter,))
    his = next((one for one in line if one.person == command.person and one.state not in OVER), None)
    return AlreadyWaiting(refusal.type, refusal.sentence, his.id) if his is not None else refusal


def _said_again(books: Books, command: TakeTicket) -> Refusal | None:
    """A double tap: the first one's number."""
    known = books.ticket(command.ticket)
    if known is None:
        return None
    said = f"已取号 {known.number}，现在{state_words[known.state]}，没有再取。"
    return AlreadyWaiting("ticket-exists", said, known.id)


def _wait_window(office: Office, command: TakeTicket) -> int:
    hall, own = office.hall, office.window
    return office.read(lambda books: wait_window(hall, books, own, command.letter, command.item, command.at))


def _draw(office: Office, letter: str, day: date) -> _Number | None:
    try:
        block = office.parts.centre.number_block(ticket_kind(letter, day, reserve=False), 1)
    except (CentreAway, CentreProblem):
        reserve = office.parts.vault.keep.next_serial(ticket_kind(letter, day, reserve=True))
        return None if reserve is None else _Number(reserve.block, reserve.serial, reserve=True)
    office.parts.vault.keep.add_block(block)
    return _Number(block.id, block.first, reserve=False)


def reserve_words(office: Office) -> str:
    """备用号 of this window's lines that run out: what a cut hall has to know before it stands there without."""
    now = office.parts.clock.now()
    letters = office.read(lambda books: serving_letters(books, office.window, now.date()))
    left = {letter: _left(office, letter, now.date()) for letter in letters}
    if gone := [letter for letter, count in left.items() if not count]:
        return f"{'、'.join(gone)} 类的备用号用完了：线路断着时取不了号，先记下来人。线路恢复会自动领。"
    few = [f"{letter} 类 {count} 个" for letter, count in left.items() if count <= FEW_LEFT]
    return f"备用号快用完了：还剩 {'、'.join(few)}。" if few else ""


def _left(office: Office, letter: str, day: date) -> int:
    found = office.parts.vault.keep.next_serial(ticket_kind(letter, day, reserve=True))
    return found.left + 1 if found is not None else 0
