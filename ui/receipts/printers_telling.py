"""打印机页的话 what the page says of each printer and its roll."""

from __future__ import annotations

from clerk_app.office.counter.printers_here import PrinterHere, Roll
from clerk_app.office.events import PrinterState
from clerk_app.ports.devices import DeviceFacts, MakeRow, Nearby, PageQuestion
from ui.receipts.printers_view import LATER, ROLL, TEST, AskView, ListedView, PrinterRow
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

_completions = {
    "process_id": "每张打完都回报，编号对得上",
    "fence": "每张打完会应一声",
    "none": "不回报打完：算推定已出，另外记数",
    "": "还没问过，打第一张时问",
}
_statuses = {"full": "缺纸、开盖、故障都会说", "none": "不说自己的情况", "": "还没问过"}
_roms = {
    "gb18030": "全部汉字",
    "gbk": "GBK，生僻字画出来",
    "gb2312": "GB2312，少见的字画出来",
    "ascii": "没有汉字，都画出来",
}


def takes_words(here: PrinterHere) -> str:
    """What it is there for."""
    at = here.at
    kinds = "、".join(sorted(at.kinds)) or "其他小票"
    windows = "、".join(f"{window}号" for window in sorted(at.windows))
    return f"{windows}窗口的{kinds}" if windows else kinds


def printer_name(here: PrinterHere) -> str:
    """As people call it: the only one has no name of its own."""
    return "小票打印机" if here.at.name == here.at.url else here.at.name


def row_of(here: PrinterHere, state: PrinterState | None) -> PrinterRow:
    """One line of the list."""
    lamp, words = _lamp(state, here.roll)
    if here.waiting:
        words = f"{words}，{here.waiting} 张等着"
    return PrinterRow(id=here.at.name, name=printer_name(here), takes=takes_words(here), state=words, lamp=lamp)


def _lamp(state: PrinterState | None, roll: Roll) -> tuple[LampKind, str]:
    if state is None:
        return "waiting", "还没问"
    if not state.ready:
        return "unknown", "要看一眼"
    return ("soon", "纸快完了") if roll.few else ("ok", "就绪")


def facts_of(here: PrinterHere, state: PrinterState | None) -> tuple[tuple[str, str], ...]:
    """Label and words."""
    at, facts = here.at, here.facts
    said = (state.said.rstrip("。") if state is not None else "") or ("就绪" if state and state.ready else "还没问")
    return (
        ("现在", said),
        ("地址", "系统打印机，小票做成 80 毫米宽的 PDF" if at.url.startswith("system:") else at.url),
        ("管什么", takes_words(here) + (f"；坏了由 {at.backup} 代" if at.backup else "")),
        ("纸宽", f"一行 {facts.columns} 列"),
        ("字", _roms.get(facts.rom, "还没问过")),
        ("打完没打完", _completions.get(facts.completion, "还没问过")),
        ("缺纸和故障", _statuses.get(facts.status, "还没问过")),
        ("用纸", roll_words(here.roll)),
        ("测试页", test_words(facts)),
    )


def roll_words(roll: Roll) -> str:
    """用了多少、还剩多少."""
    used = f"{roll.used_mm / 1000:.1f} 米"
    since = f"{roll.since:%m-%d %H:%M} 换的纸卷，用了 {used}" if roll.since is not None else f"记得的共用了 {used}"
    if roll.left_mm is None:
        return since
    return f"{since}，约剩 {roll.left_mm / 1000:.1f} 米{'，快完了' if roll.few else ''}"


def test_words(facts: DeviceFacts) -> str:
    """Whether somebody looked at its test page."""
    return f"看过，答了 {len(facts.answers)} 问" if facts.answers else "还没打过"


def message_of(here: PrinterHere, state: PrinterState | None) -> StripView | None:
    """What is wrong, and where its papers may go."""
    if state is not None and not state.ready:
        rest = f"{here.waiting} 张在等，都存着。" if here.waiting else "打印任务都存着。"
        other = f"急用的在打印任务里换到 {here.at.backup} 打。" if here.at.backup else ""
        return StripView(state.said or "没有回话。", rest + other)
    if here.roll.few:
        return StripView("纸快完了。", f"{roll_words(here.roll)}。换好纸卷按一下「换了纸卷」。")
    return None


def bar_of(*, asking: bool, known: bool) -> NextStepView:
    """What may be done with this one."""
    if asking:
        return NextStepView("拿着测试页，一问一问答。", "答完存成这台的档案。", seconds=(Act(LATER, "以后再答"),))
    step = Act(TEST, "打测试页", Key.NEXT_STEP) if known else None
    return NextStepView(
        "打一张测试页看看。", "看字、线、码和切纸，答三问。", step, (Act(ROLL, "换了纸卷", Key.ADD_ROW),)
    )


def ask_of(questions: tuple[PageQuestion, ...], answered: int) -> AskView | None:
    """The next question."""
    if answered >= len(questions):
        return None
    one = questions[answered]
    return AskView(head=f"测试页，第 {answered + 1} 问，共 {len(questions)} 问", text=one.text, answers=one.answers)


def makes_of(makes: tuple[MakeRow, ...]) -> ListedView:
    """机型表."""
    rows = ((one.name, f"{one.columns} 列，{one.rom}", _note(one)) for one in makes)
    return ListedView(head="认得的机型", rows=tuple(rows), empty="" if makes else "没有机型表。")


def _note(make: MakeRow) -> str:
    return make.note if make.sure else "、".join(part for part in (make.note, "没有在真机上核对过") if part)


def searching_of(words: str) -> ListedView:
    """正在找."""
    return ListedView(head="找打印机", empty=words)


def found_of(found: tuple[Nearby, ...]) -> ListedView:
    """找到的, for the desk file."""
    rows = tuple((one.url, "", one.words) for one in found)
    empty = "" if rows else "附近没有找到网口打印机。看看电源和网线，或按说明书查它的地址。"
    head = f"找到 {len(rows)} 台，地址写进 desk.toml 重开就能用" if rows else "找完了"
    return ListedView(head=head, rows=rows, empty=empty)
