"""登记档案的路径 /v1/companies: asked by a machine, signed by the person, and written down."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from clerk_app.server import companies
from clerk_app.server.finding_routes import Asking
from clerk_app.server.routes import Asker, Knock, Office
from clerk_app.sync import protocol

company_router = APIRouter()
Code = Annotated[str, Path(pattern="^[0-9A-HJ-NP-RT-UW-Y]{18}$")]


class CompanyWanted(BaseModel):
    """找公司 words of the name, or how the code begins."""

    text: str = Field(min_length=2, max_length=80, pattern=r"^[^\x00]*$")


class CompanyLineGiven(BaseModel):
    """公司一行 as `ports.companies.CompanyLine`: the legal representative masked."""

    uscc: str
    name: str
    version: int
    standing: Literal["active", "cancelled"]
    legal_rep: str
    filed_at: datetime


class CompaniesGiven(BaseModel):
    """找到的公司 `more` when there are others."""

    lines: list[CompanyLineGiven]
    more: bool


class CompanyGiven(BaseModel):
    """登记档案 as it stands now."""

    uscc: str
    name: str
    version: int
    standing: Literal["active", "cancelled"]
    filed_at: datetime
    document: dict[str, Any]


@company_router.post(protocol.COMPANIES_FOUND)
def post_companies_find(
    office: Office, device: Asker, knock: Knock, by: Asking, wanted: CompanyWanted
) -> CompaniesGiven:
    """找公司."""
    found = companies.find(office, device, knock, by, wanted.text)
    return CompaniesGiven(lines=[CompanyLineGiven(**asdict(line)) for line in found.lines], more=found.more)


@company_router.get(protocol.COMPANIES + "/{uscc}")
def get_company(office: Office, device: Asker, knock: Knock, by: Asking, uscc: Code) -> CompanyGiven:
    """取档."""
    return CompanyGiven(**vars(companies.read(office, device, knock, by, uscc)))
