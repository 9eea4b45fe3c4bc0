"""The interface as a user with types writes it: `mypy --strict` checks this file, and pytest runs it."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars

import chronique
from chronique import (
    Actor,
    ActorMention,
    Document,
    Event,
    Events,
    Explanation,
    Pipeline,
    Place,
    Span,
    Time,
    Token,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "Selon l’ONU, trois soldats maliens ont été tués mardi à Gao par des djihadistes."


def read(nlp: Pipeline) -> Document:
    return nlp(TEXT, date=datetime.date(2024, 2, 7), title=None, id="1")


def test_views(nlp: Pipeline) -> None:
    doc = read(nlp)
    token: Token = doc[0]
    span: Span = doc[2:5]
    tokens: list[Token] = list(doc)
    sents: tuple[Span, ...] = doc.sents
    place: Place = doc.places[0]
    time: Time = doc.times[0]
    lat: float | None = place.lat
    first: datetime.date | None = time.first
    actor: Actor = doc.actors[0]
    named: tuple[ActorMention, ...] = actor.mentions
    head: Token = token.head
    assert tokens[0] == token
    assert span in {span}
    assert len(sents) == 1
    assert lat is not None
    assert first == datetime.date(2024, 2, 6)
    assert named[0].actor == actor
    assert head.doc == doc


def test_events(nlp: Pipeline, tmp_path: Path) -> None:
    events: Events = read(nlp).events
    event: Event = events[0]
    some: Events = events[:1]
    names: list[str] = [actor.name for actor in event.actors]
    killed: int | None = event.killed
    why: Explanation = event.explain()
    source = event.mentions[0].attribution
    by: str | None = source.text if source else None
    assert some == events.filter(type=["ASSAULT"], country="ML")
    assert names == ["djihadistes"]
    assert killed == 3
    assert by == "ONU"
    assert str(why)
    assert events.to_csv(tmp_path / "events.csv") == (tmp_path / "events.csv").read_text(encoding="utf-8")


def test_streams(nlp: Pipeline) -> None:
    docs: Iterator[Document] = nlp.pipe([TEXT], dates=["2024-02-07"])
    pairs: Iterator[tuple[Document, int]] = nlp.pipe([(TEXT, 1)], as_tuples=True, on_error="skip")
    table: Events = chronique.extract_table(polars.DataFrame({"text": [TEXT]}), date=None, on_error="raise")
    assert [doc.text for doc in docs] == [TEXT]
    assert [(doc.text, number) for doc, number in pairs] == [(TEXT, 1)]
    assert len(table) == 1
