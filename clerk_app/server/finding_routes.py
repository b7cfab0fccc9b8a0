"""查办件的路径 POST /v1/cases and /v1/cases/status: asked by a machine, signed by the person; nothing of a case's content."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel, Field

from clerk_app.server import finding
from clerk_app.server.problems import unreadable_request
from clerk_app.server.routes import Asker, Knock, Office
from clerk_app.server.signed_persons import Caller
from clerk_app.sync import protocol

finding_router = APIRouter()
_plain = r"^[^\x00]*$"


class StatusWanted(BaseModel):
    """问状态 by the whole query code, or the whole number of the applicant."""

    by: Literal["code", "id"]
    number: str = Field(min_length=1, max_length=40, pattern=_plain)


class StatusGiven(BaseModel):
    """状态行 as `cases.finding.StatusLine`."""

    number: str
    item: str
    state: str
    due: date | None
    window: int
    ask: str


class StatusesGiven(BaseModel):
    """状态行 the newest first."""

    lines: list[StatusGiven]


class CasesWanted(BaseModel):
    """找件 what was typed, and how many rows."""

    text: str = Field(min_length=1, max_length=80, pattern=_plain)
    limit: int = Field(default=50, ge=1, le=200)


class DuesGiven(BaseModel):
    """办结期限 as printed."""

    promised: date
    statutory: date
    provisional: bool
    reason: str


class CaseLineGiven(BaseModel):
    """办件一行 as `cases.finding.CaseLine`: the applicant masked."""

    id: str
    number: str
    applicant: str
    item: str
    item_name: str
    department: str
    state: str
    query_code: str
    received_at: datetime
    window: int
    handler: str
    acting_for: str | None
    due_on: date | None
    printed: DuesGiven | None
    sealed_at: datetime | None


class CasesGiven(BaseModel):
    """找到的 in the order of lists; `more` when there are others."""

    lines: list[CaseLineGiven]
    more: bool


def the_caller(
    who: Annotated[str, Header(alias=protocol.PERSON_HEADER)] = "",
    signature: Annotated[str, Header(alias=protocol.PERSON_SIGNATURE_HEADER)] = "",
) -> Caller:
    """Who signs beside the machine."""
    if not who.isascii() or not who.isprintable():
        raise unreadable_request()
    return Caller(who, signature)


Asking = Annotated[Caller, Depends(the_caller)]


@finding_router.post(protocol.CASE_STATUS)
def post_case_status(office: Office, device: Asker, knock: Knock, by: Asking, wanted: StatusWanted) -> StatusesGiven:
    """状态."""
    lines = finding.status(office, device, knock, by, wanted.by, wanted.number)
    return StatusesGiven(lines=[StatusGiven(**vars(line)) for line in lines])


@finding_router.post(protocol.CASES)
def post_cases(office: Office, device: Asker, knock: Knock, by: Asking, wanted: CasesWanted) -> CasesGiven:
    """找件."""
    found = finding.search(office, device, knock, by, wanted.text, wanted.limit)
    return CasesGiven(lines=[CaseLineGiven(**asdict(line)) for line in found.lines], more=found.more)
