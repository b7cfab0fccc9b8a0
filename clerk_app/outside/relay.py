"""接线器 a TCP relay between this client and a centre that can be cut and joined again: a real cut line for training and tests."""

from __future__ import annotations

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class Relay:
    """接线器 listens on a free loopback port and passes bytes on; `cut` resets every connection and refuses new ones."""

    def __init__(self) -> None:
        self._target: tuple[str, int] | None = None
        self._joined = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._accepting = threading.Thread(target=self._accept, name="relay", daemon=True)
        self._accepting.start()

    @property
    def url(self) -> str:
        """Where the client finds it."""
        return f"http://127.0.0.1:{self.port}"

    def lead_to(self, centre: str) -> None:
        """The centre's URL is known now: the line is up."""
        parts = urlsplit(centre)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._joined.set()

    def cut(self) -> None:
        """The line is down."""
        self._joined.clear()
        self._drop()

    def join(self) -> None:
        """The line is up again."""
        self._joined.set()

    def close(self) -> None:
        """End for good."""
        self._joined.clear()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._drop()
        self._accepting.join(5)
        for thread in self._threads:
            thread.join(5)

    def _drop(self) -> None:
        with self._lock:
            for end in self._open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if not self._joined.is_set():
                client.close()
                continue
            self._threads = [t for t in self._threads if t.is_alive()]
            thread = threading.Thread(target=self._serve, args=(client,), name="relay-line", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            try:
                centre = socket.create_connection(self._target or ("127.0.0.1", 0), timeout=5)
            except OSError:
                return
            centre.settimeout(None)
            # What comes in two pieces goes on in two pieces: Nagle's delay would hold the second one back for 40 ms.
            for end in (client, centre):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with centre:
                with self._lock:
                    self._open |= {client, centre}
                back = threading.Thread(target=self._pump, args=(centre, client), name="relay-back", daemon=True)
                back.start()
                self._pump(client, centre)
                back.join()
                with self._lock:
                    self._open -= {client, centre}

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
