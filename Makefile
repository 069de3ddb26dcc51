# `make` alone lists what can be asked for.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
ROOT := $(CURDIR)
BIN := .venv/bin
FORGE := build/bin/forge
export PATH := $(ROOT)/build/bin:$(PATH)

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: ## install everything from the lock files into this folder
	@requirements/install node runtime brownie

setup-runtime: ## install what the ledger itself needs (no brownie)
	@requirements/install node runtime

demo: setup-runtime ## record, index, verify and serve real relief data; SERVE=0 ends when done; PROFILE=consortium
	@$(if $(filter consortium,$(PROFILE)),LEDGER_STATE_DIR=$${LEDGER_STATE_DIR:-build/consortium}) PROFILE=$(PROFILE) $(BIN)/python -m scripts.demo

artifacts: setup-runtime ## compile the contracts into ledger/artifacts
	@$(BIN)/python -m ledger.compiler

format: setup-runtime ## format the Python sources
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

check: setup-runtime ## formatting, lint, types, import rules
	@status=0; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/lint-imports --no-logo || status=1; \
	exit $$status

test: setup ## all tests, from a fresh clone; S="contracts ledger" for some suites
	@$(BIN)/python tests/run.py $(S)

test-contracts: setup ## brownie's tests on anvil; T=path for some of them
	@.venv-brownie/bin/python tests/contracts/run.py $(T)

test-invariants: setup-runtime ## forge's invariants of the contracts, a short run
	@$(FORGE) test $(T)

test-long: setup ## all tests in their long form: 100,000 calls for each invariant
	@TEST_LONG=1 $(BIN)/python tests/run.py $(S)

drills: setup-runtime ## kill -9 of every part and a full disk, in full; DRILL_SEED=n repeats one
	@DRILLS=full $(BIN)/python -m pytest -p no:cacheprovider -s tests/network/test_drills.py \
		tests/network/test_consortium_drills.py tests/network/test_partition.py \
		tests/network/test_validator_disk.py tests/network/test_database_drills.py

bench: setup-runtime ## the benchmarks, as ratios against their comparators; B="embedded long-list consortium" for some
	@$(BIN)/python -m tests.bench $(B)

lock: ## resolve the versions in requirements/*.in and package.json again
	@requirements/lock

.PHONY: help setup setup-runtime demo artifacts format check test test-contracts test-invariants test-long drills bench lock
