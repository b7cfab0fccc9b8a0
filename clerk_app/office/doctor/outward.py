"""往外的体检 what is said of centre, certificate, clock, second copy, printers, scanner and seals' keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from clerk_app.ports.doctor import Finding, State

SOON, LAST = 30, 7
CLOCK_NEAR, CLOCK_FAR = timedelta(minutes=1), timedelta(minutes=5)
SLOW = 2.0


@dataclass(frozen=True, kw_only=True)
class CentreFacts:
    """看中心 whether it answered, why not (`refused`, `certificate`, `name`, `slow`, `other`), how long it took, what it said."""

    answered: bool
    why: str = ""
    seconds: float = 0.0
    apart: timedelta | None = None
    """How far this machine's clock is ahead of the centre's."""
    tls: bool = False
    until: datetime | None = None
    """When its certificate ends."""


_why = {
    "refused": ("中心的地址没有人应", "查网线；核对 desk.toml 里的 centre；问中心开着没有"),
    "certificate": ("中心的证书本机不认", "核对 desk.toml 里的 ca；证书过期了请中心换，别绕过"),
    "name": ("找不到中心这个名字", "查网线和 DNS；核对 desk.toml 里的 centre"),
    "slow": ("中心半天没有回话", "查网线和交换机；断着线也能照常办"),
}


def line(facts: CentreFacts | None) -> Finding:
    """中心."""
    if facts is None:
        return _no_address("中心")
    if not facts.answered:
        said, remedy = _why.get(facts.why, ("中心答得不对，不像是我们的中心", "核对 desk.toml 里的 centre；问中心"))
        return Finding("中心", "bad", said, remedy)
    said = f"连得上，{facts.seconds * 1000:.0f} 毫秒回话"
    if facts.seconds > SLOW:
        return Finding(
            "中心", "warn", f"连得上，很慢，{facts.seconds:.1f} 秒才回话", "查网线和交换机；断着线也能照常办"
        )
    return Finding("中心", "good", said)


def certificate(facts: CentreFacts | None, now: datetime) -> Finding:
    """中心的证书 and its days left."""
    if facts is None:
        return _no_address("中心的证书")
    if facts.until is None:
        if facts.answered and not facts.tls:
            return Finding("中心的证书", "good", "中心就在本机，不用证书")
        return Finding("中心的证书", "unknown", "没有连上，看不到证书", "先看“中心”一项")
    return _days("中心的证书", facts.until, now, "请中心换证书")


def clock(facts: CentreFacts | None) -> Finding:
    """时钟 against the centre's."""
    if facts is None or facts.apart is None:
        return Finding("时钟", "unknown", "没有连上中心，时钟没有可对的", "先看“中心”一项")
    apart = abs(facts.apart)
    way = "快" if facts.apart > timedelta(0) else "慢"
    if apart <= CLOCK_NEAR:
        return Finding("时钟", "good", "和中心差不到 1 分钟")
    state: State = "warn" if apart <= CLOCK_FAR else "bad"
    said = f"本机比中心{way} {apart.total_seconds() / 60:.0f} 分钟"
    return Finding("时钟", state, said, "打开系统的自动对时；差 5 分钟以上，断线时不能取号和决定")


def second_copy(place: Path | None, *, there: bool) -> Finding:
    """第二份."""
    if place is None:
        return Finding(
            "第二份", "warn", "没有设第二份，未送的只在本机一份", "在 desk.toml 里写上 second_copy，指到大厅共享"
        )
    if not there:
        return Finding("第二份", "bad", "第二份的地方找不到或写不进", "查网线或把盘插好，会自动接着存")
    return Finding("第二份", "good", "第二份的地方在，能写")


def printer(name: str, *, ready: bool, known: bool, said: str) -> Finding:
    """小票机 as the printers page knows it."""
    title = f"打印机 {name}".strip()
    words = said.removeprefix("打印机").strip().rstrip("。")
    if ready:
        return Finding(title, "good", words or "就绪，有纸")
    state: State = "bad" if known else "unknown"
    return Finding(title, state, words or "没有回话", "看电源、连线和纸；票都排着队，好了自己打")


def no_printer() -> Finding:
    """A desk without a slip printer."""
    return Finding(
        "打印机", "warn", "这个窗口没有设小票打印机", "在 desk.toml 里写上 printer（一台）或 printers（几台）"
    )


def a4_printer(trouble: str) -> Finding:
    """A4 打印机."""
    if trouble:
        head, _, rest = trouble.rstrip("。").partition("，")
        return Finding("A4 打印机", "warn", head, rest or "找管理员装好打印机")
    return Finding("A4 打印机", "good", "系统打印装着")


def scanner(names: tuple[str, ...] | None) -> Finding:
    """扫描仪; None: no program to scan with."""
    if names is None:
        return Finding("扫描仪", "warn", "没有装扫描程序", "装 SANE（scanimage）；在那之前材料存成文件再加")
    if not names:
        return Finding("扫描仪", "warn", "没有找到扫描仪", "看扫描仪的电源和线；在那之前材料存成文件再加")
    return Finding("扫描仪", "good", "、".join(names))


def seals(until: tuple[datetime | None, ...], now: datetime) -> Finding:
    """印章钥匙: a date a seal, None for one whose key is not here."""
    if not until:
        return Finding("印章钥匙", "good", "这个窗口没有电子印章，盖实体章登记")
    away = sum(one is None for one in until)
    if away:
        said = f"{len(until)} 枚里有 {away} 枚的钥匙不在"
        return Finding("印章钥匙", "warn", said, "插上印章钥匙；插不上就盖实体章并登记")
    return _days("印章钥匙", min(one for one in until if one is not None), now, "请发证机构换证书")


def _days(name: str, until: datetime, now: datetime, remedy: str) -> Finding:
    left = (until - now).days
    if left < 0:
        return Finding(name, "bad", f"证书已经过期 {-left} 天", remedy)
    state: State = "bad" if left < LAST else "warn" if left < SOON else "good"
    return Finding(name, state, f"证书还有 {left} 天", "" if state == "good" else f"{remedy}，在到期前换好")


def _no_address(name: str) -> Finding:
    return Finding(name, "unknown", "不知道中心在哪", "先看“设置文件”一项")
