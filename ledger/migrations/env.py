"""Alembic's environment: migrates the database of the connection that `ledger.migrating` hands over."""

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from ledger.models import metadata


def _render(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    # A migration names SQLAlchemy's own types, so that it means the same with whatever SQLModel does later.
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


connection = context.config.attributes["connection"]
tables = context.config.attributes.get("tables")
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=_render,
    include_name=lambda name, kind, _parents: kind != "table" or tables is None or name in tables,
    include_object=lambda _item, name, kind, _reflected, _compared: kind != "table" or tables is None or name in tables,
)
with context.begin_transaction():
    context.run_migrations()
