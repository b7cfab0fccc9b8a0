"""打印机页的话 what the page says of each printer and its roll."""

from __future__ import annotations

from clerk_app.office.counter.printers_here import PrinterHere, Roll
from clerk_app.office.events import PrinterState
from clerk_app.ports.devices import DeviceFacts, MakeRow, Nearby, PageQuestion
from ui.language import tr
from ui.receipts.printers_view import LATER, ROLL, TEST, AskView, ListedView, PrinterRow
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

_completions = {
    "process_id": tr("每张打完都回报，编号对得上"),
    "fence": tr("每张打完会应一声"),
    "none": tr("不回报打完：算推定已出，另外记数"),
    "": tr("还没问过，打第一张时问"),
}
_statuses = {"full": tr("缺纸、开盖、故障都会说"), "none": tr("不说自己的情况"), "": tr("还没问过")}
_roms = {
    "gb18030": tr("全部汉字"),
    "gbk": tr("GBK，生僻字画出来"),
    "gb2312": tr("GB2312，少见的字画出来"),
    "ascii": tr("没有汉字，都画出来"),
}


def takes_words(here: PrinterHere) -> str:
    """What it is there for."""
    at = here.at
    kinds = tr("、").join(sorted(at.kinds)) or tr("其他小票")
    windows = tr("、").join(tr("{window}号", window=window) for window in sorted(at.windows))
    return tr("{windows}窗口的{kinds}", windows=windows, kinds=kinds) if windows else kinds


def printer_name(here: PrinterHere) -> str:
    """As people call it: the only one has no name of its own."""
    return tr("小票打印机") if here.at.name == here.at.url else here.at.name


def row_of(here: PrinterHere, state: PrinterState | None) -> PrinterRow:
    """One line of the list."""
    lamp, words = _lamp(state, here.roll)
    if here.waiting:
        words = tr("{words}，{waiting} 张等着", words=words, waiting=here.waiting)
    return PrinterRow(id=here.at.name, name=printer_name(here), takes=takes_words(here), state=words, lamp=lamp)


def _lamp(state: PrinterState | None, roll: Roll) -> tuple[LampKind, str]:
    if state is None:
        return "waiting", tr("还没问")
    if not state.ready:
        return "unknown", tr("要看一眼")
    return ("soon", tr("纸快完了")) if roll.few else ("ok", tr("就绪"))


def facts_of(here: PrinterHere, state: PrinterState | None) -> tuple[tuple[str, str], ...]:
    """Label and words."""
    at, facts = here.at, here.facts
    said = (state.said.rstrip("。") if state is not None else "") or (
        tr("就绪") if state and state.ready else tr("还没问")
    )
    return (
        (tr("现在"), said),
        (tr("地址"), tr("系统打印机，小票做成 80 毫米宽的 PDF") if at.url.startswith("system:") else at.url),
        (tr("管什么"), takes_words(here) + (tr("；坏了由 {backup} 代", backup=at.backup) if at.backup else "")),
        (tr("纸宽"), tr("一行 {columns} 列", columns=facts.columns)),
        (tr("字"), _roms.get(facts.rom, tr("还没问过"))),
        (tr("打完没打完"), _completions.get(facts.completion, tr("还没问过"))),
        (tr("缺纸和故障"), _statuses.get(facts.status, tr("还没问过"))),
        (tr("用纸"), roll_words(here.roll)),
        (tr("测试页"), test_words(facts)),
    )


def roll_words(roll: Roll) -> str:
    """用了多少、还剩多少."""
    used = tr("{used_mm:.1f} 米", used_mm=roll.used_mm / 1000)
    since = (
        tr("{since:%m-%d %H:%M} 换的纸卷，用了 {used}", since=roll.since, used=used)
        if roll.since is not None
        else tr("记得的共用了 {used}", used=used)
    )
    if roll.left_mm is None:
        return since
    return tr(
        "{since}，约剩 {left_mm:.1f} 米{value}",
        since=since,
        left_mm=roll.left_mm / 1000,
        value=tr("，快完了") if roll.few else "",
    )


def test_words(facts: DeviceFacts) -> str:
    """Whether somebody looked at its test page."""
    return tr("看过，答了 {count} 问", count=len(facts.answers)) if facts.answers else tr("还没打过")


def message_of(here: PrinterHere, state: PrinterState | None) -> StripView | None:
    """What is wrong, and where its papers may go."""
    if state is not None and not state.ready:
        rest = tr("{waiting} 张在等，都存着。", waiting=here.waiting) if here.waiting else tr("打印任务都存着。")
        other = tr("急用的在打印任务里换到 {backup} 打。", backup=here.at.backup) if here.at.backup else ""
        return StripView(state.said or tr("没有回话。"), rest + other)
    if here.roll.few:
        return StripView(
            tr("纸快完了。"), tr("{roll_words}。换好纸卷按一下「换了纸卷」。", roll_words=roll_words(here.roll))
        )
    return None


def bar_of(*, asking: bool, known: bool) -> NextStepView:
    """What may be done with this one."""
    if asking:
        return NextStepView(
            tr("拿着测试页，一问一问答。"), tr("答完存成这台的档案。"), seconds=(Act(LATER, tr("以后再答")),)
        )
    step = Act(TEST, tr("打测试页"), Key.NEXT_STEP) if known else None
    return NextStepView(
        tr("打一张测试页看看。"), tr("看字、线、码和切纸，答三问。"), step, (Act(ROLL, tr("换了纸卷"), Key.ADD_ROW),)
    )


def ask_of(questions: tuple[PageQuestion, ...], answered: int) -> AskView | None:
    """The next question."""
    if answered >= len(questions):
        return None
    one = questions[answered]
    return AskView(
        head=tr("测试页，第 {answered} 问，共 {count} 问", answered=answered + 1, count=len(questions)),
        text=one.text,
        answers=one.answers,
    )


def makes_of(makes: tuple[MakeRow, ...]) -> ListedView:
    """机型表."""
    rows = ((one.name, tr("{columns} 列，{rom}", columns=one.columns, rom=one.rom), _note(one)) for one in makes)
    return ListedView(head=tr("认得的机型"), rows=tuple(rows), empty="" if makes else tr("没有机型表。"))


def _note(make: MakeRow) -> str:
    return make.note if make.sure else tr("、").join(part for part in (make.note, tr("没有在真机上核对过")) if part)


def searching_of(words: str) -> ListedView:
    """正在找."""
    return ListedView(head=tr("找打印机"), empty=words)


def found_of(found: tuple[Nearby, ...]) -> ListedView:
    """找到的, for the desk file."""
    rows = tuple((one.url, "", one.words) for one in found)
    empty = "" if rows else tr("附近没有找到网口打印机。看看电源和网线，或按说明书查它的地址。")
    head = tr("找到 {count} 台，地址写进 desk.toml 重开就能用", count=len(rows)) if rows else tr("找完了")
    return ListedView(head=head, rows=rows, empty=empty)
