"""自助取号的路径 /v1/tickets: a kiosk asks for a ticket, says what became of its slip, and asks how the lines are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, BaseModel, Field

from clerk_app.ports.kiosk import PaperNamed
from clerk_app.ports.queue import TicketWanted
from clerk_app.server import kiosk_papers, kiosk_tickets
from clerk_app.server.routes import AnyMachine, Office
from clerk_app.sync import protocol

kiosk_router = APIRouter()
Known = Annotated[str, Path(pattern="^[0-9a-f-]{36}$")]
_first, _last = datetime(2020, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
At = Annotated[AwareDatetime, Field(ge=_first, le=_last)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


class TicketAsked(BaseModel):
    """要一张号票 `id` is made at the kiosk; `block` and `serial` name the number of one that is on paper already."""

    id: str = Field(pattern="^[0-9a-f-]{36}$")
    letter: str = Field(pattern="^[A-Z]{1,4}$")
    taken_at: At
    item: str = Field(default="", pattern="^[0-9A-Za-z-]{0,40}$")
    case: str = Field(default="", pattern="^[0-9a-f-]{0,36}$")
    priority: str = Field(default="", pattern="^[a-z_]{0,24}$")
    appointment: At | None = None
    aids: list[Literal["large", "visual"]] = Field(default=[], max_length=2)
    person: str = Field(default="", pattern="^([0-9a-f]{32})?$")
    block: str = Field(default="", pattern="^([0-9a-f-]{36})?$")
    serial: int = Field(default=0, ge=0, le=99999)
    wait_window: int = Field(default=0, ge=0, le=9999)


class TicketAnswer(BaseModel):
    """号票 the number, and how many wait before it."""

    id: str
    day: date
    number: str
    letter: str
    serial: int
    ahead: int
    taken_at: datetime
    state: str
    fallback: int
    reserve: bool
    priority: str
    item: str


class PaperSaid(BaseModel):
    """出票没有."""

    out: bool


class WhoseTickets(BaseModel):
    """谁的号票 by the day's digest of his ID number."""

    person: Digest


class TicketAnswers(BaseModel):
    """几张号票."""

    tickets: list[TicketAnswer]


class PaperAsked(BaseModel):
    """单子上的, one of them."""

    query_code: str = Field(default="", pattern="^([0-9A-Z]{4}-[0-9A-Z]{4})?$")
    case_no: str = Field(default="", pattern="^[0-9A-Z-]{0,32}$")
    token: str = Field(default="", pattern="^([a-z2-7]{26})?$")


class MatterAnswer(BaseModel):
    """单子说的事."""

    letter: str
    item: str
    case: str
    name: str


class LineAnswer(BaseModel):
    """一队."""

    letter: str
    waiting: int
    windows: list[int]
    stopped: str


class LineAnswers(BaseModel):
    """各队."""

    lines: list[LineAnswer]


@kiosk_router.post(protocol.TICKETS)
def post_tickets(office: Office, device: AnyMachine, asked: TicketAsked) -> TicketAnswer:
    """取号."""
    wanted = TicketWanted(**{**vars(asked), "aids": tuple(asked.aids)})
    return TicketAnswer(**vars(kiosk_tickets.issue(office, device, wanted)))


@kiosk_router.post(protocol.TICKETS_MINE)
def post_tickets_mine(office: Office, device: AnyMachine, whose: WhoseTickets) -> TicketAnswers:
    """补打找号."""
    found = kiosk_tickets.mine(office, device, whose.person)
    return TicketAnswers(tickets=[TicketAnswer(**vars(one)) for one in found])


@kiosk_router.post(protocol.TICKETS_MATTER)
def post_ticket_matter(office: Office, device: AnyMachine, named: PaperAsked) -> MatterAnswer:
    """单子说的事."""
    return MatterAnswer(**vars(kiosk_papers.matter(office, device, PaperNamed(**vars(named)))))


@kiosk_router.post(protocol.TICKETS_ISSUED)
def post_ticket_issued(office: Office, device: AnyMachine, ticket: Known, said: PaperSaid) -> TicketAnswer:
    """出票了没有."""
    return TicketAnswer(**vars(kiosk_tickets.issued(office, device, ticket, out=said.out)))


@kiosk_router.get(protocol.TICKETS)
def get_tickets(office: Office, device: AnyMachine) -> LineAnswers:
    """各队排得怎么样."""
    found = kiosk_tickets.lines(office, device)
    return LineAnswers(lines=[LineAnswer(**{**vars(line), "windows": list(line.windows)}) for line in found])
