"""Messages as an outside platform says them; the training hall's item names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

ITEM = "11429900MBX002022C4000131001001"  # 公司设立, windows 2 and 3
PAPERS = ("公司登记(备案)申请书", "公司章程")


def application(number: str = "WS20261120000001", **change: Any) -> dict[str, Any]:
    plain = {
        "number": number,
        "kind": "application",
        "item": ITEM,
        "sent_at": "2026-11-20T08:12:00+08:00",
        "applicant": {"name": "卢桂珍", "id_number": "429900199001011234", "phone": "13800000421", "agent": ""},
        "fields": [{"label": "公司名称", "value": "江州示例商贸有限公司"}],
        "materials": [{"name": name, "file": f"{name}.pdf", "sha256": "ab" * 32} for name in PAPERS],
    }
    return {**plain, **change}


def whole(names: Sequence[str], number: str = "WS20261120000001", **change: Any) -> dict[str, Any]:
    """An application with everything of its item's list."""
    materials = [{"name": name, "file": f"{name}.pdf", "sha256": "cd" * 32} for name in names]
    return application(number, materials=materials, **change)


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
