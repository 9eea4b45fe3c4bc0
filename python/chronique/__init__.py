"""Read French news: who did what to whom, where, when and according to whom.

>>> import chronique
>>> nlp = chronique.Pipeline()
>>> doc = nlp("Des obus sont tombés mardi sur Goma.", date="2024-02-07")
>>> [(time.text, time.value) for time in doc.times]
[('mardi', '2024-02-06')]

All offsets are Unicode code points: ``doc.text[span.start:span.end] == span.text``.
"""

from chronique._chronique import (
    Actor,
    ActorMention,
    Attribution,
    Block,
    DataError,
    Document,
    Drawing,
    Event,
    EventMention,
    Events,
    Explanation,
    Participant,
    Pipeline,
    Place,
    Span,
    Time,
    Token,
    __version__,
    extract_table,
)

__all__ = [
    "Actor",
    "ActorMention",
    "Attribution",
    "Block",
    "DataError",
    "Document",
    "Drawing",
    "Event",
    "EventMention",
    "Events",
    "Explanation",
    "Participant",
    "Pipeline",
    "Place",
    "Span",
    "Time",
    "Token",
    "__version__",
    "extract_table",
]
