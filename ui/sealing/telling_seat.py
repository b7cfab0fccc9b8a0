"""印章席怎么说 what another window authorised, in front of the seal's keeper: what it is, who let it, and whose PIN is wanted."""

from __future__ import annotations

from clerk_app.duty.training import training_pin
from clerk_app.hall import Hall
from ui.sealing.moment import Moment
from ui.sealing.state import SeatTable, paper_key
from ui.sealing.telling_seal import certificate, left_words, short, spaced
from ui.sealing.view import AuthorityView
from ui.widgets.strip import StripView


def tell_seat(table: SeatTable, hall: Hall, moment: Moment) -> AuthorityView:
    """One waiting paper; nothing is decided here, only sealed."""
    one, grant = table.waiting, table.waiting.grant
    keeper = hall.roster.name_of(grant.keeper)
    seal = hall.roster.seals.get(grant.seal)
    facts = [
        ("文书", f"{one.paper.title}，{one.paper.pages} 页，{one.paper.copies} 份"),
        ("文号", one.paper.document_no),
        ("用印", seal.name if seal else grant.seal),
        ("保管", keeper),
    ]
    if table.seal is not None and (words := certificate(table.seal, moment)):
        facts.append(("证书", words))
    facts += [
        ("依据", grant.letter or "部门决定，只授权用印"),
        ("出纸", f"{one.window}号窗口"),
        ("指纹", f"SHA-256 {spaced(one.paper.sha256)}\nSM3 {spaced(one.paper.sm3)}"),
    ]
    chief = hall.roster.name_for(grant.chief, grant.acting_for or None)
    return AuthorityView(
        case=paper_key(one),
        head=f"{one.window}号窗口等用印",
        head_note=f"还有 {left_words(one.until, moment.now)}，过了那边要重新授权。",
        why=(f"{chief} {grant.issued:%H:%M:%S} 授权，只盖这一份。", "这里只用印，不重新决定。"),
        what_title="用印在什么上",
        what=tuple(facts),
        what_note="盖好后文书从那边的窗口打出来。",
        asks_pin=False,
        seal_pin_label=f"印章 PIN · 保管人 {keeper}",
        seal_pin_note=f"练习 PIN：{training_pin(grant.keeper)}" if moment.training else "",
        seal_pin_finding=moment.seal_finding,
        tries=moment.tries,
        may_refuse=False,
        act="正在用印…" if moment.busy else "用印",
        reason="" if moment.busy else _blocked(table),
        busy=moment.busy,
        strip=moment.strip or _strip(table),
        foot_note="回车就用印。用印不能撤销。",
    )


def _strip(table: SeatTable) -> StripView | None:
    barred = table.seal.barred if table.seal is not None else None
    if barred is None:
        return None
    head, _, rest = barred.sentence.partition("。")
    return StripView(f"{head}。", rest)


def _blocked(table: SeatTable) -> str:
    if table.page is None:
        return "文书还没有到本机"
    barred = table.seal.barred if table.seal is not None else None
    return short(barred) if barred is not None else ""
