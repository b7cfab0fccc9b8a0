"""The hall's screen in whole processes: a call made at a window, two hundred screens, and a browser on the wall that outlives its server."""

from __future__ import annotations

import json
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from clerk_app.queueing.citizen_token import ticket_token
from clerk_app.server.database import Database
from tests.server.citizen.browser import Browser
from tests.server.citizen.test_pages import contrast
from tests.server.citizen.whole import Hall, listening

pytestmark = pytest.mark.process

MANY = 200
BOUND = 5.0
"""Seconds, on a machine that does other things too; what it takes is a row of the benchmarks."""
PATH = "/display/JZ01"
SHAPES = (
    ("wall", 1920, 1080, 1, False), ("small wall", 1366, 768, 1, False), ("upright", 1080, 1920, 1, False),
    ("wall at 200 %", 960, 540, 2, False), ("phone", 360, 740, 2, True), ("narrow", 320, 640, 2, True),
)  # fmt: skip
_sticking_out = """
[...document.querySelectorAll('.top, .pane, #call, .list, .list li, #lines, .lines li, footer, #pause')]
  .filter(box => box.offsetParent !== null && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1))
  .map(box => box.outerHTML.slice(0, 80))
"""


@pytest.fixture
def fed(hall: Hall) -> Hall:
    hall.open_pages()
    hall.open_feeder()
    hall.until(PATH, "今天还没有叫过号")
    return hall


def test_a_call_is_on_two_hundred_screens_at_once(fed: Hall) -> None:
    tickets = [fed.take() for _ in range(3)]
    fed.until(PATH, "3 人")
    with listening(fed.pages, f"{PATH}/live", MANY) as screens:
        for took in tickets[:2]:
            waits = screens.hear(lambda took=took: fed.do(fed.desk.called(took.ticket)), f"A{took.serial:03d}")
            assert len(waits) == MANY
            assert max(waits) < BOUND
            print(f"{MANY} screens: {max(waits):.3f} s")
            for command in (fed.desk.arrived, fed.desk.finished):
                fed.do(command(took.ticket))
    with urllib.request.urlopen(fed.pages + PATH + "/now", timeout=60) as answer:
        assert "A002" in json.load(answer)["parts"]["call"]


def on_the_wall(browser: Browser, hall: Hall, query: str = "") -> None:
    browser.shape(1920, 1080)
    browser.open(hall.pages + PATH + query)


def called(hall: Hall) -> str:
    """One is taken and called; the number. The window's hands are free again."""
    took = hall.take()
    hall.do(hall.desk.called(took.ticket))
    for command in (hall.desk.arrived, hall.desk.finished):
        hall.do(command(took.ticket))
    return f"A{took.serial:03d}"


def check_glass(browser: Browser, folder: Path, name: str) -> None:
    """Whatever glass: everything can be read, nothing sticks out or is cut off, light and dark."""
    for shape, width, height, scale, mobile in SHAPES:
        browser.shape(width, height, scale, mobile=mobile)
        browser.wait("document.fonts.status === 'loaded'")
        assert browser.run("document.documentElement.scrollWidth <= innerWidth"), (name, shape)
        assert browser.run(_sticking_out) == [], (name, shape)
        if shape in ("wall", "small wall", "upright"):
            assert browser.run("document.documentElement.scrollHeight <= innerHeight"), (name, shape)
        smallest = browser.run(
            "Math.min(...[...document.querySelectorAll('p,span,li,b,h1,h2')].filter(n => n.offsetParent !== null)"
            ".map(n => parseFloat(getComputedStyle(n).fontSize)))"
        )
        assert smallest * scale >= 17 if mobile else smallest >= 16, (name, shape, smallest)
        browser.picture(folder / f"{name}-{shape.replace(' ', '-').replace('%', '')}.png")
    for dark in (True, False):
        browser.dark(dark)
        colours = browser.colours()
        assert len(colours) > 15
        assert [(words, ink, paper) for words, ink, paper in colours if contrast(ink, paper) < 4.5] == []
    browser.shape(1920, 1080)


