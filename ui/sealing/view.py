"""授权用印页所见 what the sealing page shows, as frozen values: the presenter makes every word, the page none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.language import tr
from ui.sealing.several_view import BatchView, PressView
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.strip import StripView

Asking = Literal["", "refuse", "words"]
"""What has to be written: why not, or the opinion of who signs alone."""
Listing = Literal["waiting", "outside", "today", "seat", "press"]
"""等授权的、不在授权内的、今天授权的、待用印、待登记盖章: which list stands at the left."""
Side = Literal["authority", "press", "batch"]
"""授权、登记盖章、批量: what stands at the right."""

NOTHING = EmptyView(tr("没有等授权的件"), tr("经办人提了以后，件出现在这里，不用刷新。"), icon="stamp")


@dataclass(frozen=True, kw_only=True)
class WaitingRow:
    """待授权一行 whose case, which item, and how much time is left; persons come masked."""

    id: str
    who: str
    what: str
    lamp: LampKind = "ok"
    marked: bool | None = None
    """勾选 for several at once; None: it cannot be one of several."""


@dataclass(frozen=True, kw_only=True)
class LinkView:
    """另一个单子 a quiet way to another list, with a line under it; no words: it is absent."""

    name: str
    words: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SendOutView:
    """送审 why the case is not decided here and who takes it, both to be looked over before it goes."""

    why: str
    taker: str


@dataclass(frozen=True)
class Ring:
    """用印处 where the seal goes, as shares of the width and height of the page that bears it, and the words beside it."""

    x: float
    y: float
    radius: float
    words: str = tr("授权后在此用印")


@dataclass(frozen=True, kw_only=True)
class SheetView:
    """成文 the very page as a picture (PNG); `ring` while it is not sealed yet; `said` stands where there is none.

    `png` is the page that bears the seal, `earlier` are those before it, to be read first.
    """

    title: str = ""
    note: str = ""
    png: bytes = b""
    earlier: tuple[bytes, ...] = ()
    ring: Ring | None = None
    said: str = ""
    reading: bool = False
    """批量看页: → and ← turn to the next and the last page, X puts it aside."""
    aside: bool = False


@dataclass(frozen=True, kw_only=True)
class Authoriser:
    """授权人 who may be chosen to authorise; a reason says why not now."""

    id: str
    name: str
    note: str


@dataclass(frozen=True, kw_only=True)
class AuthorityView:
    """授权 the right side: why it may be granted, what is authorised, and by whose PIN.

    `case` is its identity: while it stays, what was typed stays. `tries` grows with every PIN that was judged: then the
    fields are emptied. `sealed` turns it into the register's line: no PIN is asked any more; `pending` waits for the seal
    elsewhere. `seal_pin_label` asks for the PIN of the seal's keeper too; `asks_pin` off (at the seal seat) for it alone.
    `paper`: the act prints the page for the seal of rubber; `other` is the word of the other way, with why it is off.
    """

    case: str = ""
    head: str = ""
    head_note: str = ""
    why: tuple[str, ...] = ()
    why_note: str = ""
    what_title: str = tr("授权什么")
    what: tuple[tuple[str, str], ...] = ()
    what_note: str = ""
    people: tuple[Authoriser, ...] = ()
    chosen: str = ""
    pin_label: str = "PIN"
    pin_note: str = ""
    pin_finding: str = ""
    asks_pin: bool = True
    seal_pin_label: str = ""
    seal_pin_note: str = ""
    seal_pin_finding: str = ""
    tries: int = 0
    paper: bool = False
    other: str = ""
    other_reason: str = ""
    asking: Asking = ""
    may_refuse: bool = True
    absent: str = ""
    act: str = tr("授权并用印")
    reason: str = ""
    busy: bool = False
    strip: StripView | None = None
    send_out: SendOutView | None = None
    sealed: bool = False
    pending: bool = False
    back: str = tr("回到叫号，交给本人")
    foot_note: str = ""


NO_SHEET = SheetView()
NO_AUTHORITY = AuthorityView()
NO_PRESS = PressView()
NO_BATCH = BatchView()


@dataclass(frozen=True, kw_only=True)
class SealingView:
    """授权用印页 everything on it."""

    title: str = tr("等授权 0 件")
    note: str = ""
    listing: Listing = "waiting"
    rows: tuple[WaitingRow, ...] = ()
    links: tuple[LinkView, ...] = ()
    batch_words: str = ""
    """批量 n 件: what reads the marked pages together; empty: nothing is marked."""
    chosen: str = ""
    strip: StripView | None = None
    sheet: SheetView = NO_SHEET
    side: Side = "authority"
    authority: AuthorityView = NO_AUTHORITY
    press: PressView = NO_PRESS
    batch: BatchView = NO_BATCH
    papers: str = ""
    """附件 n 份: what opens the files of the case in front; empty: there are none, or not for who sits here."""
    empty: EmptyView = NOTHING
