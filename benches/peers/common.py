"""What the comparisons share: the environment of the peers, runs on one thread, spans and their scores."""

import argparse
import datetime
import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = ROOT / "../shared"
VENV = ROOT / "target/peers"
THREADS = ("OMP", "OPENBLAS", "MKL", "BLIS", "RAYON")
STAGE = ROOT / "target/release/peers-stage"
NAMES = VENV / "names.txt"

Row = dict[str, Any]
Span = tuple[int, int]


class Options(NamedTuple):
    """What a comparison is asked for."""

    rounds: int
    built: bool


class Usage(NamedTuple):
    """What one run of a command took, in seconds and MiB, and what it printed."""

    cpu: float
    wall: float
    memory: float
    printed: str


class Score(NamedTuple):
    """Precision, recall and F1 in percent."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, right: int, gold: int, found: int) -> "Score":
        """Reckon from counts; what is asked of nothing is 0."""
        precision, recall = (100 * right / whole if whole else 0.0 for whole in (found, gold))
        both = precision + recall
        return cls(precision, recall, 2 * precision * recall / both if both else 0.0)

    def __str__(self) -> str:
        return f"{self.f1:.1f} ({self.precision:.1f} / {self.recall:.1f})"


@dataclass(frozen=True)
class Reader:
    """A command that reads rows of articles on standard input; `share` of the text is enough to time it."""

    name: str
    command: tuple[str, ...]
    share: float = 1.0
    rounds: int = 1

    def spans(self, rows: Sequence[Row]) -> list[Row]:
        """Find spans in each article."""
        printed = self.run(rows, "--spans").printed
        found = [json.loads(line) for line in printed.splitlines() if line]
        if len(found) != len(rows):
            fail(f"{self.name}: {len(found)} rows of {len(rows)}")
        return found

    def run(self, rows: Sequence[Row], *options: str) -> Usage:
        """Run it on articles."""
        with tempfile.TemporaryFile() as file:
            file.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
            file.seek(0)
            return run(*self.command, *options, stdin=file)


class Speed(NamedTuple):
    """Words and megabytes in a second of processor time, processor seconds for one article, peak MiB."""

    words: float
    megabytes: float
    start: float
    memory: float

    def cells(self) -> list[str]:
        """Cells of a table."""
        words = f"{self.words:,.0f}" if self.words < 1e7 else f"{self.words / 1e6:,.0f} million"
        return [words, f"{self.megabytes:,.3g}", f"{self.start * 1000:,.0f}", f"{self.memory:,.0f}"]


SPEED = ("words/s", "MB/s", "start ms", "peak MiB")


def ours(stage: str, rounds: int = 1, name: str = "", share: float = 1.0) -> Reader:
    """Name a stage of chronique, or a peer in Rust."""
    return Reader(name or f"chronique {stage}", (str(STAGE), stage), share, rounds)


def peer(name: str, share: float = 1.0, rounds: int = 1) -> Reader:
    """Name a peer that readers.py knows."""
    return Reader(name, (str(VENV / "bin/python"), str(HERE / "readers.py"), name), share, rounds)


def measure(readers: Sequence[Reader], rows: Sequence[Row], repeat: int) -> dict[str, Speed]:
    """Time readers in turn, so that a neighbour's load falls on all.

    Each reads its share of the articles once, and more times over; the difference is what the further rounds
    took, without start-up and reading, of a program that has met the text before.
    """
    taken: dict[str, list[tuple[float, float]]] = {reader.name: [] for reader in readers}
    memory: dict[str, float] = {}
    for _ in range(repeat):
        for reader in readers:
            part = rows[: max(1, int(len(rows) * reader.share))]
            once = reader.run(part)
            second = further(reader, part, once.cpu)
            start = reader.run([{"text": "Le président est arrivé mardi à Goma.", "date": "2024-02-07"}])
            taken[reader.name].append((second, start.cpu))
            memory[reader.name] = max(memory.get(reader.name, 0), once.memory)
    speeds: dict[str, Speed] = {}
    for reader in readers:
        part = rows[: max(1, int(len(rows) * reader.share))]
        words = sum(len(row["text"].split()) for row in part)
        size = sum(len(row["text"].encode()) for row in part)
        cpu, start = (statistics.median(column) for column in zip(*taken[reader.name], strict=True))
        speeds[reader.name] = Speed(words / cpu, size / cpu / 1e6, start, memory[reader.name])
    return speeds


def options(about: str | None) -> Options:
    """Read the options of the command."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1, help="take the median of so many [1]")
    parser.add_argument("--built", action="store_true", help="take the stages as they are built")
    asked = parser.parse_args()
    return Options(asked.rounds, asked.built)


def on_news(
    readers: Sequence[Reader], otherwise: Sequence[Row], repeat: int, packages: Sequence[str]
) -> dict[str, Speed]:
    """Time readers on open news, or on other rows where it is not there, and print the head of the record."""
    rows = given(articles(SHARED / "data/corpus/news_open.jsonl.gz") or otherwise)
    speeds = measure(readers, rows, repeat)
    words = sum(len(row["text"].split()) for row in rows)
    print(head(f"{words:,} words of open news or a share of them, median of {repeat}, one thread", packages))
    return speeds


