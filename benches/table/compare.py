"""What a table costs: the same short texts through ``extract_table`` and through Rust's ``read_all``.

Prints the seconds of both, best of three in turn, and their ratio: by the clock, and by the processor,
which other work on the machine disturbs less. It needs polars and an installed chronique, and builds the
Rust side.
"""

import argparse
import re
import resource
import subprocess
import time
from pathlib import Path

import polars as pl

import chronique

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3


def sentences(number: int) -> list[str]:
    """Sentences of the sample articles, again and again, each with a number so that none is alike."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("seeds/*/article.txt")))
    some = [" ".join(one.split()) for one in re.split(r"(?<=[.!?])\s", text) if 30 < len(one) < 120]
    return [f"{some[at % len(some)]} {at}" for at in range(number)]


def children() -> float:
    """Return the processor's seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rust(texts: str, jobs: int) -> tuple[float, float, int]:
    """Return the seconds by clock and processor, and the events, of Rust's side."""
    binary = ROOT / "target/release/read-all"
    before = children()
    shown = subprocess.run([binary, str(jobs)], input=texts, text=True, capture_output=True, check=True)
    seconds, events = shown.stdout.split()
    # The processor's seconds hold the start too, a tenth of a second.
    return float(seconds), children() - before, int(events)


def python(frame: pl.DataFrame, nlp: chronique.Pipeline) -> tuple[float, float, int]:
    """Return the seconds by clock and processor, and the events, of Python's side."""
    begun, worked = time.perf_counter(), time.process_time()
    events = nlp.extract_table(frame)
    table = pl.DataFrame(events)
    return time.perf_counter() - begun, time.process_time() - worked, len(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=int, nargs="?", default=100_000, help="rows of the table [100000]")
    parser.add_argument("jobs", type=int, nargs="?", default=2, help="threads on both sides [2]")
    asked = parser.parse_args()
    number, jobs = asked.rows, asked.jobs
    subprocess.run(["cargo", "build", "--release", "-p", "chronique-benches", "--bins"], cwd=ROOT, check=True)
    texts = sentences(number)
    frame, lines = pl.DataFrame({"text": texts}), "\n".join(texts)
    nlp = chronique.Pipeline(jobs=jobs)
    rounds = [(rust(lines, jobs), python(frame, nlp)) for _ in range(ROUNDS)]
    for (*_, events), (*_, rows) in rounds:
        assert events == rows, f"{events} events in Rust, {rows} in Python"
    print(f"{number} rows of {len(lines) // number} bytes, {jobs} threads, {rounds[0][0][2]} events")
    for at, by in enumerate(("clock", "processor")):
        plain, table = (min(one[side][at] for one in rounds) for side in (0, 1))
        print(f"by the {by}: read_all {plain:.2f} s, extract_table {table:.2f} s: {table / plain:.3f}")


if __name__ == "__main__":
    main()
