"""The relief ledger: writes to the chain, indexes what it recorded, verifies that both agree."""
