"""Whether the process lives, and whether it should be asked."""

from http import HTTPStatus

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from api import caching
from api.problems import problem, problem_responses
from api.reader import Unmarked
from api.routing import Router
from api.schemas.health import Alive, Ready

router = Router(tags=["health"])


@router.get("/health", responses=problem_responses())
def read_health(response: Response) -> Alive:
    """The process answers. That says nothing about the index: ask /ready."""
    response.headers["Cache-Control"] = caching.NEVER
    return Alive(status="alive")


@router.get("/ready", responses=problem_responses(), response_model=Ready)
def read_ready(request: Request, response: Response, reader: Unmarked) -> Ready | JSONResponse:
    """The index is there and not too far behind the chain; otherwise 503 says what is wrong."""
    response.headers["Cache-Control"] = caching.NEVER
    head, lag, lag_max = request.app.state.chain_head.number(), reader.lag, request.app.state.lag_blocks_max
    unready = HTTPStatus.SERVICE_UNAVAILABLE
    if head is None:
        return problem(unready, "The chain does not answer, so nobody knows how old the index is.", name="PartAway")
    if lag is None:
        text = (
            f"The chain's head is block {head}, but block {reader.state.number} was indexed from it: `ledger recover`."
        )
        return problem(unready, text, name="ChainBehindIndex")
    if lag > lag_max:
        text = f"The index is {lag} blocks behind the chain; {lag_max} are too many already. Run `ledger index`."
        return problem(unready, text, name="IndexBehind")
    return Ready(status="ready", lag_blocks_max=lag_max, **reader.head())
