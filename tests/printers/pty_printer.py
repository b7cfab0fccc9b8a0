"""A serial printer without one: a pseudo-terminal whose other end is wired to the virtual printer."""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import threading
import tty

from printers.virtual import VirtualPrinter


class PtyPrinter:
    """`url` is the port; what the virtual printer resets or closes cuts the cable."""

    def __init__(self, printer: VirtualPrinter) -> None:
        self.printer = printer
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self.path = os.ttyname(slave)
        self._slave = slave
        self._socket: socket.socket | None = None
        self._bell, self._ear = socket.socketpair()
        self._cut = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"serial://{self.path}?baud=115200"

    def let_go(self) -> None:
        """The printer sees the end of what came, as it does when a cable is drawn."""
        self._bell.send(b"e")
        assert self.printer.wait_until(lambda p: p.open_sessions == 0)

    def close(self) -> None:
        self._bell.send(b"q")
        self._thread.join()
        self._bell.close()
        self._ear.close()
        for file in (self._slave, self._master):
            with contextlib.suppress(OSError):
                os.close(file)

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._ear, selectors.EVENT_READ)
            selector.register(self._master, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self._ear:
                        quits = self._ear.recv(1) == b"q"
                        self._hang_up(selector)
                        if quits:
                            return
                    elif key.fileobj == self._master:
                        self._to_printer(selector, os.read(self._master, 65536))
                    else:
                        self._from_printer(selector)

    def _to_printer(self, selector: selectors.BaseSelector, chunk: bytes) -> None:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.printer.port))
            selector.register(self._socket, selectors.EVENT_READ)
        with contextlib.suppress(OSError):
            self._socket.sendall(chunk)

    def _from_printer(self, selector: selectors.BaseSelector) -> None:
        try:
            chunk = self._socket.recv(65536)
        except OSError:
            chunk = b""
        if chunk:
            os.write(self._master, chunk)
            return
        # Cut: the port is gone, as when the plug of a USB-to-serial cable is drawn.
        self._hang_up(selector)
        selector.unregister(self._master)
        os.close(self._slave)
        os.close(self._master)

    def _hang_up(self, selector: selectors.BaseSelector) -> None:
        if self._socket is not None:
            selector.unregister(self._socket)
            self._socket.close()
            self._socket = None
