import copy
import datetime
import gc
import json
import os
import pickle
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import chronique

pa = pytest.importorskip("pyarrow")
pl = pytest.importorskip("polars")
pd = pytest.importorskip("pandas")
duckdb = pytest.importorskip("duckdb")

TEXTS = [
    "L’armée a bombardé Goma mardi. Dix civils ont été tués, selon l’ONU.",
    "Il fait beau.",
    None,
    "Des milliers de manifestants ont défilé à Paris lundi.",
]
ROWS = {"id": ["a", "b", "c", "d"], "text": TEXTS, "date": [datetime.date(2024, 2, 7)] * 4}


@pytest.fixture(scope="module")
def events(nlp: chronique.Pipeline) -> chronique.Events:
    return nlp.extract_table(pa.table(ROWS))


def test_every_frame_will_do(nlp: chronique.Pipeline, events: chronique.Events):
    frame = pl.DataFrame(ROWS)
    tables = {
        "polars": frame,
        "pyarrow": pa.table(ROWS),
        "record batch": pa.RecordBatch.from_pydict(ROWS),
        "reader": pa.RecordBatchReader.from_batches(pa.table(ROWS).schema, pa.table(ROWS).to_batches(2)),
        "pandas": pd.DataFrame(ROWS),
        "pandas timestamps": pd.DataFrame(ROWS).assign(date=pd.to_datetime(ROWS["date"])),
        "duckdb": duckdb.from_arrow(pa.table(ROWS)),
        "large": pa.table(ROWS).cast(
            pa.schema([("id", pa.large_utf8()), ("text", pa.large_utf8()), ("date", pa.timestamp("us"))])
        ),
        "strings": frame.with_columns(pl.col("date").cast(pl.String)),
        "chunks": pl.concat([frame[:1], frame[1:]], rechunk=False),
    }
    for name, table in tables.items():
        assert nlp.extract_table(table) == events, name


def test_events_are_a_frame_again(events: chronique.Events):
    table = pa.table(events)
    assert table.equals(events.to_arrow())
    assert table.schema.metadata == {b"chronique.schema": b"1"}
    assert table["doc_id"].to_pylist() == ["a", "c", "d"]
    assert table["type"].to_pylist() == ["ASSAULT", None, "PROTEST"]
    assert table["date_start"].to_pylist() == [datetime.date(2024, 2, 6), None, datetime.date(2024, 2, 5)]
    assert table["killed"].to_pylist() == [10, None, None]
    assert table["actors"].to_pylist()[0] == ["armée"]
    assert events.to_polars().equals(pl.DataFrame(events))
    assert events.to_polars()["country"].to_list() == ["CD", None, "FR"]
    assert len(pd.DataFrame.from_arrow(events)) == len(events.to_pandas()) == 3
    assert duckdb.sql("select sum(killed) from events").fetchall() == [(10,)]


def test_the_stream_outlives_its_events(nlp: chronique.Pipeline):
    events = nlp.extract_table(pa.table(ROWS))
    capsules = [events.__arrow_c_stream__(), events.__arrow_c_stream__()]
    reader = pa.RecordBatchReader.from_stream(events)
    del events, capsules
    gc.collect()
    assert reader.read_all().num_rows == 3


def test_bad_rows_are_kept(nlp: chronique.Pipeline, events: chronique.Events):
    assert repr(events) == "<Events: 2 events, 1 error>"
    assert events.errors == (("c", 'row 2: "text" is null'),)
    assert events.to_arrow()["error"].to_pylist() == [None, 'row 2: "text" is null', None]
    dates = ["2024-02-07", "hier", None, ""]
    wrong = nlp.extract_table(pl.DataFrame({"text": ["Grève à Paris."] * 4, "date": dates}))
    assert wrong.to_polars()["doc_id"].to_list() == ["0", "1", "2", "3"]
    assert [row for row, _ in wrong.errors] == ["1"]
    assert "YYYY-MM-DD" in wrong.errors[0][1]
    assert len(nlp.extract_table(pa.table(ROWS), on_error="skip").to_arrow()) == 2
    with pytest.raises(ValueError, match='row 2: "text" is null'):
        nlp.extract_table(pa.table(ROWS), on_error="raise")


def test_a_wrong_table_says_what_is_wrong(nlp: chronique.Pipeline):
    with pytest.raises(TypeError, match=r"not a table: list has no __arrow_c_stream__"):
        nlp.extract_table([{"text": "Grève à Paris."}])  # pyright: ignore
    with pytest.raises(ValueError, match='no column "text"; columns are "texte"'):
        nlp.extract_table(pl.DataFrame({"texte": ["Grève"]}))
    with pytest.raises(ValueError, match='column "text" has type Int64: it must hold strings'):
        nlp.extract_table(pl.DataFrame({"text": [1]}))
    with pytest.raises(ValueError, match='no column "paru"'):
        nlp.extract_table(pl.DataFrame({"text": ["Grève"]}), date="paru")


def test_a_table_reads_what_a_call_reads(nlp: chronique.Pipeline, events: chronique.Events):
    docs = [nlp(text, date="2024-02-07", id=key) for text, key in zip(TEXTS, "abcd", strict=True) if text]
    assert list(events) == [event for doc in docs for event in doc.events]
    assert events[-1].doc.id == "d"
    assert events[0].doc is events[0].doc
    assert [event.type for event in events[::-1]] == ["PROTEST", "ASSAULT"]
    assert docs[0].events[0] in events
    with pytest.raises(IndexError, match="no event 2: there are 2"):
        events[2]
    assert not chronique.extract_table(pl.DataFrame({"text": ["Il fait beau."]}))


