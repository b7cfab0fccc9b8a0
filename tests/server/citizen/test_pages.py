"""The pages: what a citizen reads, what a browser is told, what is escaped, and colours that can be read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from itertools import product

import pytest

from clerk_app.server.citizen import style
from clerk_app.server.citizen.case_pages import case_page
from clerk_app.server.citizen.form import CitizenRow
from clerk_app.server.citizen.html import Markup, element
from clerk_app.server.citizen.pages import Reading, away_page, missing_page, ticket_page
from clerk_app.server.citizen.rows import Fed, Found
from clerk_app.server.citizen.words import age_words, due_words, state_words, waiting_words
from tests.server.citizen.papers import CARD, NOW, Citizens, a_case, called, waiting

FED = Fed("JZ01", CARD, NOW, NOW)


class Reader(HTMLParser):
    """The words of a page, its tags, and whether every element that was opened is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.tags, self.open = "", [], []
        self.marks: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.marks.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words += data + "\n"


def ticket(row: CitizenRow, ahead: int = 0, silence: float = 0, *, still: bool = False) -> Reader:
    return Reader(ticket_page(Found(row, FED, ahead), NOW + timedelta(seconds=silence), Reading(still=still)))


def case(row: CitizenRow) -> Reader:
    return Reader(case_page(Found(row, FED), NOW))


def refreshes(page: Reader) -> bool:
    return any(marks.get("http-equiv") == "refresh" for tag, marks in page.marks if tag == "meta")


def test_a_waiting_ticket() -> None:
    page = ticket(waiting(), 4)
    for words in (
        "A001",
        "等候",
        "前面 3–5 人在等",
        "10:42:15 的情况",
        "过号当天可以到总服务台重排",
        "0000-88000001",
        "12345",
    ):
        assert words in page.words
    assert refreshes(page)
    assert "没有更新" not in page.words


def test_a_called_ticket_says_where_to_go_and_when() -> None:
    page = ticket(called())
    for words in ("已叫号", "请到 2号窗口", "企业开办专窗", "市场准入区", "10:42:15 叫号"):
        assert words in page.words
    assert "人在等" not in page.words
    title = re.search("<title>(.*?)</title>", ticket_page(Found(called(), FED), NOW))
    assert title
    assert title[1].startswith("A001 已叫号 2号窗口"), "a screen reader hears the change first"


def test_a_ticket_that_is_over_stands_still() -> None:
    for state in ("finished", "passed", "ended"):
        page = ticket(called(state=state))
        assert state_words[state] in page.words
        assert not refreshes(page)
    assert "总服务台重排" in ticket(called(state="passed")).words
    assert "总服务台重排" not in ticket(called(state="finished")).words


def test_the_reader_may_stop_the_refreshing() -> None:
    assert ("a", {"href": "?still=1"}) in ticket(waiting()).marks
    page = ticket(waiting(), still=True)
    assert not refreshes(page)
    assert ("a", {"href": "?"}) in page.marks


@pytest.mark.parametrize(("silence", "said"), [(60, ""), (61, "1 分钟"), (200, "3 分钟"), (7300, "2 小时")])
def test_a_silent_inside_is_said_with_its_age(silence: float, said: str) -> None:
    page = ticket(waiting(), 4, silence)
    assert ("没有更新" in page.words) == bool(said)
    if said:
        assert f"停在 11月20日（星期五）10:42，已有 {said}没有更新" in page.words


def test_a_case_on_its_way() -> None:
    page = case(a_case())
    for words in ("JZ20261120-00417", "已受理", "2026年12月4日（星期五）前", "7K3M-Q9X2", "11月20日（星期五）10:42 起"):
        assert words in page.words
    assert "暂定" not in page.words
    assert "暂定" in case(a_case(provisional=True)).words
    received = case(a_case(state="received", number="", due=None))
    assert "7K3M-Q9X2" in received.words
    assert "受理之后" in received.words
    assert "承诺办结" not in received.words


def test_a_case_that_is_ready_says_where_to_fetch_it() -> None:
    page = case(a_case(state="ready"))
    for words in ("可以领取", "江州市滨湖大道88号，2号窗口（企业开办专窗（一表制），市场准入区）", "身份证件"):
        assert words in page.words
    assert "承诺办结" not in page.words


