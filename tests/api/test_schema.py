"""The API against its own description: no 5xx, and no answer outside its schema, whatever is asked."""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from api.routers import ROUTERS
from tests.api.conftest import Served

LONG = os.environ.get("TEST_LONG") == "1"


@pytest.fixture(scope="session")
def described(served: Served) -> Any:
    return schemathesis.openapi.from_asgi("/v1/openapi.json", served.app)


PATHS = [f"/v1{route.path}" for router in ROUTERS for route in router.routes]


@pytest.mark.parametrize("path", PATHS)
def test_route__whatever_is_asked__answers_as_described(path: str, described: Any, served: Served) -> None:
    known = served.known_parameters(path)

    @settings(
        max_examples=300 if LONG else 15,
        deadline=None,
        derandomize=not LONG,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def ask(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from((GenerationMode.POSITIVE, GenerationMode.NEGATIVE)), label="mode")
        case = data.draw(described[path]["GET"].as_strategy(generation_mode=mode), label="request")
        if known and data.draw(st.booleans(), label="a record that is there"):
            case.path_parameters = data.draw(st.sampled_from(known), label="path parameters")
        case.call_and_validate()

    ask()


def test_description__routes__are_those_that_are_tested(served: Served) -> None:
    assert set(PATHS) == served.app.openapi()["paths"].keys()


def test_description__every_field__described_with_an_example(served: Served) -> None:
    described = served.app.openapi()
    assert described["openapi"].startswith("3.1")
    bare = []
    for name, model in described["components"]["schemas"].items():
        for field, shown in model.get("properties", {}).items():
            if not shown.get("description"):
                bare.append(f"{name}.{field}: no description")
            if not exemplified(shown):
                bare.append(f"{name}.{field}: no example")
    assert not bare


def exemplified(given: dict[str, Any]) -> bool:
    """Whether a reader sees what it looks like: an example, fixed values, or another schema that has them."""
    if {"examples", "enum", "const", "$ref"} & given.keys():
        return True
    inner = given.get("anyOf", []) + ([given["items"]] if "items" in given else [])
    return any(exemplified(one) for one in inner)


def test_description__every_operation__summarised_and_its_problems_declared(served: Served) -> None:
    named = [one["get"]["operationId"] for one in served.app.openapi()["paths"].values()]
    assert len(named) == len(set(named))
    for path, operations in served.app.openapi()["paths"].items():
        assert list(operations) == ["get"], path
        get = operations["get"]
        assert get["description"], path
        assert {"200", "422", "503"} <= get["responses"].keys(), path
        for parameter in get.get("parameters", []):
            assert parameter.get("description"), (path, parameter["name"])
