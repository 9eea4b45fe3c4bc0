"""Write what the command and the Python extension are built of, as CycloneDX 1.6 in JSON.

usage: python tools/sbom.py OUTPUT

Crates are those that `cargo metadata` reaches with every feature and for every platform, without those
that only tests need; digests are Cargo.lock's. The date is SOURCE_DATE_EPOCH, so that one commit gives
one document. It is held to CycloneDX's own schema before it is written.
"""

import json
import os
import subprocess
import sys
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("chronique-cli", "chronique-python")
METADATA = ["cargo", "metadata", "--locked", "--format-version=1", "--all-features"]


def component(package: dict[str, Any], digest: str | None) -> dict[str, Any]:
    """Describe one crate; those of the workspace come from no registry and have no digest."""
    name, version = package["name"], package["version"]
    row = {"type": "library", "bom-ref": reference(package), "name": name, "version": version}
    # Old manifests write MIT/Apache-2.0.
    row["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if package["source"]:
        row["purl"] = f"pkg:cargo/{name}@{version}"
    return row | ({"hashes": [{"alg": "SHA-256", "content": digest}]} if digest else {})


def reference(package: dict[str, Any]) -> str:
    """Name a crate within the document."""
    return f"{package['name']}@{package['version']}"


def used(node: dict[str, Any], references: dict[str, str]) -> set[str]:
    """Name what a crate is built with, and not only tested with."""
    kept = (dep for dep in node["deps"] if any(kind["kind"] != "dev" for kind in dep["dep_kinds"]))
    return {references[dep["pkg"]] for dep in kept}


def main() -> None:
    """Write the document, or end with what is wrong with it."""
    found = json.loads(subprocess.run(METADATA, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    lock = (ROOT / "Cargo.lock").read_text("utf-8")
    digests = {reference(row): row.get("checksum") for row in tomllib.loads(lock)["package"]}
    references = {package["id"]: reference(package) for package in found["packages"]}
    packages = {references[package["id"]]: package for package in found["packages"]}
    needed = {references[node["id"]]: sorted(used(node, references)) for node in found["resolve"]["nodes"]}
    shipped = [crate for crate in sorted(packages) if packages[crate]["name"] in SHIPPED]
    reached = list(shipped)
    for crate in reached:
        reached += [dep for dep in needed[crate] if dep not in reached]
    reached.sort()

    version = packages[shipped[0]]["version"]
    date = datetime.fromtimestamp(float(os.environ.get("SOURCE_DATE_EPOCH", time.time())), UTC)
    whole = {"type": "application", "bom-ref": "chronique", "name": "chronique", "version": version}
    text = json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "serialNumber": uuid5(NAMESPACE_URL, f"{version} {date} {lock}").urn,
            "version": 1,
            "metadata": {"timestamp": date.isoformat(timespec="seconds"), "component": whole},
            "components": [component(packages[crate], digests[crate]) for crate in reached],
            "dependencies": [
                {"ref": "chronique", "dependsOn": shipped},
                *({"ref": crate, "dependsOn": needed[crate]} for crate in reached),
            ],
        },
        indent=2,
    )
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"sbom: the document breaks CycloneDX's schema: {error}")
    Path(sys.argv[1]).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
