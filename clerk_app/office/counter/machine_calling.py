"""经叫号机叫号 a hall that keeps its own queue machine: the machine keeps the line, we call through it and keep the record.

What the machine must still hear (a pass, an end) while it is away waits here and is said before the next call: its own press
makes that safe to say again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from clerk_app.command import Command, Refusal
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.ports import Books
from clerk_app.ports.queue_machine import MachineAway, MachineRefused, MachineTicket, QueueMachine
from clerk_app.queueing.issuing import AdoptTicket
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import CallTicket, serving_letters

PRESS, UNSAID = "machine_press", "machine_unsaid"
"""The press of a call whose answer is not in our books yet, and what the machine has not heard."""
_nobody = Refusal("nobody-waiting", "现在没有人等候。")


@dataclass(frozen=True, kw_only=True)
class Unsaid:
    """还没告诉机器的 one act on one number; `press` is our command's id."""

    act: str
    press: str
    window: int
    number: str
    words: str


def calls_by_machine(office: Office) -> bool:
    """Whether this desk calls through the hall's own machine."""
    return office.parts.queue_machine is not None and office.parts.settings.queue_machine is not None


def of_machine(ticket: Ticket) -> bool:
    """外号: its number is no number of ours."""
    return ticket.serial == 0


def call_next(office: Office, *, told: bool = False) -> Outcome:
    """叫下一位 of the machine's line; the same press until its answer is in our books, so that nobody is called and forgotten.

    `told`: it was just told that its open call is over here.
    """
    machine, at, keep = office.parts.queue_machine, office.parts.settings.queue_machine, office.parts.vault.keep
    if machine is None or at is None:
        return _nobody
    try:
        _say_unsaid(office, machine)
        press = keep.meta(PRESS) or office.parts.new_id()
        keep.put_meta(PRESS, press)
        answer = machine.call_next(press, office.window, at.services_of(_letters(office)))
        ticket = answer.ticket
    except MachineAway as away:
        return Refusal("machine-away", away.sentence)
    except MachineRefused as refused:
        keep.put_meta(PRESS, "")
        if refused.open_call is None or office.read(lambda books: _in_hand(office, books)) is not None:
            return Refusal(refused.type or "machine-refused", refused.sentence)
        ticket = refused.open_call.ticket  # called before, and its answer was lost
        if not told and (unheard := office.read(lambda books: _unheard_end(office, books, ticket.number))):
            _write(office, [*_unsaid(office), unheard])
            return call_next(office, told=True)
    outcome = _adopt(office, ticket) if ticket is not None else _nobody
    keep.put_meta(PRESS, "")
    return outcome


def tell(office: Office, ticket: Ticket, act: str, command: str, words: str = "") -> None:
    """重呼、过号、办结 what was done here, said to the machine at once or before the next call. Not for the screen's thread."""
    machine = office.parts.queue_machine
    if machine is None or not of_machine(ticket):
        return
    one = Unsaid(act=act, press=command, window=office.window, number=ticket.number, words=words)
    _write(office, [*_unsaid(office), one])
    try:
        _say_unsaid(office, machine)
    except MachineAway:
        return


def _say_unsaid(office: Office, machine: QueueMachine) -> None:
    """In their order; what the machine refuses it has settled otherwise."""
    for one in _unsaid(office):
        acts = {"pass": machine.pass_over, "finish": machine.finish}
        try:
            if one.act == "recall":
                machine.recall(one.press, one.window, one.number)
            else:
                acts[one.act](one.press, one.window, one.number, one.words)
        except MachineRefused:
            pass
        _write(office, [other for other in _unsaid(office) if other != one])


def _unheard_end(office: Office, books: Books, number: str) -> Unsaid | None:
    """What the machine has not heard of its open call: done with here, put aside, or sent on; None while it is to be called."""
    known = books.ticket_numbered(office.parts.clock.now().date(), number)
    if known is None or (known.state == "waiting" and known.forwarded is None):
        return None
    act, words = ("pass", known.reason) if known.state == "passed" else ("finish", known.outcome or "other")
    return Unsaid(act=act, press=office.parts.new_id(), window=office.window, number=number, words=words)


def _adopt(office: Office, called: MachineTicket) -> Outcome:
    """The machine's number in our books, and called here: both or neither."""
    at = office.parts.settings.queue_machine
    letter = at.services.get(called.service, "") if at is not None else ""
    stamp, new_id = office.stamp(), office.parts.new_id
    day = stamp.at.date()
    known = office.read(lambda books: books.ticket_numbered(day, called.number))
    if known is not None:
        return office.do(CallTicket(**stamp.fields(new_id), ticket=known.id))
    key = new_id()
    adopt: Command = AdoptTicket(
        **stamp.fields(new_id),
        ticket=key,
        day=day,
        letter=letter,
        number=called.number,
        taken_at=called.taken_at,
        priority=bool(called.priority),
    )
    call: Command = CallTicket(**stamp.fields(new_id), ticket=key)
    return office.do_together([(adopt, Beside()), (call, Beside())])


def _letters(office: Office) -> tuple[str, ...]:
    day = office.parts.clock.now().date()
    return office.read(lambda books: serving_letters(books, office.window, day))


def _in_hand(office: Office, books: Books) -> Ticket | None:
    return books.open_call_at(office.window, office.parts.clock.now().date())


def _unsaid(office: Office) -> list[Unsaid]:
    return [Unsaid(**row) for row in json.loads(office.parts.vault.keep.meta(UNSAID) or "[]")]


def _write(office: Office, rows: list[Unsaid]) -> None:
    office.parts.vault.keep.put_meta(UNSAID, json.dumps([asdict(one) for one in rows], ensure_ascii=False))
