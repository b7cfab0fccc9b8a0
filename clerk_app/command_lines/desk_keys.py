"""台面的钥匙 this desk's secrets for a command line: from the system keyring, or from the box a sign-in password opens."""

from __future__ import annotations

from pathlib import Path

from clerk_app.command_lines.asking import ask_secret
from clerk_app.command_lines.spoken import UnreadableError
from clerk_app.outside.password_box import FILE, PasswordBox
from clerk_app.outside.secrets import KeyringBox
from clerk_app.ports import SecretBox, SecretBoxAway


class DeskKeys:
    """台面的钥匙 opened when the first one is asked for; a password is asked for once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._box: SecretBox | None = None

    def secret(self, name: str) -> bytes:
        """By its name; raises `UnreadableError`."""
        if self._box is None:
            self._box = self._opened()
        try:
            key = self._box.get(name)
        except SecretBoxAway:
            raise UnreadableError(
                "这台机器没有可用的密钥环，拿不到数据的钥匙，没有打开。在窗口那台机器上登录后再来。"
            ) from None
        if key is None:
            raise UnreadableError("密钥环里没有这份数据的钥匙，没有打开。核对 --data-dir，用窗口的系统账户再来。")
        return key

    def _opened(self) -> SecretBox:
        if not (self._folder / FILE).exists():
            return KeyringBox(str(self._folder.resolve()))
        try:
            box = PasswordBox(self._folder)
        except (OSError, ValueError):
            raise UnreadableError(f"钥匙文件 {FILE} 读不了，没有打开，数据没有动。找管理员用恢复证书取。") from None
        if not box.unlock(ask_secret("这个窗口登录过的人的登录密码")):
            raise UnreadableError("密码打不开这台机器上的数据，什么都没做。换登录过这台机器的人的密码再来。")
        return box
