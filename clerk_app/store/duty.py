"""岗位账 sign-ins; the roster comes with the hall version."""

from __future__ import annotations

from typing import cast

from clerk_app.duty.model import Roster, SignIn
from clerk_app.store.cabinet import Shelved


class DutyRows(Shelved):
    """岗位账 what `duty.books` asks for."""

    @property
    def roster(self) -> Roster:
        """岗位表."""
        return self.hall.roster

    def sign_in(self, key: str) -> SignIn | None:
        """签到."""
        return cast("SignIn | None", self.cabinet.get("sign_in", key))

    def put_sign_in(self, row: SignIn) -> None:
        """写签到."""
        self.cabinet.put("sign_in", row)
