# Forebyg: `make help` lists what can be done. Every target installs what it needs (scripts/need.sh says how) and works
# on its own on a fresh machine that has Rust, Node and make.

PORT ?= 8080
DATA ?= data/demo

ASSETS := assets/dist/manifest.json
# The stylesheet keeps the rules that a page uses, so the pages are inputs too.
ASSET_INPUTS := $(shell find assets crates/app/src -type f -not -path 'assets/dist/*' -not -name '*.rs' 2>/dev/null)

.PHONY: help run test check bench assets tools fmt clippy dependencies docs tree
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: assets ## start Forebyg with a demo municipality on http://127.0.0.1:8080 (PORT=…, DATA=… to change)
	@scripts/need.sh cc cargo
	cargo run --release --locked --bin forebyg -- serve --demo --port $(PORT) --data $(DATA)

test: assets ## every test, on SQLite, on PostgreSQL and in the browser
	@scripts/need.sh cc cargo postgresql chromium
	@scripts/postgres.sh run scripts/test.sh

check: fmt tree dependencies clippy docs ## format, lints, dependency policy, documentation, house rules

bench: assets ## every benchmark, each figure beside its goal
	@scripts/need.sh cc cargo postgresql chromium
	@scripts/postgres.sh run scripts/bench.sh

assets: $(ASSETS) ## stylesheet, fonts, icons and scripts into assets/dist, when something they are made of has changed

tools: ## install everything that any target needs
	@scripts/need.sh cc cargo node postgresql chromium

$(ASSETS): node_modules/.package-lock.json $(ASSET_INPUTS)
	node assets/build.mjs

node_modules/.package-lock.json: package-lock.json package.json
	@scripts/need.sh node
	npm ci --no-progress
	@touch $@

fmt:
	@scripts/need.sh cargo
	cargo fmt --all --check

clippy: assets
	@scripts/need.sh cc cargo
	cargo clippy --workspace --all-targets --locked -- -D warnings

# Documentation with a dead link or a missing word fails.
docs: assets
	@scripts/need.sh cc cargo
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

dependencies:
	@scripts/need.sh cargo node
	node scripts/dependencies.mjs

tree:
	@scripts/need.sh node
	node scripts/tree.mjs
