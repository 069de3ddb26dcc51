"""What a cache may keep, and for how long.

What never changes (raw logs, blocks, evidence by digest, totals at an earlier block) is cacheable for ever. A current
view may be kept but must be asked for again; its ETag is the state of the index that it was read from, so that the
question "is it still so?" costs no query.
"""

import hashlib
from typing import Any

from fastapi import Request, Response

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"
NEVER = "no-store"


class NotModified(Exception):
    """The caller's copy is still true."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


def state_etag(request: Request, *state: Any) -> str:
    """A tag of this address at this state of the index; weak, because answers are compressed for some."""
    text = "\n".join([str(request.url.path), str(request.url.query), *map(str, state)])
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def mark_current(request: Request, response: Response, etag: str) -> None:
    """Marks a current view. Raises NotModified when the caller has this state already."""
    if matches(request.headers.get("if-none-match"), etag):
        raise NotModified(etag)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = ASK_AGAIN


def mark_immutable(response: Response) -> None:
    """Marks what never changes."""
    response.headers["Cache-Control"] = FOR_EVER


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the tag is among those of the header, by weak comparison (RFC 9110, 13.1.2)."""
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    if tags == ["*"]:
        return True
    return etag.removeprefix("W/") in tags


def on_not_modified(_request: Request, error: Exception) -> Response:
    """304, with the headers that a 200 would have had."""
    assert isinstance(error, NotModified)  # noqa: S101 - registered for this type
    return Response(status_code=304, headers={"ETag": error.etag, "Cache-Control": ASK_AGAIN})
