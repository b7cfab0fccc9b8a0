"""用印登记 over a real store: what is read, who sees it, what is exported and recorded, and what a stop leaves behind."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter.seal_custody import resume, say_not_used
from clerk_app.office.office import Done, Office
from clerk_app.office.oversight import seal_export, seal_fall
from clerk_app.office.oversight.seal_book import BookAsked, read_book, read_line, waiting
from clerk_app.office.oversight.seal_desk import open_intents, read_seal_desk, seals_of
from clerk_app.ports import Verdict
from clerk_app.sealing.model import SealStanding
from clerk_app.sealing.register_lines import COLUMNS
from clerk_app.sealing.usecases import RecordSealUse
from tests.desk import cut_office, sit
from tests.sealing.cases import decided, item_of
from tests.sealing.register import (
    AT,
    CERTIFICATE_MADE,
    EVENTS,
    GRANT,
    INTAKE,
    INTENT,
    MADE,
    NO_SEAL,
    NOT_USED,
    OPEN,
    PRESSED,
    SEAL,
    USE,
)

TODAY = BookAsked(start=AT.date(), end=AT.date())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    sit(office, "P201")
    office.parts.clock.set(AT + timedelta(minutes=20))
    case = replace(decided(item_of(office.hall)), id="c1", case_no="JZ01-20261120-00042-7")
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(case)
        work.books.put_seal_grant(GRANT)
        for use in (USE, PRESSED, INTAKE, MADE):
            work.books.put_seal_use(use)
        for intent in (INTENT, OPEN, NOT_USED):
            work.books.put_seal_intent(intent)
        for made in (CERTIFICATE_MADE, NO_SEAL):
            work.books.put_certificate(made)
        work.books.put_seal_event(EVENTS[0])
    yield office
    office.parts.vault.close()


def use_here(office: Office, key: str, *, taken: bool = False) -> None:
    """A use pressed at this machine, its command on the way to the centre or taken by it."""
    command = RecordSealUse(
        **office.stamp().fields(office.parts.new_id), seal_use=key, seal=SEAL, certificate="", case="c1",
        document_no=f"江市监准〔2026〕{key}号", title="准予行政许可决定书", pages=1, copies=1, digest_before="d" * 64,
        digest_after="d" * 64, electronic=False, keeper="P201",
    )  # fmt: skip
    assert isinstance(office.do(command), Done)
    if taken:
        office.parts.vault.journal.settle([Verdict(id=command.id, state="applied")], 0.0)


def test_a_day_is_read_with_everything_its_lines_speak_of(office: Office) -> None:
    read = read_book(office, TODAY)
    assert [line.id for line in read.lines] == ["m1", "u1", "e-seat", "i2", "i3", "m2", "u2"], (
        "not the intake seal of 4"
    )
    numbered = [line.number for line in read.lines if line.seal == SEAL]
    assert numbered == [f"2026-{n:04d}" for n in range(1, 7)]
    line = next(line for line in read.lines if line.id == "u1")
    assert (line.case_no, line.version, line.approver) == ("JZ01-20261120-00042-7", "1", "尹秋实 代 梁建业")
    assert line.power.startswith("授权书 江市监授〔2026〕1号")
    assert (
        read_book(office, BookAsked(start=AT.date() + timedelta(days=1), end=AT.date() + timedelta(days=9))).lines == ()
    )


def test_it_is_filtered_by_seal_kind_and_doubt(office: Office) -> None:
    doubtful = read_book(office, replace(TODAY, doubtful=True))
    assert [line.id for line in doubtful.lines] == ["i2", "m2"]
    assert doubtful.whole == 7
    assert [line.id for line in read_book(office, replace(TODAY, kind="paper")).lines] == ["u2"]
    assert read_book(office, replace(TODAY, seal="S-GAJ")).lines == ()


def test_who_supervises_sees_every_seal_and_a_clerk_his_own(office: Office) -> None:
    assert seals_of(office) == (SEAL,)
    sit(office, "P203")
    assert "S-SJ-2" in seals_of(office), "the intake seal of his window"
    manager = next(p for p in office.hall.roster.people.values() if "duty_manager" in p.roles)
    office.session = replace(office.session, person=manager)  # type: ignore[type-var]
    assert set(seals_of(office)) == set(office.hall.roster.seals)
    assert "d1" in [line.id for line in read_book(office, TODAY).lines]


def test_a_use_of_a_seal_the_list_does_not_know_is_hidden_from_nobody(office: Office) -> None:
    strange = replace(USE, id="strange", seal="S-XX", seal_name="不知道的章", grant="", flags=("名单里没有这枚印章",))
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_seal_use(strange)
    line = next(line for line in read_book(office, TODAY).lines if line.id == "strange")
    assert (line.seal_name, line.doubtful) == ("不知道的章", True)
    assert waiting(office) == 2


def test_what_has_not_reached_the_centre_is_said(office: Office) -> None:
    use_here(office, "k1")
    use_here(office, "k2", taken=True)
    told = {line.id: line.arrived for line in read_book(office, TODAY).lines}
    assert (told["k1"], told["k2"], told["u1"]) == ("还没送到中心", "中心已收", "中心已收")


def test_what_was_begun_without_a_result_waits_until_somebody_has_looked(office: Office) -> None:
    assert [one.id for one in open_intents(office)] == ["i2"]
    line = read_line(office, "i2", OPEN.at)
    assert line is not None
    assert line.open
    assert waiting(office) == 1
    assert isinstance(say_not_used(office, "i2", " "), Refusal)
    assert isinstance(say_not_used(office, "i2", "出纸口没有纸"), Done)
    assert open_intents(office) == ()
    assert waiting(office) == 0
    line = read_line(office, "i2", OPEN.at)
    assert line is not None
    assert (line.result, line.why, line.open) == ("没有盖成", "出纸口没有纸", False)


def test_the_table_has_every_column_and_its_export_is_recorded(office: Office, tmp_path: Path) -> None:
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_seal_event(replace(EVENTS[3], id="e-formula", at=AT, reason="=1+1"))
    file = tmp_path / "用印登记簿.csv"
    assert seal_export.save_table(office, TODAY, file) == 8
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig")))
    assert heads == [head for _, head in COLUMNS]
    assert len(rows) == 8
    assert "'=1+1" in [cell for row in rows for cell in row], "no spreadsheet runs it"
    assert "江州市㛃䶮咖啡店" in file.read_text(encoding="utf-8-sig"), "an organisation is no person"
    last = office.parts.vault.journal.rows((), 1)[0]
    assert last.kind == "record_export"
    body = json.loads(office.parts.vault.journal.envelope(last.id) or b"{}")
    assert "用印登记簿" in json.dumps(body, ensure_ascii=False)
    refused = seal_export.save_table(office, TODAY, tmp_path / "没有" / "用印登记簿.csv")
    assert isinstance(refused, Refusal)
    assert "已记在审计里" in refused.sentence


def test_a_stop_remembers_what_the_centre_had_and_sending_later_proves_nothing(office: Office) -> None:
    use_here(office, "k1")
    use_here(office, "k2", taken=True)
    assert seal_fall.fallen(office, SEAL) is None
    assert isinstance(seal_fall.stop(office, SEAL, ""), Done)
    fall = seal_fall.fallen(office, SEAL)
    assert fall is not None
    assert (fall.here, [use.id for use in fall.uncovered], fall.event.kind) == (True, ["k1"], "stop")
    command = next(row.id for row in office.parts.vault.journal.rows((), 50) if "seal_use:k1" in row.subjects)
    office.parts.vault.journal.settle([Verdict(id=command, state="applied")], 0.0)
    assert isinstance(seal_fall.report_loss(office, SEAL, "抽屉里没有"), Done)
    fall = seal_fall.fallen(office, SEAL)
    assert fall is not None
    assert [use.id for use in fall.uncovered] == ["k1"], "it was not there at the stop"
    assert (fall.event.kind, fall.first.kind) == ("loss", "stop")
    (seen,) = [one for one in read_seal_desk(office) if one.seal.id == SEAL]
    assert (seen.standing.state, seen.mine) == ("lost", True)
    assert isinstance(resume(office, SEAL, "ask", "找到了，封条没动"), Done)
    sit(office, "P101")
    assert isinstance(resume(office, SEAL, "agree", ""), Done)
    assert seal_fall.fallen(office, SEAL) is None


def test_a_certificate_that_ends_soon_is_seen(office: Office) -> None:
    valid = {"valid_from": AT - timedelta(days=700), "valid_to": AT + timedelta(days=30)}
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_seal_standing(
            SealStanding(id=SEAL, state="in_use", since=AT, keeper="P201", seat="machine-21", certificate="2a", **valid)
        )
    (seen,) = read_seal_desk(office)
    assert (seen.left, seen.ends_soon, seen.keeper) == (30, True, "梁建业")
    assert seen.seat == "21号窗口", "the window that registered its key"
