"""The application: routers, problems, limits and caching put together. `create_app` is the only way to get one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from sqlalchemy import Engine

from api import caching, problems
from api.index_state import ChainHead, HeadSource, Index
from api.limits import HeadersAlone, RequestLimits
from api.openapi import describe
from api.parameters import refuse_unknown
from api.routers import ROUTERS
from ledger.documents import DocumentStore
from ledger.queries.snapshot import READERS_MAX

LAG_BLOCKS_MAX = 20
# Below this one record fits into a packet or three, and compressing it takes longer than finding it.
COMPRESSED_FROM_BYTES = 4_096
COMPRESSION_LEVEL = 6
DESCRIPTION = """
Public, read-only views of a relief ledger: what was given, what it became, who received it, and what does not add up.

Every answer states `as_of_block`, how far the index is behind the chain, and the journal heads at that block. Replay
the chain to that block and you must get the same answer: `ledger verify` does. Each record says where its raw log is.

Amounts are integers in the currency's minor unit, quantities integers in the item's unit. What was not published is
null, never guessed. Lists are paged by key: pass `next_after` of one page as `after` of the next. They show real
records; `exercise=true` shows those of a marked exercise instead. A parameter that a route does not know is refused.
"""


def create_app(
    engine: Engine, documents: DocumentStore, chain: HeadSource | None, *, lag_blocks_max: int = LAG_BLOCKS_MAX
) -> FastAPI:
    """An application that reads from this database and these documents.

    `chain` tells how far the index is behind; without it the lag is not known, and said so. It is not shared with
    others. The application is not ready while the index is more than `lag_blocks_max` behind.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        engine.dispose()

    app = FastAPI(
        title="Relief ledger",
        version="1",
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        dependencies=[Depends(refuse_unknown)],
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.engine, app.state.documents = engine, documents
    app.state.index, app.state.chain_head = Index(), ChainHead(chain)
    app.state.places = asyncio.Semaphore(READERS_MAX)
    app.state.lag_blocks_max = lag_blocks_max
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED_FROM_BYTES, compresslevel=COMPRESSION_LEVEL)
    app.add_middleware(RequestLimits)
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD"], expose_headers=["ETag"])
    app.add_middleware(HeadersAlone)
    problems.install(app)
    app.add_exception_handler(caching.NotModified, caching.on_not_modified)
    for router in ROUTERS:
        app.include_router(router, prefix="/v1")
    describe(app)
    return app
