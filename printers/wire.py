"""连接 one connection to a printer: questions with matched answers, and the signs that a job came to its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

from printers.channels import Channel, LineCutError
from printers.status import is_status

_ECHO = b"\x37\x22"


class Wire:
    """连接 one channel for one job; no answer is None, a closed line is LineCutError."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._read = b""
        self.foreign_echo = False
        """An echo with another token came by: the printer confirms by token, and a fence proves nothing there."""

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._channel.close()

    def give(self, data: bytes, seconds: float) -> None:
        """In one go; an OSError leaves open how much of it went out."""
        self._channel.give(data, seconds)

    def finish(self, seconds: float) -> bool:
        """Say that no more comes and take what still arrives (closing on unread bytes would reset the line).

        False if the other side reset the line instead of closing it or staying quiet.
        """
        until = time.monotonic() + seconds
        try:
            self._channel.end()
            while self._receive(until):
                pass
        except LineCutError as error:
            return error.__cause__ is None
        except OSError:
            return False
        return True

    def ask(self, questions: tuple[int, ...], seconds: float) -> dict[int, int]:
        """DLE EOT for each question, one after the other, each with its own answer; `seconds` is for each."""
        answers: dict[int, int] = {}
        for question in questions:
            self.drain()
            self.give(bytes((0x10, 0x04, question)), seconds)
            answer = self._matching(is_status, time.monotonic() + seconds)
            if answer is not None:
                answers[question] = answer
            elif not answers:
                break
        return answers

    def echo(self, token: bytes | None, until: float) -> bool:
        """Whether the printer confirmed this very token in time; None: whether it confirmed any."""
        while (item := self._next(until)) is not None:
            if item.startswith(_ECHO):
                if token is None or item == _ECHO + token + b"\x00":
                    return True
                self.foreign_echo = True
        return False

    def fence(self, until: float) -> int | None:
        """The answer to `GS r 1`: the paper sensor as it was when the printer had come that far."""
        return self._matching(lambda byte: byte & 0x90 == 0, until)

    def drain(self) -> None:
        """Throw away what came unasked; LineCutError if the line is closed already."""
        while self._receive(0.0):
            pass
        self._read = b""

    def _matching(self, fits: Callable[[int], bool], until: float) -> int | None:
        while (item := self._next(until)) is not None:
            self.foreign_echo |= item.startswith(_ECHO)
            if len(item) == 1 and fits(item[0]):
                return item[0]
        return None

    def _next(self, until: float) -> bytes | None:
        """One byte, or one whole message: the bytes of an echo or of an unasked status report answer nothing else."""
        while True:
            length = _message_length(self._read)
            if self._read and len(self._read) >= length:
                item, self._read = self._read[:length], self._read[length:]
                return item
            if not self._receive(until):
                return None

    def _receive(self, until: float) -> bool:
        chunk = self._channel.take(max(until - time.monotonic(), 0.0))
        self._read += chunk
        return bool(chunk)


def _message_length(read: bytes) -> int:
    if read[:1] == _ECHO[:1]:
        return 7 if read[1:2] in (b"", _ECHO[1:]) else 1
    return 4 if read and read[0] & 0x93 == 0x10 else 1
