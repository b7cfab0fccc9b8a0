"""批量怎么说 the pages of a batch, how far the reading and the sealing have come, and what came of each."""

from __future__ import annotations

from dataclasses import replace

from clerk_app.duty.training import training_pin
from clerk_app.hall import Hall
from ui.language import tr
from ui.sealing.batch_state import BatchState
from ui.sealing.moment import Moment
from ui.sealing.several_view import BatchView
from ui.sealing.telling import ring_of
from ui.sealing.telling_seal import prints, short
from ui.sealing.view import NO_SHEET, SealingView, SheetView, WaitingRow


def tell_batch(view: SealingView, state: BatchState, png: bytes, hall: Hall, moment: Moment) -> SealingView:
    """The same page, with the batch on it."""
    front = state.front
    title = tr("这一批 {count} 件", count=len(state.batch.pages) or len(state.cases))
    return replace(
        view,
        title=title,
        note=tr("→ 下一页，← 上一页，X 抽出") if state.phase == "reading" else "",
        rows=_rows(state),
        links=(),
        batch_words="",
        chosen=front.case.id if front else "",
        strip=None,
        sheet=_sheet(state, png),
        side="batch",
        papers=tr("看附件") if state.phase == "reading" and front else "",
        batch=_pane(state, hall, moment),
    )


def _rows(state: BatchState) -> tuple[WaitingRow, ...]:
    if state.phase == "making":
        return tuple(WaitingRow(id=key, who=name, what=tr("正在排页"), lamp="waiting") for key, name in state.names)
    rows = []
    sealed = set(state.result.sealed) if state.result else set()
    refused = dict(state.result.refused) if state.result else {}
    for number, one in enumerate(state.batch.pages):
        key = one.case.id
        row = WaitingRow(
            id=key, who=state.name_of(key), what=tr("没看·{document_no}", document_no=one.document_no), lamp="waiting"
        )
        if key in sealed:
            row = replace(row, what=tr("已用印·{document_no}", document_no=one.document_no), lamp="done")
        elif key in refused:
            row = replace(row, what=tr("没盖成·{document_no}", document_no=one.document_no), lamp="unknown")
        elif number in state.aside:
            row = replace(row, what=tr("抽出·{document_no}", document_no=one.document_no), lamp="paused")
        elif state.phase == "done":
            row = replace(row, what=tr("还没盖·{document_no}", document_no=one.document_no), lamp="waiting")
        elif state.read_through(number):
            row = replace(row, what=tr("看过·{document_no}", document_no=one.document_no), lamp="ok")
        rows.append(row)
    return tuple(rows)


def _sheet(state: BatchState, png: bytes) -> SheetView:
    front, stop = state.front, state.stop
    if state.phase == "making":
        return SheetView(title=tr("批量授权"), said=tr("正在把每一件的决定书排出来，排好了从第一件看起。"))
    if front is None or stop is None:
        return (
            SheetView(title=tr("批量授权"), said=tr("这一批没有能一起授权的，为什么写在右边。"))
            if not png
            else NO_SHEET
        )
    number, page = stop
    sealed = state.result is not None and front.case.id in state.result.sealed
    last = page == front.page.place.page
    return SheetView(
        title=front.paper.title,
        note=tr(
            "第 {number} 件，共 {count} 件·第 {page} 页，共 {pages} 页",
            number=number + 1,
            count=len(state.batch.pages),
            page=page,
            pages=front.page.pages,
        ),
        png=png,
        ring=ring_of(front.page, state.seal) if last and png and not sealed else None,
        said="" if png else tr("正在画这一页。"),
        reading=state.phase == "reading",
        aside=number in state.aside,
    )


def _pane(state: BatchState, hall: Hall, moment: Moment) -> BatchView:
    if state.phase == "making":
        return BatchView(
            phase="making",
            head=tr("正在排页"),
            note=tr("一件一件排成要盖的那一页；号都留着，没有用。"),
            count=tr("排好 {done} / {count}", done=state.done, count=len(state.cases)),
            done=state.done,
            total=len(state.cases),
            asking=state.asking,
            stopping=state.stopping,
        )
    if state.phase == "sealing":
        return _sealing(state)
    return _results(state) if state.phase == "done" else _reading(state, hall, moment)


