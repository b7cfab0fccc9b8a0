"""查询页 a ticket, or that there is nothing of the kind, and the frame around every page: whole pages of plain HTML without script, one column, large letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.server.citizen.form import HallCard
from clerk_app.server.citizen.html import Markup, element, plain
from clerk_app.server.citizen.rows import Fed, Found
from clerk_app.server.citizen.style import SHEET
from clerk_app.server.citizen.waits import Wait
from clerk_app.server.citizen.words import (
    age_words,
    clock_words,
    since_words,
    state_words,
    wait_words,
    waiting_words,
    window_words,
)

REFRESH = 15
"""Seconds until a ticket's page asks again."""
SILENT = 60.0
"""Seconds without word from the inside after which a page says how old it is."""

_moving = ("issuing", "waiting", "called", "serving", "held")
_what_to_do = {
    "issuing": ("还没拿到号票", "等纸号票打出来，拿在手里再离开。没打出来，到总服务台说一声，号还在。"),
    "held": ("办好以后", "拿着号票直接到上面写的窗口，不用重新取号。"),
    "not_served": (
        "怎么办",
        "到下班还没有办，不算过号。拿着这张号票到总服务台，问当天接着办还是换下一个工作日的号。",
    ),
    "void": ("怎么办", "这张号票不能再用。要办事请重新取号；不清楚为什么，拿着号票到总服务台问。"),
}
_number = re.compile(r"\+?[0-9][0-9-]{2,19}")
_long = 6
"""More signs than this do not fit into one line of the largest letters."""


@dataclass(frozen=True)
class Reading:
    """看法 how the reader wants the page: still, in large letters (大字)."""

    still: bool = False
    large: bool = False

    @property
    def address(self) -> str:
        """The same page so."""
        asked = [f"{name}=1" for name in ("still", "large") if getattr(self, name)]
        return "?" + "&".join(asked)


def ticket_page(found: Found, now: datetime, reading: Reading = Reading(), wait: Wait | None = None) -> str:
    """号票 one ticket; it asks again by itself unless the reader wants it still."""
    row, moving = found.row, found.row.state in _moving
    body = [
        heading(row.number, found.fed.card),
        age(found.fed, now),
        _ticket_state(found, wait),
        panel(*_what_to_do[row.state]) if row.state in _what_to_do else None,
        panel("过号怎么办", found.fed.card.passed_rule) if moving or row.state == "passed" else None,
        _reading(reading, moving=moving),
    ]
    title = f"{row.number} {state_words[row.state]} {window_words(row)}".strip()
    return whole_page(title, body, found.fed.card, refresh=moving and not reading.still, large=reading.large)


def _ticket_state(found: Found, wait: Wait | None) -> Markup:
    row = found.row
    lines: list[Markup | None] = [line(state_words[row.state], "state")]
    if row.state == "waiting":
        lines += [
            line(waiting_words(found.ahead), "wait"),
            line(wait_words(wait), "wait") if wait else None,
            line(f"由 {row.to_window}号窗口 叫您，{row.place}") if row.to_window is not None else None,
            line(f"{clock_words(found.fed.made_at)} 的情况。请留意叫号屏。", "quiet"),
        ]
    elif row.state in ("called", "serving"):
        lines += [
            line(f"请到 {window_words(row)}" if row.state == "called" else window_words(row), "window"),
            line(row.place, "quiet") if row.place else None,
            line(f"{clock_words(row.since)} {'叫号' if row.state == 'called' else '开始办理'}", "quiet"),
        ]
    elif row.state == "held":
        lines += [
            line("办好了到" + (f" {window_words(row)}" if row.window is not None else "叫您的窗口"), "window"),
            line(row.place, "quiet") if row.place else None,
        ]
    else:
        where = f" 在 {window_words(row)}" if row.window is not None else ""
        lines.append(line(f"{since_words(row.since)}{where}", "quiet"))
    return element("section", *lines, class_="panel")


