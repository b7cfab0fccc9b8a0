"""A centre that tells two partners, with one message refused, one that waits and one put away: for the page and the desk behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from clerk_app.ports import CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.ports.outward import OutAct, OutboxSeen, OutPartner, OutRow


class PretendOutward:
    def __init__(self, now: datetime, *, may_act: bool = True) -> None:
        self.may_act = may_act
        self.decided: list[tuple[str, str, str]] = []
        hour = timedelta(hours=1)
        self.partners = (
            OutPartner(
                id="city", name="市政务服务平台", way="http", kinds=("外网反馈", "监察平台"), waiting=3, refused=1,
                oldest=now - 5 * hour, looked_at=now, heard_at=now - hour, trouble="",
            ),
            OutPartner(
                id="archive", name="市档案馆", way="folder", kinds=("一事一档",), waiting=0, refused=0, looked_at=now,
                heard_at=now - 20 * hour,
            ),
        )  # fmt: skip
        plain = OutRow(
            id="m1", partner="city", kind="外网反馈", name="JZ20261120-00417", state="refused", made_at=now - 5 * hour,
            tries=1, problem="对方不收（HTTP 422）：事项编码 11429900 不在平台目录里",
        )  # fmt: skip
        again = now + timedelta(minutes=2)
        self.rows = (
            plain,
            replace(plain, id="m2", name="JZ20261120-00418", state="waiting", tries=2, next_at=again,
                    problem="对方这会儿收不了（HTTP 503），会自动再送。"),
            replace(plain, id="m3", name="JZ20261120-00401", state="put_away", problem="", decided_by="P101",
                    reason="平台说那边已经手工录了"),
        )  # fmt: skip

    def seen(self, by: Signer) -> OutboxSeen:
        return OutboxSeen(partners=self.partners, rows=self.rows, may_act=self.may_act)

    def decide(self, row: OutRow, act: OutAct, reason: str, by: Signer) -> None:
        if row.state == "sent":
            raise CentreProblem("outbox-settled", "这一条已经送到，或者别人定过了，没有办，什么都没动。刷新再看。", 409)
        self.decided.append((row.id, act, reason))
        state = "waiting" if act == "again" else "put_away"
        self.rows = tuple(replace(one, state=state) if one.id == row.id else one for one in self.rows)