def test_a_screen_on_the_wall(fed: Hall, telephone: Browser, tmp_path: Path) -> None:
    on_the_wall(telephone, fed)
    assert "今天还没有叫过号" in telephone.words
    telephone.run("window.sameDocument = true")
    fed.take()
    telephone.wait("document.getElementById('lines').innerText.includes('1 人')")
    first = called(fed)
    telephone.wait(f"document.getElementById('call').innerText.includes('{first}')")
    assert telephone.run("document.getElementById('news').textContent") == f"请 {first} 号到 2 号窗口"
    assert telephone.run("document.getElementById('call').className") == "flash"
    number = "getComputedStyle(document.querySelector('#call .number'))"
    assert telephone.run(f"{number}.animationIterationCount") == "2"
    telephone.calm(True)
    assert telephone.run(f"{number}.animationName") == "none", "not for who wants it calm"
    telephone.calm(False)
    second = called(fed)
    telephone.wait(f"document.getElementById('call').innerText.includes('{second}')")
    rows = "[...document.querySelectorAll('#list li')].map(row => row.innerText.split(/\\s/)[0])"
    assert telephone.run(rows) == [second, first]
    telephone.wait("/^\\d\\d:\\d\\d$/.test(document.getElementById('clock').innerText)")
    for _ in range(8):
        last = called(fed)
    telephone.wait(f"document.getElementById('call').innerText.includes('{last}')")
    assert telephone.run("document.querySelectorAll('#list li').length") == 8
    assert telephone.run("window.sameDocument"), "the page was never loaded anew"
    check_glass(telephone, tmp_path, "calling")
    assert telephone.complaints() == []
    ours = (PATH, "/display.js", f"{PATH}/live")
    paths = {url.removeprefix(fed.pages).partition("?")[0] for url in telephone.requests()}
    assert paths <= set(ours), paths


def test_what_a_screen_reader_is_told(fed: Hall, telephone: Browser) -> None:
    number = called(fed)
    fed.until(PATH, number)
    on_the_wall(telephone, fed)
    heard = telephone.heard()
    roles = [node["role"] for node in heard]
    assert {"banner", "main", "contentinfo"} <= set(roles)
    headings = [(node["level"], node["name"]) for node in heard if node["role"] == "heading"]
    assert [name for level, name in headings if level == 1] == ["江州市政务服务中心 叫号"]
    heads = ["刚才叫过" if name == "现在请" else name for level, name in headings if level == 2]
    assert sorted(heads) == ["刚才叫过", "刚才叫过", "等候"], "the call's own head says how long ago it was"
    (status,) = [node for node in heard if node["role"] == "status"]
    assert (status["live"], status.get("atomic")) == ("polite", True)
    assert telephone.run("document.documentElement.lang") == "zh-CN"
    assert telephone.run("document.title") == "叫号 · 江州市政务服务中心"
    assert [node for node in heard if node["role"] in ("image", "graphics-document", "link", "button")] == []
    items = [node for node in heard if node["role"] == "listitem"]
    assert len(items) == 1 + 10, "one call, ten lines"


def test_a_screen_outlives_its_server(fed: Hall, telephone: Browser, tmp_path: Path) -> None:
    number = called(fed)
    fed.until(PATH, number)
    pages = fed.pages_process
    on_the_wall(telephone, fed)
    telephone.wait(f"document.getElementById('call').innerText.includes('{number}')")
    telephone.run("window.sameDocument = true")
    pages.kill()
    pages.wait(60)
    telephone.wait("document.getElementById('pause').innerText.includes('号屏暂停更新，请听窗口叫号')")
    assert telephone.run(f"document.getElementById('call').innerText.includes('{number}')"), "the last good data stay"
    assert telephone.run("/\\d\\d:\\d\\d:\\d\\d 起没有更新/.test(document.getElementById('pause').innerText)")
    assert telephone.run("document.body.className") == "stale"
    check_glass(telephone, tmp_path, "cut")
    again = called(fed)
    fed.open_pages()
    telephone.wait(f"document.getElementById('call').innerText.includes('{again}')")
    telephone.wait("document.getElementById('pause').innerText === '' && document.body.className === ''")
    assert telephone.run("window.sameDocument"), "nobody had to load it anew"


