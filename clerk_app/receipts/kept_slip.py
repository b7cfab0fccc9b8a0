"""票的底稿 a slip's content kept as JSON beside its bytes: what it is printed from once more, or for another printer."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime

from clerk_app.receipts.slip import Block, Feed, Pair, Qr, Rule, Slip, Text

_kinds: dict[str, type[Block]] = {"text": Text, "pair": Pair, "rule": Rule, "qr": Qr, "feed": Feed}
_names = {kind: name for name, kind in _kinds.items()}
BACKUP = "【备用机　代 {name}】"


def slip_text(slip: Slip) -> str:
    """As JSON: its own words only, without what one print of it is marked by."""
    blocks = [[_names[type(block)], asdict(block)] for block in slip.blocks]
    rows = {"doc_type": slip.doc_type, "doc_no": slip.doc_no, "training": slip.training, "subject": slip.subject}
    large = {"large": True} if slip.large else {}
    return json.dumps({**rows, **large, "blocks": blocks}, ensure_ascii=False, separators=(",", ":"))


def slip_from(text: str) -> Slip:
    """The slip again, as a first print."""
    rows = json.loads(text)
    blocks = tuple(_kinds[name](**values) for name, values in rows.pop("blocks"))
    return Slip(blocks=blocks, **rows)


def once_more(slip: Slip, copy_no: int, made_at: datetime, reason: str, by: str) -> Slip:
    """补打 the same content under the next number: when it was first printed, why again, and by whom."""
    first = f"原打印 {made_at:%m-%d %H:%M}"
    why = "　".join(part for part in (f"原因：{reason}" if reason else "", f"经办：{by}" if by else "") if part)
    marks = (first, why) if why else (first,)
    return replace(slip, copy_no=copy_no, marks=marks, reason=reason)


def by_backup(slip: Slip, printer: str, name: str) -> Slip:
    """备用机 on another printer than the one it was meant for, which the paper says."""
    return replace(slip, marks=(*slip.marks, BACKUP.format(name=name)), to=printer)
