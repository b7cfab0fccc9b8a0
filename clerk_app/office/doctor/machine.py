"""机器的体检 what is said of program, folder, desk file, keyring, log, screens and letters."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.ports.doctor import Finding, State
from clerk_app.ports.updates import UpdateState
from clerk_app.updating import is_newer

LEAST_PYTHON = (3, 11)
GIGABYTE = 1 << 30
FULL, NEARLY = GIGABYTE // 4, GIGABYTE
_CLEAN = "清出 1 GB 再办；数据夹里的别动"


@dataclass(frozen=True)
class ScreenFacts:
    """屏幕和字 how many screens there are (None: no display), whether our bundled faces came, whether a rare name can be drawn."""

    screens: int | None
    bundled: bool
    rare: bool


def program(python: tuple[int, int, int], version: str) -> Finding:
    """程序."""
    spelled = ".".join(str(part) for part in python)
    if python[:2] < LEAST_PYTHON:
        return Finding("程序", "bad", f"Python {spelled} 太旧", "装 Python 3.11 以上，再装一遍程序")
    return Finding("程序", "good", f"版本 {version}，Python {spelled}")


def update(state: UpdateState | None) -> Finding:
    """更新: something failed, waits, or was given up; or this version is older than what the hall let out."""
    name = "更新"
    if state is None:
        return Finding(name, "good", "练习大厅和源代码开的程序不换版")
    if state.trouble:
        head, _, rest = state.trouble.rstrip("。").partition("，")
        return Finding(name, "warn", head, rest or "在“设置”的“更新”里看")
    if state.returned is not None and state.returned.why == "not_up":
        said = f"{state.returned.version} 两次都没有起来，退回了 {state.running}"
        return Finding(name, "warn", said, "把日志存成文件给管理员；有新的一版会再取")
    if state.waiting is not None:
        said = "取好了，关门后换" if state.ready else "正在取"
        return Finding(name, "good", f"{state.waiting.version} {said}，现在是 {state.running}")
    if is_newer(state.newest, state.running):
        said = f"大厅放行到 {state.newest}，这台还是 {state.running}"
        return Finding(name, "warn", said, "先换的窗口换好了就轮到；轮到了还不换，问中心有没有这种机器的包")
    return Finding(name, "good", f"{state.running}，没有等着的更新")


def folder(*, there: bool, writable: bool, free: int) -> Finding:
    """数据夹: whether it is there and takes what is written, and its free space."""
    room = f"{free / GIGABYTE:.1f} GB"
    if not there:
        return Finding("数据夹", "bad", "还没有数据夹", "核对 --data-dir；新机器用 --setup 装")
    if not writable:
        return Finding("数据夹", "bad", "数据夹写不进", "找管理员看这个文件夹的权限，别用管理员身份开程序")
    state: State = "bad" if free < FULL else "warn" if free < NEARLY else "good"
    return Finding("数据夹", state, f"能写，还空着 {room}", "" if state == "good" else _CLEAN)


def desk_file(trouble: str, window: int | None) -> Finding:
    """台面设置: what `desk.toml` says can be read."""
    if window is None:
        return Finding("设置文件", "bad", trouble.split("。", 1)[0], "照中心给的改好 desk.toml，或用 --setup 再装一遍")
    return Finding("设置文件", "good", f"{window}号窗口的 desk.toml 读得懂")


def keyring(*, ring: bool, box: bool) -> Finding:
    """密钥环: where the store's key lies."""
    if box:
        return Finding("密钥环", "good", "没有用密钥环，钥匙用本窗口各人的登录密码包着")
    if ring:
        return Finding("密钥环", "good", "系统密钥环能用")
    remedy = "装好密钥环（如 gnome-keyring）更稳；不装也行，第一次登录后用密码包着"
    return Finding("密钥环", "warn", "没有可用的系统密钥环", remedy)


def log_folder(*, writable: bool | None, size: int) -> Finding:
    """日志夹; None: there is no data folder yet."""
    if writable is None:
        return Finding("日志", "unknown", "还没有数据夹，也就没有日志", "先看“数据夹”一项")
    if not writable:
        return Finding("日志", "warn", "日志写不进，出了事没有记录可查", "找管理员看数据夹里 log 的权限")
    return Finding("日志", "good", f"记着，共 {size / 1024:.0f} KB")


def second_screen(facts: ScreenFacts, *, wanted: bool) -> Finding:
    """第二屏: the desk file may say that there is to be one."""
    if facts.screens is None:
        return Finding("第二屏", "unknown", "这里没有显示，看不到接了几块屏", "在窗口的桌面上再查")
    if facts.screens > 1:
        return Finding("第二屏", "good", f"接了 {facts.screens} 块屏")
    if wanted:
        return Finding("第二屏", "bad", "该有第二屏，只找到一块", "看第二块屏的电源和线；评价可以先扫小票上的码")
    return Finding("第二屏", "good", "只有一块屏，desk.toml 也没有要第二块")


def letters(facts: ScreenFacts) -> Finding:
    """字体: our own are there, and rare names can be drawn."""
    if not facts.bundled:
        return Finding("字体", "bad", "自带的中文字体没有装上", "把程序重新装一遍，resources/fonts 要在")
    if not facts.rare:
        remedy = "请大厅装收生僻字的字体（如 SimSun-ExtB）；在那之前显示成 □ 和编码"
        return Finding("字体", "warn", "自带的中文字体在，有些生僻字的名字画不出", remedy)
    return Finding("字体", "good", "自带的中文字体在，生僻字也画得出")
