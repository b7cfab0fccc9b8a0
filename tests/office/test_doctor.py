"""体检: what is said of each fact, a round that nothing holds up, and real looks at a real folder, store and socket."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.office.doctor import books, machine, outward, told
from clerk_app.office.doctor.around import printer_checks, screen_checks
from clerk_app.office.doctor.books import StoreFacts
from clerk_app.office.doctor.machine import GIGABYTE, ScreenFacts
from clerk_app.office.doctor.outward import CentreFacts
from clerk_app.office.doctor.round import look_over
from clerk_app.outside.centre_look import look_at_centre
from clerk_app.outside.log_file import LOG, DayFiles, last_lines, line_of, logging_to
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.ports.doctor import Check, Finding
from clerk_app.probing.desk import DeskDoctor
from clerk_app.probing.place import Place
from clerk_app.receipts.paper import PrinterStatus
from clerk_app.settings import PrinterAt, Settings
from clerk_app.store.reading import StoreReading
from tests.desk import cut_office
from tests.visits import accept, receive, serve

KEY = bytes(range(32))
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("finding", "state", "words"),
    [
        (machine.program((3, 10, 2), "1"), "bad", "3.10.2 太旧"),
        (machine.program((3, 12, 0), "1"), "good", "版本 1"),
        (machine.folder(there=True, writable=True, free=GIGABYTE // 8), "bad", "0.1 GB"),
        (machine.folder(there=True, writable=True, free=GIGABYTE // 2), "warn", "0.5 GB"),
        (machine.folder(there=True, writable=False, free=9 * GIGABYTE), "bad", "写不进"),
        (machine.second_screen(ScreenFacts(1, True, True), wanted=True), "bad", "只找到一块"),
        (machine.second_screen(ScreenFacts(1, True, True), wanted=False), "good", "一块屏"),
        (machine.second_screen(ScreenFacts(None, True, True), wanted=True), "unknown", "没有显示"),
        (machine.letters(ScreenFacts(1, False, True)), "bad", "没有装上"),
        (machine.letters(ScreenFacts(1, True, False)), "warn", "画不出"),
        (machine.log_folder(writable=False, size=0), "warn", "写不进"),
        (books.chain(12, holds=False, standing="good"), "bad", "对不上"),
        (books.chain(12, holds=True, standing="old_copy"), "bad", "不是最新的一份"),
        (books.schema(StoreFacts(version=9, newest=8)), "bad", "第 9 版"),
        (books.schema(StoreFacts(version=7, newest=8)), "warn", "第 7 版"),
        (books.enrolment(StoreFacts(version=1, newest=1)), "bad", "还没有入列"),
        (books.numbers(StoreFacts(version=1, newest=1, numbers=2)), "warn", "只剩 2 个"),
        (outward.line(CentreFacts(answered=False, why="certificate")), "bad", "证书本机不认"),
        (outward.line(CentreFacts(answered=True, seconds=3.0)), "warn", "很慢"),
        (outward.certificate(CentreFacts(answered=True, until=NOW + timedelta(days=20)), NOW), "warn", "20 天"),
        (outward.certificate(CentreFacts(answered=True, until=NOW - timedelta(days=1)), NOW), "bad", "过期 1 天"),
        (outward.clock(CentreFacts(answered=True, apart=timedelta(minutes=-7))), "bad", "慢 7 分钟"),
        (outward.clock(CentreFacts(answered=True, apart=timedelta(minutes=3))), "warn", "快 3 分钟"),
        (outward.seals((NOW + timedelta(days=90), None), NOW), "warn", "1 枚的钥匙不在"),
        (outward.seals((NOW + timedelta(days=90), NOW + timedelta(days=3)), NOW), "bad", "3 天"),
        (outward.scanner(()), "warn", "没有找到"),
        (outward.second_copy(None, there=False), "warn", "没有设第二份"),
    ],
)
def test_what_is_said_of_a_fact(finding: Finding, state: str, words: str) -> None:
    assert finding.state == state
    assert words in finding.said
    assert bool(finding.remedy) == (state != "good")


def test_one_that_hangs_and_one_that_falls_hold_nobody_up() -> None:
    never, counted = threading.Event(), []

    def hang() -> Finding:
        never.wait()
        return Finding("挂", "good", "")

    def fall() -> Finding:
        raise OSError("张三 430102199003070427")

    try:
        looks = (Check("挂", hang, 0.2), Check("倒", fall), Check("好", lambda: Finding("好", "good", "在")))
        found = look_over(looks, lambda done, of: counted.append((done, of)))
    finally:
        never.set()
    assert [(one.name, one.state) for one in found] == [("挂", "unknown"), ("倒", "unknown"), ("好", "good")]
    assert "张三" not in "".join(told.lines_of(found))
    assert counted[-1] == (3, 3)
    assert counted == sorted(counted)


def test_the_sheet_is_aligned_and_the_worst_stands_first() -> None:
    found = (
        Finding("程序", "good", "在", "不说"),
        Finding("A4 打印机", "warn", "没有", "装"),
        Finding("中心", "bad", "断", "查"),
    )
    lines = told.lines_of(found)
    assert lines[0] == "✓ 程序       在"
    assert lines[1] == "! A4 打印机  没有"
    assert lines[2].endswith("→ 装")
    assert [one.name for one in told.worst_first(found)] == ["中心", "A4 打印机", "程序"]
    assert told.summary_of(found) == "1 处要修，1 处要留意，1 项好"
    assert (told.exit_code(found), told.exit_code(found[:2])) == (1, 0)
    assert json.loads(told.json_of(found))["ok"] is False


def test_each_printer_is_asked_and_one_without_status_is_unknown(tmp_path: Path) -> None:
    printers = (PrinterAt(name="前台", url="tcp://x"), PrinterAt(name="后台", url="tcp://y"))
    settings = Settings(data_dir=tmp_path, centre="", window=2, printers=printers)
    said = {"前台": PrinterStatus(False, True, "打印机缺纸。"), "后台": PrinterStatus(False, False, "问不到")}
    found = look_over(printer_checks(settings, lambda at: said[at.name]))
    assert [(one.name, one.state, one.said) for one in found] == [
        ("打印机 前台", "bad", "缺纸"), ("打印机 后台", "unknown", "问不到"),
    ]  # fmt: skip
    (none,) = look_over(printer_checks(replace(settings, printers=()), lambda at: said[at.name]))
    assert none.state == "warn"
    assert printer_checks(None, lambda at: said[at.name]) == ()
    wanted = replace(settings, second_screen=True)
    found = look_over(screen_checks(lambda: ScreenFacts(1, True, True), wanted))
    assert [one.state for one in found] == ["bad", "good"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A desk with a case in its books, its program running."""
    office = cut_office(tmp_path, KEY)
    accept(office, receive(office, serve(office)))
    box = ForgetfulBox()
    box.put("store-key", KEY)
    yield Place(folder=tmp_path, settings=replace(office.parts.settings, centre="http://127.0.0.1:1"), box=box)
    office.parts.vault.close()


