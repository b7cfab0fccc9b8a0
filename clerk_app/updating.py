"""更新的规矩 which release is newer, fits this machine, whose turn it is, when it may be taken and when one may go back. Pure; a leaf."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

EARLY = timedelta(minutes=15)
"""So long before the door opens nothing is begun any more."""
TONIGHT = 14
"""Days that are looked ahead for a moment the door is shut."""
_version = re.compile(r"(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){1,3}")
_platform = re.compile(r"[a-z0-9_]{3,40}")

Spans = Sequence[tuple[time, time]]


@dataclass(frozen=True, kw_only=True)
class FileSaid:
    """包里一个文件 its digest and size, whether it is a program; or where a link points."""

    sha256: str = ""
    size: int = 0
    runs: bool = False
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Release:
    """一版程序 what its signed list says. `client` is what it speaks, `oldest` the oldest program its own centre understands."""

    version: str
    platform: str
    glibc: str
    client: int
    oldest: int
    schema: int
    created: str
    notes: str
    program: str
    files: Mapping[str, FileSaid] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """Bytes it takes when it is unpacked."""
        return sum(one.size for one in self.files.values())


@dataclass(frozen=True, kw_only=True)
class Here:
    """这台机器 what runs now, and what it could run."""

    version: str
    platform: str
    glibc: str
    schema: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """放行计划 of one version at the centre: which windows first, from which day the others; nothing before a second person confirmed it."""

    version: str
    first: frozenset[int] = frozenset()
    rest_from: date | None = None
    confirmed: bool = False
    paused: bool = False


def is_version(text: str) -> bool:
    """Two to four whole numbers: 0.2.0."""
    return _version.fullmatch(text) is not None


def order_of(version: str) -> tuple[int, ...]:
    """What versions are compared by; what is none comes before all."""
    parts = tuple(int(part) for part in version.split(".")) if is_version(version) else ()
    return parts + (0,) * (4 - len(parts)) if parts else ()


def is_newer(version: str, than: str) -> bool:
    """Strictly."""
    return order_of(version) > order_of(than)


def misfit(release: Release, here: Here) -> str:
    """Why this machine does not take it; empty when it does."""
    if not is_version(release.version) or not _platform.fullmatch(release.platform):
        return "更新包的清单读不懂，没有装，现在这一版照常用。请中心重发。"
    if release.platform != here.platform:
        return f"更新包是给 {release.platform} 的，这台是 {here.platform}，没有装，现在这一版照常用。请中心换包。"
    if not is_newer(release.version, here.version):
        return f"更新包是 {release.version}，不比现在的 {here.version} 新，没有装。请中心核对放行计划。"
    if order_of(release.glibc) > order_of(here.glibc):
        return f"更新包要 glibc {release.glibc}，这台是 {here.glibc or '没有'}，没有装，现在这一版照常用。请管理员升级系统。"
    if release.schema < here.schema:
        return "更新包的数据格式比这台的旧，装了就打不开数据，没有装，现在这一版照常用。请中心换包。"
    return ""


def centre_misfit(release: Release, speaks: int, oldest: int) -> str:
    """Why this centre does not give it out: it must understand what the release speaks, and the release this centre."""
    if release.client < oldest:
        return "这一版说的协议太旧，中心已经不收，没有收下。换新的包。"
    if release.oldest > speaks:
        return "这一版要更新的中心，没有收下，什么都没动。先升级中心再来。"
    return ""


def turn_of(plan: Plan, window: int, today: date) -> bool:
    """Whether this window may have it today."""
    if not plan.confirmed or plan.paused:
        return False
    return window in plan.first or (plan.rest_from is not None and today >= plan.rest_from)


def newest_for(plans: Iterable[Plan], window: int, today: date, running: str) -> str:
    """The newest version that is this window's turn and newer than what it runs; empty for none."""
    mine = [plan.version for plan in plans if turn_of(plan, window, today) and is_newer(plan.version, running)]
    return max(mine, key=order_of, default="")


def door_open(now: datetime, spans: Spans, is_workday: Callable[[date], bool]) -> bool:
    """In opening hours, noon among them, and a little before; a day one is not sure of counts as a working day."""
    if not spans or not is_workday(now.date()):
        return False
    opens = datetime.combine(now.date(), min(start for start, _ in spans), now.tzinfo)
    shuts = datetime.combine(now.date(), max(end for _, end in spans), now.tzinfo)
    return opens - EARLY <= now < shuts


def next_quiet(now: datetime, spans: Spans, is_workday: Callable[[date], bool]) -> datetime:
    """The first moment from now on at which the door is shut."""
    if not door_open(now, spans, is_workday):
        return now
    return datetime.combine(now.date(), max(end for _, end in spans), now.tzinfo)


def not_now(now: datetime, spans: Spans, is_workday: Callable[[date], bool], *, seated: bool, sure: bool) -> str:
    """Why what waits is not taken at this moment; empty when it may be."""
    if not sure:
        return "这台机器还不知道现在几点，连上中心再换。"
    if door_open(now, spans, is_workday):
        return "大厅开着门，关门以后再换。"
    return "有人登录着，退出以后再换。" if seated else ""


@dataclass(frozen=True, kw_only=True)
class Behind:
    """退回前的账 what stands between this machine and the version before."""

    previous: str = ""
    there: bool = True
    """Its folder is whole."""
    schema_changed: bool = False
    copy: bool = False
    """The store as it was before the update lies there."""
    unsent: int = 0
    blobs: int = 0
    papers: int = 0
    typed: int = 0


def no_way_back(behind: Behind) -> str:
    """Why one cannot go back to the version before now; empty when one can. What was made here is never given up for it."""
    if not behind.previous:
        return "没有上一版可退，这台机器没有换过版本。"
    if not behind.there:
        return f"上一版 {behind.previous} 的程序不在这台机器上了，没有退，数据没有动。请管理员装回那一版。"
    if not behind.schema_changed:
        return ""
    if not behind.copy:
        return "换版前留的那份数据不在了，没有退，数据没有动。请管理员等新的更新包。"
    kept = (
        (behind.unsent, "{} 条没送到中心"),
        (behind.blobs, "{} 份附件没送到中心"),
        (behind.papers, "{} 张票还没打出来"),
        (behind.typed, "{} 处填了还没存"),
    )
    waiting = "、".join(words.format(count) for count, words in kept if count)
    if waiting:
        return f"换版后办的还有 {waiting}，退回会丢，没有退，一条没动。连上线送完、打完、存好再退。"
    return ""
