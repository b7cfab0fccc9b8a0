"""新事项 a whole new item of the training hall, and lines about it, for tests of catalogue changes."""

from __future__ import annotations

import copy
from typing import Any

from clerk_app.cases.catalogue_lines import CLASSES, CatalogueLine
from tests.desk import training_document

CODE = "11429900MBX002022C4000131099001"
PAPER = "江政发〔2026〕12号"
OLD = "11429900MBX002022C4000131001002"
"""公司变更, which is there already."""


def item_row(**more: Any) -> dict[str, Any]:
    """歇业备案, as the hall file would have it."""
    row: dict[str, Any] = {
        "code": CODE, "name": "市场主体歇业备案", "short": "歇业备案", "department": "SJJ", "kind": "spot",
        "statutory": {"n": 3, "unit": "workday"}, "promised": {"n": 0, "unit": "workday"},
        "limit_source": "law: 市场主体登记管理条例 art.30", "correction": "return_once", "windows": [2, 3], "letters": ["A"],
        "chief_scope": True, "seal": "S-SJJ", "result": {"name": "歇业备案通知书", "kind": "decision"},
        "decision_document": "准予登记通知书", "fee": 0, "fee_source": "不收费",
        "materials": [{"name": "歇业备案申请书", "copies": 1, "form": "original", "essential": True}],
        "steps": ["窗口收件", "窗口审查", "首席代表当场授权", "用印，当场领取"], "basis": "市场主体登记管理条例第三十条",
    }  # fmt: skip
    return {**row, **more}


def without(key: str, **more: Any) -> dict[str, Any]:
    row = item_row(**more)
    del row[key]
    return row


def new_item(**more: Any) -> CatalogueLine:
    row = item_row(**more)
    return CatalogueLine(what="item", key=row["code"], row=row)


def old_item(**more: Any) -> CatalogueLine:
    document = training_document()
    row = copy.deepcopy(next(one for one in document["items"] if one["code"] == OLD))
    return CatalogueLine(what="item", key=OLD, row={**row, **more})


HOURS = CatalogueLine(
    what="window",
    key="2",
    row={"hours": [["09:00", "12:00"], ["13:30", "17:00"]], "booked": [{"from": "09:00", "to": "10:00", "places": 4}]},
)
STANDARD = CatalogueLine(what="standard", key="2", row={"standard": ["起身相迎", "一次说清"]})
REMEDIES = CatalogueLine(what="remedies", key="SJJ", row={"review_body": "江州市人民政府", "court": "江州铁路运输法院"})
CLASSED = CatalogueLine(
    what="documents",
    key=CLASSES,
    row={"procedure": ["收件凭证", "受理通知书"], "decision": ["准予登记通知书"]},
)
SEAL = CatalogueLine(
    what="seal",
    key="S-NEW",
    row={
        "id": "S-NEW", "department": "SJJ", "name": "江州市市场监督管理局登记专用章", "kind": "register",
        "custodian": "P201", "backup": "P202", "electronic": False,
    },
)  # fmt: skip
PARTNER = CatalogueLine(
    what="outside", key="city",
    row={"id": "city", "name": "市平台", "way": "http", "kinds": ["status"], "since": "2026-12-01", "url": "https://x.example.gov.cn"},
)  # fmt: skip
ISSUER = CatalogueLine(what="issuer", key="ab" * 32, row={"lawful": True})
FEE = CatalogueLine(what="fee", key=OLD, row={"fee": 500, "fee_source": "发改价格〔2026〕1号", "fee_unit": "SJJ"})
OFF = CatalogueLine(what="item_off", key="11429900MBX002022C4000131001005")
EVERY = (new_item(), OFF, HOURS, STANDARD, REMEDIES, CLASSED, SEAL, ISSUER, FEE, PARTNER)