def test_a_silent_inside_is_said_and_ends(fed: Hall, telephone: Browser) -> None:
    number = called(fed)
    fed.until(PATH, number)
    on_the_wall(telephone, fed)
    feeder = fed.feeder
    feeder.kill()
    feeder.wait(60)
    telephone.wait("document.getElementById('pause').innerText.includes('号屏暂停更新，请听窗口叫号')")
    assert telephone.run("document.getElementById('fresh').innerText.includes('起没更新')")
    again = called(fed)
    fed.open_feeder()
    telephone.wait(f"document.getElementById('call').innerText.includes('{again}')")
    telephone.wait("document.getElementById('pause').innerText === '' && document.body.className === ''")


def test_without_script_the_page_asks_again(fed: Hall, telephone: Browser) -> None:
    telephone.ask("Emulation.setScriptExecutionDisabled", value=True)
    on_the_wall(telephone, fed)
    assert "今天还没有叫过号" in telephone.words
    number = called(fed)
    fed.until(PATH, number)
    telephone.until("Page.loadEventFired")
    assert f"{number}\n号到\n2\n号窗口" in telephone.words.replace("\n\n", "\n")


def test_a_part_of_the_hall_on_a_wall(fed: Hall, telephone: Browser) -> None:
    on_the_wall(telephone, fed, "?zone=%E7%BB%BC%E5%90%88%E5%8C%BA")
    telephone.run("window.sameDocument = true")
    number = called(fed)
    fed.until(PATH, number)
    before = telephone.run("document.getElementById('fresh').innerText")
    telephone.wait(f"document.getElementById('fresh').innerText !== '{before}'")
    assert number not in telephone.words, "called elsewhere"
    assert "综合区" in telephone.words
    assert "户籍与身份证" not in telephone.words


def test_a_ticket_in_large_letters(fed: Hall, telephone: Browser, tmp_path: Path) -> None:
    fed.take()
    mine = fed.take()
    path = f"/t/{ticket_token(mine.ticket)}"
    fed.until(path, "前面 1–2 人在等")
    telephone.shape(320, 640, 2, mobile=True)
    telephone.open(fed.pages + path)
    plain = telephone.run("parseFloat(getComputedStyle(document.body).fontSize)")
    telephone.run("[...document.querySelectorAll('a')].find(a => a.innerText === '大字').click()")
    telephone.until("Page.loadEventFired")
    assert telephone.run("parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(plain * 1.45)
    assert telephone.run("document.documentElement.scrollWidth <= innerWidth")
    assert "普通字" in telephone.words
    telephone.picture(tmp_path / "ticket-large.png")
    heard = telephone.heard()
    assert [node["name"] for node in heard if node["role"] == "heading" and node["level"] == 1] == ["A002"]
    assert {"main", "contentinfo"} <= {node["role"] for node in heard}
    first = telephone.run(
        "document.querySelector('a').focus({focusVisible: true}); getComputedStyle(document.activeElement).outlineStyle"
    )
    assert first == "solid", "who uses keys sees where he is"


def test_a_wait_is_said_when_enough_were_served(fed: Hall) -> None:
    for _ in range(5):
        called(fed)
    tickets = [fed.take() for _ in range(2)]
    path = f"/t/{ticket_token(tickets[1].ticket)}"
    fed.until(path, "前面 1–2 人在等")
    assert "大约还要" not in fed.page(path)[1], "in this hall everybody is served in no time at all: nothing to count"
    with closing(Database(fed.public)) as outside, outside.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE citizen_rows_3 SET ended = served + interval '6 minutes' WHERE state = 'finished'"
        )
    assert "大约还要 5–10 分钟，" in fed.page(path)[1]
