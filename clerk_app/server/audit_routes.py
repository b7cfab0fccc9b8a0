"""审计的路径 GET /v1/audit: asked by a machine, signed by the person who looks; a machine's token alone is told nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query
from pydantic import BaseModel

from clerk_app.ports.audit import AuditAsked, AuditLine
from clerk_app.server import audit
from clerk_app.server.problems import unreadable_request
from clerk_app.server.routes import Asker, Knock, Office
from clerk_app.server.signed_persons import Caller
from clerk_app.sync import protocol

audit_router = APIRouter()
Short = Annotated[str, Query(max_length=48, pattern=r"^[^\x00]*$")]


class AuditLineGiven(BaseModel):
    """审计一行 as `ports.audit.AuditLine`."""

    id: str
    at: datetime
    kind: str
    actor: str
    window: int
    device: str
    state: str
    post: str
    acting_for: str
    basis: str
    hall_version: str
    subjects: list[str]
    about: str
    words: str
    clock: Literal["centre", "kept", "unknown"]


class AuditGiven(BaseModel):
    """一页审计 newest first; an empty cursor is the end."""

    lines: list[AuditLineGiven]
    cursor: str


@audit_router.get(protocol.AUDIT)
def get_audit(
    office: Office,
    device: Asker,
    knock: Knock,
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
    person: Short = "",
    kind: Short = "",
    number: Short = "",
    cursor: Annotated[str, Query(max_length=64, pattern=r"^[^\x00]*$")] = "",
    who: Annotated[str, Header(alias=protocol.PERSON_HEADER)] = "",
    signature: Annotated[str, Header(alias=protocol.PERSON_SIGNATURE_HEADER)] = "",
) -> AuditGiven:
    """审计."""
    if not who.isascii() or not who.isprintable() or first.year < 2000 or last.year > 9000:
        raise unreadable_request()
    asked = AuditAsked(start=first, end=last, person=person, kind=kind, number=number)
    scope = audit.admitted(office, device, knock, Caller(who, signature), asked)
    page = audit.page_of(office, device, asked, cursor, scope)
    return AuditGiven(lines=[_given(line) for line in page.lines], cursor=page.cursor)


def _given(line: AuditLine) -> AuditLineGiven:
    return AuditLineGiven(**{**vars(line), "subjects": list(line.subjects)})
