"""The screen's routes: what a browser is told it may do, what is missing, and a ticket's page in every state and size."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from fastapi import FastAPI

from clerk_app.server.citizen.board import View
from clerk_app.server.citizen.display import DisplayDesk, _events, add_display
from clerk_app.server.citizen.display_pages import SCRIPT, SCRIPT_PATH
from clerk_app.server.citizen.guard import Guard
from clerk_app.server.citizen.pages import Reading, ticket_page
from clerk_app.server.citizen.rows import Found
from clerk_app.server.citizen.words import state_words
from tests.server.citizen.papers import NOW, TODAY, Citizens, called, waiting
from tests.server.citizen.test_pages import FED, Reader, refreshes


@pytest.fixture
def fed(public: Citizens) -> Citizens:
    public.whole(called(), waiting("w", "A002", 3), seq=3, today=TODAY)
    return public


def test_the_page_and_its_news_say_the_same(fed: Citizens) -> None:
    page, news = fed.ask("/display/JZ01"), fed.ask("/display/JZ01/now")
    assert (page.status, news.status) == (200, 200)
    assert news.headers["content-type"] == "application/json"
    parts = json.loads(news.body)["parts"]
    assert all(html in page.text for html in parts.values())
    assert "A001" in parts["call"]
    assert "企业开办与登记</span><b>1 人" in parts["lines"]


def test_a_part_of_the_hall_by_its_address(fed: Citizens) -> None:
    part = fed.ask("/display/JZ01?zone=%E7%BB%BC%E5%90%88%E5%8C%BA")
    assert (part.status, "A001" in part.text, "综合受理" in part.text, "企业开办与登记" in part.text) == (
        200,
        False,
        True,
        False,
    )
    assert "A001" in fed.ask("/display/JZ01?letters=a,b").text


def test_a_part_there_is_not_is_said_and_not_shown_empty(fed: Citizens) -> None:
    for query in ("?zone=%E7%BB%BC%E5%90%88", "?letters=Z", "?letters=A,Z"):
        answer = fed.ask(f"/display/JZ01{query}")
        assert (answer.status, "号屏没有打开" in answer.text) == (404, True)
        assert fed.ask(f"/display/JZ01/live{query}").status == 404


def test_a_hall_there_is_not(fed: Citizens) -> None:
    for hall in ("QZ01", "x" * 17, "%00", "a'or'1"):
        assert fed.ask(f"/display/{hall}").status == 404
        assert fed.ask(f"/display/{hall}/now").status == 404
        assert fed.ask(f"/display/{hall}/live").status == 404
    assert fed.ask("/display/").status == 404
    assert fed.ask("/display/JZ01", "POST").status == 405


def test_the_browser_is_told_to_run_only_our_own_file(fed: Citizens) -> None:
    for path in ("/display/JZ01", "/display/JZ01/now", "/display/QZ01"):
        policy = dict(part.split(" ", 1) for part in fed.ask(path).headers["content-security-policy"].split("; "))
        style = policy.pop("style-src")
        assert style.startswith("'sha256-")
        assert policy == {
            "default-src": "'none'", "script-src": "'self'", "connect-src": "'self'", "base-uri": "'none'",
            "form-action": "'none'", "frame-ancestors": "'none'",
        }  # fmt: skip
    assert "script-src" not in fed.ask("/t/x").headers["content-security-policy"], "no other page runs anything"
    script = fed.ask(SCRIPT_PATH)
    assert (script.status, script.text) == (200, SCRIPT)
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["x-content-type-options"] == "nosniff"


def test_the_script_makes_no_code_of_words() -> None:
    for word in ("eval", "Function(", "document.write", "http:", "https:", "localStorage"):
        assert word not in SCRIPT


def test_live_news_are_a_stream_that_nobody_keeps_back(fed: Citizens) -> None:
    async def first() -> tuple[dict[str, str], list[bytes]]:
        desk = DisplayDesk(fed.database, fed.clock)
        answer = await desk.live(View("JZ01"))
        events = _events(desk.screens.join(View("JZ01")))
        said = [await anext(events), await anext(events)]
        await events.aclose()
        assert desk.screens.open == 0
        return dict(answer.headers), said

    headers, (retry, event) = asyncio.run(first())
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["x-accel-buffering"] == "no"
    assert retry == b"retry: 2000\n\n"
    assert event.startswith(b"data: {")
    assert event.endswith(b"}\n\n")
    assert event.count(b"\n") == 2
    assert "A001" in json.loads(event[6:])["parts"]["call"]


def test_a_screen_that_is_switched_off_is_let_go(fed: Citizens) -> None:
    desk = DisplayDesk(fed.database, fed.clock)
    app = FastAPI()
    add_display(app, desk)
    app.add_middleware(Guard)

    async def watch_and_go() -> tuple[int, int]:
        gone, told = asyncio.Event(), asyncio.Event()
        asked = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, object]:
            if asked:
                return asked.pop()
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            if b"A001" in message.get("body", b""):
                told.set()

        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "GET",
            "path": "/display/JZ01/live", "raw_path": b"/display/JZ01/live", "query_string": b"", "root_path": "",
            "scheme": "http", "headers": [], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        }  # fmt: skip
        watching = asyncio.ensure_future(app(scope, receive, send))
        await asyncio.wait_for(told.wait(), 20)
        while_open = desk.screens.open
        gone.set()
        await asyncio.wait_for(watching, 20)
        return while_open, desk.screens.open

    assert asyncio.run(watch_and_go()) == (1, 0)


def test_a_full_process_says_so(fed: Citizens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clerk_app.server.citizen.screens.MOST_SCREENS", 0)
    answer = fed.ask("/display/JZ01/live")
    assert (answer.status, answer.headers["retry-after"]) == (503, "10")
    assert fed.ask("/display/JZ01/now").status == 200, "who cannot have the stream may still ask"


def test_a_silent_inside_is_on_the_screen_and_goes_again(fed: Citizens) -> None:
    fed.clock.pass_(seconds=13)
    page = fed.ask("/display/JZ01").text
    assert "号屏暂停更新，请听窗口叫号" in page.partition("<template")[0]
    assert "A001" in page
    assert json.loads(fed.ask("/display/JZ01/now").body)["stale"]
    fed.next(after=3, seq=3)
    assert "号屏暂停更新" not in fed.ask("/display/JZ01").text.partition("<template")[0]


def ticket(state: str, reading: Reading = Reading(), **more) -> Reader:
    row = replace(called(state=state), **more)
    return Reader(ticket_page(Found(row, FED), NOW, reading))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("issuing", ("号票在打印", "拿在手里再离开", "号还在")),
        ("held", ("先到一边办", "办好了到 2号窗口", "不用重新取号")),
        ("not_served", ("当日未办", "不算过号", "总服务台", "下一个工作日")),
        ("void", ("已作废", "重新取号")),
    ],
)
def test_every_state_says_what_to_do(state: str, said: tuple[str, ...]) -> None:
    page = ticket(state)
    for words in (*said, "A001", state_words[state]):
        assert words in page.words
    assert refreshes(page) == (state in ("issuing", "held"))


def test_a_ticket_nobody_called_names_no_window() -> None:
    for state in ("not_served", "void"):
        assert " 在 " not in ticket(state, window=None).words
    assert "办好了到叫您的窗口" in ticket("held", window=None, place="").words


def test_one_led_to_a_window_says_which() -> None:
    page = ticket("waiting", window=None, to_window=4, place="综合受理一，综合区")
    assert "由 4号窗口 叫您，综合受理一，综合区" in page.words


def test_large_letters_stay_through_every_link(fed: Citizens) -> None:
    plain, large, both = (fed.ticket("w", query) for query in ("", "?large=1", "?still=1&large=1"))
    links = [[m["href"] for t, m in Reader(answer.text).marks if t == "a"][:2] for answer in (plain, large, both)]
    assert links == [["?still=1", "?large=1"], ["?still=1&large=1", "?"], ["?large=1", "?still=1"]]
    assert [("html", {"lang": "zh-CN", "class": "large"}) in Reader(a.text).marks for a in (plain, large, both)] == [
        False, True, True,
    ]  # fmt: skip
    assert "大字" in plain.text
    assert "普通字" in large.text
    assert ("a", {"href": "?large=1"}) in ticket("finished").marks, "and on a page that stands still"