def further(reader: Reader, part: Sequence[Row], once: float) -> float:
    """Take the processor time of a further round: of so many that start-up, which varies, weighs little."""
    rounds, least = reader.rounds, max(0.5, once / 2)
    while True:
        spent = reader.run(part, "--rounds", str(1 + rounds)).cpu - once
        if spent >= least:
            return spent / rounds
        rounds *= 2 if spent > least / 2 else 6


def run(*command: str, stdin: Any = None) -> Usage:
    """Run a command on one thread."""
    environment = os.environ | {f"{library}_NUM_THREADS": "1" for library in THREADS}
    # A kernel prescribed from outside may be a slow one.
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        environment.pop(name, None)
    with tempfile.TemporaryFile() as out:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdin=stdin, stdout=out, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            fail(f"{' '.join(command)}: exit status {process.returncode}")
        out.seek(0)
        # ru_maxrss is in KiB, but on macOS in bytes.
        memory = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
        return Usage(usage.ru_utime + usage.ru_stime, wall, memory, out.read().decode("utf-8"))


def articles(file: Path) -> list[Row]:
    """Read rows of JSON Lines, gzipped or not; none if the file is not there."""
    return [json.loads(line) for line in unpacked(file).split("\n") if line] if file.exists() else []


def unpacked(file: Path) -> str:
    """Read a text, gzipped or not."""
    packed = file.read_bytes()
    return (gzip.decompress(packed) if file.suffix == ".gz" else packed).decode("utf-8")


def given(rows: Iterable[Row]) -> list[Row]:
    """Keep what a reader may know of articles."""
    return [{"text": row["text"], "date": row.get("date")} for row in rows]


def overlap(gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Pair spans that overlap, each at most once, those that share most first, by their indices."""
    pairs: list[tuple[int, int, int]] = []
    for at, (start, end) in enumerate(gold):
        for other, (begin, over) in enumerate(found):
            common = min(end, over) - max(start, begin)
            if common > 0:
                pairs.append((-common, at, other))
    taken: list[tuple[int, int]] = []
    golds: set[int] = set()
    founds: set[int] = set()
    for _, at, other in sorted(pairs):
        if at not in golds and other not in founds:
            golds.add(at)
            founds.add(other)
            taken.append((at, other))
    return taken


def head(timed: str, packages: Sequence[str]) -> str:
    """Say when, where and with what the figures were taken."""
    freeze = run(str(VENV / "bin/pip"), "freeze", "--disable-pip-version-check").printed.split()
    wanted = tuple(f"{package}==" for package in packages)
    named = [name for name in freeze if name.lower().startswith(wanted)]
    git = subprocess.run(
        ("git", "describe", "--always", "--dirty", "--abbrev=7"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    now = datetime.datetime.now(datetime.UTC)
    machine = f"{processor()}, {os.cpu_count()} cores, {platform.system()}"
    facts = {
        "date": f"{now:%Y-%m-%d %H:%M} UTC",
        "machine": f"{machine}; load {os.getloadavg()[0]:.1f}",
        "commit": git.stdout.strip() or "unknown",
        "packages": ", ".join(named) + f", Python {platform.python_version()}",
        "timed on": timed,
    }
    return "\n".join(f"- {name}: {fact}" for name, fact in facts.items()) + "\n"


def modified(file: Path) -> datetime.datetime:
    """When a file was last written."""
    return datetime.datetime.fromtimestamp(file.stat().st_mtime, datetime.UTC)


def processor() -> str:
    """Name the processor."""
    info = Path("/proc/cpuinfo")
    rows = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = (row.split(":", 1)[1].strip() for row in rows if row.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def install() -> None:
    """Make the environment of the peers, or make it anew if requirements.txt has changed."""
    wanted, done = HERE / "requirements.txt", VENV / "installed"
    if done.exists() and done.read_bytes() == wanted.read_bytes():
        return
    print(f"peers: installing {wanted} into {VENV}", file=sys.stderr)
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=True)
    run(str(VENV / "bin/pip"), "install", "--quiet", "--disable-pip-version-check", "-r", str(wanted))
    shutil.copy(wanted, done)


def built(as_they_are: bool = False) -> None:
    """Build the stages, unless they are taken as they are, and write the names of the gazetteer down."""
    build = ("cargo", "build", "--quiet", "--release", "-p", "chronique-benches", "--bin", "peers-stage")
    if not as_they_are and subprocess.run(build, cwd=ROOT, check=False).returncode:
        fail("the stages can't be built")
    NAMES.write_text(run(str(STAGE), "name-list").printed, encoding="utf-8")


def check(name: str, figure: float, least: float, what: str) -> None:
    """End if an answer is worse than it can be if all is well: what is wrong can't be fast."""
    if figure < least:
        print(f"peers: {name}: {what} {figure:.1f} < {least}: nothing is timed", file=sys.stderr)
        sys.exit(1)


def line(cells: Iterable[str]) -> str:
    """Write a row of a Markdown table."""
    return "| " + " | ".join(cells) + " |"


def times(ratio: float) -> str:
    """Write how many times as fast something is."""
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    return "\n".join([line(columns), line("---" for _ in columns), *(line(row) for row in rows)])


def skip_without(what: Sequence[Any], name: str) -> None:
    """End without a fault if a corpus is not there."""
    if not what:
        print(f"peers: skipped: {name} is not there")
        sys.exit(0)


def fail(message: str) -> NoReturn:
    """End without figures."""
    print(f"peers: {message}", file=sys.stderr)
    sys.exit(2)
