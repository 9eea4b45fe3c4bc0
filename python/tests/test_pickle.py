import copy
import operator
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

import chronique


def everything(doc: chronique.Document):
    yield doc
    yield from (doc[0], doc[1:3], doc.char_span(1, 3))
    for layer in ("blocks", "places", "times", "actors", "events"):
        yield from getattr(doc, layer)
    for actor in doc.actors:
        yield from actor.mentions
    for event in doc.events:
        for mention in event.mentions:
            yield mention
            yield from mention.actors
            yield from mention.recipients
            yield from filter(None, [mention.attribution])
    yield doc.explain()


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_everything_comes_back(doc: chronique.Document, protocol: int):
    before = list(everything(doc))
    after = pickle.loads(pickle.dumps(before, protocol))
    assert after == before
    assert [type(one) for one in after] == [type(one) for one in before]
    assert after[0].to_json() == doc.to_json()
    assert [repr(one) for one in after] == [repr(one) for one in before]
    assert after[1].doc is after[0]


def test_copies_are_equal(doc: chronique.Document):
    assert copy.copy(doc) == copy.deepcopy(doc) == doc
    assert copy.deepcopy(doc.events) == doc.events


def test_a_recorded_error_comes_back(nlp: chronique.Pipeline):
    (doc,) = nlp.pipe([None], ids=["7"], on_error="record")  # pyright: ignore
    again = pickle.loads(pickle.dumps(doc))
    assert (again, again.id, again.error) == (doc, "7", doc.error)
    assert doc != nlp("", id="7")


def test_a_pipeline_comes_back_with_its_options():
    for nlp in (chronique.Pipeline(), chronique.Pipeline(jobs=2)):
        again = pickle.loads(pickle.dumps(nlp))
        assert again == nlp
        assert repr(again) == repr(nlp)
    assert chronique.Pipeline(jobs=2) != chronique.Pipeline()


def test_another_version_is_refused(doc: chronique.Document):
    function, (nlp, version, *article) = doc.__reduce__()
    assert version == chronique.__version__
    with pytest.raises(ValueError, match=r"pickled by chronique 0\.0\.1, .* read its article again"):
        function(nlp, "0.0.1", *article)


def test_a_damaged_pickle_is_refused(doc: chronique.Document):
    view, _ = doc[0].__reduce__()
    for layer, at in (("token", [10**6]), ("events", [0]), ("mention", [0, 99]), ("span", [5, 2])):
        with pytest.raises(ValueError):
            view(doc, layer, at)


def test_a_pipeline_goes_to_other_processes(nlp: chronique.Pipeline):
    texts = ["Grève à Paris.", "L’armée a bombardé Goma."]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        docs = list(pool.map(nlp, texts))
    assert docs == [nlp(text) for text in texts]
    assert list(map(operator.attrgetter("text"), docs)) == texts
