"""叫下一位 the centre gives a window the next free ticket, in one conditional write; who was given one is given it again.

No ticket is waited for: one that a judgement has in hand is passed over, and only when all of them are the window waits for
the first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from clerk_app.command import ticket_subject
from clerk_app.ports import HoldGrant
from clerk_app.ports.queue import NextGiven
from clerk_app.queueing.model import Ticket, state_words
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.giving import Giving, Overtaken
from clerk_app.server.holds import HoldDesk
from clerk_app.server.locks import lock_subjects
from clerk_app.server.problems import centre_busy
from clerk_app.server.tables import window_calls
from clerk_app.server.waiting_line import ALL, MANY, Asking, Free
from clerk_app.server.window_state import WindowState
from clerk_app.store.cabinet import upsert
from clerk_app.store.gathering import Row, look_together
from clerk_app.store.rows import to_json

TRIES = 8
BY_SLIP = "by_slip"
NOBODY = "nobody-waiting"


def next_ticket(office: CentreOffice, device: Device, window: int, after: str = "") -> NextGiven:
    """The next free ticket; without one, why not. `after`: those this machine has called already, between commas.

    Raises `unknown-window`, and `centre-busy` when others were quicker time after time.
    """
    patience = ""
    for _ in range(TRIES):
        try:
            with office.database.writing() as connection:
                if patience:
                    lock_subjects(connection, device.hall, [patience])
                return _next(WindowState(office, connection, device, window), frozenset(after.split(",")))
        except Overtaken as overtaken:
            patience = overtaken.subject
    raise centre_busy(1)


def take_by_code(office: CentreOffice, device: Device, window: int, ticket: str) -> NextGiven:
    """凭票 this very ticket, whoever's share it is, because its slip was shown here. Raises `unknown-window`."""
    with office.database.writing() as connection:
        lock_subjects(connection, device.hall, [ticket_subject(ticket)])
        return _this(WindowState(office, connection, device, window), ticket)


def _next(here: WindowState, after: Collection[str]) -> NextGiven:
    """Raises `Overtaken` when the whole question has to be asked again."""
    free: list[Free] = []
    # Asked beside the rest, before it is known who is withheld: as a rule that was all.
    asked, many = _asking(here, here.usual_letters), MANY
    while True:
        free.clear()
        here.look(asked.look(free.extend, many))
        if refusal := here.refusal() or here.given_but(after):
            return refusal
        asking = _asking(here, here.letters, here.withheld, here.led)
        sound = [one for one in free if asking.may(one) and one.ticket.id not in after]
        if sound and asking.letters == asked.letters:
            return _again(here, sound[0].ticket) if sound[0].held else _give(here, sound)
        if (asked, many) == (asking, ALL):
            return _nobody(here, asking)
        # All of it again, in one look: what was given here meanwhile must be seen too.
        asked, many = asking, ALL


def _again(here: WindowState, ticket: Ticket) -> NextGiven:
    """What this machine has in hand already (of a reserve, taken over from another, or given and lost) is called in its turn."""
    _note_call(here, ticket.id)
    desk = HoldDesk(here.connection, here.device, ticket_subject(ticket.id), here.hall, here.now, here.cabinet)
    return _told(ticket, desk.said_again())


def _note_call(here: WindowState, ticket: str) -> None:
    call = {"hall": here.device.hall, "window": here.window, "device": here.device.id, "ticket": ticket, "at": here.now}
    upsert(here.connection, window_calls, [call])


def _give(here: WindowState, free: Sequence[Free]) -> NextGiven:
    giving = Giving(
        hall=here.device.hall,
        device=here.device.id,
        window=here.window,
        now=here.now,
        until=here.hall.hold_end(here.now),
        before=here.last.get("ticket", ""),
    )
    return _told(*giving.give(here.connection, [one for one in free if not one.held]))


def _asking(
    here: WindowState, letters: tuple[str, ...], withheld: Collection[int] = (), led: Collection[int] = ()
) -> Asking:
    return Asking(
        hall=here.device.hall,
        device=here.device.id,
        day=here.today,
        now=here.now,
        window=here.window,
        letters=letters,
        items=[item.code for item in here.hall.items_at(here.window)],
        ageing_minutes=here.hall.queue.timing.ageing_minutes,
        withheld=withheld,
        led=led,
    )


def _nobody(here: WindowState, asking: Asking) -> NextGiven:
    rows: list[Row] = []
    if asking.withheld:
        look_together(here.connection, [asking.look_at_withheld(rows.extend)])
    if not rows:
        return NextGiven(type=NOBODY, sentence="现在没有人等候。")
    shares = sorted((int(row["fallback"]), int(row["count"])) for row in rows)
    whose = "、".join(f"{window}号窗口 {count} 个" for window, count in shares)
    said = f"等着的号都在断线的窗口名下（{whose}），这里没有叫。人拿票来了就凭票接待，或请值班长放开。"
    return NextGiven(type=NOBODY, sentence=said)


def _this(here: WindowState, key: str) -> NextGiven:
    """One ticket by its id; its lock is held."""
    _ = here.usual_letters
    here.look()
    if refusal := here.refusal():
        return refusal
    subject = ticket_subject(key)
    here.cabinet.load([subject])
    ticket: Ticket | None = here.cabinet.get("ticket", key)
    if ticket is None:
        return _refused("unknown-ticket", "中心没有这张号票，没有接。核对号码，或替人重新取号。")
    if refusal := _not_now(here, ticket):
        return refusal
    desk = HoldDesk(here.connection, here.device, subject, here.hall, here.now, here.cabinet)
    if desk.held.device == here.device.id and ticket.state == "waiting":
        return _told(ticket, desk.renew())
    if desk.held.device in here.line.heard:
        # Who has it is there: were it taken from him, he could not be heeded when the person comes to him after all.
        where = f"{ticket.window}号窗口" if ticket.window else "别的窗口"
        return _refused("ticket-elsewhere", f"{ticket.number} 正在{where}叫着，这里没有接。请他到那个窗口。")
    waiting = ticket.hand_back() if ticket.state == "called" else ticket
    ticket = replace(waiting, fallback=here.window)
    here.cabinet.put("ticket", ticket)
    grant = desk.give(BY_SLIP)
    _note_call(here, key)
    return _told(ticket, grant)


def _not_now(here: WindowState, ticket: Ticket) -> NextGiven | None:
    """Why a slip shown here is not taken."""
    number = ticket.number
    if ticket.day != here.today:
        day = f"{ticket.day.month}月{ticket.day.day}日"
        return _refused("ticket-of-another-day", f"{number} 是{day}的号，不是今天的，没有接。请重新取号。")
    if ticket.letter not in here.letters:
        return _refused("letter-elsewhere", f"{here.window}号窗口不办 {ticket.letter} 类号，{number} 没有接。")
    if ticket.state == "called" and ticket.window == here.window:
        return _refused("ticket-here", f"{number} 就在本窗口叫着，不用再接。人来了按 F2。")
    if ticket.state not in ("waiting", "called"):
        where = f"在{ticket.window}号窗口" if ticket.window else ""
        return _refused("ticket-not-waiting", f"{number} 已经{where}{state_words[ticket.state]}，这里没有接。")
    return None


def _refused(kind: str, sentence: str) -> NextGiven:
    return NextGiven(type=kind, sentence=sentence)


def _told(ticket: Ticket, grant: HoldGrant) -> NextGiven:
    return NextGiven(ticket=ticket.id, row=to_json(ticket), hold=grant)
