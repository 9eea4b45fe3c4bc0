"""Read a large archive in runs that are killed at random, and compare with one undisturbed run.

usage: python tools/soak.py [--binary target/release/chronique] [--articles 1000000] [--kills 40]
                            [--jobs 0] [--archive FILE.jsonl.gz] [--seed 1]

The archive is repeated, each article under an id of its own, until there are enough; without
../shared, the articles of seeds/annotated are taken. Prints both runs' words a second and peak
memory, and exits with 1 if one byte differs.
"""

import argparse
import gzip
import hashlib
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ARCHIVE = ROOT.parent / "shared/data/corpus/news_open.jsonl.gz"


class Run(NamedTuple):
    """One process: whether it was killed, how long it ran and the most memory that it held."""

    killed: bool
    seconds: float
    peak_mib: float


def articles(archive: Path | None) -> list[dict[str, str]]:
    """Load the articles that are repeated."""
    if archive is None:
        paths = sorted((ROOT / "seeds/annotated").glob("*.jsonl"))
        lines = [line for path in paths for line in path.read_text("utf-8").splitlines()]
    else:
        with gzip.open(archive, "rt", encoding="utf-8") as file:
            lines = list(file)
    return [json.loads(line) for line in lines]


def write_input(path: Path, found: list[dict[str, str]], count: int) -> int:
    """Write `count` articles and return the number of their words."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for n, article in enumerate(itertools.islice(itertools.cycle(found), count)):
            row = {key: article[key] for key in ("title", "text", "date") if article.get(key)}
            words += len(row["text"].split())
            file.write(json.dumps({"id": str(n), **row}, ensure_ascii=False) + "\n")
    return words


def run(command: list[str], kill_after: float | None = None) -> Run:
    """Run a command to its end, or until it is killed; stop everything if it fails."""
    start = time.monotonic()
    process = subprocess.Popen(command)
    killed = False
    if kill_after is not None:
        try:
            process.wait(kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            killed = True
    if process.returncode is None:
        _, status, usage = os.wait4(process.pid, 0)
        code, peak = os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024
    else:
        code, peak = process.returncode, 0.0
    if code != 0 and not killed:
        sys.exit(f"{' '.join(command)}: exit status {code}")
    return Run(killed, time.monotonic() - start, peak)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def runs_to_the_end(command: list[str], chance: random.Random, longest: float, kills: int) -> Iterator[Run]:
    """Kill up to `kills` runs at random moments, then let one come to its end."""
    while True:
        done = run(command, chance.uniform(0.05, longest) if kills > 0 else None)
        yield done
        if not done.killed:
            return
        kills -= 1


def main() -> None:
    """Soak."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/chronique")
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--archive", type=Path, default=ARCHIVE if ARCHIVE.exists() else None)
    parser.add_argument("--seed", type=int, default=1, help="of the moments of killing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.binary.parent) as folder:
        source = Path(folder) / "articles.jsonl"
        words = write_input(source, articles(options.archive), options.articles)
        print(f"{options.articles:,} articles, {words:,} words, {source.stat().st_size / 1e6:,.0f} MB")
        read = [str(options.binary), "read", str(source), "--quiet", "--format", "csv"]
        read += ["--jobs", str(options.jobs), "--output"]
        whole, resumed = Path(folder) / "whole.csv", Path(folder) / "resumed.csv"
        one = run([*read, str(whole)])
        print(f"undisturbed: {words / one.seconds:,.0f} words/s, peak {one.peak_mib:.0f} MiB")
        chance = random.Random(options.seed)
        longest = 2 * one.seconds / max(options.kills, 1)
        parts = list(runs_to_the_end([*read, str(resumed), "--resume"], chance, longest, options.kills))
        killed = sum(part.killed for part in parts)
        seconds = sum(part.seconds for part in parts)
        peak = max(part.peak_mib for part in parts)
        print(f"killed {killed} times: {words / seconds:,.0f} words/s in all, peak {peak:.0f} MiB")
        same = digest(whole) == digest(resumed)
        print(f"{whole.stat().st_size:,} bytes of output: {'the same' if same else 'DIFFERENT'}")
    sys.exit(not same)


if __name__ == "__main__":
    main()
