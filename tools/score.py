"""Measure the release build against annotated text and compare with the floors of docs/floors.toml.

usage: python tools/score.py [--binary target/release/chronique] [--shared ../shared]

Exit status: 0 if every figure reaches its floor, or if the annotated text is not there; 1 if one does
not; 2 if the figures can't be had.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent


class Figure(NamedTuple):
    """One figure and its floor, or its ceiling."""

    of: str
    measure: str
    value: float
    bound: float
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure is as good as asked for."""
        return self.value <= self.bound if self.at_most else self.value >= self.bound

    def __str__(self) -> str:
        sign = "≤" if self.at_most else "≥"
        verdict = "ok" if self.holds else "NOT REACHED"
        return f"{self.of:22}  {self.measure:22}  {self.value:7.2f}  {sign} {self.bound:6.2f}  {verdict}"


class Shared(NamedTuple):
    """The folder of annotated text, and the binary to measure on it."""

    folder: Path
    binary: Path

    def gold(self, gold: Path, floors: dict[str, float]) -> Iterator[Figure]:
        """Places, times and events on annotated articles."""
        with tempfile.TemporaryDirectory() as temporary:
            system = Path(temporary) / "system.jsonl"
            system.write_text(self.read(gold), encoding="utf-8")
            found = run(sys.executable, self.folder / "gold/score.py", gold, system, "--json")
        scores: dict[str, Any] = json.loads(found)
        for measure, floor in floors.items():
            score = scores[measure]
            yield Figure(gold.stem, measure, score["f1"] if "f1" in score else score["acc"], floor)

    def negatives(self, ceilings: dict[str, float]) -> Iterator[Figure]:
        """Events found where there are none."""
        read = self.read(self.folder / "gold/negatives_dev.jsonl").split("\n")
        documents = [json.loads(line) for line in read if line]
        mentions = sum(len(event["mentions"]) for document in documents for event in document["events"])
        measure = "mentions per article"
        yield Figure("negatives_dev", measure, mentions / len(documents), ceilings[measure], at_most=True)

    def treebank(self, name: str, floors: dict[str, float]) -> Iterator[Figure]:
        """Tokens and syntax on the raw text of a treebank."""
        folder = self.folder / "data/treebanks"
        with tempfile.TemporaryDirectory() as temporary:
            gold, raw, system = (
                Path(temporary) / file for file in ("gold.conllu", "raw.txt", "system.conllu")
            )
            gold.write_bytes(gzip.decompress((folder / f"{name}.conllu.gz").read_bytes()))
            raw.write_text(run(sys.executable, folder / "raw_text.py", gold), encoding="utf-8")
            system.write_text(run(self.binary, "parse", "--format", "conllu", raw), encoding="utf-8")
            udeval = Path(sys.executable).with_name("udeval")
            table = run(udeval, "--verbose", "--no-enhanced", gold, system)
        rows = (line.split("|") for line in table.splitlines() if line.count("|") >= 4)
        scores = {row[0].strip(): row[3] for row in rows}
        for measure, floor in floors.items():
            yield Figure(name, measure, float(scores[measure]), floor)

    def read(self, gold: Path) -> str:
        """Read annotated articles, without their annotation, with the binary."""
        articles = run(sys.executable, self.folder / "gold/inputs.py", gold)
        return run(
            self.binary, "read", "--format", "jsonl", "--input", "jsonl", "--quiet", "-", stdin=articles
        )


def run(*command: str | Path, stdin: str | None = None) -> str:
    """Run a command and return what it prints."""
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        fail(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stderr.strip()}")
    return done.stdout


def fail(message: str) -> NoReturn:
    """End without figures."""
    print(f"score: {message}", file=sys.stderr)
    sys.exit(2)


def main() -> int:
    """Measure, print, compare."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--binary", type=Path, default=ROOT / "target/release/chronique")
    arguments.add_argument("--shared", type=Path, default=ROOT / "../shared")
    given = arguments.parse_args()
    if not (given.shared / "gold/score.py").exists():
        print(f"score: skipped, because the annotated text is not at {given.shared}")
        return 0
    if not given.binary.exists():
        fail(f"no {given.binary}: build it with `cargo build --release -p chronique-cli`")
    floors = tomllib.loads((ROOT / "docs/floors.toml").read_text(encoding="utf-8"))
    shared = Shared(given.shared.resolve(), given.binary.resolve())
    figures = list(shared.gold(shared.folder / "gold/gold_dev.jsonl", floors["gold_dev"]))
    for name, asked in floors["annotated"].items():
        figures.extend(shared.gold(ROOT / f"seeds/annotated/{name}.jsonl", asked))
    figures.extend(shared.negatives(floors["negatives_dev"]))
    for name, asked in floors["treebanks"].items():
        figures.extend(shared.treebank(name, asked))
    print(f"{'measured on':22}  {'measure':22}  {'value':>7}  {'floor':>8}")
    print(*figures, sep="\n")
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
