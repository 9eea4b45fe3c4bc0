"""Parse raw French text with a spaCy model; write CoNLL-U if asked to. compare.py runs it.

usage: python spacy_parse.py MODEL TEXT [--conllu FILE] [--split-contractions] [--gold]

With --gold the text is CoNLL-U, and its tokens and sentences are taken as they are.
Prints the number of tokens. Without --conllu nothing else is done with them: the time is spaCy's alone.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import spacy  # pyright: ignore[reportMissingImports]
from spacy.tokens import Doc  # pyright: ignore

DETERMINERS = {"du": "le", "des": "les", "au": "le", "aux": "les"}
PRONOUNS = ("lequel", "lesquels", "lesquelles")


def contraction(form: str, upos: str) -> tuple[str, str, bool] | None:
    """Take a contraction apart: the preposition, the word after it, whether that is a pronoun (`auquel`).

    *du* and *des* count if the model takes them for prepositions: as determiners they are one word.
    """
    lower = form.lower()
    preposition = "à" if lower.startswith("au") else "de"
    if lower in DETERMINERS and (preposition == "à" or upos == "ADP"):
        return preposition, DETERMINERS[lower], False
    for start in ("au", "aux", "du", "des"):
        pronoun = lower.removeprefix(start)
        if pronoun != lower:
            pronoun = "le" + pronoun if pronoun == "quel" else "les" + pronoun
            if pronoun in PRONOUNS:
                return preposition, pronoun, True
    return None


def conllu(sentence: Any, split: bool) -> Iterator[str]:
    """Write one sentence: white space is no word, and what hangs on it hangs on its head."""
    tokens = [token for token in sentence if not token.is_space]
    if not tokens:
        return
    parts = [contraction(token.text, token.pos_) if split else None for token in tokens]
    first: dict[
        int, int
    ] = {}  # The number of a token's first word, and of the one that stands for it in the tree.
    head: dict[int, int] = {}
    number = 1
    for token, part in zip(tokens, parts, strict=True):
        first[token.i] = number
        head[token.i] = number + 1 if part and part[2] else number
        number += 2 if part else 1
    root = 0
    for token, part in zip(tokens, parts, strict=True):
        above = token.head
        while above.is_space and above.head.i != above.i:
            above = above.head
        parent = 0 if above.i == token.i or above.is_space else head[above.i]
        if parent == 0 and root:
            parent, relation = root, "dep"  # Only where white space was the root.
        elif parent == 0:
            root, relation = head[token.i], "root"
        else:
            relation = token.dep_
        lemma, at = token.lemma_ or token.text, first[token.i]
        if part is None:
            yield row(at, token.text, lemma, token.pos_, parent, relation)
            continue
        preposition, other, pronoun = part
        yield f"{at}-{at + 1}\t{token.text}" + "\t_" * 8
        if pronoun:
            yield row(at, preposition, preposition, "ADP", at + 1, "case")
            yield row(at + 1, other, "lequel", "PRON", parent, relation)
        else:
            yield row(at, preposition, preposition, "ADP", parent, relation)
            below = at if parent == 0 else parent
            yield row(at + 1, other, "le", "DET", below, "det")
    yield ""


def gold(vocabulary: Any, treebank: str) -> Any:
    """Make a document of a treebank's tokens and sentences."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    for sentence in treebank.strip().split("\n\n"):
        covered = 0
        first = True
        for line in sentence.splitlines():
            if line.startswith("#"):
                continue
            number, form, *columns = line.split("\t")
            low, _, high = number.partition("-")
            if "." in number or (not high and int(number) <= covered):
                continue
            covered = int(high or low)
            words.append(form)
            spaces.append("SpaceAfter=No" not in columns[-1])
            starts.append(first)
            first = False
    return Doc(vocabulary, words=words, spaces=spaces, sent_starts=starts)  # pyright: ignore[reportUnknownVariableType]


def row(number: int, form: str, lemma: str, upos: str, head: int, relation: str) -> str:
    """One word; columns that are not scored here are empty."""
    return f"{number}\t{form}\t{lemma}\t{upos}\t_\t_\t{head}\t{relation}\t_\t_"


def main() -> None:
    """Parse, count, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model")
    arguments.add_argument("text", type=Path)
    arguments.add_argument("--conllu", type=Path)
    arguments.add_argument("--split-contractions", action="store_true")
    arguments.add_argument("--gold", action="store_true")
    given = arguments.parse_args()
    parser = cast("Any", spacy.load(given.model, exclude=["ner"]))  # pyright: ignore[reportUnknownMemberType]
    text = given.text.read_text(encoding="utf-8")
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    count = 0
    lines: list[str] = []
    for document in [parser(gold(parser.vocab, text))] if given.gold else parser.pipe(paragraphs):
        count += sum(not token.is_space for token in document)
        if given.conllu:
            for sentence in document.sents:
                lines.extend(conllu(sentence, given.split_contractions))
    if given.conllu:
        given.conllu.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print(count)


if __name__ == "__main__":
    main()
