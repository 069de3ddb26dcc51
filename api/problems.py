"""Every answer that is not what was asked for, as a problem document of RFC 9457.

One table maps the ledger's errors to a status; nothing else in the API decides what an error means. A message never
holds what the caller may not see: unforeseen errors say only that there was one.
"""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from ledger.errors import BadInput, ChainBehindIndex, DocumentMissing, IndexEmpty, LedgerError, NotFound, PartAway

MEDIA_TYPE = "application/problem+json"
STATUSES: dict[type[LedgerError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    DocumentMissing: HTTPStatus.NOT_FOUND,
    BadInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    IndexEmpty: HTTPStatus.SERVICE_UNAVAILABLE,
    ChainBehindIndex: HTTPStatus.SERVICE_UNAVAILABLE,
    PartAway: HTTPStatus.SERVICE_UNAVAILABLE,
}
_RETRY_AFTER_S = "5"
_log = logging.getLogger(__name__)


class InvalidParameter(BaseModel):
    """One part of the request that cannot be used."""

    where: str = Field(description="Place of the parameter, for example query.limit.", examples=["query.limit"])
    why: str = Field(description="What would be right.", examples=["Input should be less than or equal to 200"])


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no fund 00…"}]
        }
    )

    type: str = Field(
        description="about:blank, or a URN that names this ledger's own problem.",
        examples=["urn:relief-ledger:problem:IndexEmpty"],
    )
    title: str = Field(description="The problem's kind, the same in every occurrence.", examples=["Index Empty"])
    status: int = Field(description="The HTTP status.", examples=[503])
    detail: str = Field(
        description="What happened here, and what helps.", examples=["The index is empty. Run `ledger index`."]
    )
    invalid_parameters: list[InvalidParameter] | None = Field(
        None,
        description="With status 422: what is wrong and where.",
        examples=[[{"where": "query.limit", "why": "Input should be less than or equal to 200"}]],
    )


Responses = dict[int | str, dict[str, Any]]
_SCHEMA = {"$ref": "#/components/schemas/Problem"}
_ANYWHERE = (
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.REQUEST_URI_TOO_LONG,
    HTTPStatus.LENGTH_REQUIRED,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


def problem_responses(*statuses: HTTPStatus) -> Responses:
    """The `responses` of a route: what besides its answer it may say."""
    return {
        status.value: {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": _SCHEMA}}}
        for status in sorted({*statuses, *_ANYWHERE})
    }


NOT_MODIFIED: Responses = {304: {"description": "The copy that the caller has (If-None-Match) is still true."}}
CURRENT: Responses = NOT_MODIFIED | problem_responses()
"""Of a view that is always there while the index is not empty."""
CURRENT_ONE: Responses = NOT_MODIFIED | problem_responses(HTTPStatus.NOT_FOUND)
"""Of a view of one record."""
FIXED: Responses = problem_responses(HTTPStatus.NOT_FOUND)
"""Of what never changes once it is there."""


def problem(
    status: HTTPStatus, detail: str, *, name: str | None = None, invalid: list[InvalidParameter] | None = None
) -> JSONResponse:
    """A problem document as a response."""
    body = Problem(
        type=f"urn:relief-ledger:problem:{name}" if name else "about:blank",
        title=name or status.phrase,
        status=status.value,
        detail=detail,
        invalid_parameters=invalid,
    )
    headers = {"Cache-Control": "no-store"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = _RETRY_AFTER_S
    return JSONResponse(body.model_dump(exclude_none=True), status.value, headers, MEDIA_TYPE)


def _on_ledger_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, LedgerError)  # noqa: S101 - registered for this type
    status = next(
        (STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), HTTPStatus.INTERNAL_SERVER_ERROR
    )
    detail = f"{error.message} {error.hint}" if error.hint else error.message
    return problem(status, detail, name=type(error).__name__)


def _on_invalid_request(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type
    invalid = [
        InvalidParameter(where=".".join(str(place) for place in fault["loc"]), why=fault["msg"])
        for fault in error.errors()
    ]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "The request cannot be used as it is.", invalid=invalid)


def _on_http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type
    response = problem(HTTPStatus(error.status_code), str(error.detail))
    response.headers.update(error.headers or {})
    return response


def _on_database_away(_request: Request, error: Exception) -> JSONResponse:
    _log.error("The database does not do what it is asked.", exc_info=error)
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, "The index does not answer just now.", name=PartAway.__name__)


def _on_anything_else(_request: Request, error: Exception) -> JSONResponse:
    _log.error("A request failed.", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The ledger made a mistake; it is in its log.")


def install(app: FastAPI) -> None:
    """Every error of the application becomes a problem document."""
    app.add_exception_handler(LedgerError, _on_ledger_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(OperationalError, _on_database_away)
    app.add_exception_handler(Exception, _on_anything_else)
