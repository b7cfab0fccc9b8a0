"""通路 the ways bytes go to a printer and answers come back: TCP here, serial and USB in their own modules."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Protocol

_LOOK_AGAIN = 0.01


class LineCutError(OSError):
    """断线 the other side closed or reset the connection, or the device went away."""


class Channel(Protocol):
    """通路 one open line to one device, for one job."""

    def give(self, data: bytes, seconds: float) -> None:
        """All of it, or an OSError that leaves open how much went out (TimeoutError: the device stopped taking)."""
        ...

    def take(self, seconds: float) -> bytes:
        """What arrived; empty when nothing did in that time. LineCutError when the line is closed."""
        ...

    def end(self) -> None:
        """No more comes from here; answers still may."""
        ...

    def close(self) -> None:
        """Let go of the device at once, whatever still waits."""
        ...


class TcpChannel:
    """网口通路 one socket, kept alive, without delay for small questions."""

    def __init__(self, host: str, port: int, seconds: float) -> None:
        self._socket = socket.create_connection((host, port), timeout=max(seconds, 0.01))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def give(self, data: bytes, seconds: float) -> None:
        """One sendall."""
        self._socket.settimeout(seconds)
        self._socket.sendall(data)

    def take(self, seconds: float) -> bytes:
        """One recv."""
        self._socket.settimeout(max(seconds, 0.0))
        try:
            chunk = self._socket.recv(4096)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise LineCutError from error
        if not chunk:
            raise LineCutError
        return chunk

    def end(self) -> None:
        """The sending half is closed: closing on unread bytes would reset the line."""
        self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Both halves."""
        self._socket.close()


class SerialPort(Protocol):
    """串口 as much of pyserial as is used here."""

    timeout: float | None
    write_timeout: float | None
    exclusive: bool
    in_waiting: int
    out_waiting: int

    def read(self, size: int) -> bytes: ...
    def reset_output_buffer(self) -> None: ...
    def close(self) -> None: ...


class SerialDriver(Protocol):
    """串口驱动 as much of python-escpos' Serial as is used here."""

    device: SerialPort | None

    def open(self) -> None: ...
    def close(self) -> None: ...
    def _raw(self, msg: bytes) -> None: ...


class SerialChannel:
    """串口通路 python-escpos opens, hands over and closes the port; no waiting of its own is without an end."""

    def __init__(self, driver: SerialDriver) -> None:
        """Raises OSError when the port is not there or another program has it."""
        self._driver = driver
        driver.open()
        if driver.device is None:
            raise LineCutError("no port")
        self._port = driver.device
        try:
            self._port.exclusive = True
        except OSError:
            self.close()
            raise

    def give(self, data: bytes, seconds: float) -> None:
        """Until the last byte left this machine; TimeoutError when the printer holds the line or is off."""
        until = time.monotonic() + seconds
        self._port.write_timeout = seconds
        try:
            self._driver._raw(data)  # noqa: SLF001 (the library has no other name for it)
        except OSError as error:
            if type(error).__name__ == "SerialTimeoutException":
                raise TimeoutError from error
            raise
        while self._port.out_waiting:
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(_LOOK_AGAIN)

    def take(self, seconds: float) -> bytes:
        """At least one byte, and what came with it."""
        self._port.timeout = max(seconds, 0.0)
        try:
            first = self._port.read(1)
            return first + self._port.read(self._port.in_waiting) if first else b""
        except OSError as error:
            raise LineCutError from error

    def end(self) -> None:
        """A serial line has no half."""

    def close(self) -> None:
        """What the driver still holds is thrown away: waiting for a printer that is off would never end."""
        # A port that went away raises termios.error too, which is no OSError, and the library's close() then stops half-way.
        for step in (self._port.reset_output_buffer, self._driver.close, self._port.close):
            with contextlib.suppress(Exception):
                step()


class UsbDevice(Protocol):
    """通用串行设备 as much of pyusb as is used here."""

    def write(self, endpoint: int, data: bytes, timeout: int) -> int: ...
    def read(self, endpoint: int, size: int, timeout: int) -> bytes: ...


class UsbDriver(Protocol):
    """通用串行驱动 as much of python-escpos' Usb as is used here."""

    device: UsbDevice | None
    in_ep: int
    out_ep: int

    def open(self) -> None: ...
    def close(self) -> None: ...


class UsbChannel:
    """通用串行通路 python-escpos finds the device, takes it from the kernel and gives it back."""

    _LEAST_MS = 20
    """0 would wait for ever, and answers over USB come late."""

    def __init__(self, driver: UsbDriver) -> None:
        """Raises OSError when the device is not there."""
        self._driver = driver
        driver.open()
        if driver.device is None:
            raise LineCutError("no device")
        self._device = driver.device

    def give(self, data: bytes, seconds: float) -> None:
        """The library's own call drops the count of what went out; here a short one is a fault."""
        if self._device.write(self._driver.out_ep, data, self._ms(seconds)) != len(data):
            raise TimeoutError

    def take(self, seconds: float) -> bytes:
        """Printers answer with empty packets while they have nothing to say."""
        until = time.monotonic() + seconds
        while True:
            try:
                chunk = bytes(self._device.read(self._driver.in_ep, 64, self._ms(until - time.monotonic())))
            except OSError as error:
                if type(error).__name__ == "USBTimeoutError":
                    return b""
                raise LineCutError from error
            if chunk or time.monotonic() >= until:
                return chunk

    def end(self) -> None:
        """A bulk pipe has no half."""

    def close(self) -> None:
        """The interface is free again."""
        with contextlib.suppress(OSError):
            self._driver.close()

    def _ms(self, seconds: float) -> int:
        return max(int(seconds * 1000), self._LEAST_MS)