def test_events_can_be_picked(events: chronique.Events):
    assert events.filter(type="PROTEST")[0].place.name == "Paris"  # pyright: ignore
    assert len(events.filter(country=["CD", "FR"], status="actual")) == 2
    assert len(events.filter(mode="drone")) == 0
    assert events.filter().to_arrow()["error"].null_count == 2
    assert events[:1].to_arrow()["doc_id"].to_pylist() == ["a"]
    with pytest.raises(TypeError):
        events.filter(type=3)  # pyright: ignore


def test_a_table_comes_back_from_a_pickle(nlp: chronique.Pipeline, events: chronique.Events):
    for some in (events, events.filter(type="PROTEST"), events[:0], nlp("Grève à Paris.").events):
        again = pickle.loads(pickle.dumps(some))
        assert again == some
        assert hash(again) == hash(some)
        assert again.to_arrow().equals(some.to_arrow())
    function, (nlp, version, articles, _, errors) = events.__reduce__()
    with pytest.raises(ValueError, match="damaged"):
        function(nlp, version, articles, [1], errors)
    assert copy.deepcopy(events) == events


def test_a_recorded_error_is_a_row_too(nlp: chronique.Pipeline):
    (doc,) = nlp.pipe([None], ids=["7"], on_error="record")  # pyright: ignore
    assert doc.events.errors == (("7", "text 0: text must be a str, not NoneType: None"),)
    assert doc.events.to_arrow()["doc_id"].to_pylist() == ["7"]


def test_files_are_written(events: chronique.Events, tmp_path: Path):
    path = tmp_path / "e.geojson"
    assert events.to_geojson(path) == path.read_text(encoding="utf-8")
    collection = json.loads(events.to_geojson())
    assert collection == events.__geo_interface__
    assert [feature["properties"]["place"] for feature in collection["features"]] == ["Goma", "Paris"]
    lines = events.to_csv(str(tmp_path / "e.csv")).splitlines()
    assert lines[0].split(",") == events.to_arrow().column_names
    assert lines[2].startswith("c,,")
    with pytest.raises(FileNotFoundError) as error:
        events.to_csv(tmp_path / "rien" / "e.csv")
    assert error.value.filename == str(tmp_path / "rien" / "e.csv")


def test_batches_stream(nlp: chronique.Pipeline, events: chronique.Events):
    batches = pa.table(ROWS).to_batches(max_chunksize=1)
    read = nlp.extract_batches(iter(batches), on_error="skip")
    assert pa.Table.from_batches(read).equals(nlp.extract_table(pa.table(ROWS), on_error="skip").to_arrow())
    assert pickle.loads(pickle.dumps(nlp.extract_batches)).__self__ == nlp
    columns = [column.split("` ") for column in nlp.spark_schema().split(", ")]
    assert [name[1:] for name, _ in columns] == events.to_arrow().column_names


def test_several_tables_at_once(nlp: chronique.Pipeline, events: chronique.Events):
    read: list[chronique.Events] = []
    table = pa.table(ROWS)
    threads = [threading.Thread(target=lambda: read.append(nlp.extract_table(table))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [events] * 4


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_ctrl_c_stops_a_table(nlp: chronique.Pipeline):
    given = 0

    def batches() -> Iterator[Any]:
        nonlocal given
        while given < 20:
            given += 1
            # From here on a batch is read, and nothing of Python runs that could hear a signal.
            begun.set()
            yield batch

    def interrupt() -> None:
        begun.wait()
        os.kill(os.getpid(), signal.SIGINT)

    begun = threading.Event()
    batch = pa.RecordBatch.from_pydict({"text": [f"{TEXTS[0]} " * 20] * 1000})
    interrupter = threading.Thread(target=interrupt)
    interrupter.start()
    with pytest.raises(KeyboardInterrupt):
        nlp.extract_table(pa.RecordBatchReader.from_batches(batch.schema, batches()))
    interrupter.join()
    assert given < 20


def test_places_and_words_of_ones_own(tmp_path: Path):
    places = {"name": ["Colline 402"], "lat": [-1.65], "lon": [29.2], "country": ["CD"]}
    rows = [{"name": "Colline 402", "lat": -1.65, "lon": 29.2, "country": "CD", "kind": None}]
    file = tmp_path / "places.csv"
    file.write_text("name,lat,lon,country\nColline 402,-1.65,29.2,CD\n", encoding="utf-8")
    for given in (pl.DataFrame(places), pd.DataFrame(places), pa.table(places), rows, file, str(file)):
        nlp = pickle.loads(pickle.dumps(chronique.Pipeline(places=given)))
        (place,) = nlp("Des combats à Colline 402.").places
        assert (place.name, place.lat, place.country) == ("Colline 402", -1.65, "CD")
    word = {"lemma": "ratonnade", "id": "x/1", "pos": "N", "type": "ASSAULT", "frame": "Nact", "gates": ""}
    text = "Une ratonnade a eu lieu à Paris, où la police a arrêté des manifestants."
    nlp = chronique.Pipeline(lexicon=[word])
    assert [event.mentions[0].rule for event in nlp(text).events].count("x/1") == 1
    assert nlp == chronique.Pipeline(lexicon=pl.DataFrame([word]))
    assert repr(nlp) == "Pipeline(lexicon='…')"
    with pytest.raises(chronique.DataError, match="lexicon, line 2"):
        chronique.Pipeline(lexicon=[word | {"type": "RIEN"}])
    with pytest.raises(chronique.DataError, match=r"places: line 2, column lat"):
        chronique.Pipeline(places=[{"name": "Ici", "lat": "nord", "lon": 1}])
    with pytest.raises(TypeError, match="places must be a path, a frame or dictionaries"):
        chronique.Pipeline(places=3)  # pyright: ignore
