"""装机 from a set-up file to a desk that opens: checked first, then written and enrolled; what fails leaves nothing behind."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from clerk_app.outside.centre_look import look_at_centre
from clerk_app.outside.log_file import LOG
from clerk_app.outside.password_box import FILE
from clerk_app.outside.secrets import KeyringBox
from clerk_app.outside.setup_file import CA_FILE, SetupFaults, SetupFile, desk_toml, read_setup
from clerk_app.outside.whole_file import write_whole
from clerk_app.ports import CannotOpen, NeedsPassword, SecretBoxAway
from clerk_app.settings import CARD
from clerk_app.starting import MakerFor, Start, opening, read_settings

DESK = "desk.toml"
_APART = timedelta(minutes=5)
_ours = (
    DESK,
    CA_FILE,
    CARD,
    FILE,
    "counter.db",
    "counter.db-wal",
    "counter.db-shm",
    "counter.lock",
    "counter.db.recovery",
)
_centre = {
    "certificate": "中心的证书本机不认，没有装，什么都没动。请中心把根证书放进装机文件（--ca）再来。",
    "other": "那个地址答得不像我们的中心，没有装，什么都没动。请中心核对地址，重新发一份。",
}
_CUT = "连不上中心，没有装，什么都没动。查网线，再核对装机文件里的地址。"


@dataclass(frozen=True, kw_only=True)
class Installed:
    """装好了 what to say; `code` is left where there is no keyring: the window that opens next spends it itself."""

    sentence: str
    code: str = ""


def set_up(file: Path, folder: Path, maker: MakerFor) -> Installed:
    """Raises `SetupFaults` for the file, `CannotOpen` for everything else; either way the folder is as it was."""
    begun, setup = time.monotonic(), _read(file)
    _check_place(setup, folder)
    there, kept = folder.exists(), [name for name in _ours if (folder / name).exists()]
    try:
        _write(setup, folder)
        return _enrol(setup, folder, maker, begun)
    except BaseException:
        _take_back(folder, kept, there=there)
        raise


def _read(file: Path) -> SetupFile:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        raise SetupFaults(("装机文件打不开，什么都没动。看看路径对不对、能不能读。",)) from None
    return read_setup(text)


def _check_place(setup: SetupFile, folder: Path) -> None:
    """A desk that is one already keeps its own; one whose window could not enrol the first time may try again."""
    desk, words = folder / DESK, desk_toml(setup)
    same = desk.is_file() and desk.read_text(encoding="utf-8", errors="replace") == words
    again = same and not (folder / FILE).exists() and not _has_keyring(folder)
    if (desk.exists() or (folder / "counter.db").exists()) and not again:
        raise CannotOpen(
            "这台电脑已经装过，没有再装，什么都没动。要换窗口就换一个 --data-dir，或先找管理员收走旧数据。"
        )


def _has_keyring(folder: Path) -> bool:
    try:
        KeyringBox(str(folder.resolve())).get("store-key")
    except SecretBoxAway:
        return False
    return True


def _write(setup: SetupFile, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if setup.ca:
            write_whole(folder / CA_FILE, setup.ca.encode("ascii"))
        write_whole(folder / DESK, desk_toml(setup).encode())
    except OSError:
        raise CannotOpen("数据夹写不进，没有装，什么都没动。看看权限和空间再来。") from None
    settings = read_settings(folder, "")
    seen = look_at_centre(settings.centre, settings.ca)
    if seen.why:
        raise CannotOpen(_centre.get(seen.why, _CUT))
    if seen.apart is not None and abs(seen.apart) > _APART:
        raise CannotOpen("这台电脑的时钟和中心差 5 分钟以上，没有装，什么都没动。打开系统的自动对时再来。")


def _enrol(setup: SetupFile, folder: Path, maker: MakerFor, begun: float) -> Installed:
    if not _has_keyring(folder):
        return Installed(
            sentence="设置写好了，没有密钥环：窗口这就打开，本人登录后数据用登录密码打开。", code=setup.code
        )
    try:
        with opening(Start(folder, "", training=False, code=setup.code), maker, "") as (office, _):
            hall, name = office.hall.id, office.hall.name
    except NeedsPassword as error:
        raise CannotOpen(str(error)) from error
    if hall != setup.hall:
        raise CannotOpen("中心说这个入列码是别的大厅的，没有装，什么都没动。请中心重新发一份。")
    took = time.monotonic() - begun
    return Installed(
        sentence=f"{name} {setup.window}号窗口装好了，用了 {took:.1f} 秒。装机文件用过了，删掉它，再开窗口登录。"
    )


def _take_back(folder: Path, kept: list[str], *, there: bool) -> None:
    """Only what was not there before, by name: anything else in the folder is somebody's."""
    for name in _ours:
        if name not in kept:
            (folder / name).unlink(missing_ok=True)
    if there or not folder.is_dir():
        return
    for log in (folder / LOG).glob("*.log"):
        log.unlink(missing_ok=True)
    for place in (folder / LOG, folder / "blobs", folder):
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