def _reading(state: BatchState, hall: Hall, moment: Moment) -> BatchView:
    seen = sum(state.read_through(n) for n in range(len(state.batch.pages)) if n not in state.aside)
    kept, front = len(state.kept), state.front
    view = BatchView(
        phase="reading",
        head=tr("批量授权 {kept} 件", kept=kept),
        note=tr("一页一页看过再授权；看着不对的抽出来，以后一件一件看。"),
        count=tr("看过 {seen} / {kept}·抽出 {count}", seen=seen, kept=kept, count=len(state.aside)),
        out=tuple((key, state.name_of(key), why.sentence) for key, why in state.batch.left_out),
        out_title=tr("没排进来 {count} 件", count=len(state.batch.left_out)) if state.batch.left_out else "",
        aside=state.stop is not None and state.stop[0] in state.aside,
        pin_label=tr("{name_of}的 PIN", name_of=hall.roster.name_of(state.person)),
        pin_note=tr("练习 PIN：{training_pin}", training_pin=training_pin(state.person)) if moment.training else "",
        pin_finding=state.finding,
        tries=state.tries,
        act=tr("授权并用印 {kept} 件", kept=kept),
        reason=_blocked(state, moment),
        strip=state.strip,
        foot_note=tr("一次 PIN，每件各盖一次、各记一条。用印不能撤销。"),
    )
    if front is not None:
        facts = [
            (tr("申请人"), state.name_of(front.case.id)),
            (tr("事项"), front.item.name),
            (tr("文号"), front.document_no),
        ]
        if front.letter is not None:
            facts.append((tr("依据"), front.letter.document_no))
        view = replace(view, what=(*facts, (tr("指纹"), prints(front.digest, ""))))
    return _with_seal_pin(view, state, moment)


def _with_seal_pin(view: BatchView, state: BatchState, moment: Moment) -> BatchView:
    seal = state.seal
    if seal is None or not seal.here or not seal.keeper:
        return view
    if seal.keeper == state.person and not state.own_seal_pin:
        return view
    return replace(
        view,
        seal_pin_label=tr("印章 PIN·保管人 {keeper_name}", keeper_name=seal.keeper_name),
        seal_pin_note=tr("练习 PIN：{training_pin}", training_pin=training_pin(seal.keeper)) if moment.training else "",
        seal_pin_finding=state.seal_finding,
    )


def _blocked(state: BatchState, moment: Moment) -> str:
    if not state.kept:
        return tr("这一批里没有要授权的了")
    if state.unseen:
        return tr("还有 {count} 页没看", count=len(state.unseen))
    seal = state.seal
    if state.off is not None:
        return short(state.off, seal.seal.name if seal is not None else "")
    if moment.cut:
        return tr("线路断着，电子印章不能用")
    return "" if seal is None or seal.here else tr("印章在别的席位，不能批量盖")


def _sealing(state: BatchState) -> BatchView:
    total = len(state.kept)
    asked = tr("盖好的都算数，没盖的照旧等授权。")
    return BatchView(
        phase="sealing",
        head=tr("停在这里？") if state.asking else tr("正在用印"),
        note=asked if state.asking else tr("盖完手上这件就停。") if state.stopping else tr("每件盖好就登记、记办结。"),
        count=tr("盖好 {done} / {total}", done=state.done, total=total),
        done=state.done,
        total=total,
        asking=state.asking,
        stopping=state.stopping,
        tries=state.tries,
    )


def _results(state: BatchState) -> BatchView:
    done = state.result
    if done is None:
        return BatchView(phase="done")
    left = tr("停下时还有 {left} 件没盖，照旧等授权。", left=done.left) if done.left else ""
    aside = tr("抽出的 {count} 件照旧等授权。", count=len(state.aside)) if state.aside else ""
    return BatchView(
        phase="done",
        head=tr("盖好 {count} 件，期限停表", count=len(done.sealed)),
        note="".join((left, aside)) or tr("都登记了，文书在打。"),
        out=tuple((key, state.name_of(key), why.sentence) for key, why in done.refused),
        out_title=tr("没盖成 {count} 件", count=len(done.refused)) if done.refused else "",
        act=tr("看完了，回到单子"),
        tries=state.tries,
        strip=state.strip,
    )
