"""取号机 a kiosk that gives tickets: the centre draws the number, this machine prints it and says whether the paper came out.

Nobody is signed in. What is not told yet lies in this machine's own file (`kept`); with the line cut a number of its reserve
is given, marked, and told later. A number whose paper did not come out is void, and the person is told so.
"""

from __future__ import annotations

from dataclasses import replace
from threading import Lock

from clerk_app.command import Refusal
from clerk_app.office.kiosk.kept import Kept, KeptTickets
from clerk_app.office.kiosk.leasing import from_reserve, lease
from clerk_app.office.kiosk.services import Service, services, windows_for, zone_words
from clerk_app.office.kiosk.slips import slip_of
from clerk_app.office.kiosk.telling import tell_kept, tell_one
from clerk_app.office.kiosk.wishes import Came, Taken, Wish, after_print, came_of
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.kiosk import KioskLine
from clerk_app.ports.paper import DirectPrinter
from clerk_app.ports.queue import TicketGiven, TicketWanted
from clerk_app.queueing.carrying import MOST, carried_ticket
from clerk_app.receipts.paper import OUT, Delivery, PrinterStatus

_TOO_MANY = 429
_VOID = "ticket-void"
_waits = frozenset({"issuing", "waiting", "called", "held", "passed"})


class TicketMachine:
    """取号机 every method but `offered`, `off` and `refused` may ask the net or print: not for the screen's thread."""

    def __init__(self, office: Office, printer: DirectPrinter) -> None:
        self._office, self._printer = office, printer
        self.kept = KeptTickets(office.parts.vault)
        self.lines: tuple[KioskLine, ...] | None = None
        """As the centre last told them."""
        self.cut = False
        """The centre did not answer last time: a number of the reserve is given at once, and nobody is kept waiting."""
        self.paper = PrinterStatus(ready=True, known=False, said="打印机 还没问")
        self._taking = Lock()
        self._given: dict[str, str] = {}
        self._in_hand: set[str] = set()
        self._unsure: set[str] = set()
        self._again: dict[str, Kept] = {}

    # How it stands.

    def turn(self) -> None:
        """照看 the printer, the lines, numbers for a cut line, and what is not told yet. Raises nothing for the line's faults."""
        self.paper = self._printer.status()
        self.kept.sweep(self._office.parts.clock.now())
        centre = self._office.parts.kiosk
        if centre is None:
            return
        try:
            self.lines = centre.lines()
            self.cut = False
            tell_kept(centre, self.kept, frozenset(self._in_hand | self._unsure))
            lease(self._office)
        except CentreAway:
            self.cut = True
        except CentreProblem:
            self.cut = False

    def offered(self) -> tuple[Service, ...]:
        """What one may choose now; how many wait is not said while nobody can know."""
        found = services(self._office.hall, self.lines)
        return tuple(replace(one, waiting=None) for one in found) if self.cut else found

    def off(self) -> str:
        """Why no ticket is given here at all; empty while they are."""
        if self.paper.ready:
            return ""
        # Which address and which plug is for the hall's people.
        what = self.paper.said.partition("：")[0] if self.paper.known else ""
        why = f"打印机{what}" if what and "（" not in what else "打印机用不了"
        return f"{why}，取不了号。请到旁边的机器或总服务台。"

    def refused(self) -> tuple[Kept, ...]:
        """What the centre does not take in: for the hall's people."""
        return tuple(one for one in self.kept.rows() if one.refused)

    # Taking.

    def take(self, wish: Wish) -> Taken | Refusal:
        """取号, print, tell. Asked again with the same id: the same ticket, and no second paper."""
        with self._taking:
            known = self.kept.row(self._given.get(wish.id, wish.id))
            if known is not None and known.given is not None:
                return self._taken(known, came_of(known))
            self.paper = self._printer.status()
            if off := self.off():
                return Refusal("no-paper", off)
            wanted = wish.wanted(self._office.parts.clock.now())
            try:
                row = self._carried(wish.carried, wanted) if wish.carried else self._numbered(wanted)
                if isinstance(row, Refusal):
                    return row
                self._given[wish.id] = row.id
                self._in_hand.add(row.id)
                return self._print_first(row)
            finally:
                self._in_hand.clear()

    def _carried(self, old: str, wanted: TicketWanted) -> Kept | Refusal:
        """次日条: one ticket wherever its slip is shown; what was void before never came out."""
        for attempt in range(MOST):
            row = self._numbered(replace(wanted, id=carried_ticket(old, attempt)))
            if not isinstance(row, Refusal) or row.type != _VOID:
                return row
        return Refusal("carried-used", "这张次日条试了几次都没打出票，号没有取。请到总服务台取号。")

    def _numbered(self, wanted: TicketWanted) -> Kept | Refusal:
        """A number of the centre's, or of the reserve; it is kept before anything is printed."""
        centre = self._office.parts.kiosk
        if centre is None or self.cut:
            return self._reserved(wanted)
        self._in_hand.add(wanted.id)
        self.kept.put(Kept(wanted=wanted, paper="asked"))
        try:
            given = centre.issue(wanted)
        except CentreAway:
            # Whether it was given there nobody knows: that one is called off later, and this person gets another.
            self.cut = True
            return self._reserved(wanted)
        except CentreProblem as problem:
            self.kept.drop(wanted.id)
            return self._reserved(wanted) if problem.status == _TOO_MANY else Refusal(problem.type, problem.sentence)
        if given.state != "issuing":
            self.kept.drop(wanted.id)
            said = f"凭这张单子已经取过 {given.number}，没有再取。票丢了，请按“补打”，或到总服务台问。"
            return Refusal(_VOID if given.state == "void" else "ticket-exists", said)
        return self.kept.put(Kept(wanted=wanted, given=given, paper="printing"))

    def _reserved(self, wanted: TicketWanted) -> Kept | Refusal:
        """Always a ticket of its own: with the line cut nobody knows whether a slip was shown elsewhere."""
        windows = windows_for(self._office.hall, self.lines, wanted.letter, wanted.item)
        own = replace(wanted, id=self._office.parts.new_id())
        return from_reserve(self._office, self.kept, own, windows)

    def _print_first(self, row: Kept) -> Taken:
        """What came out is written down before it is told; while nobody has said, nothing is told."""
        delivery = self._print(row)
        came = came_with(delivery)
        row = self.kept.put(replace(row, paper=after_print[came]))
        if came == "unsure":
            self._unsure.add(row.id)
        else:
            self._say(row, out=came == "out")
        return self._taken(row, came, delivery.said)

    def _print(self, row: Kept) -> Delivery:
        payload = self._office.parts.maker.make(slip_of(self._office, row))
        return self._printer.send(payload, f"{row.id}-{row.copies}")

    def _say(self, row: Kept, *, out: bool) -> None:
        if not row.told and not self.cut:
            tell_one(self._office.parts.kiosk, self.kept, row.id, out=out)

    def answer(self, ticket: str, *, out: bool) -> Taken | Refusal:
        """出来了 or 没出来, said by the person who stands there; who goes away without a word has taken it along."""
        with self._taking:
            again = self._again.pop(ticket, None)
            if again is not None:
                return self._printed_again(again, "out" if out else "none")
            self._unsure.discard(ticket)
            row = self.kept.change(ticket, lambda one: replace(one, paper="out" if out else "void"))
            if row is None:
                return Refusal("unknown-ticket", "这台机器没有这张号票，什么都没改。重新取一次号。")
            self._say(row, out=out)
            return self._taken(row, "out" if out else "none")

    # Printing again.

    def held_by(self, person: str) -> tuple[TicketGiven, ...] | Refusal:
        """补打 what this person (the day's digest) holds: asked of the centre, or with the line cut of this machine."""
        if not person:
            return Refusal("no-day-key", "今天还没连上过中心，按身份证找不到号。请到总服务台补打。")
        today, centre = self._office.parts.clock.now().date(), self._office.parts.kiosk
        rows = (one for one in self.kept.rows() if one.out and one.wanted.person == person)
        here = tuple(one.given for one in rows if one.given is not None and one.given.day == today)
        if centre is None or self.cut:
            return here
        try:
            return tuple(one for one in centre.mine(person) if one.state in _waits)
        except (CentreAway, CentreProblem):
            return here

    def again(self, given: TicketGiven, person: str) -> Taken | Refusal:
        """补打 this one, marked so. Its number stands whatever becomes of this paper."""
        with self._taking:
            self.paper = self._printer.status()
            if off := self.off():
                return Refusal("no-paper", f"{off}没有补打，号还在，没有变。")
            known = self.kept.row(given.id) or _elsewhere(given, person)
            row = replace(known, given=given, copies=known.copies + 1)
            delivery = self._print(row)
            came = came_with(delivery)
            if came == "unsure":
                self._again[row.id] = row
            return self._printed_again(row, came, delivery.said)

    def _printed_again(self, row: Kept, came: Came, said: str = "") -> Taken:
        if came == "out":
            self._say(self.kept.put(replace(row, paper="out")), out=True)
        return self._taken(row, came, said)

    def _taken(self, row: Kept, came: Came, said: str = "") -> Taken:
        given, hall = row.given, self._office.hall
        if given is None:
            raise LookupError("number")
        windows = (given.fallback,) if given.reserve and given.fallback else ()
        item = hall.items.get(given.item)
        return Taken(
            id=row.id,
            number=given.number,
            business=item.short if item is not None else hall.queue.letters.get(given.letter, given.letter),
            ahead=given.ahead if row.copies == 1 else -1,
            where=zone_words(hall, windows or windows_for(hall, self.lines, given.letter, given.item)),
            came=came,
            reserve=given.reserve,
            said=said,
            copies=row.copies,
        )


def came_with(delivery: Delivery) -> Came:
    """`not_sent` and `blocked` promise that not one byte was handed over."""
    return "out" if delivery.state in OUT else "unsure" if delivery.state == "unknown" else "none"


def _elsewhere(given: TicketGiven, person: str) -> Kept:
    """Given out by another machine; what is not out there yet is told when it is out here."""
    wanted = TicketWanted(id=given.id, letter=given.letter, taken_at=given.taken_at, item=given.item, person=person)
    return Kept(wanted=wanted, given=given, paper="asked", told=given.state != "issuing")
