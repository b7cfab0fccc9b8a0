"""号票码 at a machine: what a slip's QR says is signed here, and one that is scanned is checked without a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from clerk_app.command import Refusal
from clerk_app.office.line.greeting import known_machines, queue_key
from clerk_app.office.office import Office
from clerk_app.queueing.day_key import check_digits
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.ticket_code import TicketCode, UnreadableTicketCode, read, vouched_by, write


@dataclass(frozen=True)
class Marks:
    """印记 what this machine puts on the slips of a day besides their words; read before the transaction that makes them."""

    device: str
    sign: Callable[[bytes], str] | None
    key: bytes | None = field(repr=False)

    def check(self, ticket: Ticket) -> str:
        """校验 the four digits beside its number; empty while the centre has told no key of its day."""
        return check_digits(self.key, ticket.number) if self.key is not None else ""


def marks_of(office: Office, day: date) -> Marks:
    """This machine's, for tickets of a day."""
    return Marks(office.read(lambda books: books.device), office.parts.device_sign, queue_key(office, day))


def code_of(office: Office, ticket: Ticket) -> str:
    """What its slip's QR says of it."""
    return signed_code(marks_of(office, ticket.day), ticket)


def signed_code(marks: Marks, ticket: Ticket, *, carried: bool = False) -> str:
    """The same ticket gives the same code on this machine, however often it is printed.

    Empty where the machine has no signature of its own: an unsigned word is no word.
    """
    if marks.sign is None:
        return ""
    code = TicketCode(
        id=ticket.id,
        day=ticket.day,
        number=ticket.number,
        letter=ticket.forwards[0].from_letter if ticket.forwards else ticket.letter,
        serial=ticket.serial,
        taken_at=ticket.taken_at,
        # Of others it is dealt later, and again.
        fallback=ticket.fallback if ticket.reserve else 0,
        item=ticket.item,
        reserve=ticket.reserve,
        device=marks.device,
        carried=carried,
    )
    return write(code, marks.sign)


def check_ticket_code(office: Office, text: str) -> TicketCode | Refusal:
    """Genuine when a machine of this hall wrote it while it was in use; of which day it is, is another question."""
    try:
        found = read(text)
    except UnreadableTicketCode as unreadable:
        return Refusal("ticket-code-unreadable", str(unreadable))
    machine = known_machines(office).get(found.code.device)
    if machine is None:
        return Refusal(
            "ticket-code-unknown-machine",
            "没有认：本机不认得打这张号票的机器，可能是新机器，也可能是别的大厅的票。线路通着再扫一次，或输号码和 4 位校验。",
        )
    if not vouched_by(found, machine.public_key, office.parts.locksmith.genuine):
        return Refusal("ticket-code-not-genuine", "号票上的码是假的：签名不是本大厅机器的。留下这张票，找值班长。")
    ended = machine.until and machine.until.astimezone(office.parts.clock.now().tzinfo)
    if ended is not None and (found.code.taken_at > ended or found.code.day > ended.date()):
        return Refusal(
            "ticket-code-after-end",
            f"号票上的码不能认：打它的机器 {ended:%Y-%m-%d %H:%M} 已停用，票是那以后打的。留下这张票，找值班长。",
        )
    return found.code
