"""印章席怎么说 what another window authorised, in front of the seal's keeper: what it is, who let it, and whose PIN is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from clerk_app.duty.training import training_pin
from clerk_app.hall import Hall
from ui.language import tr
from ui.sealing.moment import Moment
from ui.sealing.state import SeatTable, paper_key
from ui.sealing.telling_seal import certificate, left_words, short, spaced
from ui.sealing.view import AuthorityView
from ui.widgets.strip import StripView


def _paper_facts(table: SeatTable, hall: Hall, moment: Moment) -> Iterator[tuple[str, str]]:
    paper, grant = table.waiting.paper, table.waiting.grant
    seal = hall.roster.seals.get(grant.seal)
    yield tr("文书"), tr("{title}，{pages} 页，{copies} 份", title=paper.title, pages=paper.pages, copies=paper.copies)
    yield tr("文号"), paper.document_no
    yield tr("用印"), seal.name if seal else grant.seal
    yield tr("保管"), hall.roster.name_of(grant.keeper)
    if table.seal is not None and (words := certificate(table.seal, moment)):
        yield tr("证书"), words
    yield tr("依据"), grant.letter or tr("部门决定，只授权用印")
    yield tr("出纸"), tr("{window}号窗口", window=table.waiting.window)
    yield tr("指纹"), f"SHA-256 {spaced(paper.sha256)}\nSM3 {spaced(paper.sm3)}"


def tell_seat(table: SeatTable, hall: Hall, moment: Moment) -> AuthorityView:
    """One waiting paper; nothing is decided here, only sealed."""
    one, grant = table.waiting, table.waiting.grant
    keeper = hall.roster.name_of(grant.keeper)
    chief = hall.roster.name_for(grant.chief, grant.acting_for or None)
    return AuthorityView(
        case=paper_key(one),
        head=tr("{window}号窗口等用印", window=one.window),
        head_note=tr("还有 {left_words}，过了那边要重新授权。", left_words=left_words(one.until, moment.now)),
        why=(
            tr("{chief} {issued:%H:%M:%S} 授权，只盖这一份。", chief=chief, issued=grant.issued),
            tr("这里只用印，不重新决定。"),
        ),
        what_title=tr("用印在什么上"),
        what=tuple(_paper_facts(table, hall, moment)),
        what_note=tr("盖好后文书从那边的窗口打出来。"),
        asks_pin=False,
        seal_pin_label=tr("印章 PIN·保管人 {keeper}", keeper=keeper),
        seal_pin_note=tr("练习 PIN：{training_pin}", training_pin=training_pin(grant.keeper))
        if moment.training
        else "",
        seal_pin_finding=moment.seal_finding,
        tries=moment.tries,
        may_refuse=False,
        act=tr("正在用印…") if moment.busy else tr("用印"),
        reason="" if moment.busy else _blocked(table),
        busy=moment.busy,
        strip=moment.strip or _strip(table),
        foot_note=tr("回车就用印。用印不能撤销。"),
    )


def _strip(table: SeatTable) -> StripView | None:
    barred = table.seal.barred if table.seal is not None else None
    if barred is None:
        return None
    head, _, rest = barred.sentence.partition("。")
    return StripView(tr("{head}。", head=head), rest)


def _blocked(table: SeatTable) -> str:
    if table.page is None:
        return tr("文书还没有到本机")
    barred = table.seal.barred if table.seal is not None else None
    return short(barred) if barred is not None else ""
