"""门卫 what every answer carries, how much is read, and that neither an address nor a body reaches the log."""

from __future__ import annotations

import logging

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clerk_app.server.citizen.form import FEED, LARGEST
from clerk_app.server.citizen.pages import away_page
from clerk_app.server.citizen.style import POLICY

log = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class TooLargeError(Exception):
    """太大 more than a batch may be."""


class Guard:
    """门卫 around the whole application; a fault becomes a page that says what to do, and its kind goes to the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = LARGEST if scope["path"] == FEED else 0
        begun, read = False, 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise TooLargeError
            return message

        async def dressed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                plain = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", []), *plain]}
            await send(message)

        try:
            await self._app(scope, counted, dressed)
        except TooLargeError:
            if not begun:
                await Response(status_code=413)(scope, receive, dressed)
        except Exception as error:
            log.error("fault at /%s: %s", scope["path"].split("/")[1][:8], type(error).__name__)
            if not begun:
                await HTMLResponse(away_page(), 503, {"Retry-After": "5"})(scope, receive, dressed)
