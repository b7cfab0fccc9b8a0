"""号屏页 a hall's screen as a whole page that is right without script, and its parts, which a script puts in as they change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from clerk_app.receipts.words import day_words
from clerk_app.server.citizen.board import LAST, SILENT, Board, Call, LineCount, shortened
from clerk_app.server.citizen.display_style import DISPLAY_SHEET
from clerk_app.server.citizen.form import LineRow
from clerk_app.server.citizen.html import Markup, element, plain
from clerk_app.server.citizen.words import clock_words

SCRIPT = (Path(__file__).parent / "display.js").read_text("utf-8")
SCRIPT_PATH = "/display.js"
VERSION = hashlib.sha256((DISPLAY_SHEET + SCRIPT).encode()).hexdigest()[:12]
"""A screen that has been on the wall since before an upgrade loads itself anew."""
REFRESH = 10
"""Seconds until a page whose browser runs no script asks again."""
NEW = timedelta(seconds=REFRESH)

_stopped = "号屏暂停更新，请听窗口叫号"
_lattice = (
    '<svg class="lattice" aria-hidden="true" focusable="false"><defs><pattern id="p" width="96" height="96" '
    'patternUnits="userSpaceOnUse"><path d="M24 24h48v48H24zM38 38h20v20H38zM48 0v24M48 72v24M0 48h24M72 48h24"/>'
    '</pattern></defs><rect width="100%" height="100%" fill="url(#p)" stroke="none"/></svg>'
)


@dataclass(frozen=True)
class Frame:
    """一帧 what a screen shows at a moment, by part; `call` is another one whenever somebody is called."""

    parts: dict[str, str]
    call: str
    now: int
    stale: bool

    def since(self, before: Frame | None) -> bytes:
        """What is another one than before, as the script reads it."""
        old = before.parts if before else {}
        parts = {name: html for name, html in self.parts.items() if old.get(name) != html}
        said = {"version": VERSION, "now": self.now, "call": self.call, "stale": self.stale, "parts": parts}
        return msgspec.json.encode(said)


def frame_of(board: Board) -> Frame:
    """Every part of it, rendered."""
    newest = board.newest if board.stage == "calling" else None
    parts = {
        "day": plain(_day(board.now)).text,
        "pause": _pause(board).text,
        "call": _call_pane(board).text,
        "list": _list(board).text,
        "lines": _lines(board).text,
        "fresh": _fresh(board).text,
        "news": plain(_news(board)).text,
    }
    return Frame(parts, newest.key if newest else "", _millis(board.now), board.silent)


def display_page(board: Board) -> str:
    """号屏 the whole page."""
    frame = frame_of(board)
    parts = {name: Markup(html) for name, html in frame.parts.items()}
    main = element(
        "main",
        element("div", parts["pause"], id="pause", aria_live="polite"),
        _pane(board, parts["call"]),
        _called(parts["list"]),
        element("section", parts["lines"], id="lines", class_="lines"),
        element("p", parts["news"], id="news", class_="sr", role="status", aria_live="polite"),
        element("template", _still(""), id="cut"),
        **_for_the_script(board, frame),
    )
    foot = element("footer", element("p", board.fed.card.passed_rule), element("p", parts["fresh"], id="fresh"))
    body = element("body", _top(board, parts["day"]), main, foot, **({"class_": "stale"} if frame.stale else {}))
    return "<!doctype html>" + element("html", _head(board.fed.card.name), body, lang="zh-CN").text


def _for_the_script(board: Board, frame: Frame) -> dict[str, str]:
    return {
        "id": "board",
        "data_news": f"/display/{board.view.hall}",
        "data_version": VERSION,
        "data_now": str(frame.now),
        "data_call": frame.call,
        "data_silent": str(int(SILENT * 1000)),
    }


def _called(calls: Markup) -> Markup:
    heads = (element("h2", "刚才叫过"), element("span", "窗口"), element("span", "时间", class_="at"))
    return element(
        "section", element("div", *heads, class_="heads"), element("ol", calls, id="list", role="list"), class_="list"
    )


def wrong_view_page(board: Board) -> str:
    """没有这个区 whoever hangs the screen up reads what there is."""
    lines = board.fed.today.lines if board.fed.today else ()
    zones = dict.fromkeys(zone for line in lines for zone in line.zones)
    body = [
        element("h1", f"没有“{'、'.join(board.view.unknown(board.fed.today))}”"),
        element("p", "号屏没有打开。地址里的 zone 写大厅的区，letters 写号票的字母，逗号隔开；都不写就是全大厅。"),
        element("p", f"有的区：{'、'.join(zones) or '还没有喂来'}。"),
        element("p", f"有的字母：{'、'.join(f'{line.letter} {line.name}' for line in lines) or '还没有喂来'}。"),
    ]
    main = element("body", element("main", *body))
    return "<!doctype html>" + element("html", _head(board.fed.card.name), main, lang="zh-CN").text


def _head(name: str) -> Markup:
    again = element("meta", http_equiv="refresh", content=str(REFRESH))
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex, nofollow"),
        element("meta", name="format-detection", content="telephone=no"),
        element("title", f"叫号 · {name}"),
        element("noscript", again),
        Markup(f"<style>{DISPLAY_SHEET}</style>"),
        element("script", src=f"{SCRIPT_PATH}?{VERSION}", defer=""),
    )


def _top(board: Board, day: Markup) -> Markup:
    view = board.view
    names = {count.line.letter: count.line.name for count in board.lines}
    where = "、".join((*view.zones, *(f"{letter} {names.get(letter, '')}".strip() for letter in view.letters)))
    clock = element("span", f"{board.now:%H:%M}", id="clock", class_="clock")
    return element(
        "header",
        element("h1", board.fed.card.name, element("span", "叫号", class_="sr")),
        element("p", where, class_="where") if where else None,
        element("p", element("span", day, id="day"), clock, class_="when"),
        class_="top",
    )


def _day(now: datetime) -> str:
    return day_words(now.date()).replace("（", " ").replace("）", "")


def _millis(now: datetime) -> int:
    """The hall's clock face as if it were UTC: the script reads the time off it without knowing a zone."""
    return int((now.replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds() * 1000)  # noqa: DTZ001


def _pane(board: Board, call: Markup) -> Markup:
    newest = board.newest if board.stage == "calling" else None
    fresh = newest is not None and not board.silent and board.now - newest.at < NEW
    inside = element("div", call, id="call", **({"class_": "new flash"} if fresh else {}))
    return element("section", inside, Markup(_lattice), class_="pane")


def _call_pane(board: Board) -> Markup:
    newest = board.newest
    if board.stage != "calling" or newest is None:
        first, second = stage_words(board)
        return _joined(element("h2", "叫号"), _line(first, "say"), _line(second, "say") if second else None)
    long = len(newest.number)
    size = "number" if long <= 5 else "number six" if long == 6 else "number eight"
    place = None
    if newest.window is not None:
        window = element("span", str(newest.window), class_="window")
        place = element("p", element("span", "号到"), window, element("span", "号窗口"), class_="go")
    again = f"第 {newest.calls} 次呼叫" if newest.calls else ""
    passed = "过号" if newest.state == "passed" else ""
    more = [element("span", words) for words in (newest.flag, newest.place, again, passed) if words]
    return _joined(
        element("h2", "现在请" if newest.state == "called" else "刚才叫过"),
        _line(newest.number, size),
        place,
        element("p", *more, class_="more") if more else None,
    )


def stage_words(board: Board) -> tuple[str, str]:
    """What stands in the place of a call when there is none."""
    today = board.today
    again = (
        f"{day_words(today.next_opens.date())}{_opening(today.next_opens)} 开始" if today and today.next_opens else ""
    )
    if board.stage == "rest":
        return "今天不办公", again
    if board.stage == "over":
        return "今天叫号结束了", again
    if board.stage == "not_open" and today and today.opens:
        return "今天还没开始叫号", f"{_opening(today.opens)} 开始"
    return "今天还没有叫过号", "叫到了显示在这里"


def _opening(moment: datetime) -> str:
    return f"{moment.hour}:{moment:%M}"


def _list(board: Board) -> Markup:
    if not board.calls:
        return element("li", "叫过的号列在这里。", class_="none")
    newest = board.newest if board.stage == "calling" else None
    return _joined(*(_row(call, newest=call is newest) for call in board.calls[:LAST]))


def _row(call: Call, *, newest: bool) -> Markup:
    number = element(
        "span",
        element("span", call.number, class_="serif"),
        _tag(call),
        element("span", "，最新", class_="sr") if newest else None,
        class_="who",
    )
    where = element("span", class_="to")
    if call.window is not None:
        where = element(
            "span", element("b", str(call.window)), " 号", element("span", "窗口", class_="sr"), class_="to"
        )
    at = element("span", f"{call.at:%H:%M}", class_="at")
    return element("li", number, where, at, **({"class_": "newest"} if newest else {}))


def _tag(call: Call) -> Markup | None:
    if call.state == "passed":
        return element("span", "过号", class_="tag over")
    return element("span", call.flag, class_="tag") if call.flag else None


def _lines(board: Board) -> Markup:
    shown, others = shortened(board.lines)
    items = [_waiting(count) for count in shown]
    if others:
        rest = sum(count.waiting for count in others)
        items.append(element("li", element("span", f"其他 {len(others)} 类"), element("b", f"{rest} 人")))
    stopped = [count.line for count in board.lines if count.line.stopped]
    return _joined(
        element("h2", "等候"),
        element("ul", *items) if items else _line("还没有各类号的情况。"),
        _line(f"止号：{'；'.join(_stop_words(line) for line in stopped)}。已取的号照叫。", "stop") if stopped else None,
    )


def _waiting(count: LineCount) -> Markup:
    return element("li", element("span", f"{count.line.letter} {count.line.name}"), element("b", f"{count.waiting} 人"))


def _stop_words(line: LineRow) -> str:
    return f"{line.name}停止取号" + (f"，{line.goes_on} 起再取" if line.goes_on else "，何时再取请看取号机")


def _fresh(board: Board) -> Markup:
    at = clock_words(board.fed.made_at)
    lamp = element("span", "⊘" if board.silent else "●", class_="lamp", aria_hidden="true")
    return element(
        "span", lamp, f"{at} 起没更新" if board.silent else f"{at} 更新", class_="old" if board.silent else "fresh"
    )


def _pause(board: Board) -> Markup:
    return _still(clock_words(board.fed.made_at)) if board.silent else Markup("")


def _still(since: str) -> Markup:
    told = element("span", element("time", since), " 起没有更新，下面是那时的情况。")
    return element("div", element("b", _stopped), told, class_="pause")


def _news(board: Board) -> str:
    """What is read out when it changes."""
    newest = board.newest
    if board.stage != "calling" or newest is None:
        return "，".join(filter(None, stage_words(board)))
    again = f"，第 {newest.calls} 次呼叫" if newest.calls > 1 else ""
    where = f"到 {newest.window} 号窗口" if newest.window is not None else ""
    return f"请 {newest.number} 号{where}{again}"


def _line(words: str, kind: str = "") -> Markup:
    return element("p", words, **({"class_": kind} if kind else {}))


def _joined(*parts: Markup | None) -> Markup:
    return Markup("".join(part.text for part in parts if part is not None))
