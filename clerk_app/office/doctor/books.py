"""数据的体检 what is said of the store: does it open, does its chain hold, is it ours, are there numbers left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clerk_app.ports.doctor import Finding

StoreWord = Literal["open", "none", "no-key", "locked", "unreadable", "too-new", "too-old"]
FEW = 4
_closed: dict[StoreWord, tuple[str, str]] = {
    "no-key": ("有数据，密钥环里没有它的钥匙", "用窗口的系统账户开；还没有就找管理员用恢复证书开，别删文件"),
    "unreadable": ("数据文件打不开：钥匙不对或文件坏了", "别删它；找管理员用恢复证书或备份恢复"),
    "too-new": ("数据文件被更新的程序升级过，这一版打不开", "装新版再开"),
}


@dataclass(frozen=True, kw_only=True)
class StoreFacts:
    """库里的 who this machine is, and how far its file was upgraded."""

    version: int
    newest: int
    device: str = ""
    hall: str = ""
    hall_name: str = ""
    hall_version: str = ""
    standing: str = "good"
    numbers: int = 0


def store(word: StoreWord) -> Finding:
    """数据文件."""
    if word in _closed:
        said, remedy = _closed[word]
        return Finding("数据文件", "bad", said, remedy)
    if word == "none":
        return Finding("数据文件", "warn", "还没有数据，第一次打开时才有", "连着中心，用 --setup 或入列码开一次")
    if word == "locked":
        return Finding("数据文件", "unknown", "要登录密码才打得开，这里没有密码", "登录后在“设置”里查")
    if word == "too-old":
        return Finding("数据文件", "warn", "数据文件是旧版的", "用客户端打开一次，自己升级")
    return Finding("数据文件", "good", "打得开，钥匙在")


def schema(facts: StoreFacts | None) -> Finding:
    """库的版本."""
    if facts is None:
        return _unseen("库的版本")
    if facts.version > facts.newest:
        return Finding("库的版本", "bad", f"第 {facts.version} 版，这一版程序只到 {facts.newest}", "装新版再开")
    if facts.version < facts.newest:
        said = f"第 {facts.version} 版，程序要第 {facts.newest} 版"
        return Finding("库的版本", "warn", said, "用客户端打开一次，自己升级，升级前自己留一份")
    return Finding("库的版本", "good", f"第 {facts.version} 版，是最新的")


def chain(rows: int | None, *, holds: bool, standing: str) -> Finding:
    """流水链: every row follows the one before, and this file is the newest of its journal."""
    if rows is None:
        return _unseen("流水")
    if not holds:
        return Finding("流水", "bad", f"{rows} 条里有对不上的", "别再办，别删文件；找管理员拿 journal verify 的结果")
    if standing != "good":
        said = "这份数据不是最新的一份，只能看和查"
        return Finding("流水", "bad", said, "连着线，请管理员在“同步”页另起一本流水")
    return Finding("流水", "good", f"{rows} 条一条接一条，都对得上")


def enrolment(facts: StoreFacts | None) -> Finding:
    """入列."""
    if facts is None:
        return _unseen("入列")
    if not facts.device:
        return Finding("入列", "bad", "这台电脑还没有入列", "请中心发一个入列码，用 --setup 装")
    return Finding("入列", "good", f"已入列，机器编号尾号 {facts.device[-6:]}")


def numbers(facts: StoreFacts | None) -> Finding:
    """号段: what is left to give a case its number with the line cut."""
    if facts is None:
        return _unseen("号段")
    if facts.numbers > FEW:
        return Finding("号段", "good", f"办件编号还有 {facts.numbers} 个")
    said = f"办件编号只剩 {facts.numbers} 个" if facts.numbers else "手里没有办件编号"
    return Finding("号段", "warn", said, "连着线自己会领；断着线用完了先登记在纸上，恢复后补录")


def hall_data(facts: StoreFacts | None) -> Finding:
    """大厅资料."""
    if facts is None:
        return _unseen("大厅资料")
    if not facts.hall_version or not facts.hall_name:
        return Finding("大厅资料", "bad", "还没有大厅资料", "连着中心开一次，自己会取")
    return Finding("大厅资料", "good", f"{facts.hall_name}，版本 {facts.hall_version[:8]}")


def _unseen(name: str) -> Finding:
    return Finding(name, "unknown", "数据文件没有打开，看不到", "先看“数据文件”一项")
