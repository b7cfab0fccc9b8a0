"""预填的路径 /v1/prefills: a self-fill place puts in by token or number; a window reads and takes by the ticket's id, signed by its person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from clerk_app.server import prefills
from clerk_app.server.finding_routes import Asking
from clerk_app.server.routes import AnyMachine, Asker, Knock, Office
from clerk_app.sync import protocol

prefill_router = APIRouter()
_one = protocol.PREFILLS + "/{ticket}"
Named = Annotated[str, Path(pattern="^([a-z2-7]{26}|[A-Z]{1,4}[0-9]{1,8})$")]
"""By what the citizen holds: the code of his slip, or its number."""
Known = Annotated[str, Path(pattern="^[0-9a-f-]{36}$")]


class PrefillWanted(BaseModel):
    """交上来的预填 `filled` of `steps` steps; `session` is one sitting."""

    session: str = Field(pattern="^[0-9a-f-]{36}$")
    form_version: str = Field(pattern="^[0-9A-Za-z.-]{1,20}$")
    filled: int = Field(ge=0, le=99)
    steps: int = Field(ge=1, le=99)
    document: dict[str, Any]


class PrefillKeptGiven(BaseModel):
    """收下了 until when."""

    number: str
    saved_at: datetime
    expires_at: datetime


class PrefillGiven(BaseModel):
    """预填 with its content."""

    number: str
    saved_at: datetime
    form_version: str
    filled: int
    steps: int
    document: dict[str, Any]


class PrefillLineGiven(BaseModel):
    """预填一行 without."""

    number: str
    saved_at: datetime
    filled: int
    steps: int
    taken: bool


class PrefillsGiven(BaseModel):
    """某天的预填 by number."""

    prefills: list[PrefillLineGiven]


class TakenGiven(BaseModel):
    """已采用."""

    taken: bool


@prefill_router.put(_one)
def put_prefill(office: Office, device: AnyMachine, ticket: Named, wanted: PrefillWanted) -> PrefillKeptGiven:
    """交上来."""
    kept = prefills.save(office, device, ticket, prefills.Said(**vars(wanted)))
    return PrefillKeptGiven(**vars(kept))


@prefill_router.get(_one)
def get_prefill(
    office: Office, device: Asker, knock: Knock, by: Asking, ticket: Known, response: Response
) -> PrefillGiven:
    """取来看."""
    response.headers["Cache-Control"] = "private, no-store"
    return PrefillGiven(**vars(prefills.read(office, device, knock, by, ticket)))


@prefill_router.delete(_one)
def delete_prefill(office: Office, device: Asker, knock: Knock, by: Asking, ticket: Known) -> TakenGiven:
    """采用了，抹掉."""
    prefills.take(office, device, knock, by, ticket)
    return TakenGiven(taken=True)


@prefill_router.get(protocol.PREFILLS)
def get_prefills(office: Office, device: Asker, day: Annotated[date, Query()]) -> PrefillsGiven:
    """某天的，没有内容."""
    return PrefillsGiven(prefills=[PrefillLineGiven(**vars(line)) for line in prefills.of_day(office, device, day)])
