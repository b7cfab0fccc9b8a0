"""Windows 队列 python-escpos' Win32Raw over pywin32; tried with a stand-in for that module, on no Windows and no device."""

from __future__ import annotations

import contextlib
from typing import Any

from printers.drivers import DriverError, driver_class
from printers.spooler_link import NotTakenError

_PRINTER = {
    0x00400000: "上盖开着：合上上盖",
    0x10: "缺纸：换上纸卷，合上上盖",
    0x40: "缺纸：换上纸卷，合上上盖",
    0x08: "卡纸：打开上盖，取出纸再合上",
    0x80: "脱机：看电源和线",
    0x1000: "脱机：看电源和线",
    0x01: "系统打印队列停用了：找管理员启用",
    0x02: "打印机报错：看一眼打印机上的灯",
}
"""PRINTER_STATUS_* of the system; what stands first is said first."""
_DELETE = 5
_GONE = 0x80 | 0x100 | 0x1000
"""JOB_STATUS_PRINTED, _DELETED, _COMPLETE: such a job is not waiting any more."""


class WindowsQueue:
    """系统队列 one printer by the name Windows gives it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def missing(self) -> bool:
        """Windows knows no printer of this name."""
        driver = self._driver()
        return self.name not in driver.printers

    def trouble(self) -> str:
        """By the status bits of the queue, as far as the driver keeps them."""
        with self._handle() as (system, handle):
            status = int(system.GetPrinter(handle, 2)["Status"])
        return next((sentence for bit, sentence in _PRINTER.items() if status & bit), "")

    def submit(self, payload: bytes) -> str:
        """One document, closed explicitly; a torn one is thrown away."""
        driver = self._driver()
        try:
            driver.open(job_name="slip")
        except OSError as error:
            raise NotTakenError from error
        job = str(driver.current_job)
        try:
            driver._raw(payload)  # noqa: SLF001 (the library has no other name for it)
            driver.close()
        except Exception as error:
            with contextlib.suppress(Exception):
                self.cancel(job)
            raise DriverError(type(error).__name__) from error
        return job

    def holds(self, job: str) -> bool:
        """Whether it stands in the list as one that is not printed."""
        with self._handle() as (system, handle):
            rows = system.EnumJobs(handle, 0, 999, 1)
        return any(str(row["JobId"]) == job and not row["Status"] & _GONE for row in rows)

    def cancel(self, job: str) -> None:
        """Out of the list."""
        with self._handle() as (system, handle):
            system.SetJob(handle, int(job), 0, None, _DELETE)

    def _driver(self) -> Any:
        try:
            return driver_class("Win32Raw")(self.name)
        except RuntimeError as error:
            raise DriverError("no pywin32") from error

    @contextlib.contextmanager
    def _handle(self) -> Any:
        from escpos.printer import win32raw

        self._driver()
        system: Any = win32raw.win32print
        try:
            handle = system.OpenPrinter(self.name)
            try:
                yield system, handle
            finally:
                system.ClosePrinter(handle)
        except win32raw.pywintypes.error as error:
            raise DriverError("the system refused") from error
