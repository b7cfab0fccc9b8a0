"""Messages as an outside platform says them; the training hall's item names."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

from clerk_app.cases.inbox.model import CameFile, InboxItem

ITEM = "11429900MBX002022C4000131001001"  # 公司设立, windows 2 and 3
PAPERS = ("公司登记（备案）申请书", "公司章程")


_DOT = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAKBueIx4ZKCMgoy0qqC+8P//8Nzc8P//////////////////////////////////////////////"
    "////////////wAALCAA4ACgBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/ALAAAAAA"
    "AAAAAD//2Q=="
)
"""A small white page: JPEG."""


def scan(name: str) -> bytes:
    """A paper's bytes: a scanner's PDF of one page."""
    page = b"1 0 obj <</Type /Page>> endobj\n2 0 obj <</Filter/DCTDecode>>\nstream\n" + _DOT + b"\nendstream endobj\n"
    return b"%PDF-1.4\n" + page + f"% {name}\n%%EOF\n".encode()


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def papers(*names: str) -> list[dict[str, str]]:
    """Materials whose bytes are `scan(name)`."""
    return [{"name": name, "file": f"{name}.pdf", "sha256": digest_of(scan(name))} for name in names]


def arrived(row: InboxItem, *names: str) -> InboxItem:
    """With the bytes of these papers here (none named: of all)."""
    came = {one.sha256 for one in row.materials if one.sha256 and (not names or one.name in names)}
    return row.arrived({digest: CameFile(40, "application/pdf") for digest in came})


def application(number: str = "WS20261120000001", **change: Any) -> dict[str, Any]:
    plain = {
        "number": number,
        "kind": "application",
        "item": ITEM,
        "sent_at": "2026-11-20T08:12:00+08:00",
        "applicant": {"name": "卢桂珍", "id_number": "429900199001011234", "phone": "13800000421", "agent": ""},
        "fields": [{"label": "公司名称", "value": "江州示例商贸有限公司"}],
        "materials": papers(*PAPERS),
    }
    return {**plain, **change}


def whole(names: Sequence[str], number: str = "WS20261120000001", **change: Any) -> dict[str, Any]:
    """An application with everything of its item's list."""
    return application(number, materials=papers(*names), **change)


def booking(number: str = "YY20261120000001", day: str = "2026-11-20", **change: Any) -> dict[str, Any]:
    plain = {
        "number": number,
        "kind": "booking",
        "item": ITEM,
        "sent_at": "2026-11-19T20:00:00+08:00",
        "applicant": {"name": "卢*珍", "phone": "13800000421"},
        "id_end": "1234",
        "slot": {"day": day, "from": "09:30", "to": "10:00"},
    }
    return {**plain, **change}


def precheck(number: str = "YS20261120000001", **change: Any) -> dict[str, Any]:
    plain = {
        "number": number,
        "kind": "precheck",
        "item": ITEM,
        "sent_at": "2026-11-19T20:00:00+08:00",
        "applicant": {"name": "陈*", "id_number": "429900199001011234"},
        "words": "章程还要改一处",
        "materials": [
            {"name": PAPERS[0], "result": "pass"},
            {"name": PAPERS[1], "result": "fail", "words": "第五条没有写经营期限"},
        ],
        "valid_until": "2026-12-20",
    }
    return {**plain, **change}


def withdrawal(of: str, number: str = "CH20261120000001", **change: Any) -> dict[str, Any]:
    return {
        "number": number,
        "kind": "withdrawal",
        "sent_at": "2026-11-20T08:40:00+08:00",
        "of": of,
        "reason": "不办了",
        **change,
    }
