"""中心的恢复 over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports import Sent, Verdict
from clerk_app.ports.recovery import Admission, FileSeal, Signatory, Unseen
from clerk_app.sync import protocol


class HttpRecovery:
    """中心的恢复 what `ports.recovery.RecoveryCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def admit(self, device: str, first: Signatory, second: Signatory, seals: Sequence[FileSeal] = ()) -> Admission:
        """两个人到场."""
        people = {"first": vars(first), "second": vars(second), "seals": [vars(seal) for seal in seals]}
        return read_answer(self._post({"device": device, "commands": [], **people}), Admission)

    def bring_in(self, device: str, recovery: str, batch: Sequence[Sent]) -> tuple[Verdict, ...]:
        """导入."""
        commands = [{"envelope": s.envelope.decode(), "signature": s.signature, "aside": s.aside} for s in batch]
        answer = self._post({"device": device, "recovery": recovery, "commands": commands})
        return read_answer(answer.get("verdicts"), tuple[Verdict, ...])

    def unseen_numbers(self, device: str) -> Unseen:
        """没见着的号."""
        query = urlencode({"device": device})
        return read_answer(self._line.call("GET", f"{protocol.UNSEEN_NUMBERS}?{query}"), Unseen)

    def _post(self, body: dict[str, Any]) -> Any:
        return self._line.call("POST", protocol.RECOVERED, body)