def missing_page(halls: tuple[Fed, ...]) -> str:
    """查不到 what that may mean and what to do."""
    card = halls[0].card if len(halls) == 1 else None
    over = f"办件办完 {card.case_days} 天后不再显示" if card else "办完一段时间的办件不再显示"
    body: list[Markup | None] = [
        element("h1", "没有查到", class_="long"),
        panel("可能是", f"号票只在当天查得到；刚取的号要等几秒；{over}；也可能地址没有扫全。"),
        panel("怎么办", "对着纸再扫一次。还是没有，拿着号票或受理回执到大厅总服务台问。"),
    ]
    return whole_page("没有查到", body, card)


def too_often_page() -> str:
    """查得太密 too many addresses that lead nowhere from one place."""
    body = [element("h1", "查得太密", class_="long"), panel("怎么办", "没有查。过一分钟，对着纸再扫一次。")]
    return whole_page("查得太密", body, None)


def away_page() -> str:
    """暂时查不了."""
    body = [
        element("h1", "现在查不了", class_="long"),
        panel("怎么办", "过一会儿再扫一次。排队以大厅屏和叫号为准，您的号和办件都在，不受影响。"),
    ]
    return whole_page("现在查不了", body, None)


def heading(number: str, card: HallCard) -> Markup:
    """The hall and the number: what stands on the citizen's own paper."""
    size = {"class_": "long"} if len(number) > _long else {}
    return element("header", line(card.name, "hall"), element("h1", number, **size))


def age(fed: Fed, now: datetime) -> Markup | None:
    """How old it all is, when the inside has been silent."""
    silence = fed.silence(now)
    if silence <= SILENT:
        return None
    words = f"这里的情况停在 {since_words(fed.made_at)}，已有 {age_words(silence)}没有更新。以大厅屏和叫号为准。"
    return line(words, "warn")


def size_link(reading: Reading) -> Markup:
    """大字, or back."""
    other = replace(reading, large=not reading.large)
    return element("a", "大字" if other.large else "普通字", href=other.address)


def _reading(reading: Reading, *, moving: bool) -> Markup:
    size = size_link(reading)
    if not moving:
        return element("p", size, class_="quiet links")
    turned = replace(reading, still=not reading.still)
    words = "已停止自动刷新。" if reading.still else f"每 {REFRESH} 秒自动刷新。"
    stop = element("a", "看最新情况" if reading.still else "停止刷新", href=turned.address)
    return element("p", words, stop, size, class_="quiet links")


def panel(heading: str, words: str) -> Markup:
    """A heading and a paragraph in a box."""
    return element("section", element("h2", heading), line(words))


def line(words: str, kind: str = "") -> Markup:
    """A paragraph."""
    return element("p", words, **({"class_": kind} if kind else {}))


def _called(number: str) -> Markup:
    return element("a", number, href=f"tel:{number}") if _number.fullmatch(number) else plain(number)


def _footer(card: HallCard, promise: str, complaint: str = "") -> Markup:
    return element(
        "footer",
        element("p", "大厅电话 ", element("a", card.phone, href=f"tel:{card.phone}")),
        element("p", "咨询、投诉 ", element("a", card.hotline, href=f"tel:{card.hotline}")),
        element("p", "监督投诉 ", _called(complaint)) if complaint and complaint != card.hotline else None,
        line(card.address),
        line(f"工作日 {card.hours}"),
        line(promise),
    )


def whole_page(
    title: str,
    body: Sequence[Markup | None],
    card: HallCard | None,
    *,
    refresh: bool = False,
    large: bool = False,
    complaint: str = "",
    promise: str = "本页只显示号码和进度，没有个人信息。",
) -> str:
    """The page around what it says."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex, nofollow"),
        element("meta", name="format-detection", content="telephone=no"),
        element("meta", http_equiv="refresh", content=str(REFRESH)) if refresh else None,
        element("title", f"{title} · {card.name}" if card else title),
        Markup(f"<style>{SHEET}</style>"),
    )
    look = {"class_": "large"} if large else {}
    inside = element("body", element("main", *body), _footer(card, promise, complaint) if card else None)
    return "<!doctype html>" + element("html", head, inside, lang="zh-CN", **look).text
