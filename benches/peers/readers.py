"""The peers in Python, each behind one interface: articles in, spans out. common.py runs it.

usage: python readers.py NAME [--spans] [--rounds N] < articles.jsonl

With `--spans` each article gives a row with `tokens`, `places` or `times`; else the number of spans is
written. A time is start, end, TIMEX3 value, begin, end, as far as the peer tells.
"""
# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false, reportMissingModuleSource=false

import argparse
import datetime
import json
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Finder = Callable[[Row], Row]
NAMES = Path(__file__).resolve().parents[2] / "target/peers/names.txt"


def spacy_model(name: str) -> Finder:
    """Tokens alone of a blank pipeline; the places of a whole one, which parses and names entities."""
    import spacy

    nlp: Any = spacy.blank("fr") if name == "blank" else spacy.load(f"fr_core_news_{name}")

    def find(row: Row) -> Row:
        document = nlp(row["text"])
        if name == "blank":
            return {"tokens": [(t.idx, t.idx + len(t)) for t in document if not t.is_space]}
        return {"places": [(e.start_char, e.end_char) for e in document.ents if e.label_ == "LOC"]}

    return find


def moses(language: str = "fr") -> Finder:
    """Cut by sacremoses, which gives words without offsets: they are looked for again in the text."""
    from sacremoses import MosesTokenizer

    tokenizer = MosesTokenizer(lang=language)

    def find(row: Row) -> Row:
        text, at, spans = row["text"], 0, []
        for paragraph in text.splitlines():
            for word in tokenizer.tokenize(paragraph, escape=False):
                start = text.find(word, at)
                if start >= 0:
                    at = start + len(word)
                    spans.append((start, at))
        return {"tokens": spans}

    return find


def blingfire() -> Finder:
    """Cut by BlingFire's default model."""
    from blingfire import text_to_words_with_offsets

    return lambda row: {"tokens": list(text_to_words_with_offsets(row["text"])[1])}


def fold(text: str) -> tuple[str, list[int]]:
    """Fold a text as the gazetteer's keys are: no case, no accents, one space for all that is no letter."""
    chars, at = [" "], [0]
    for index, char in enumerate(text):
        for part in unicodedata.normalize("NFKD", {"œ": "oe", "æ": "ae"}.get(char.lower(), char.lower())):
            if part.isalnum():
                chars.append(part)
                at.append(index)
            elif chars[-1] != " " and not unicodedata.combining(part):
                chars.append(" ")
                at.append(index)
    return "".join(chars) + " ", [*at, len(text)]


def names() -> Iterator[str]:
    """Give the keys of the gazetteer, but the shortest."""
    return (name for name in NAMES.read_text(encoding="utf-8").splitlines() if len(name) > 2)


