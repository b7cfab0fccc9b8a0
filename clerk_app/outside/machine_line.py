"""电脑的中心 over HTTP, signed by the person who acts; and the set-up file of a new machine, with what this desk knows of the centre."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.outside.setup_file import SetupFaults, SetupFile, read_setup, setup_text
from clerk_app.ports.audit import Signer
from clerk_app.ports.machines import CodeMade, Gone, MachinesSeen, Second, SetupTrouble, SetupWish
from clerk_app.settings import Settings
from clerk_app.sync import protocol


class HttpMachines:
    """电脑的中心 what `ports.machines.MachineCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def seen(self, by: Signer) -> MachinesSeen:
        """大厅的电脑."""
        return read_answer(self._line.call("GET", protocol.MACHINES, by=by), MachinesSeen)

    def new_code(self, window: int, reason: str, second: Second | None, by: Signer) -> CodeMade:
        """入列."""
        return read_answer(self._ask(protocol.MACHINE_CODES, {"window": window}, reason, second, by), CodeMade)

    def undo_code(self, act: str, reason: str, second: Second | None, by: Signer) -> None:
        """撤回."""
        self._ask(protocol.MACHINE_CODES_UNDONE, {"act": act}, reason, second, by)

    def swap(self, device: str, reason: str, second: Second | None, by: Signer) -> CodeMade:
        """换机."""
        return read_answer(self._ask(protocol.MACHINE_SWAPPED, {"device": device}, reason, second, by), CodeMade)

    def lose(self, device: str, reason: str, second: Second | None, by: Signer) -> Gone:
        """报失."""
        return read_answer(self._ask(protocol.MACHINE_LOST, {"device": device}, reason, second, by), Gone)

    def _ask(
        self, path: str, about: dict[str, Any], reason: str, second: Second | None, by: Signer
    ) -> Mapping[str, Any]:
        body = {**about, "reason": reason, "second": None if second is None else vars(second)}
        return self._line.call("POST", path, body, by=by)


class SetupFiles:
    """装机文件的去处 what `ports.machines.SetupShelf` asks for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def check(self, file: Path, wish: SetupWish) -> None:
        """With a code that is none: everything else is as it will be."""
        if file.exists():
            raise SetupTrouble("那里已有同名的文件，没有办，什么都没动。换一个名字再来。")
        if not os.access(file.parent, os.W_OK):
            raise SetupTrouble("那个文件夹写不进，没有办，什么都没动。换一个地方再来。")
        now = datetime.now().astimezone()
        made = CodeMade(act="", code="-", window=1, expires=now + timedelta(hours=1), hall="-", hall_name="-")
        self._read(self._text(made, wish), now)

    def write(self, file: Path, made: CodeMade, wish: SetupWish) -> None:
        """写装机文件."""
        text = self._text(made, wish)
        self._read(text, None)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(text)
        except FileExistsError:
            raise SetupTrouble(
                "那里已有同名的文件，装机文件没有写，入列码照样能用。用它手工入列，或撤回重发。"
            ) from None
        except OSError:
            raise SetupTrouble("那里写不进，装机文件没有写，入列码照样能用。用它手工入列，或撤回重发。") from None

    def _text(self, made: CodeMade, wish: SetupWish) -> str:
        setup = SetupFile(
            hall=made.hall,
            hall_name=made.hall_name,
            window=made.window,
            centre=self._settings.centre,
            code=made.code,
            expires=made.expires.isoformat(timespec="seconds"),
            ca=self._ca(),
            **vars(wish),
        )
        return setup_text(setup)

    def _ca(self) -> str:
        try:
            return self._settings.ca.read_text(encoding="ascii") if self._settings.ca else ""
        except (OSError, ValueError):
            raise SetupTrouble(
                "这台电脑读不了中心的根证书，没有办，什么都没动。找管理员看 desk.toml 里的 ca。"
            ) from None

    @staticmethod
    def _read(text: str, now: datetime | None) -> None:
        try:
            read_setup(text, now)
        except SetupFaults as faults:
            raise SetupTrouble("".join(faults.findings)) from None
