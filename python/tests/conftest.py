import signal
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import chronique

ROOT = Path(__file__).resolve().parents[2]
SEEDS = sorted(path.parent for path in ROOT.glob("seeds/*/article.txt"))


def read_seed(nlp: chronique.Pipeline, seed: Path) -> chronique.Document:
    about = tomllib.loads((seed / "article.toml").read_text(encoding="utf-8"))
    text = (seed / "article.txt").read_bytes().decode()
    return nlp(text, date=about["date"], id=seed.name)


@pytest.fixture(scope="session")
def nlp() -> chronique.Pipeline:
    return chronique.Pipeline()


@pytest.fixture(scope="session")
def doc(nlp: chronique.Pipeline) -> chronique.Document:
    return read_seed(nlp, ROOT / "seeds/haut-karabakh")


@pytest.fixture(scope="session", params=SEEDS, ids=lambda seed: seed.name)
def seed(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Let SIGINT raise, as in a terminal: a process started in the background inherits that it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
