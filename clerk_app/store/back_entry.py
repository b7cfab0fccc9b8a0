"""补录账 kits by age, sheets by kit and by state, and the catalogue of another day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.cases.back_entry.model import CatalogueThen, KitSheet, PaperKit, SheetState
from clerk_app.hall import Hall, read_hall
from clerk_app.store.cabinet import Question, Shelved
from clerk_app.store.tables import hall_versions
from clerk_app.store.tables_back_entry import kit_sheets, paper_kits

_k, _s, _v = paper_kits.c, kit_sheets.c, hall_versions.c
_hall = _s.hall == bindparam("hall")
_of_kit = Question(
    "sheet",
    select(kit_sheets).where(_hall, _s.kit == bindparam("kit")).order_by(_s.id),
    fits=lambda row, asked: row.kit == asked["kit"],
)
_in_state = Question(
    "sheet",
    select(kit_sheets).where(_hall, _s.state.in_(bindparam("states", expanding=True))).order_by(_s.moved_at, _s.id),
    fits=lambda row, asked: row.state in asked["states"],
)
_latest = (
    select(paper_kits)
    .where(_k.hall == bindparam("hall"))
    .order_by(_k.printed_at.desc(), _k.id.desc())
    .limit(bindparam("most"))
)
_document = select(_v.document).where(_v.hall == bindparam("hall"), _v.version == bindparam("version"))
_in_force = (
    select(_v.version)
    .where(
        _v.hall == bindparam("hall"),
        _v.loaded_at.is_not(None),
        _v.loaded_at <= bindparam("at", type_=_v.loaded_at.type),
    )
    .order_by(_v.loaded_at.desc())
    .limit(1)
)


class BackEntryRows(Shelved):
    """补录账 what `cases.back_entry.books` asks for."""

    def paper_kit(self, key: str) -> PaperKit | None:
        """一套备用件."""
        return cast("PaperKit | None", self.cabinet.get("kit", key))

    def put_paper_kit(self, row: PaperKit) -> None:
        """写一套备用件."""
        self.cabinet.put("kit", row)

    def latest_paper_kits(self, limit: int) -> tuple[PaperKit, ...]:
        """近来的备用件."""
        return self.cabinet.query("kit", _latest, hall=self.hall.id, most=limit)

    def kit_sheet(self, key: str) -> KitSheet | None:
        """一份备用件."""
        return cast("KitSheet | None", self.cabinet.get("sheet", key))

    def put_kit_sheet(self, row: KitSheet) -> None:
        """写一份备用件."""
        self.cabinet.put("sheet", row)

    def sheets_of_kit(self, kit: str) -> tuple[KitSheet, ...]:
        """一套里的各份."""
        return self.cabinet.ask(_of_kit, hall=self.hall.id, kit=kit)

    def kit_sheets_in(self, states: Sequence[SheetState]) -> tuple[KitSheet, ...]:
        """在这些状态的各份."""
        return self.cabinet.ask(_in_state, hall=self.hall.id, states=tuple(states))

    def catalogue_then(self, version: str) -> CatalogueThen | None:
        """一版的目录."""
        if version == self.hall.version:
            return _catalogue(self.hall)
        asked = {"hall": self.hall.id, "version": version}
        text = self.cabinet.connection.execute(_document, asked).scalar_one_or_none()
        return None if text is None else _read(version, text)

    def version_at(self, moment: datetime) -> str:
        """那时用的哪一版, by when each was loaded; empty where that is not known."""
        asked = {"hall": self.hall.id, "at": moment}
        return self.cabinet.connection.execute(_in_force, asked).scalar_one_or_none() or ""


@lru_cache(maxsize=4)
def _read(version: str, text: str) -> CatalogueThen:
    """Versions never change: the last few are read once."""
    return _catalogue(read_hall(json.loads(text), version))


def _catalogue(hall: Hall) -> CatalogueThen:
    return CatalogueThen(version=hall.version, items=hall.items, calendar=hall.calendar, off_work=hall.off_work)
