"""How routes are made: each reads, and builds its answer, in one thread."""

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction, signature
from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool


class Router(APIRouter):
    """A router whose endpoints are plain functions, run in a thread of their own.

    FastAPI would change threads once for the function and again to look at what it returned. A change of threads costs
    more than a query; the second look is short, because what these functions return was validated when it was built.
    """

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Adds the endpoint; afterwards it is described as it is written."""
        super().add_api_route(path, endpoint if iscoroutinefunction(endpoint) else _in_one_thread(endpoint), **options)


def _in_one_thread(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(endpoint)
    async def in_thread(**arguments: Any) -> Any:
        return await run_in_threadpool(endpoint, **arguments)

    # FastAPI looks behind a wrapper, where the function is a plain one.
    del in_thread.__wrapped__
    in_thread.__signature__ = signature(endpoint, eval_str=True)  # type: ignore[attr-defined]
    return in_thread