def looked(place: Place) -> dict[str, Finding]:
    slow = ("扫描仪", "密钥环")
    return {one.name: one for one in look_over([one for one in DeskDoctor(place).checks() if one.name not in slow])}


def test_a_running_desk_is_looked_at_and_nothing_in_it_changes(place: Place) -> None:
    before = {file.name: file.read_bytes() for file in place.folder.iterdir() if file.is_file()}
    found = looked(place)
    good = ("程序", "设置文件", "数据文件", "库的版本", "流水", "大厅资料", "入列", "日志")
    assert {name: found[name].state for name in good} == dict.fromkeys(good, "good")
    assert "江州市政务服务中心" in found["大厅资料"].said
    with StoreReading(place.folder / "counter.db", KEY) as store:
        assert (store.numbers_left("case_no:2026"), store.numbers_left("case_no:2001")) == (8999, 0)
    assert (found["中心"].state, found["时钟"].state, found["中心的证书"].state) == ("bad", "unknown", "unknown")
    after = {file.name: file.read_bytes() for file in place.folder.iterdir() if file.is_file()}
    assert {name: data for name, data in after.items() if not name.endswith("-shm")} == {
        name: data for name, data in before.items() if not name.endswith("-shm")
    }
    said = " ".join(one.said + one.remedy for one in found.values())
    assert str(place.folder) not in said


def test_a_wrong_key_a_missing_one_and_a_torn_file_are_told_apart(place: Place, tmp_path: Path) -> None:
    wrong = ForgetfulBox()
    assert looked(replace(place, box=wrong))["数据文件"].said.startswith("有数据，密钥环里没有")
    wrong.put("store-key", b"0" * 32)
    found = looked(replace(place, box=wrong))
    assert (found["数据文件"].state, found["流水"].state) == ("bad", "unknown")
    (tmp_path / "keys.json").write_text("{}", encoding="utf-8")
    assert looked(replace(place, box=None))["数据文件"].state == "unknown"
    empty = replace(place, folder=tmp_path / "none")
    assert (looked(empty)["数据文件"].state, (tmp_path / "none").exists()) == ("warn", False)


def test_a_centre_that_says_nothing_is_slow_and_one_of_another_kind_is_told() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        port = deaf.getsockname()[1]
        assert look_at_centre(f"http://127.0.0.1:{port}", None, 0.2).why == "slow"
    assert look_at_centre(f"http://127.0.0.1:{port}", None, 1.0).why == "refused"


def test_the_log_says_places_and_types_and_nobody_s_name(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        own, other = logging.getLogger("clerk_app.test"), logging.getLogger("urllib3.test")
        own.warning("no line to %s: %s %d", "https://x/v1?name=zhang", "申屠宁 430102199003070427", 3)
        other.warning("GET /cases?name=%s", "申屠宁")
        other.info("not ours, not kept")
        try:
            raise ValueError("卢小珍 13812340421")
        except ValueError:
            own.exception("link failed on job %s", "a1")
    lines = last_lines(tmp_path, 10)
    assert len(lines) == 3
    assert "link failed on job a1 (ValueError at test_doctor.py:" in lines[0]
    assert lines[2].endswith("no line to …: … … 3")
    text = "\n".join(lines)
    assert not any(word in text for word in ("申屠宁", "430102", "卢小珍", "1381234", "zhang"))
    own.warning("after the end")
    assert len(last_lines(tmp_path, 10)) == 3


def test_the_log_keeps_half_a_year_and_never_fills_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / LOG
    folder.mkdir()
    (folder / "2020-01-01.log").write_text("old\n", encoding="utf-8")
    (folder / "notes.txt").write_text("somebody's", encoding="utf-8")
    monkeypatch.setattr("clerk_app.outside.log_file.MOST", 200)
    files = DayFiles(folder)
    record = logging.LogRecord("desk", logging.WARNING, "", 1, "again %d", (1,), None)
    for _ in range(50):
        files.emit(record)
    assert not (folder / "2020-01-01.log").exists()
    assert (folder / "notes.txt").exists()
    assert (folder / f"{line_of(record)[:10]}.log").stat().st_size < 400
    files = DayFiles(tmp_path / "notes" / "x")
    (tmp_path / "notes").write_text("a file where a folder should be", encoding="utf-8")
    files.emit(record)
