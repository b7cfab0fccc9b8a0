"""一表账 the form draft of each case, the points on it, its way to the departments, and the companies on record."""

from __future__ import annotations

from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.registration.joint import FormPoint, FormRoute
from clerk_app.registration.model import CompanyRecord, FormDraft
from clerk_app.store.cabinet import Shelved
from clerk_app.store.tables_registration import form_points

_p = form_points
_of_case = select(_p).where(_p.c.hall == bindparam("hall"), _p.c.case == bindparam("of")).order_by(_p.c.at, _p.c.id)


class FormRows(Shelved):
    """一表账 what `registration.books` asks for."""

    def form(self, key: str) -> FormDraft | None:
        """取草稿."""
        return cast("FormDraft | None", self.cabinet.get("form", key))

    def put_form(self, draft: FormDraft) -> None:
        """存草稿."""
        self.cabinet.put("form", draft)

    def point(self, key: str) -> FormPoint | None:
        """一点."""
        return cast("FormPoint | None", self.cabinet.get("point", key))

    def points_of(self, case: str) -> tuple[FormPoint, ...]:
        """一件的."""
        return self.cabinet.query("point", _of_case, hall=self.hall.id, of=case)

    def put_point(self, row: FormPoint) -> None:
        """写一点."""
        self.cabinet.put("point", row)

    def route(self, key: str) -> FormRoute | None:
        """分送单."""
        return cast("FormRoute | None", self.cabinet.get("route", key))

    def put_route(self, row: FormRoute) -> None:
        """写分送单."""
        self.cabinet.put("route", row)

    def company(self, key: str) -> CompanyRecord | None:
        """一家公司."""
        return cast("CompanyRecord | None", self.cabinet.get("company", key))

    def put_company(self, row: CompanyRecord) -> None:
        """写一家."""
        self.cabinet.put("company", row)

    @property
    def has_every_company(self) -> bool:
        """本机只有近来的."""
        return False
