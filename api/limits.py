"""What a request may cost: no body on reads, short addresses; and headers alone for those who ask for no more.

Written against ASGI itself, because a limit has to hold before anything has read the request.
"""

from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem

BODY_BYTES_MAX = 65_536
TARGET_BYTES_MAX = 4_096


class RequestLimits:
    """Refuses bodies above `BODY_BYTES_MAX` (413) and request targets above `TARGET_BYTES_MAX` (414)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (refusal := self._refusal(scope)):
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    @staticmethod
    def _refusal(scope: Scope) -> ASGIApp | None:
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > TARGET_BYTES_MAX:
            return problem(HTTPStatus.REQUEST_URI_TOO_LONG, f"An address has at most {TARGET_BYTES_MAX} bytes.")
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"0")
        if b"chunked" in headers.get(b"transfer-encoding", b"").lower():
            return problem(HTTPStatus.LENGTH_REQUIRED, "State the body's length (Content-Length).")
        if not length.isdigit() or int(length) > BODY_BYTES_MAX:
            return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A request's body has at most {BODY_BYTES_MAX} bytes.")
        return None


class HeadersAlone:
    """Answers HEAD with the headers that GET would have, and no body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, without_body)
