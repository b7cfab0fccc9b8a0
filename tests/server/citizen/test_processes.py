"""Whole processes: a centre on PostgreSQL, the feeder, the citizen process; real commands at a window, a telephone outside."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.cases.model import Applicant
from clerk_app.queueing.citizen_token import case_token, ticket_token
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import Letterhead
from clerk_app.server.database import Database
from printers.draw import draw
from printers.render import SlipRenderer
from tests.receipts.every_slip import OF_CASES, WITH
from tests.server.citizen.browser import HEIGHT, WIDTH, Browser
from tests.server.citizen.test_pages import contrast
from tests.server.citizen.whole import KEY, SOON, Hall

pytestmark = pytest.mark.process

PERSON = Applicant(name="欧阳明月", id_number="429900199001011234", phone="13800000421", agent="司马青山")
SECRETS = ("欧阳", "明月", "429900199001011234", "19900101", "13800000421", "司马", "P203", "P204")


def wait_for(telephone: Browser, words: str) -> float:
    """The page refreshes itself; what the citizen does is to look."""
    begun = time.monotonic()
    while words not in telephone.words:
        assert time.monotonic() - begun < 15 + SOON, telephone.words
        telephone.until("Page.loadEventFired")
    return time.monotonic() - begun


def check_looks(telephone: Browser, folder: Path, name: str) -> None:
    """Light, dark, and in letters twice as large: everything can be read, nothing sticks out, nothing is fetched."""
    number = telephone.run("document.querySelector('h1').innerText")
    for dark in (False, True):
        telephone.dark(dark)
        colours = telephone.colours()
        assert len(colours) > 8
        poor = [(words, ink, paper) for words, ink, paper in colours if contrast(ink, paper) < 4.5]
        assert poor == []
        assert (contrast(colours[0][2], "#000000") < 2) == dark, "the page is dark when the telephone is"
        telephone.picture(folder / f"{name}-{'dark' if dark else 'light'}.png")
    telephone.dark(False)
    for letters in (32, 16):
        telephone.letters(letters)
        assert telephone.run("getComputedStyle(document.body).fontSize") == f"{letters * 1.25:g}px"
        assert telephone.run("document.documentElement.scrollWidth") <= telephone.run("innerWidth")
        if len(number) <= 6:
            lines = "(() => {const r = document.createRange(); r.selectNodeContents(document.querySelector('h1'));"
            assert telephone.run(lines + "return r.getClientRects().length})()") == 1, "a number is never torn"
        telephone.picture(folder / f"{name}-{letters}.png")
    telephone.shape(1280, 800)
    assert telephone.run("document.documentElement.scrollWidth") <= 1280
    assert telephone.run("document.querySelector('main').getBoundingClientRect().width") < 640, (
        "lines short enough to read"
    )
    telephone.picture(folder / f"{name}-desk.png")
    telephone.shape(WIDTH, HEIGHT, 2, mobile=True)
    small = telephone.run(
        "[...document.querySelectorAll('a')].filter(a => a.getBoundingClientRect().height < 44).length"
    )
    assert small == 0, "a finger finds every link"
    assert telephone.complaints() == []


def check_paper(telephone: Browser) -> None:
    """Printed from a dark telephone it is dark on white, without what can only be pressed."""
    scheme = {"name": "prefers-color-scheme", "value": "dark"}
    telephone.ask("Emulation.setEmulatedMedia", media="print", features=[scheme])
    assert [words for words, ink, _ in telephone.colours() if contrast(ink, "#ffffff") < 4.5] == []
    assert telephone.run("getComputedStyle(document.querySelector('.links')).display") == "none"
    telephone.ask("Emulation.setEmulatedMedia", media="", features=[])


def check_heard(telephone: Browser) -> None:
    """To a screen reader: one heading of the page, the state as the next, landmarks, links that say where they lead."""
    heard = telephone.heard()
    headings = [(one["level"], one["name"]) for one in heard if one["role"] == "heading"]
    assert [level for level, _ in headings][:2] == [1, 2]
    assert headings[1][1] == "已受理"
    assert {"main", "contentinfo"} <= {one["role"] for one in heard}
    assert all(one["name"] for one in heard if one["role"] == "link")
    assert telephone.run("document.documentElement.lang") == "zh-CN"


def test_a_citizen_sees_his_number_called(hall: Hall, telephone: Browser, tmp_path: Path) -> None:
    hall.open_pages()
    # First of all: who asks for what is not there yet, over and over, is told to wait.
    telephone.open(hall.pages + "/t/" + "a" * 26)
    assert "没有查到" in telephone.words
    assert telephone.run("document.querySelector('h1').innerText") == "没有查到"
    hall.open_feeder()
    first, mine = hall.take(), hall.take()
    path = f"/t/{ticket_token(mine.ticket)}"
    hall.until(path, "等候")
    telephone.open(hall.pages + path)
    number = f"A{mine.serial:03d}"
    assert number in telephone.words
    assert "前面 1–2 人在等" in telephone.words
    assert "的情况" in telephone.words
    check_looks(telephone, tmp_path, "waiting")
    assert telephone.requests() == {hall.pages + path}, "nothing is fetched from anywhere"

    hall.do(hall.desk.called(first.ticket))
    hall.until(path, "前面没有人在等")
    for command in (hall.desk.arrived, hall.desk.finished):
        hall.do(command(first.ticket))
    hall.do(hall.desk.called(mine.ticket))
    hall.until(path, "请到 2号窗口")
    wait_for(telephone, "请到 2号窗口")
    assert telephone.run("document.title").startswith(f"{number} 已叫号 2号窗口")
    check_looks(telephone, tmp_path, "called")

    telephone.run("[...document.querySelectorAll('a')].find(a => a.innerText === '停止刷新').click()")
    telephone.until("Page.loadEventFired")
    assert "已停止自动刷新" in telephone.words
    telephone.picture(tmp_path / "missing.png")


def a_case_of(hall: Hall, person: Applicant) -> str:
    """Received and accepted at window 2."""
    took = hall.take()
    for command in (hall.desk.called, hall.desk.arrived):
        hall.do(command(took.ticket))
    received = replace(hall.desk.received(took.ticket), applicant=person)
    for command in (received, hall.desk.accepted(received.case)):
        hall.do(command)
    return received.case


def test_a_case_is_shown_and_nothing_of_the_person_leaves(hall: Hall, telephone: Browser, tmp_path: Path) -> None:
    hall.public = f"sqlite:///{tmp_path / 'citizen.db'}"
    hall.open_pages()
    hall.open_feeder()
    case = a_case_of(hall, PERSON)
    path = f"/c/{case_token(case)}"
    hall.until(path, "已受理")
    telephone.open(hall.pages + path)
    assert "承诺办结" in telephone.words
    assert "7K3M-Q9X2" in telephone.words
    check_looks(telephone, tmp_path, "case")
    check_paper(telephone)
    check_heard(telephone)
    telephone.run("[...document.querySelectorAll('a')].find(a => a.innerText === '大字').click()")
    telephone.until("Page.loadEventFired")
    assert telephone.run("parseFloat(getComputedStyle(document.body).fontSize)") > 28
    assert telephone.run("document.documentElement.scrollWidth") <= telephone.run("innerWidth")

    with closing(Database(hall.inside)) as centre, centre.reading() as connection:
        inside = connection.exec_driver_sql("SELECT row::text FROM changes").scalars().all()
    assert all(any(secret in row for row in inside) for secret in ("欧阳明月", PERSON.id_number, PERSON.phone, "P203"))
    outside = b"".join(file.read_bytes() for file in sorted(tmp_path.glob("citizen.db*")))
    assert b"7K3M-Q9X2" in outside, "the bytes that are searched are the right ones"
    written = outside.decode("utf-8", "ignore") + hall.page(path)[1] + hall.logs()
    assert [secret for secret in SECRETS if secret in written] == []
    assert case not in written, "not even its id"
    assert case_token(case) not in outside.decode("latin-1"), "nor the address it is seen at"


def read_off(program: str, slip: Slip, picture: Path) -> list[str]:
    """What a scanner reads off the printed paper."""
    draw(SlipRenderer(32).make(slip), 32).save(picture)
    return subprocess.run([program, "-q", "--raw", picture], capture_output=True, text=True, check=True).stdout.split()


def test_the_code_of_every_slip_opens_that_very_page(hall: Hall, need_program, tmp_path: Path) -> None:
    program = need_program("zbarimg", "zbar-tools")
    hall.public = f"sqlite:///{tmp_path / 'citizen.db'}"
    hall.open_pages()
    hall.open_feeder()
    keys = {True: a_case_of(hall, PERSON), False: hall.take().ticket}
    hall.until(f"/c/{case_token(keys[True])}", "已受理")
    hall.until(f"/t/{ticket_token(keys[False])}", "等候")
    head = Letterhead("江州市政务服务中心", "江州市滨湖大道88号", "12345", training=True, citizen_url=hall.pages)
    for name, make in WITH.items():
        of_case = name in OF_CASES
        (address,) = [
            line for line in read_off(program, make(head, keys[of_case]), tmp_path / "slip.png") if "http" in line
        ]
        status, page = hall.page(address.removeprefix(hall.pages))
        assert (status, ("已受理" if of_case else "等候") in page) == (200, True), name


def test_the_pages_say_how_old_they_are_and_recover(hall: Hall) -> None:
    """The feeder is killed, the pages are killed: both go on where they were."""
    pages = hall.open_pages()
    feeder = hall.open_feeder()
    took = hall.take()
    path = f"/t/{ticket_token(took.ticket)}"
    hall.until(path, "等候")
    feeder.kill()
    feeder.wait(60)
    hall.do(hall.desk.called(took.ticket))
    with closing(Database(hall.public)) as outside, outside.writing() as connection:
        connection.exec_driver_sql("UPDATE citizen_halls_4 SET heard_at = heard_at - interval '200 seconds'")
    assert "已有 3 分钟没有更新" in hall.page(path)[1]
    pages.kill()
    pages.wait(60)
    hall.open_pages()
    assert hall.page(path)[0] == 200
    again = hall.open_feeder()
    hall.until(path, "请到 2号窗口")
    assert "没有更新" not in hall.page(path)[1]
    again.stdin.close()
    assert json.loads(again.stdout.read())["fed"] == 1, "only what was new"
    assert again.wait(60) == 0


def test_a_feeder_with_another_key_gets_nothing_in(hall: Hall, tmp_path: Path) -> None:
    hall.open_pages()
    took = hall.take()
    hall.key.write_text(KEY[::-1])
    words = ("feed-citizen", "--to", hall.pages, "--database-url", hall.inside, "--key-file", str(hall.key))
    with subprocess.Popen(
        [sys.executable, "-m", "clerk_app.server", *words, "--with-parent"], stdin=subprocess.PIPE,
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8",
    ) as child:  # fmt: skip
        assert child.stderr is not None
        assert child.stdin is not None
        line = child.stderr.readline()
        child.stdin.close()
        child.wait(20)
    assert "401" in line
    assert KEY[::-1] not in line
    assert hall.page(f"/t/{ticket_token(took.ticket)}")[0] == 404
