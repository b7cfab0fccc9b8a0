"""门卫 what every answer carries, how much is read, and that neither an address nor a body reaches the log."""

from __future__ import annotations

import asyncio
import logging

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clerk_app.server.citizen.display_style import DISPLAY_POLICY
from clerk_app.server.citizen.form import FEED, LARGEST
from clerk_app.server.citizen.pages import away_page
from clerk_app.server.citizen.style import FORM_POLICY, POLICY
from clerk_app.server.citizen.upload import LARGEST_FORM
from clerk_app.server.citizen.verify_pages import VERIFY, too_large_page

log = logging.getLogger(__name__)

_most = {FEED: LARGEST, VERIFY: LARGEST_FORM}
LONGEST_SWALLOWED, SWALLOWING = 90 << 20, 30.0
"""A browser reads no answer before it has sent all: so much of a file that is too large is let by, for so many seconds."""

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


def policy_of(path: str) -> str:
    """What a browser may do on the page at this address."""
    if path == VERIFY:
        return FORM_POLICY
    return DISPLAY_POLICY if path.startswith("/display/") else POLICY


class TooLargeError(Exception):
    """太大 more than a batch may be."""


async def _swallow(receive: Receive, most: int) -> None:
    """What is still to come, kept nowhere."""
    seen = 0
    try:
        async with asyncio.timeout(SWALLOWING):
            while seen < most:
                message = await receive()
                seen += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except TimeoutError:
        return


class Guard:
    """门卫 around the whole application; a fault becomes a page that says what to do, and its kind goes to the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = _most.get(scope["path"], 0)
        policy = policy_of(scope["path"])
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
                said = {**HEADERS, "Content-Security-Policy": policy}
                plain = [(name.lower().encode(), value.encode()) for name, value in said.items()]
                message = {**message, "headers": [*message.get("headers", []), *plain]}
            await send(message)

        try:
            await self._app(scope, counted, dressed)
        except TooLargeError:
            if not begun:
                form = scope["path"] == VERIFY
                await _swallow(receive, LONGEST_SWALLOWED if form else 0)
                too_large = HTMLResponse(too_large_page(), 413) if form else Response(status_code=413)
                await too_large(scope, receive, dressed)
        except Exception as error:
            log.error("fault at /%s: %s", scope["path"].split("/")[1][:8], type(error).__name__)
            if not begun:
                await HTMLResponse(away_page(), 503, {"Retry-After": "5"})(scope, receive, dressed)