def test_no_page_tells_the_outcome() -> None:
    tickets = ("issuing", "waiting", "called", "serving", "held", "finished", "passed", "not_served")
    for state in state_words:
        page = ticket(called(state=state)) if state in tickets else case(a_case(state=state))
        assert state_words[state] in page.words
        assert not re.search("准予|不予|批准|驳回", page.words)


def test_the_friendly_pages() -> None:
    missing = Reader(missing_page((FED,)))
    for words in ("没有查到", "再扫一次", "总服务台", "0000-88000001"):
        assert words in missing.words
    assert "总服务台" in Reader(missing_page(())).words
    assert "现在查不了" in Reader(away_page()).words


def test_unknown_and_malformed_tokens_get_the_same_page(public: Citizens) -> None:
    public.whole(waiting(), a_case(), seq=1)
    right = public.ask("/t/aaaaaaaaaaaaaaaaaaaaaaaaaa")
    assert (right.status, "没有查到" in right.text) == (404, True)
    for path in ("/t/x", "/t/" + "A" * 26, "/t/%00", "/t/" + "a" * 5000, "/c/aaaaaaaaaaaaaaaaaaaaaaaaaa", "/t/a'or'1"):
        answer = public.ask(path)
        assert (answer.status, answer.text) == (404, right.text)
    for path in ("/", "/docs", "/openapi.json", "/t/", "/t/a/b"):
        assert public.ask(path).status == 404
    ticket_at_the_case_door = public.ask("/c/" + public_token())
    assert ticket_at_the_case_door.status == 404


def public_token() -> str:
    from clerk_app.queueing.citizen_token import ticket_token

    return ticket_token("t1")


def test_every_answer_tells_the_browser_to_keep_nothing_and_load_nothing(public: Citizens) -> None:
    public.whole(waiting(), seq=1)
    for answer in (public.ticket(), public.ticket("none"), public.ask("/health"), public.ask("/x"), public.send(b"x")):
        headers = answer.headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in headers["content-security-policy"]


def test_nothing_comes_from_elsewhere_and_nothing_runs() -> None:
    for page in (ticket(waiting()), case(a_case()), Reader(missing_page((FED,)))):
        assert not {"script", "link", "img", "iframe", "form", "input", "object"} & set(page.tags)
        for tag, marks in page.marks:
            assert not {name for name in marks if name.startswith("on") or name in ("src", "style")}, tag
            assert (marks.get("href") or "?").startswith(("?", "tel:"))
    assert "@import" not in style.SHEET
    assert "url(" not in style.SHEET


def test_whatever_a_hall_is_called_it_is_text() -> None:
    evil = "</title><script>alert(1)</script>\"' onload=x"
    card = replace(CARD, name=evil, phone=evil, address=evil)
    found = Found(called(number=evil[:8], place=evil), Fed("JZ01", card, NOW, NOW))
    page = Reader(ticket_page(found, NOW))
    assert "script" not in page.tags
    assert evil in page.words
    assert Reader(element("p", "<b>", Markup("<br>"), title='"').text).marks == [("p", {"title": '"'}), ("br", {})]


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (-1, "前面没有人在等"), (0, "前面没有人在等"), (1, "前面 1–2 人在等"), (3, "前面 3–5 人在等"), (5, "前面 3–5 人在等"),
        (6, "前面 6–10 人在等"), (20, "前面 11–20 人在等"), (50, "前面 21–50 人在等"), (51, "前面 50 人以上在等"),
    ],
)  # fmt: skip
def test_the_range_holds_the_true_number(ahead: int, words: str) -> None:
    assert waiting_words(ahead) == words


def test_ages_and_days() -> None:
    assert [age_words(s) for s in (1, 119, 3599, 3600, 48 * 3600)] == ["1 分钟", "1 分钟", "59 分钟", "1 小时", "2 天"]
    assert due_words(a_case().due, provisional=True) == "2026年12月4日（星期五）前（暂定：放假安排还没发）"


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_count_of_contrast_is_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("tokens", "pair"), list(product(("LIGHT", "DARK"), style.PAIRS)))
def test_every_pair_of_colours_can_be_read(tokens: str, pair: tuple[str, str]) -> None:
    colours = getattr(style, tokens)
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 4.5
