"""名称库的路径 /v1/names: what a name meets, asked by POST; and the register by pages, for the windows' copies."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from clerk_app.ports.names import NameStanding
from clerk_app.registration.naming import NameParts
from clerk_app.server import names
from clerk_app.server.routes import Asker, Office
from clerk_app.sync import protocol

name_router = APIRouter()
_plain = r"^[^\x00]*$"


class NameWanted(BaseModel):
    """要查的名称 `uscc` and `number` (名称申报文号) say which registered name is its own."""

    name: str = Field(default="", max_length=120, pattern=_plain)
    trade_name: str = Field(min_length=1, max_length=60, pattern=_plain)
    industry_term: str = Field(default="", max_length=60, pattern=_plain)
    authority_code: str = Field(pattern="^[0-9]{6}$")
    uscc: str = Field(default="", max_length=18, pattern=_plain)
    number: str = Field(default="", max_length=60, pattern=_plain)


class NamesWanted(BaseModel):
    """一起查的 the name and those the applicant would take instead; reserved ones count to their last day."""

    on: date
    wanted: list[NameWanted] = Field(min_length=1, max_length=20)


class RegisteredGiven(BaseModel):
    """碰上的一个."""

    name: str
    trade_name: str
    industry_term: str
    authority_code: str
    until: date | None
    uscc: str
    number: str


class NamesMetGiven(BaseModel):
    """碰上的 the same or of the same sound; `as_of` is the register's day, null while none was loaded."""

    as_of: date | None
    names: list[RegisteredGiven]


class NameRowGiven(RegisteredGiven):
    """名称库一行."""

    id: str
    seq: int
    standing: NameStanding


class NamePageGiven(BaseModel):
    """名称库一页 in the order of `seq`; `last` is the end of the register."""

    epoch: str
    as_of: date | None
    last: int
    names: list[NameRowGiven]


@name_router.post(protocol.NAMES_CHECK)
def post_names_check(office: Office, device: Asker, asked: NamesWanted) -> NamesMetGiven:
    """查名称."""
    wanted = [NameParts(**vars(one)) for one in asked.wanted]
    with office.database.reading() as connection:
        met = names.names_met(connection, device.hall, wanted, asked.on)
    return NamesMetGiven(as_of=met.as_of, names=[RegisteredGiven(**asdict(one)) for one in met.names])


@name_router.get(protocol.NAMES)
def get_names(
    office: Office,
    device: Asker,
    after: Annotated[int, Query(ge=0, lt=1 << 53)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> NamePageGiven:
    """抄名称库."""
    with office.database.reading() as connection:
        page = names.name_page(connection, device.hall, after, limit)
    rows = [NameRowGiven(**asdict(one)) for one in page.names]
    return NamePageGiven(epoch=page.epoch, as_of=page.as_of, last=page.last, names=rows)
