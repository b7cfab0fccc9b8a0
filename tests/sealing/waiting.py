"""等授权的件 a desk whose cases have signature 1 already: the store with them is made once for each number of them, then copied."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from clerk_app.cases.model import Case
from clerk_app.office.counter import deciding, visit
from clerk_app.office.office import Office
from clerk_app.office.registration import saving
from clerk_app.office.store_state import StoreGuard
from clerk_app.ports import NumberBlock
from clerk_app.store.vault import LocalVault
from tests.desk import StandingClock, cut_office
from tests.office.test_deciding import example
from tests.visits import APPLICANT, accept, done, receive, serve

KIND, LAST = "doc_no:SJJ:2026", 20
KEY = bytes(range(32))


def proposed(office: Office, count: int) -> list[str]:
    """This office goes on over a store with so many waiting cases and 文号 1 to 20; ten minutes have gone by."""
    data, cases = _waiting(count)
    parts, file = office.parts, office.parts.settings.data_dir / "counter.db"
    parts.vault.close()
    file.write_bytes(data)
    vault = LocalVault(file, KEY, parts.clock)
    office.parts, office.guard = replace(parts, vault=vault), StoreGuard(vault, parts.box)
    parts.clock.set(parts.clock.now() + timedelta(minutes=10))
    return list(cases)


@cache
def _waiting(count: int) -> tuple[bytes, tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        office = cut_office(Path(folder), KEY, clock=StandingClock())
        office.parts.vault.keep.add_block(NumberBlock(id="d", kind=KIND, first=1, last=LAST))
        cases = tuple(_one(office, number) for number in range(count))
        office.parts.vault.close()
        return (Path(folder) / "counter.db").read_bytes(), cases


def _one(office: Office, number: int) -> str:
    """Up to signature 1; the person has gone."""
    case = accept(office, receive(office, serve(office), replace(APPLICANT, name=f"江州{number}号有限公司")))
    done(saving.save_form(office, case.id, example()))
    done(deciding.propose(office, case.id, "grant", "材料齐全，符合法定形式。"))
    done(visit.finish(office, case.ticket))
    return case.id


def of(office: Office, case: str) -> Case:
    found = office.read(lambda books: books.case(case))
    assert found is not None
    return found
