"""附件账 the attachments of cases; their bytes are elsewhere."""

from __future__ import annotations

from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.cases.attachments import Attachment
from clerk_app.store import tables
from clerk_app.store.cabinet import Shelved

_t = tables.attachments
_of_case = select(_t).where(_t.c.hall == bindparam("hall"), _t.c.case == bindparam("case")).order_by(_t.c.at, _t.c.id)


class AttachmentRows(Shelved):
    """附件账 what `cases.attachments` asks for."""

    def attachment(self, key: str) -> Attachment | None:
        """一份附件."""
        return cast("Attachment | None", self.cabinet.get("attachment", key))

    def put_attachment(self, row: Attachment) -> None:
        """写附件."""
        self.cabinet.put("attachment", row)

    def attachments_of(self, case: str) -> tuple[Attachment, ...]:
        """一件的附件."""
        found = self.cabinet.query("attachment", _of_case, hall=self.hall.id, case=case)
        return cast("tuple[Attachment, ...]", found)
