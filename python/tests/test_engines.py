"""The recipes of docs/engines.md, run as they stand there and held against one table read at once."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import chronique

from .conftest import ROOT

TEXTS = [
    "L’armée a bombardé mardi la ville de Goma, faisant trois morts.",
    "Des milliers de personnes ont manifesté samedi à Paris.",
    None,
    "Le match a fini par un nul.",
    "Selon l’ONU, un convoi humanitaire est arrivé hier à Beni.",
]


def recipe(title: str) -> str:
    """The Python of a section."""
    text = (ROOT / "docs/engines.md").read_text(encoding="utf-8")
    section = text.partition(f"## {title}\n")[2].partition("\n## ")[0]
    (code,) = re.findall(r"^```python\n(.*?)^```$", section, re.M | re.S)
    return code


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pl.DataFrame:
    """Two hundred articles, in the working folder as a file of several row groups."""
    number = 200
    frame = pl.DataFrame(
        {
            "id": [f"a{at}" for at in range(number)],
            "text": [TEXTS[at % len(TEXTS)] for at in range(number)],
            "date": [f"2024-02-{at % 28 + 1:02}" for at in range(number)],
        }
    )
    frame.write_parquet(tmp_path / "articles.parquet", row_group_size=30)
    monkeypatch.chdir(tmp_path)
    return frame


def run(title: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(recipe(title), f"docs/engines.md, {title}", "exec"), names)
    return names


def told(frame: pl.DataFrame) -> pl.DataFrame:
    """Without the number of the row in an error, which an engine counts in its batch."""
    return frame.with_columns(pl.col("error").str.replace(r"^row \d+: ", ""))


@pytest.mark.parametrize("title", ["Polars, streaming", "DuckDB"])
def test_one_machine(articles: pl.DataFrame, nlp: chronique.Pipeline, title: str):
    run(title)
    expected = nlp.extract_table(articles).to_polars()
    assert expected["error"].drop_nulls().len() == 40
    assert_frame_equal(told(pl.read_parquet("events.parquet")), told(expected))


@pytest.mark.spark
@pytest.mark.filterwarnings("default")
@pytest.mark.skipif(not importlib.util.find_spec("pyspark"), reason="needs PySpark (and Java 17)")
def test_spark(articles: pl.DataFrame, nlp: chronique.Pipeline, monkeypatch: pytest.MonkeyPatch):
    import pyspark.sql

    builder = pyspark.sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.memory", "1g").config("spark.sql.shuffle.partitions", "2")
    builder = builder.config("spark.sql.files.maxPartitionBytes", "2k")
    monkeypatch.setattr(pyspark.sql.SparkSession, "builder", builder)
    spark = run("PySpark, on many machines")["spark"]
    try:
        assert spark.read.parquet("articles.parquet").rdd.getNumPartitions() > 1
    finally:
        spark.stop()
    keys = ["doc_id", "event_id"]
    expected = nlp.extract_table(articles).to_polars().sort(keys, nulls_last=True)
    assert_frame_equal(told(pl.read_parquet("events/*.parquet").sort(keys, nulls_last=True)), told(expected))
