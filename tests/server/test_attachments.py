"""附件 at the centre: the fact comes with the commands, the bytes come later, and each end knows what it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clerk_app.cases.attachments import AttachScan
from clerk_app.outside.ids import new_id
from clerk_app.server.centre import CentreOffice
from clerk_app.store.books import SqlBooks
from clerk_app.store.cabinet import Cabinet
from tests.server.desk import Desk
from tests.server.tus import Tus, digest_of

DATA = b"%PDF-1.7 " + b"scan " * 400


def scanned(desk: Desk, case: str, **more: Any) -> AttachScan:
    plain = {"name": "章程.pdf", "media": "application/pdf", "size": len(DATA), "digest": digest_of(DATA)}
    return AttachScan(**desk.stamp(), case=case, attachment=new_id(), **{**plain, **more})


def known(office: CentreOffice, desk: Desk, case: str) -> list[str]:
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, "JZ01")
        books = SqlBooks(Cabinet(connection, "JZ01"), hall, desk.device)
        return [one.digest for one in books.attachments_of(case)]


def visit(desk: Desk, case: str) -> list[dict[str, Any]]:
    ticket = new_id()
    acts = [desk.took(ticket=ticket), desk.called(ticket), desk.arrived(ticket), desk.received(ticket, case)]
    return [desk.record(act) for act in (*acts, scanned(desk, case))]


def test_the_case_is_there_before_its_scans(desk: Desk, office: CentreOffice) -> None:
    case, tus = new_id(), Tus(desk)
    assert set(desk.states(*visit(desk, case))) == {"applied"}
    assert known(office, desk, case) == [digest_of(DATA)]
    assert tus.blob(digest_of(DATA), "HEAD").status == 404
    tus.upload(DATA)
    assert tus.blob(digest_of(DATA)).content == DATA


def test_the_scans_may_be_there_before_the_case(desk: Desk, office: CentreOffice) -> None:
    case = new_id()
    Tus(desk).upload(DATA)
    assert known(office, desk, case) == []
    assert set(desk.states(*visit(desk, case))) == {"applied"}
    assert known(office, desk, case) == [digest_of(DATA)]


def test_a_scan_of_a_case_that_never_was_stands(desk: Desk, office: CentreOffice) -> None:
    assert desk.states(desk.record(scanned(desk, "case-refused"))) == ["applied"]
    assert known(office, desk, "case-refused") == [digest_of(DATA)]


def test_another_window_pulls_it(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    case = new_id()
    desk.states(*visit(desk, case))
    rows = {c["subject"].split(":")[0]: c["row"] for c in desk_at(3).changes().json["changes"]}
    assert (rows["attachment"]["case"], rows["attachment"]["digest"]) == (case, digest_of(DATA))
    assert Tus(desk_at(4)).blob(digest_of(DATA), "HEAD").status == 404


def test_a_size_no_column_holds_is_kept_and_set_apart(desk: Desk, office: CentreOffice) -> None:
    good, wild = scanned(desk, "case-1"), scanned(desk, "case-1", size=1 << 40, digest="x" * 500)
    states = desk.states(desk.record(wild), desk.record(good))
    assert states[1] == "applied"
    assert digest_of(DATA) in known(office, desk, "case-1")
