from pathlib import Path

import pytest

import chronique

ROW = "id\tlemma\tpos\ttype\tmode\tframe\tgates\n"


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    for option in ("lexicon", "gazetteer"):
        with pytest.raises(FileNotFoundError) as error:
            chronique.Pipeline(**{option: tmp_path / "rien.tsv"})
        assert error.value.filename == str(tmp_path / "rien.tsv")


def test_a_wrong_file_is_a_data_error(tmp_path: Path):
    wrong = tmp_path / "faux.bin"
    wrong.write_bytes(b"\xff\xfe rien")
    for option in ("lexicon", "gazetteer"):
        with pytest.raises(chronique.DataError, match=r"faux\.bin"):
            chronique.Pipeline(**{option: str(wrong)})
    assert issubclass(chronique.DataError, ValueError)


def test_an_error_in_a_lexicon_names_its_line(tmp_path: Path):
    lexicon = tmp_path / "verbes.tsv"
    lexicon.write_text(ROW + "X/1\tcroquer\tV\tNIMPORTE\t\t\t\n", encoding="utf-8")
    with pytest.raises(chronique.DataError, match=r"verbes\.tsv, line 2"):
        chronique.Pipeline(lexicon=lexicon)


def test_a_pipeline_without_options_is_built_once():
    chronique.Pipeline()
    assert chronique.Pipeline() == chronique.Pipeline(jobs=0)
    assert repr(chronique.Pipeline(jobs=0)) == "Pipeline()"
    with pytest.raises(TypeError):
        chronique.Pipeline("fr")  # pyright: ignore
    with pytest.raises(OverflowError):
        chronique.Pipeline(jobs=-1)
