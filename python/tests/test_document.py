import datetime
import unicodedata
from collections.abc import Iterator

import pytest

import chronique

DEBRIS = "in\n\nPublicité\n\n"
TEXTS = {
    "plain": "L’armée a bombardé Goma mardi. Dix civils ont été tués, selon l’ONU.",
    "emoji": "🇲🇱 À Bamako 😀, des soldats 👩🏽‍🚒 ont été arrêtés mardi 🎉.",
    "nfd": unicodedata.normalize("NFD", "Évacués à Évian, les réfugiés ont été accueillis à Genève."),
    "crlf": "Un séisme à Agadir.\r\n\r\nDes secours sont arrivés mercredi.\r\n",
    "controls": "Un\x00 séisme\x07 à\u200b Agadir\ufeff.",
    "right to left": "L’Arabie saoudite (المملكة العربية السعودية) a condamné Israël (יִשְׂרָאֵל) mardi.",
    "other language": "The army shelled Goma on Tuesday. 軍隊が砲撃した。",
    "signs": "?!… « » — • ’’ .. ;;",
    "astral": "𝐆𝐨𝐦𝐚 est tombée 𝟐 fois.",
    "spaces": " \n\t \u00a0 ",
    "empty": "",
    "debris": DEBRIS + "Des obus sont tombés sur Goma.",
}


def spans(doc: chronique.Document) -> Iterator[chronique.Span | chronique.Token]:
    yield from doc
    yield from doc.sents
    yield from doc.blocks
    yield from doc.places
    yield from doc.times
    for actor in doc.actors:
        yield from actor.mentions
    for event in doc.events:
        for mention in event.mentions:
            yield mention
            yield mention.trigger
            yield from mention.actors
            yield from mention.recipients
            yield from mention.places
            yield from filter(None, [mention.time, mention.attribution])
            if mention.attribution:
                yield mention.attribution.cue


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_offsets_are_code_points_of_the_text_given(nlp: chronique.Pipeline, text: str):
    doc = nlp(text, date="2024-02-07")
    assert doc.text == text
    assert str(doc) == text
    for span in spans(doc):
        assert text[span.start : span.end] == span.text
        assert str(span) == span.text
        assert 0 <= span.start <= span.end <= len(text)


def test_the_seed_has_offsets_too(doc: chronique.Document):
    seen = list(spans(doc))
    assert len(seen) > 300
    assert all(doc.text[span.start : span.end] == span.text for span in seen)


def test_a_document_is_a_sequence_of_tokens(nlp: chronique.Pipeline):
    doc = nlp("Des combats ont éclaté à Goma.")
    words = ["Des", "combats", "ont", "éclaté", "à", "Goma", "."]
    assert [token.text for token in doc] == words
    assert len(doc) == 7
    assert doc[0] == doc[-7] == next(iter(doc))
    assert doc[5].i == 5
    assert doc[1:3].text == "combats ont"
    assert doc[-2:].text == "Goma."
    assert doc[:].text == doc.text
    assert [token.text for token in doc[1:4][1:]] == ["ont", "éclaté"]
    assert doc[1:4][-1].text == "éclaté"
    assert (len(doc[3:3]), doc[3:3].text, bool(doc[3:3])) == (0, "", False)
    assert doc[7:].start == len(doc.text)
    assert doc[1].doc is doc
    for index in (7, -8):
        with pytest.raises(IndexError, match=str(index)):
            doc[index]
    with pytest.raises(ValueError, match="step"):
        doc[::2]
    with pytest.raises(TypeError):
        doc["1"]  # pyright: ignore


def test_tokens_carry_syntax(nlp: chronique.Pipeline):
    doc = nlp("L’armée du Mali a bombardé la ville.")
    assert [token.text for token in doc] == ["L’", "armée", "du", "Mali", "a", "bombardé", "la", "ville", "."]
    tokens = {token.text: token for token in doc}
    assert tokens["bombardé"].pos == tokens["bombardé"].upos == "VERB"
    assert tokens["bombardé"].lemma == "bombarder"
    assert tokens["bombardé"].dep == "root"
    assert tokens["bombardé"].head == tokens["bombardé"]
    assert tokens["armée"].head == tokens["bombardé"]
    assert tokens["armée"].dep == "nsubj"
    assert "Gender=Fem" in tokens["armée"].morph.split("|")
    assert [form for form, _, _ in tokens["du"].words] == ["de", "le"]
    assert tokens["armée"] in tokens["bombardé"].children
    assert [token.text for token in tokens["ville"].subtree] == ["la", "ville"]
    assert doc.sents[0].root == tokens["bombardé"]
    assert doc[2].sent == doc.sents[0]
    assert (tokens["L’"].whitespace, tokens["armée"].whitespace) == ("", " ")
    assert tokens["armée"].idx == tokens["armée"].start == 2


def test_char_span(nlp: chronique.Pipeline):
    doc = nlp("😀 Évian")
    assert doc.char_span(2, 7).text == "Évian"
    assert doc.char_span(2, 2).text == ""
    for start, end in ((5, 4), (0, 8)):
        with pytest.raises(ValueError, match="7 code points"):
            doc.char_span(start, end)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2023-09-19", datetime.date(2023, 9, 19)),
        (datetime.date(2023, 9, 19), datetime.date(2023, 9, 19)),
        (datetime.datetime(2023, 9, 19, 23, 59, tzinfo=datetime.UTC), datetime.date(2023, 9, 19)),
        (None, None),
    ],
)
def test_dates(nlp: chronique.Pipeline, date: object, expected: datetime.date | None):
    assert nlp("Il a plu.", date=date).date == expected


