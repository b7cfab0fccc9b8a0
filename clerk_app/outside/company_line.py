"""登记档案 over HTTP: asked by the machine and signed by the person who asks."""

from __future__ import annotations

from urllib.parse import quote

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports import CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.ports.companies import CompaniesFound, CompanyRead
from clerk_app.sync import protocol


class HttpCompanies:
    """登记档案 what `ports.companies.CompanyCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def find(self, text: str, who: Signer) -> CompaniesFound:
        """找公司."""
        return read_answer(self._line.call("POST", protocol.COMPANIES_FOUND, {"text": text}, by=who), CompaniesFound)

    def read(self, uscc: str, who: Signer) -> CompanyRead | None:
        """取档."""
        try:
            answer = self._line.call("GET", f"{protocol.COMPANIES}/{quote(uscc, safe='')}", by=who)
        except CentreProblem as problem:
            if problem.type != protocol.COMPANY_NONE:
                raise
            return None
        return read_answer(answer, CompanyRead)
