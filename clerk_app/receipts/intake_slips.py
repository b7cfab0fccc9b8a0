"""收件前后的票 what the citizen carries away before acceptance: everything that lacks at once, what was taken in, what was answered."""

from __future__ import annotations

from datetime import date, datetime

from clerk_app.cases.catalogue import Item, form_words
from clerk_app.cases.life import Gap, OneTimeNotice
from clerk_app.cases.model import BroughtAs, Case, brought_words
from clerk_app.command import case_subject
from clerk_app.receipts.slip import Block, Feed, Pair, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.words import full_day, moment_words

ONE_TIME, RECEIVED, COMPLETED, ADVICE = "一次性告知单", "收件凭证", "补正收件凭证", "咨询告知单"
INTAKE_SLIPS = frozenset({ONE_TIME, RECEIVED, COMPLETED, ADVICE})


def notice_slip(case: Case, item: Item, clerk: str, head: Letterhead) -> Slip:
    """一次性告知单 of a case that was told what lacks, or whose papers were not taken; raises ValueError otherwise."""
    if case.life.notices:
        notice = case.life.notices[-1]
        return _gaps_slip(case, notice.gaps, _coming_back(notice, item), clerk, head, len(case.life.notices))
    ending = case.life.ending
    if ending is None or ending.how != "advised":
        raise ValueError("一次性告知单要在告知之后才有")
    taken = "材料这次没有收，都还给您了。" if ending.advice == "papers_not_taken" else "这次只是问，没有收材料。"
    back: list[Block] = [Pair("说明", ending.reason), Text(taken), Text("补齐后到大厅重新取号。")]
    return _gaps_slip(case, ending.gaps, back, clerk, head, 1)


def _gaps_slip(case: Case, gaps: tuple[Gap, ...], back: list[Block], clerk: str, head: Letterhead, nth: int) -> Slip:
    lines = tuple(Text(f"{n}. {gap.what}{f'：{gap.wanted}' if gap.wanted else ''}") for n, gap in enumerate(gaps, 1))
    blocks: list[Block] = [
        *_top(case, ONE_TIME, head),
        Pair("告知时间", moment_words(case.life.notices[-1].at if case.life.notices else _ended(case))),
        Rule(),
        Text(f"要补的一共 {len(gaps)} 样，都在这里", bold=True),
        *lines,
        Rule(),
        *back,
        *_bottom(case, clerk, head),
        Feed(),
        Text("申请人签字：　　　　　　　日期："),
    ]
    return _slip(ONE_TIME, case, nth, blocks, head)


def _ended(case: Case) -> datetime:
    return case.life.ending.at if case.life.ending else case.received_at


def _coming_back(notice: OneTimeNotice, item: Item) -> list[Block]:
    by = f"{full_day(notice.bring_by)}前" if notice.bring_by else "没有定日子，早补早办"
    late = "逾期不补，视为撤回申请。" if item.correction_rule.lapses else "到期没补齐，这件先留着，可以接着补。"
    blocks: list[Block] = [
        Pair("什么时候", by, bold=True),
        Pair("送到哪里", notice.where or f"{notice.window}号窗口"),
        Pair("要不要取号", "再来时重新取号" if notice.requeue else "不用重新取号，直接到窗口"),
        Text("补的内容只限上面写的，窗口不再要别的。"),
    ]
    if notice.bring_by:
        blocks.append(Text(late))
    if item.correction_rule.return_all:
        blocks.append(Text("这次带来的材料全部退还给您，再来时一起带来。", bold=True))
    return blocks


def received_slip(case: Case, clerk: str, answer_by: date | None, head: Letterhead) -> Slip:
    """收件凭证 what was taken in and by when it is answered; after a correction it says so."""
    completed = case.life.completed_on is not None
    title = COMPLETED if completed else RECEIVED
    taken = [m for m in case.materials if m.brought_at]
    blocks: list[Block] = [*_top(case, title, head), Pair("收件时间", moment_words(case.received_at))]
    if case.late_entry is not None:
        blocks.append(Pair("补录", f"{moment_words(case.late_entry.at)}录入，{case.late_entry.reason}"))
    if completed and case.life.completed_on:
        blocks.append(Pair("补齐日期", full_day(case.life.completed_on), bold=True))
    if answer_by is not None and not completed:
        blocks.append(Pair("答复期限", f"{full_day(answer_by)}前告知是否受理", bold=True))
    blocks += [Rule(), Text(f"收到的材料 {len(taken)} 样", bold=True)]
    blocks += [Text(f"{n}. {m.name}{_how(m.brought_as)}") for n, m in enumerate(taken, 1)]
    if case.missing:
        blocks += [Text("还没交的", bold=True), *(Text(f"· {name}") for name in case.missing)]
    blocks += [Text(f"容缺：{m.name}，{full_day(m.tolerated_until)}前补") for m in case.materials if m.tolerated_until]
    blocks += _bottom(case, clerk, head)
    return _slip(title, case, len(case.life.notices), blocks, head)


def _how(brought_as: BroughtAs) -> str:
    word = brought_words[brought_as]
    return f"（{word}）" if word else ""


def advice_slip(case: Case, item: Item, clerk: str, head: Letterhead) -> Slip:
    """咨询告知单 what was asked and answered, and what the item needs; no paper was taken in. Raises ValueError before that."""
    ending = case.life.ending
    if ending is None or ending.how != "advised":
        raise ValueError("咨询告知单要在告知之后才有")
    blocks: list[Block] = [
        *_top(case, ADVICE, head),
        Pair("告知时间", moment_words(ending.at)),
        Pair("说了什么", ending.reason),
        Rule(),
        Text("办这件要带的", bold=True),
        *(
            Text(f"{n}. {m.name}（{form_words.get(m.form, m.form)}{'' if m.essential else '，次要材料'}）")
            for n, m in enumerate(item.materials, 1)
        ),
        *_bottom(case, clerk, head),
    ]
    return _slip(ADVICE, case, 1, blocks, head)


def _top(case: Case, title: str, head: Letterhead) -> list[Block]:
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text(title, size=2, bold=True, align="center"),
        Rule(),
    ]
    if case.state != "advised":
        blocks.append(Pair("查询码", case.query_code, bold=True))
    return [*blocks, Pair("事项", case.item_name), Pair("申请人", case.applicant.masked_name)]


def _bottom(case: Case, clerk: str, head: Letterhead) -> list[Block]:
    blocks: list[Block] = [Rule(), Pair("窗口", f"{case.window}号窗口　{clerk}"), Pair("电话", head.hotline)]
    if case.state != "advised":
        blocks.append(head.case_code(case, "进度"))
    return [*blocks, Text(head.address, align="center")]


def _slip(title: str, case: Case, nth: int, blocks: list[Block], head: Letterhead) -> Slip:
    number = f"{case.query_code}-{nth}"
    return Slip(title, number, tuple(blocks), training=head.training, subject=case_subject(case.id))
