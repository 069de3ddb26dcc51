"""Alembic migrations. Raw tables are only added to; derived tables may be dropped, because they can be replayed."""
