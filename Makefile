# Everything that a clone needs: Rust, Python 3.11 or newer, and make. `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHRONIQUE := target/release/chronique
# One interpreter for every build of the extension, so that cargo's cache holds.
export PYO3_PYTHON := $(CURDIR)/$(BIN)/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
DENY := -D warnings

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: demo
demo: release ## Read the sample article and print its events (Rust only)
	@date="$$(sed -n 's/^date = "\(.*\)"/\1/p' seeds/haut-karabakh/article.toml)"; \
	  echo "seeds/haut-karabakh/article.txt, published $$date"; \
	  $(CHRONIQUE) read --quiet --date "$$date" --format table seeds/haut-karabakh/article.txt

.PHONY: test
test: rust python docs score ## Run every check and every test

.PHONY: rust
rust: $(VENV)/installed ## Format, lints, tests and documentation of the Rust crates
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --features chronique-cli/parquet -- $(DENY)
	cargo test --no-fail-fast --features chronique-cli/parquet
	RUSTDOCFLAGS="$(DENY)" cargo doc --workspace --exclude chronique-python --no-deps

.PHONY: python
python: install ## Style, types and tests of the Python package
	$(BIN)/ruff check python tools benches
	$(BIN)/ruff format --check python tools benches
	$(BIN)/basedpyright
	$(BIN)/mypy
	$(BIN)/stubtest chronique
	$(BIN)/python -m pytest

.PHONY: docs
docs: install ## Build the site of the documentation into target/docs; warnings are errors
	$(BIN)/sphinx-build --fail-on-warning --keep-going -q docs target/docs

.PHONY: spark
spark: install ## Test the recipe for PySpark (half a gigabyte; needs Java 17)
	$(BIN)/pip install --quiet 'pyspark>=4.1,<5'
	$(BIN)/python -m pytest -m spark

.PHONY: wheel
wheel: $(VENV)/installed ## Build a wheel for this machine into dist
	$(BIN)/maturin build --release --locked --out dist

.PHONY: manylinux
manylinux: $(VENV)/installed ## Build a wheel for every Linux since glibc 2.17 into dist
	$(BIN)/pip install --quiet ziglang
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/maturin build --release --locked --zig --compatibility manylinux2014 --out dist

.PHONY: sdist
sdist: $(VENV)/installed ## Make a source distribution into dist
	$(BIN)/maturin sdist --out dist

.PHONY: score
score: release $(VENV)/installed ## Measure on annotated text and compare with docs/floors.toml
	$(BIN)/python tools/score.py --binary $(CHRONIQUE)

.PHONY: model
model: ## Train the syntax model again and compare it with the committed one (four minutes of processor time)
	cargo run --release -p chronique-tools -- train --treebanks ../shared/data/treebanks --lefff ../shared/data/lefff --out target/model.bin
	cmp target/model.bin crates/chronique-model-fr/data/model.bin
	cmp target/model.tsv crates/chronique-model-fr/data/model.tsv

.PHONY: bench
bench: ## Measure speed: each stage, batches, start-up
	cargo bench -p chronique-benches

.PHONY: bench-peers
bench-peers: ## Set speed, memory and accuracy beside other programs' (installs them into target/peers)
	$(PYTHON) benches/peers/barometer.py --rounds 3

.PHONY: soak
soak: fuzz release ## Run the fuzz targets, then read a million articles in runs killed at random (two hours)
	$(PYTHON) tools/soak.py --binary $(CHRONIQUE)

.PHONY: fuzz
fuzz: ## Run the fuzz targets, ten million executions (FUZZ=n for another number)
	cargo run --release -p chronique-fuzz -- --executions $(or $(FUZZ),10000000)

.PHONY: deny
deny: ## Hold licences, sources and versions of all crates to deny.toml (needs cargo-deny)
	@cargo deny --version >/dev/null 2>&1 \
	  || { echo "cargo-deny is needed: cargo install cargo-deny --locked"; exit 1; }
	cargo deny --locked check licenses bans sources

.PHONY: sbom
sbom: $(VENV)/installed ## Write what the packages are built of into target/chronique.cdx.json (CycloneDX)
	SOURCE_DATE_EPOCH="$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)}" $(BIN)/python tools/sbom.py target/chronique.cdx.json

.PHONY: linear
linear: release ## Count instructions on texts made to be slow (needs valgrind; ten minutes)
	$(PYTHON) tools/linear.py --binary $(CHRONIQUE)

.PHONY: release
release:
	cargo build --release -p chronique-cli

.PHONY: install
install: $(VENV)/installed ## Build the Python package and install it into .venv
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pip install --quiet --no-build-isolation --no-deps --force-reinstall .

$(VENV)/installed: python/requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -r python/requirements-dev.txt
	@touch $@

.PHONY: clean
clean: ## Remove everything that was built
	cargo clean
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache python/chronique/*.so
