"""授权什么怎么说 the paper, its copies, the seal with its keeper and its certificate, the letter, the fingerprints; why it is off."""

from __future__ import annotations

from datetime import datetime

from clerk_app.command import Refusal
from clerk_app.sealing.grants import LASTS
from ui.language import tr
from ui.sealing.moment import Moment, off, way_of
from ui.sealing.seal_at_hand import SealAtHand
from ui.sealing.state import OnTable

FINGERPRINT = 12
SOON = 30
"""Days before its certificate's end from which on it is said."""
_short: dict[str, str] = {
    "seal-when-cut": tr("线路断着，不能用"),
    "paper-seal-only": tr("这枚印章没有电子的，盖实体章"),
    "no-seal-key": tr("印章的钥匙不在这台机器上"),
}


def what_is_authorised(table: OnTable, moment: Moment) -> tuple[tuple[str, str], ...]:
    """Label and value; nothing of it is left to be guessed."""
    paper, page, letter, seal = table.paper, table.page, table.letter, table.seal
    if paper is None or page is None:
        return ((tr("事项"), table.item.name),)
    rows = [
        (tr("文书"), tr("{title}，{pages} 页，1 份", title=paper.title, pages=page.pages)),
        (tr("文号"), paper.document_no),
        (tr("用印"), _name(table)),
    ]
    if seal is not None and way_of(table, moment) == "seal":
        rows += [(tr("保管"), keeper_words(table)), (tr("位置"), where(seal))] if seal.keeper else []
        rows += [(tr("证书"), words)] if (words := certificate(seal, moment)) else []
    if letter is not None:
        end = letter.end
        rows += [
            (tr("依据"), tr("{document_no}，含本事项", document_no=letter.document_no)),
            (tr("有效"), tr("至 {year}年{month}月{day}日", year=end.year, month=end.month, day=end.day)),
        ]
    return (*rows, (tr("指纹"), prints(table.digest, table.sm3)))


def what_note(table: OnTable, moment: Moment) -> str:
    """How far one authorisation goes."""
    if table.page is None:
        return ""
    if way_of(table, moment) == "paper":
        return tr("只对左边这一页有效；打出来由保管人盖章，随即登记。")
    return tr("授权 {seconds} 分钟内有效，只盖左边这一份，用一次。", seconds=LASTS.seconds // 60)


def _name(table: OnTable) -> str:
    """With its number, where the name does not say it."""
    seal = table.seal.seal if table.seal is not None else None
    return f"{seal.name}{seal.number}" if seal is not None and seal.number not in seal.name else table.seal_name


def keeper_words(table: OnTable) -> str:
    """谁管印; when he authorises too it is said plainly."""
    seal = table.seal
    if seal is None:
        return ""
    if seal.keeper == table.wish.person:
        return tr("{keeper_name}，保管人即授权人（本大厅允许）", keeper_name=seal.keeper_name)
    return seal.keeper_name


def where(seal: SealAtHand) -> str:
    """本机, or at which window."""
    if seal.here:
        return tr("本机")
    return tr("{window}号窗口，在那边盖", window=seal.window) if seal.window else tr("别的机器，在那边盖")


def certificate(seal: SealAtHand, moment: Moment) -> str:
    """How many days it is good, and what it is not."""
    card = seal.card
    if card is None:
        return ""
    end = card.valid_to.astimezone(moment.now.tzinfo).date()
    left = (end - moment.now.date()).days
    words = (
        tr("还有 {left} 天", left=left)
        if left > SOON
        else tr("只剩 {left} 天，{month}月{day}日到期", left=left, month=end.month, day=end.day)
    )
    if moment.training:
        return tr("{words}；演练用的", words=words)
    return words if seal.lawful else tr("{words}；签发者不在名单上，印成“非法定电子印章”", words=words)


def prints(digest: str, other: str) -> str:
    """SHA-256 and SM3, the first of each."""
    return f"SHA-256 {spaced(digest)}" + (f"\nSM3 {spaced(other)}" if other else "")


def spaced(digest: str) -> str:
    """7F3A 91C2 0BE4 … the first twelve, in fours."""
    head = digest[:FINGERPRINT].upper()
    return f"{' '.join(head[at : at + 4] for at in range(0, len(head), 4))} …"


def off_reason(table: OnTable, moment: Moment) -> str:
    """Why the electronic seal is off, as short as a button is wide; empty: it is not."""
    why = off(table, moment)
    return short(why, table.seal_name) if why is not None else ""


def barred_reason(table: OnTable) -> str:
    """Why it is stamped in no form."""
    barred = table.seal.barred if table.seal is not None else None
    return short(barred, table.seal_name) if barred is not None else ""


def short(why: Refusal, seal: str = "") -> str:
    """What is said in the grey button: what happened, without what to do; which seal it is stands above it."""
    said = why.sentence.replace(seal, "印章 ") if seal else why.sentence
    return _short.get(why.type, said.partition("，没有用印")[0].partition("。")[0])


def left_words(until: datetime, now: datetime) -> str:
    """4 分 12 秒."""
    seconds = max(0, int((until - now).total_seconds()))
    minutes, rest = divmod(seconds, 60)
    return tr("{minutes} 分 {rest:02} 秒", minutes=minutes, rest=rest) if minutes else tr("{rest} 秒", rest=rest)
