"""外网的问题 why something from outside was not taken: stable types, one sentence each, nothing of a person in them."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_app.server.problems import ProblemError


def sender_unknown() -> ProblemError:
    """Nobody of that name, or not signed by his key."""
    return ProblemError(
        401, "partner-unknown", "中心不认得这个平台，或签名对不上，什么都没收。核对平台的名字、钥匙和签名的写法。"
    )


def sender_revoked() -> ProblemError:
    """Once known; the hall has stopped it."""
    return ProblemError(403, "partner-revoked", "这个平台已经停用，中心什么都没收。请和大厅管理员联系。")


def out_of_time() -> ProblemError:
    """Its moment is not now."""
    return ProblemError(
        401, "partner-out-of-time", "请求的时间和中心差了五分钟以上，什么都没收。核对平台的时钟，重新签名再送。"
    )


def replayed() -> ProblemError:
    """The very same request once more."""
    return ProblemError(
        401, "partner-replayed", "这一次请求的随机数用过了，什么都没收。重送也要换一个随机数、重新签名。"
    )


def closed() -> ProblemError:
    """The hall has no inbox."""
    return ProblemError(403, "inbox-closed", "本大厅没有开收件箱，什么都没收。请和大厅管理员联系。")


def wrong(number: str, sentences: Sequence[str]) -> ProblemError:
    """A message that cannot be read, or does not fit."""
    more = f"；还有 {len(sentences) - 3} 处" if len(sentences) > 3 else ""
    said = "；".join(sentences[:3]) + more
    return ProblemError(422, "message-wrong", f"{number or '有一份'}：{said}。整批都没有收，改好再送。")


def another_body(number: str) -> ProblemError:
    """A number means one body for ever."""
    return ProblemError(
        409, "message-number-reused", f"{number} 这个编号送过另一份内容，先来的作数，整批都没有收。换一个编号再送。"
    )


def taken_in(number: str) -> ProblemError:
    """It is a case by now."""
    return ProblemError(
        409, "message-taken", f"{number} 窗口已经收件，不能在网上撤回，整批都没有收。请申请人到窗口撤回。"
    )


def never_came(number: str) -> ProblemError:
    """What it speaks of was never sent."""
    return ProblemError(404, "message-unknown", f"中心没有收到过 {number}，没有动什么。核对编号。")


def too_many(most: int) -> ProblemError:
    """Smaller batches."""
    return ProblemError(413, "too-many-messages", f"一批最多 {most} 份，整批都没有收。分成几批再送。")


def file_too_large() -> ProblemError:
    """Before it is read to its end."""
    return ProblemError(413, "file-too-large", "这份原件超过 20 MB，中心没有收，什么都没存。压小些或分成几份再送。")


def file_digest_wrong() -> ProblemError:
    """It is not what its address says; or it came broken."""
    return ProblemError(
        422, "file-digest-wrong", "送来的内容和地址里的摘要（sha256）对不上，没有收，什么都没存。核对摘要再送一次。"
    )


def file_kind() -> ProblemError:
    """By its first bytes, whatever it is called."""
    return ProblemError(
        415, "file-kind", "这份原件不是 PDF、JPEG 或 PNG，没有收，什么都没存。请申请人另存成 PDF 再送。"
    )


def too_many_files() -> ProblemError:
    """The messages that name them are wanted first."""
    return ProblemError(
        429, "too-many-files", "送来的原件里没有报文提到的太多，这一份没有收。先把报文送来，再接着送。", retry_after=60
    )
