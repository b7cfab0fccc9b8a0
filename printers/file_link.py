"""文件线路 a printer behind a device file such as /dev/usb/lp0; tried on plain files and pipes, on no real device."""

from __future__ import annotations

import contextlib
import os
import select
import stat
import time
from typing import Any

from clerk_app.receipts.paper import Delivery, PrinterStatus
from printers import one_way
from printers.drivers import DriverError, driver_class
from printers.link import Timeouts, check_token
from printers.profiles import Profile

_PART = 4096


class FileLink(one_way.OneWayLink):
    """文件打印机 python-escpos opens and closes the file; the writing has an end even when the printer takes nothing."""

    def __init__(self, file: str, timeouts: Timeouts = Timeouts(), *, profile: Profile = Profile()) -> None:
        super().__init__(timeouts, profile)
        self._file = file

    def send(self, payload: bytes, token: str) -> Delivery:
        """One job, one opening of the file."""
        check_token(token)
        with self._busy:
            try:
                driver = self._opened()
            except OSError:
                return self._not_sent("连不上")
            try:
                given = self._give(driver.device.fileno(), payload)
            finally:
                with contextlib.suppress(OSError):
                    driver.close()
        if given == len(payload):
            return one_way.whole(self._profile)
        if given == 0:
            return self._not_sent("什么也不收")
        return Delivery("unknown", "打印机收到一半不收了，不知道打出来没有。")

    def status(self) -> PrinterStatus:
        """Whether the file is there and may be written; the device itself is not asked."""
        if os.path.exists(self._file) and not os.path.isdir(self._file) and os.access(self._file, os.W_OK):
            return one_way.lamp_without_answers(self._profile)
        return PrinterStatus(ready=False, known=True, said=self._not_sent("连不上").said)

    def _opened(self) -> Any:
        # A missing device must not become a plain file, and a pipe nobody reads must not hold the lane for ever.
        kind = os.stat(self._file).st_mode
        if stat.S_ISDIR(kind):
            raise DriverError("folder")
        driver = driver_class("File")(self._file)
        if os.name != "posix":
            driver.open()
            return driver
        held = os.open(self._file, os.O_WRONLY | os.O_NONBLOCK)  # held until the library has it: the reader sees no end
        try:
            driver.open()
        finally:
            os.close(held)
        os.set_blocking(driver.device.fileno(), False)
        return driver

    def _give(self, file: int, payload: bytes) -> int:
        """How many bytes the device took before it was done, took no more in time, or went away."""
        given, until = 0, time.monotonic() + self._timeouts.send
        while given < len(payload):
            if os.name == "posix" and not select.select([], [file], [], max(until - time.monotonic(), 0.0))[1]:
                break
            try:
                given += os.write(file, payload[given : given + _PART])
            except BlockingIOError:
                if time.monotonic() >= until:
                    break
                time.sleep(0.01)
            except OSError:
                break
        return given

    def _not_sent(self, what: str) -> Delivery:
        return Delivery("not_sent", f"打印机（{self._file}）{what}：看电源和线。")
