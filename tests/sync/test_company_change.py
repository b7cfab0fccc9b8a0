"""变更 before the real centre: begun with its record, filed once; of two windows changing one company the second is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import deciding
from clerk_app.office.office import Office
from clerk_app.office.registration.coding import enter_code
from clerk_app.office.registration.records import Taken, compare, find_company, take_record
from clerk_app.office.registration.saving import save_form
from clerk_app.registration.credit_codes import check_sign
from clerk_app.registration.document import get, put
from tests.registration.test_form import EXAMPLE
from tests.server.conftest import Cluster
from tests.server.postgres import PACKAGE, postgres_url
from tests.sync.life_form import CODE, COMPANY, REGISTRAR, REGISTRAR_CHIEF, example
from tests.sync.life_hall import LifeHall, good, life_hall

__all__ = ["postgres_url"]
pytestmark = pytest.mark.process

CHANGE, END, OTHER = "公司变更", "公司注销", "P204"
TODAY = "2026-11-20"
NOBODY = "91429900MA00000B1" + check_sign("91429900MA00000B1")


@pytest.fixture(scope="module")
def cluster(postgres_url: str) -> Cluster:
    return Cluster(postgres_url)


@pytest.fixture
def hall(need_program: Callable[[str, str], str], cluster: Cluster, tmp_path: Path) -> Iterator[LifeHall]:
    need_program("initdb", PACKAGE)
    with life_hall(cluster.loaded(), tmp_path) as hall:
        yield hall


def founded(hall: LifeHall) -> None:
    """On record as version 1."""
    case = hall.receive(2, COMPANY, accept=True).id
    good(save_form(hall.office(2), case, example()))
    granted(hall, 2, case)
    good(enter_code(hall.office(2), case, CODE, CODE))
    hall.sync()


def granted(hall: LifeHall, window: int, case: str) -> None:
    good(deciding.propose(hall.office(window), case, "grant", "材料齐全，符合条件。"))
    hall.seal(window, case, REGISTRAR_CHIEF)


def begun(hall: LifeHall, window: int, short: str) -> tuple[str, Taken]:
    case = hall.receive(window, short, accept=True).id
    return case, good(take_record(hall.office(window), case, CODE))


def filled(office: Office, case: str, **change: object) -> None:
    """Its own parts, and what it changes."""
    draft = office.read(lambda books: books.form(case))
    assert draft is not None
    document = put(draft.document, "/agent", EXAMPLE["agent"])
    document = put(document, "/commitments", EXAMPLE["commitments"])
    document = put(document, "/materials", [{**row, "attached": True} for row in draft.document["materials"]])
    document = put(put(document, "/company/duplicate_count", 1), "/change/resolved_on", TODAY)
    for place, value in change.items():
        document = put(document, f"/{place.replace('__', '/')}", value)
    good(save_form(office, case, document))


def on_record(hall: LifeHall) -> dict[str, Any]:
    (row,) = hall.theirs()["company"].values()
    return row


def moved_to(number: str) -> dict[str, object]:
    where = f"江南省江州市滨湖区（虚构）街道澄砚路{number}"
    return {"company__domicile__number": number, "company__domicile__full_text": where}


def test_two_windows_change_one_company_and_then_it_ends(hall: LifeHall) -> None:
    hall.open(w2=REGISTRAR, w3=OTHER)
    founded(hall)
    two, three = hall.office(2), hall.office(3)
    assert [line.version for line in good(find_company(three, "岚栎舟")).lines] == [1]
    first, taken = begun(hall, 2, CHANGE)
    second, _ = begun(hall, 3, CHANGE)
    assert (taken.version, taken.left) == (1, ())
    filled(two, first, **moved_to("20号楼"))
    filled(three, second, **moved_to("30号楼"))
    assert [one.label for one in compare(two, first)] == ["门牌号", "住所全文"]
    granted(hall, 2, first)
    hall.windows[3].line.cut()
    good(deciding.propose(three, second, "grant", "材料齐全，符合条件。"))
    good(enter_code(two, first, ""))
    hall.windows[2].rounds(2)
    hall.windows[3].line.join()
    hall.sync()
    assert on_record(hall)["version"] == 2
    assert get(on_record(hall)["document"], "/company/domicile/number") == "20号楼"
    told = [row for row in three.parts.vault.journal.rows((), 50) if row.state == "conflict"]
    assert [row.kind for row in told] == ["propose_decision"], "the record moved before the centre heard the proposal"

    third, again = begun(hall, 2, CHANGE)
    assert again.version == 2
    filled(two, third, **moved_to("40号楼"))
    granted(hall, 2, third)
    late, _ = begun(hall, 2, CHANGE)
    filled(two, late, company__registered_capital="100", **moved_to("50号楼"))
    granted(hall, 2, late)
    good(enter_code(two, third, ""))
    clash = enter_code(two, late, "")
    assert isinstance(clash, Refusal)
    assert clash.type == "record-stale"
    hall.sync()
    assert get(on_record(hall)["document"], "/company/domicile/number") == "40号楼"

    end, _ = begun(hall, 3, END)
    filled(
        three, end, cancellation={
            "procedure": "一般注销", "reason": "股东会决议解散", "resolved_on": TODAY, "announced_on": TODAY,
            "liquidation": "债权债务已经清理完毕", "tax_clearance_no": "江税 1", "branches_closed": True,
        },
    )  # fmt: skip
    granted(hall, 3, end)
    good(enter_code(three, end, ""))
    hall.sync()
    assert on_record(hall)["standing"] == "cancelled"
    assert on_record(hall)["version"] == 4
    after = hall.receive(2, CHANGE)
    gone = take_record(two, after.id, CODE)
    assert isinstance(gone, Refusal)
    assert gone.type == "company-cancelled"
    nobody = take_record(two, after.id, NOBODY)
    assert isinstance(nobody, Refusal)
    assert nobody.type == "unknown-company"
    hall.windows[2].line.cut()
    away = take_record(two, after.id, CODE)
    assert isinstance(away, Refusal)
    assert away.type == "line-cut"
