"""Everything that is asked of the index: one file per entity, functions that build a query and change nothing.

`snapshot` runs them. The API reads through this package alone; a test compiles every query for PostgreSQL too.
"""
