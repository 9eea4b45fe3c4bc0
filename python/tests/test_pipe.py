import itertools
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import chronique

TEXT = "L’armée a bombardé Goma mardi. Dix civils ont été tués, selon l’ONU. "


def numbered(n: int) -> list[str]:
    # Lengths differ, so that threads finish out of order.
    return [f"Jour {i}. " + TEXT * (i * 7 % 5) for i in range(n)]


def test_documents_come_in_order(nlp: chronique.Pipeline):
    texts = numbered(100)
    for batch_size in (1, 7, 256):
        docs = list(nlp.pipe(texts, batch_size=batch_size))
        assert [doc.text for doc in docs] == texts


def test_a_pipe_reads_what_a_call_reads(nlp: chronique.Pipeline):
    texts = numbered(20)
    dates = [f"2024-02-{day:02}" for day in range(1, 21)]
    ids = [str(n) for n in range(20)]
    piped = nlp.pipe(texts, dates=dates, ids=ids, titles=itertools.repeat("Goma"))
    called = (
        nlp(text, date=date, id=key, title="Goma") for text, date, key in zip(texts, dates, ids, strict=True)
    )
    assert [doc.to_json() for doc in piped] == [doc.to_json() for doc in called]


def test_the_result_does_not_depend_on_threads(nlp: chronique.Pipeline):
    texts = numbered(50)
    expected = [doc.to_json() for doc in nlp.pipe(texts)]
    for jobs in (1, 3):
        assert [doc.to_json() for doc in chronique.Pipeline(jobs=jobs).pipe(texts)] == expected


def test_a_pipe_is_lazy(nlp: chronique.Pipeline):
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"Jour {taken}."

    docs = nlp.pipe(endless(), batch_size=4)
    assert taken == 0
    assert next(docs).text == "Jour 1."
    assert taken == 4
    assert [doc.text for doc in itertools.islice(docs, 4)] == [f"Jour {n}." for n in (2, 3, 4, 5)]
    assert taken == 8


def test_contexts_travel_along(nlp: chronique.Pipeline):
    context = object()
    pairs = [("Grève à Paris.", context), ("Combats à Goma.", {"row": 1})]
    result = list(nlp.pipe(pairs, as_tuples=True))
    assert [doc.text for doc, _ in result] == ["Grève à Paris.", "Combats à Goma."]
    assert result[0][1] is context
    assert result[1][1] is pairs[1][1]
    with pytest.raises(TypeError, match=r"text 1: .* pair"):
        list(nlp.pipe([("a", 1), "b"], as_tuples=True))  # pyright: ignore


BAD = ["Un.", None, "Trois.", "\ud83d", "Cinq."]


def test_an_error_is_raised_after_the_documents_before_it(nlp: chronique.Pipeline):
    docs = nlp.pipe(BAD)  # pyright: ignore
    assert next(docs).text == "Un."
    with pytest.raises(TypeError, match="text 1: text must be a str, not NoneType"):
        next(docs)
    assert list(docs) == []


def test_errors_can_be_skipped(nlp: chronique.Pipeline):
    docs = nlp.pipe(BAD, on_error="skip")  # pyright: ignore
    assert [doc.text for doc in docs] == ["Un.", "Trois.", "Cinq."]
    pairs = nlp.pipe(zip(BAD, range(5), strict=True), as_tuples=True, on_error="skip")  # pyright: ignore
    assert [context for _, context in pairs] == [0, 2, 4]


def test_errors_can_be_recorded(nlp: chronique.Pipeline):
    dates = ["2024-02-01", "2024-02-02", "hier", None, "2024-02-05"]
    docs = list(nlp.pipe(BAD, dates=dates, ids=list("abcde"), on_error="record"))  # pyright: ignore
    assert [doc.id for doc in docs] == list("abcde")
    assert [doc.text for doc in docs] == ["Un.", "", "", "", "Cinq."]
    assert docs[0].error is None
    assert docs[1].error == "text 1: text must be a str, not NoneType: None"
    assert "text 2: date 'hier'" in str(docs[2].error)
    assert "text 3: text has a lone surrogate, U+D83D, at index 0" in str(docs[3].error)
    assert len(docs[1]) == 0
    assert not docs[1].events
    assert docs[1].error in repr(docs[1])


def test_an_error_of_the_input_itself_always_shows(nlp: chronique.Pipeline):
    def texts() -> Iterator[str]:
        yield "Un."
        raise OSError("disque plein")

    docs = nlp.pipe(texts(), on_error="skip")
    assert next(docs).text == "Un."
    with pytest.raises(OSError, match="disque plein"):
        next(docs)
    assert list(docs) == []


def test_too_few_dates_are_an_error(nlp: chronique.Pipeline):
    docs = nlp.pipe(["Un.", "Deux."], dates=["2024-02-01"], on_error="skip")
    assert next(docs).text == "Un."
    with pytest.raises(ValueError, match="dates has 1 items"):
        next(docs)


def test_arguments_are_checked_at_once(nlp: chronique.Pipeline):
    with pytest.raises(ValueError, match=r"on_error .* not 'ignore'"):
        nlp.pipe([], on_error="ignore")  # pyright: ignore
    with pytest.raises(ValueError, match="batch_size"):
        nlp.pipe([], batch_size=0)
    with pytest.raises(TypeError, match="not one str: 'Un texte'"):
        nlp.pipe("Un texte")
    with pytest.raises(TypeError, match="not iterable"):
        nlp.pipe(3)  # pyright: ignore
    assert list(nlp.pipe([])) == []


def test_one_pipeline_serves_several_threads(nlp: chronique.Pipeline):
    texts = numbered(40)
    expected = [nlp(text).to_json() for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert [doc.to_json() for doc in pool.map(nlp, texts)] == expected
        runs = [
            pool.submit(lambda: [doc.to_json() for doc in nlp.pipe(texts, batch_size=3)]) for _ in range(4)
        ]
        assert all(run.result() == expected for run in runs)


def test_one_iterator_serves_one_thread_at_a_time(nlp: chronique.Pipeline):
    def texts() -> Iterator[str]:
        yield "Un."
        yield next(docs).text

    docs = nlp.pipe(texts())
    with pytest.raises(ValueError, match="being read already"):
        list(docs)


def test_other_threads_run_meanwhile(nlp: chronique.Pipeline):
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    nlp(TEXT * 2000)
    done.set()
    ticker.join()
    assert ticks > 5


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_ctrl_c_stops_a_pipe(nlp: chronique.Pipeline):
    batch, taken = 1000, 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for taken in range(1, 20 * batch + 1):
            if taken == batch:
                # From here on the batch is read, and nothing of Python runs that could hear a signal.
                full.set()
            yield TEXT * 20

    def interrupt() -> None:
        full.wait()
        os.kill(os.getpid(), signal.SIGINT)

    full = threading.Event()
    docs = nlp.pipe(texts(), batch_size=batch)
    interrupter = threading.Thread(target=interrupt)
    interrupter.start()
    with pytest.raises(KeyboardInterrupt):
        for _ in docs:
            pass
    interrupter.join()
    stopped = taken
    assert list(docs) == []
    assert taken == stopped < 20 * batch
