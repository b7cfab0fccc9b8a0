"""问题 every answer that is not what was asked for: problem+json (RFC 9457), a stable type, one Chinese sentence."""

from __future__ import annotations

import json
from typing import Any

from clerk_app.server.bodies import ProblemGiven
from clerk_app.sync.protocol import PROBLEM_HEADER


class ProblemError(Exception):
    """问题 what the centre will not do, and why."""

    def __init__(self, status: int, type_: str, sentence: str, retry_after: int | None = None) -> None:
        super().__init__(type_)
        self.status = status
        self.type = type_
        self.sentence = sentence
        self.retry_after = retry_after

    def content(self) -> dict[str, Any]:
        """The members of the problem document."""
        return {"type": self.type, "title": self.sentence, "detail": self.sentence, "status": self.status}

    def body(self) -> bytes:
        """As sent."""
        return json.dumps(self.content(), ensure_ascii=False).encode()

    def headers(self) -> dict[str, str]:
        """As sent."""
        wait = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return {"Content-Type": "application/problem+json", PROBLEM_HEADER: self.type, **wait}


def unreadable_request() -> ProblemError:
    """The request has another shape than the protocol's."""
    return ProblemError(400, "unreadable-request", "中心读不懂这个请求，什么都没动。请管理员核对程序版本。")


def too_large() -> ProblemError:
    """Smaller batches, please."""
    return ProblemError(413, "too-large", "一次送得太多，中心没收，都还在本机。会自动分小批再送。")


def cursor_gone() -> ProblemError:
    """The feed the cursor points into is not this one any more."""
    return ProblemError(410, "cursor-gone", "中心的变更记录已换了一本，本机的都留着。要从头取一遍。")


def id_reused() -> ProblemError:
    """An id means one body for ever."""
    return ProblemError(
        422, "id-reused", "同一个命令号送来了两种内容，中心没收这一批，都还在本机。请管理员核对这台电脑。"
    )


def device_unknown() -> ProblemError:
    """Never enrolled, or signed by another key."""
    return ProblemError(401, "device-unknown", "中心不认这台电脑，什么都没动，本机的都留着。请管理员重新入列。")


def device_revoked() -> ProblemError:
    """Enrolled once; the hall has put it out of use."""
    sentence = "这台电脑已被停用，中心不收也不给，本机的都留着，一条没丢。请管理员核对，没送出的可以导出来。"
    return ProblemError(401, "device-revoked", sentence)


def device_narrow() -> ProblemError:
    """A kiosk asked for more than it may have."""
    return ProblemError(
        403, "device-narrow", "这台是自助机，只能取号、交预填，别的中心不给，什么都没动。请管理员核对入列码。"
    )


def token_expired() -> ProblemError:
    """The device says hello and sends the same request again."""
    return ProblemError(401, "token-expired", "这次连线的凭条过期了，什么都没动。会自动重新问好再送。")


def too_many_requests(wait: int) -> ProblemError:
    """Faster than any working window asks."""
    sentence = "来得太密，中心这一次没收，本机的都留着。过一会儿会自动再试。"
    return ProblemError(429, "too-many-requests", sentence, retry_after=wait)


def centre_fault() -> ProblemError:
    """Our own fault; the log knows more."""
    return ProblemError(500, "centre-fault", "中心出了故障，这次没办成，本机的都留着。稍后会再试，还不行请找管理员。")


def database_away() -> ProblemError:
    """The database cannot be asked now."""
    sentence = "中心的数据库暂时用不了，这次没办成，本机的都留着。稍后会自动再试。"
    return ProblemError(503, "database-away", sentence, retry_after=5)


def centre_busy(wait: int) -> ProblemError:
    """More is in hand than can be done soon."""
    sentence = "中心这会儿正忙，这一批还没收，本机的都留着。过一会儿会自动再送。"
    return ProblemError(429, "centre-busy", sentence, retry_after=wait)


def centre_crowded(wait: int) -> ProblemError:
    """So many ask at once that one more would wait longer than he listens: as good as no line, and he works on without."""
    sentence = "中心这会儿排满了，这次没办成，本机的都留着。过一会儿会自动再试。"
    return ProblemError(503, "centre-crowded", sentence, retry_after=wait)


_statuses = (400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 416, 422, 423, 429, 460, 500, 503)


def described() -> dict[int | str, dict[str, Any]]:
    """Every status a problem may have, as the API description shows it: each by itself, none behind a «default»."""
    content = {"application/problem+json": {"schema": ProblemGiven.model_json_schema()}}
    return {status: {"description": "problem+json (RFC 9457)", "content": content} for status in _statuses}
