"""The local parts: starting, stopping and looking at them."""
