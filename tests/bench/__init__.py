"""`make bench`: the ledger against what a competent user would write, in one run, as ratios."""