def spans_of(text: str, at: list[int], matches: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take the longest matches from the left, where they begin with a capital."""
    spans: list[tuple[int, int]] = []
    over = 0
    for start, end in sorted(matches, key=lambda match: (match[0], -match[1])):
        if start >= over and text[at[start]].isupper():
            spans.append((at[start], at[end - 1] + 1))
            over = end
    return spans


def ahocorasick() -> Finder:
    """Match every name of the gazetteer between word bounds with an Aho-Corasick automaton in C."""
    from ahocorasick import Automaton

    automaton: Any = Automaton()
    for name in names():
        automaton.add_word(name, len(name))
    automaton.make_automaton()

    def find(row: Row) -> Row:
        folded, at = fold(row["text"])
        found = ((end + 1 - length, end + 1) for end, length in automaton.iter(folded))
        bounded = ((a, b) for a, b in found if folded[a - 1] == " " == folded[b])
        return {"places": spans_of(row["text"], at, bounded)}

    return find


def flashtext() -> Finder:
    """Match every name of the gazetteer with FlashText's trie in Python."""
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    for name in names():
        processor.add_keyword(name, name)

    def find(row: Row) -> Row:
        folded, at = fold(row["text"])
        found = processor.extract_keywords(folded, span_info=True)
        return {"places": spans_of(row["text"], at, ((a, b) for _, a, b in found))}

    return find


def reference(row: Row) -> datetime.datetime:
    """Tell the moment that times are relative to."""
    date = row.get("date") or datetime.date.today().isoformat()
    moment = datetime.datetime.fromisoformat(date[:10])
    return moment.replace(hour=row.get("hour") or 0, minute=row.get("minute") or 0)


def located(text: str, found: Iterator[tuple[str, Any]]) -> Iterator[tuple[int, int, Any]]:
    """Look again for words that come without offsets."""
    at = 0
    for words, value in found:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            yield start, at, value


def dateparser() -> Finder:
    """Search dates with dateparser: a point without a grain; midnight is taken for a whole day."""
    from dateparser.search import search_dates

    def find(row: Row) -> Row:
        moment = reference(row)
        settings = {"RELATIVE_BASE": moment, "PREFER_DATES_FROM": row.get("prefer") or "past"}
        found = search_dates(row["text"], languages=["fr"], settings=settings) or []
        times: list[Any] = []
        for start, end, point in located(row["text"], iter(found)):
            day = (point.hour, point.minute) in ((0, 0), (moment.hour, moment.minute))
            value = point.strftime("%Y-%m-%d" if day else "%Y-%m-%dT%H:%M")
            times.append((start, end, value, point.isoformat(), None))
        return {"times": times}

    return find


def recognizers() -> Finder:
    """Recognise with Recognizers-Text; of two values the past one, unless the row prefers the future."""
    from recognizers_date_time import Culture, recognize_datetime

    def find(row: Row) -> Row:
        found = recognize_datetime(row["text"], Culture.French, reference=reference(row))
        times: list[Any] = []
        for one in found:
            values = (one.resolution or {}).get("values") or [{}]
            value = values[-1 if row.get("prefer") == "future" else 0]
            begin, over = value.get("start") or value.get("value"), value.get("end")
            begin, over = (moment and moment.replace(" ", "T") for moment in (begin, over))
            timex = value.get("timex") or ""
            known = "X" in timex and value.get("type") in ("date", "datetime") and begin
            times.append((one.start, one.end + 1, known or timex, begin, over))
        return {"times": times}

    return find


def timexy() -> Finder:
    """Find times with timexy, a component of spaCy."""
    import spacy
    import timexy as component

    nlp: Any = spacy.blank("fr")
    label = component.__name__
    nlp.add_pipe(label, config={"kb_id_type": "timex3", "label": label, "overwrite": False})

    def find(row: Row) -> Row:
        times: list[Any] = []
        for entity in nlp(row["text"]).ents:
            value = entity.kb_id_.partition('value="')[2].rstrip('"')
            begin = value if value[:1].isdigit() else None
            times.append((entity.start_char, entity.end_char, value.removesuffix("T00:00:00"), begin, None))
        return {"times": times}

    return find


FINDERS: dict[str, Callable[[], Finder]] = {
    "spaCy blank": lambda: spacy_model("blank"),
    "spaCy sm": lambda: spacy_model("sm"),
    "spaCy md": lambda: spacy_model("md"),
    "sacremoses": moses,
    "blingfire": blingfire,
    "pyahocorasick": ahocorasick,
    "flashtext": flashtext,
    "dateparser": dateparser,
    "recognizers-text": recognizers,
    "timexy": timexy,
}


def main() -> None:
    """Read, find, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("name", choices=FINDERS)
    arguments.add_argument("--spans", action="store_true")
    arguments.add_argument("--rounds", type=int, default=1)
    given = arguments.parse_args()
    find = FINDERS[given.name]()
    rows = [json.loads(line) for line in sys.stdin]
    found = 0
    for _ in range(given.rounds):
        for row in rows:
            spans = find(row)
            found += sum(map(len, spans.values()))
            if given.spans:
                print(json.dumps(spans))
    if not given.spans:
        print(found)


if __name__ == "__main__":
    main()
