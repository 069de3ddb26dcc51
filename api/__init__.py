"""The public read side over HTTP: routers, schemas, problems; reads through ledger.queries alone."""
