"""The public, read-only audit views over HTTP. Reads through `ledger.queries` only."""