@pytest.mark.parametrize("date", ["19/09/2023", "2023-13-01", "2023-02-30", "2023-9-1", "", "mardi"])
def test_a_wrong_date_is_named(nlp: chronique.Pipeline, date: str):
    with pytest.raises(ValueError) as error:
        nlp("Il a plu.", date=date)
    assert repr(date) in str(error.value)


class NaT(datetime.datetime):
    """What pandas puts for a missing date: a datetime whose parts are not numbers."""

    @property
    def year(self):  # pyright: ignore
        return float("nan")


def test_a_date_that_is_no_day_is_refused(nlp: chronique.Pipeline):
    with pytest.raises(ValueError, match="use None"):
        nlp("Il a plu.", date=NaT(2023, 1, 1))
    with pytest.raises(TypeError, match="20230919"):
        nlp("Il a plu.", date=20230919)  # pyright: ignore


def test_text_of_another_type_is_refused(nlp: chronique.Pipeline):
    for text in (None, b"Il a plu.", 3):
        with pytest.raises(TypeError, match="text must be a str"):
            nlp(text)  # pyright: ignore


def test_lone_surrogates_are_named(nlp: chronique.Pipeline):
    with pytest.raises(ValueError, match=r"U\+D83D, at index 3") as error:
        nlp("à 😀"[:2] + "x\ud83d y")
    assert not isinstance(error.value, UnicodeError)
    assert "surrogatepass" in str(error.value)
    for name in ("title", "id"):
        with pytest.raises(ValueError, match=f"{name} has a lone surrogate"):
            nlp("Il a plu.", **{name: "\udc80"})
    with pytest.raises(ValueError, match="date"):
        nlp("Il a plu.", date="\udc80")


def test_the_repair_that_the_error_names_works(nlp: chronique.Pipeline):
    text = "Goma \ud83d\ude00 \ud83d fin"
    repaired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert nlp(repaired).text == "Goma 😀 \ufffd fin"


def test_a_title_stands_before_the_text(nlp: chronique.Pipeline):
    doc = nlp("Des obus sont tombés.", title="Goma bombardée", id="1")
    assert doc.text == "Goma bombardée\n\nDes obus sont tombés."
    assert doc.id == "1"
    assert nlp("Il a plu.", title="").text == "Il a plu."


def test_a_relative_date_stays_open_without_a_day_of_publication(nlp: chronique.Pipeline):
    text = "L’armée a bombardé Goma mardi."
    assert [time.value for time in nlp(text, date="2024-02-07").times] == ["2024-02-06"]
    assert [(time.value, time.first) for time in nlp(text).times] == [("XXXX-WXX-2", None)]


def test_everything_is_frozen(doc: chronique.Document):
    for one in (doc, doc[0], doc[0:2], doc.events[0], doc.places[0], doc.actors[0]):
        with pytest.raises(AttributeError):
            one.text = "autre"
        with pytest.raises(AttributeError):
            one.note = "autre"


def test_equality_and_hash(nlp: chronique.Pipeline):
    text = "L’armée a bombardé Goma mardi."
    one, two, other = nlp(text, id="1"), nlp(text, id="1"), nlp(text, id="2")
    assert one == two
    assert hash(one) == hash(two)
    assert one != other
    assert one[0] == two[0] != one[1]
    assert one[0] != other[0]
    assert len({one[0], two[0], one[1], one[0:1], two[0:1]}) == 3
    assert one[0] != one[0:1]
    assert one.char_span(0, 3) != 3
    assert one.places == two.places
    assert one.events == two.events != other.events


def test_reprs_are_one_line(doc: chronique.Document):
    shown = [doc, doc[0], doc[0:40], *doc.places, *doc.times, *doc.actors, *doc.events]
    shown += [mention for event in doc.events for mention in event.mentions]
    for one in shown:
        assert repr(one).startswith(f"<{type(one).__name__} ")
        assert "\n" not in repr(one)
        assert len(repr(one)) < 200


def test_explanations_name_the_rule(doc: chronique.Document):
    event = doc.events[0]
    assert event.mentions[0].rule in str(event.explain())
    assert str(event.explain()).strip() in str(doc.explain())
    assert repr(doc.explain()) == str(doc.explain())


def test_events_tell_who_did_what(nlp: chronique.Pipeline):
    doc = nlp("Selon l’ONU, l’armée a bombardé mardi la ville de Goma.", date="2024-02-07")
    (event,) = doc.events
    assert (event.type, event.status, event.quad, event.cameo) == ("ASSAULT", "actual", 4, "19")
    assert [actor.sector for actor in event.actors] == ["MIL"]
    assert event.place is not None
    assert (event.place.name, event.place.country) == ("Goma", "CD")
    assert event.date == "2024-02-06"
    assert event.time == doc.times[0]
    assert event.time.first == event.time.last == datetime.date(2024, 2, 6)
    (mention,) = event.mentions
    assert mention.text == mention.trigger.text == "bombardé"
    assert mention.event == event
    assert mention.actors[0].actor == event.actors[0]
    assert mention.attribution is not None
    assert "ONU" in mention.attribution.text
    assert mention.attribution.cue.text == "Selon"
