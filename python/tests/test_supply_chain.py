"""What `make deny` holds the Rust crates to, as far as it can be seen without cargo-deny, and the SBOM."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import license_expression
import pytest
from license_expression import Licensing

ROOT = Path(__file__).resolve().parents[2]
RULES = tomllib.loads((ROOT / "deny.toml").read_text("utf-8"))
LICENSING = Licensing()


@pytest.fixture(scope="module")
def crates():
    """Every crate that the workspace is built and tested with, on any platform, except its own."""
    command = ["cargo", "metadata", "--locked", "--format-version=1", "--all-features"]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    return [package for package in found["packages"] if package["id"] not in found["workspace_members"]]


def allowed(expression):
    if isinstance(expression, license_expression.BaseSymbol):
        return str(expression) in RULES["licenses"]["allow"]
    sides = [allowed(side) for side in expression.args]
    return all(sides) if isinstance(expression, LICENSING.AND) else any(sides)


def may_be_used(licence):
    # Old manifests write MIT/Apache-2.0.
    return allowed(LICENSING.parse(licence.replace("/", " OR ")))


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("Unlicense/MIT", True),
        ("GPL-3.0-only OR MIT", True),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("MPL-2.0", False),
    ],
)
def test_one_side_of_an_or_and_both_of_an_and_must_be_allowed(licence, may):
    assert may_be_used(licence) is may


def test_the_licence_of_every_crate_is_allowed(crates):
    assert len(crates) > 100
    refused = {
        crate["name"]: crate["license"] for crate in crates if not may_be_used(crate["license"] or "none")
    }
    assert not refused, (
        "deny.toml allows none of these: replace the crate, or allow its licence there and say why"
    )


def test_every_crate_comes_from_the_registry(crates):
    registries = {f"registry+{address}" for address in RULES["sources"]["allow-registry"]}
    strangers = {crate["name"]: crate["source"] for crate in crates if crate["source"] not in registries}
    assert not strangers


def test_the_sbom_lists_what_is_shipped_and_is_the_same_twice(tmp_path):
    files = [tmp_path / "first.json", tmp_path / "second.json"]
    for file in files:
        command = [sys.executable, "-W", "error", ROOT / "tools/sbom.py", file]
        subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": "1750000000"})
    first, second = (file.read_text("utf-8") for file in files)
    assert first == second
    bom = json.loads(first)
    assert bom["metadata"]["timestamp"].startswith("2025-06-15T15:06:40")
    components = {component["name"]: component for component in bom["components"]}
    assert {"chronique-cli", "chronique-python", "serde_json", "pyo3", "parquet"} <= components.keys()
    assert not {"proptest", "insta", "criterion", "chronique-fuzz"} & components.keys()
    assert components["serde_json"]["purl"].startswith("pkg:cargo/serde_json@1.")
    assert components["serde_json"]["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert len(components["serde_json"]["hashes"][0]["content"]) == 64
