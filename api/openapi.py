"""The description of the API, as OpenAPI 3.1: with the problem document, and without what FastAPI assumes."""

from typing import Any

from fastapi import FastAPI

from api.problems import InvalidParameter, Problem

_REF = "#/components/schemas/{model}"
_FASTAPI_OWN = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI) -> None:
    """Afterwards the application's description has the problem document among its schemas."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schemas = generate()["components"]["schemas"]
            for model in (InvalidParameter, Problem):
                schemas[model.__name__] = model.model_json_schema(ref_template=_REF)
                schemas[model.__name__].pop("$defs", None)
            for name in _FASTAPI_OWN:
                schemas.pop(name, None)
        assert app.openapi_schema is not None  # noqa: S101 - generated above
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
