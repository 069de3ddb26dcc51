"""What `make demo` does: a published history, recorded as it was published, and an exercise of a whole life cycle."""
