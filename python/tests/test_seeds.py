import json
from pathlib import Path

import chronique

from .conftest import read_seed


def test_python_reads_what_rust_reads(nlp: chronique.Pipeline, seed: Path):
    expected = json.loads((seed / "expected/events.json").read_text(encoding="utf-8"))
    assert read_seed(nlp, seed).to_dict() == expected


def test_views_and_output_say_the_same(nlp: chronique.Pipeline, seed: Path):
    doc = read_seed(nlp, seed)
    written = doc.to_dict()
    assert [(one.start, one.end, one.kind) for one in doc.blocks] == [
        (one["start"], one["end"], one["kind"]) for one in written["blocks"]
    ]
    for place, row in zip(doc.places, written["places"], strict=True):
        for name, value in row.items():
            assert getattr(place, name) == value
    for time, row in zip(doc.times, written["times"], strict=True):
        for name, value in row.items():
            assert getattr(time, name) == value
    for actor, row in zip(doc.actors, written["actors"], strict=True):
        assert (actor.id, actor.name) == (row["id"], row["name"])
        assert (actor.country, actor.sector) == (row["country"], row["sector"])
        assert [(one.start, one.end) for one in actor.mentions] == [
            (one["start"], one["end"]) for one in row["mentions"]
        ]
    for event, row in zip(doc.events, written["events"], strict=True):
        for name in ("id", "type", "mode", "status", "cameo", "quad", "killed", "wounded", "date"):
            assert getattr(event, name) == row[name]
        assert (event.place and event.place.name) == row["place"]
        assert event.to_dict() == row
        for mention, told in zip(event.mentions, row["mentions"], strict=True):
            same_mention(mention, told)


def same_mention(mention: chronique.EventMention, told: dict):
    def at(span: chronique.Span | None):
        return span and {"start": span.start, "end": span.end}

    def party(one: chronique.Participant):
        return {**at(one), "actor": one.actor and one.actor.id}

    assert at(mention.trigger) == told["trigger"]
    assert (mention.status, mention.mode, mention.rule) == (told["status"], told["mode"], told["rule"])
    assert [party(one) for one in mention.actors] == told["actors"]
    assert [party(one) for one in mention.recipients] == told["recipients"]
    assert [at(place) for place in mention.places] == told["places"]
    assert at(mention.time) == told["time"]
    assert at(mention.attribution) == told["attribution"]
