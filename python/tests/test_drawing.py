import json
import pickle
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zlib
from pathlib import Path

import pytest

import chronique

from .test_html import ATTACKS

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
TEXT = (
    "L’armée congolaise a bombardé mardi la ville de Goma. Des rebelles ont attaqué lundi un convoi à Beni, "
    "faisant trois morts. Le président rwandais a rencontré hier son homologue ougandais à Kigali. "
    "Des milliers de personnes ont manifesté en janvier à Kinshasa. "
    "La France a livré de l’aide humanitaire à Bukavu."
)


@pytest.fixture(scope="module")
def events(nlp: chronique.Pipeline) -> chronique.Events:
    return nlp(TEXT, date="2024-02-07").events


def tags(svg: str) -> set[str]:
    return {element.tag.rpartition("}")[2] for element in ET.fromstring(svg).iter()}


KNOWN = {"svg", "style", "rect", "path", "g", "title", "desc", "circle", "text"}


@pytest.mark.parametrize("kind", ["map", "timeline"])
def test_a_drawing_is_well_formed_and_needs_nothing(events: chronique.Events, kind: str):
    svg = getattr(events, kind)().svg
    assert tags(svg) <= KNOWN
    assert not re.search(r"https?:(?!//www\.w3\.org/2000/svg)|url\(|@import|href=|<script", svg)


def test_a_map_shows_places_and_tells_of_those_without_a_point(events: chronique.Events):
    svg = events.map().svg
    for event in events:
        assert event.place is None or f"<title>{event.place.name}: " in svg
    for label in ("Goma", "Beni", "Ouganda"):
        assert f">{label}</text>" in svg
    assert "no position taken" in svg
    nowhere = sum(event.place is None or event.place.lat is None for event in events)
    assert (f"{nowhere} event" in svg) == (nowhere > 0)


def test_a_timeline_counts_every_event(events: chronique.Events):
    svg = events.timeline().svg
    undated = len([row for row in events.to_polars()["date_start"] if row is None])
    note = svg.rpartition('<text class="note"')[2]
    counted = [int(number) for number in re.findall(r"(\d+) (?:event|dated|earlier|later|without)", note)]
    assert sum(counted) == len(events)
    assert (f"{undated} without a date" in note) == (undated > 0)


def test_names_are_never_markup():
    places = [
        {"name": "Colline 402", "lat": -1.5, "lon": 29.0},
        *({"name": f"Colline {attack}", "lat": -1.65, "lon": 29.2} for attack in ATTACKS),
    ]
    nlp = chronique.Pipeline(places=places)
    for attack in ATTACKS:
        text = (
            f"L’armée {attack} a bombardé mardi Colline {attack}. Des combats à Colline 402, selon {attack}."
        )
        events = nlp(text, date="2024-02-07", id=attack).events
        assert len(events) > 0
        for drawing in (events.map(), events.timeline()):
            assert tags(drawing.svg) <= KNOWN
            assert not re.search(r"<(script|img|iframe)|<[^>]*\son\w+=", drawing.svg)


def test_an_empty_drawing_says_so(nlp: chronique.Pipeline):
    nothing = nlp("").events
    assert "0 events" in repr(nothing.map())
    assert "without a date" in nothing.timeline().svg


def test_drawings_are_saved_by_their_ending(events: chronique.Events, tmp_path: Path):
    drawing = events.map(width=600)
    drawing.save(tmp_path / "map.svg")
    assert ET.parse(tmp_path / "map.svg").getroot().get("width") == "600"
    drawing.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    with pytest.raises(ValueError, match=r"must end in \.svg or \.html"):
        drawing.save(tmp_path / "map.png")
    with pytest.raises(FileNotFoundError):
        drawing.save(tmp_path / "none" / "map.svg")


def test_a_notebook_gets_it_inline_and_as_a_picture(events: chronique.Events):
    bundle = events.map()._repr_mimebundle_()
    assert sorted(bundle) == ["image/svg+xml", "text/html", "text/plain"]
    assert ET.fromstring(bundle["image/svg+xml"]).tag.endswith("svg")
    assert pickle.loads(pickle.dumps(events.map())) == events.map()


# In the browser: whether text is told from its ground, whether labels lie over each other, and whether
# anything ran that should not.
MEASURE = """<script>
const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255)
  .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
const rgb = text => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05); };
const ground = rgb(getComputedStyle(document.body).backgroundColor);
const texts = [...document.querySelectorAll(".chq-draw text, .chq-text, .chq-card dd")];
const ratios = texts.map(text => { const style = getComputedStyle(text);
  return contrast(rgb(text.closest("svg") ? style.fill : style.color), ground); });
const boxes = [...document.querySelectorAll(".label")].map(label => label.getBoundingClientRect());
const overlaps = boxes.flatMap((a, at) => boxes.slice(at + 1).filter(b =>
  a.left < b.right && b.left < a.right && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3)).length;
document.body.dataset.seen = JSON.stringify({ texts: texts.length, least: Math.min(...ratios), overlaps,
  ran: window.ran === true, wide: document.documentElement.scrollWidth - innerWidth });
</script>"""


def browse(page: Path, folder: Path, dark: bool, *arguments: str) -> str:
    assert CHROMIUM is not None
    flags = [
        *(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--hide-scrollbars",
        ),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *(f"--user-data-dir={folder}", "--window-size=1000,800"),
        f"--blink-settings=preferredColorScheme={0 if dark else 1}",
    ]
    run = subprocess.run(
        [CHROMIUM, *flags, *arguments, page.as_uri()], capture_output=True, timeout=120, check=True
    )
    return run.stdout.decode()


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium, to look at pages in light and dark mode")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("what", ["document", "map", "timeline"])
def test_a_browser_shows_it_on_light_and_dark_ground(
    nlp: chronique.Pipeline, tmp_path: Path, what: str, dark: bool
):
    attack = "<script>window.ran = true</script><img src=x onerror='window.ran = true'>"
    doc = nlp(f"{TEXT} {attack}", title=attack, date="2024-02-07", id=attack)
    page = tmp_path / "page.html"
    if what == "document":
        page.write_text(doc.render(page=True), encoding="utf-8")
    else:
        getattr(doc.events, what)().save(page)
    shot = tmp_path / "page.png"
    browse(page, tmp_path / "one", dark, f"--screenshot={shot}")
    assert not blank(shot)
    page.write_text(
        page.read_text(encoding="utf-8").replace("</body>", f"{MEASURE}</body>"), encoding="utf-8"
    )
    found = re.search(r'data-seen="([^"]*)"', browse(page, tmp_path / "two", dark, "--dump-dom"))
    assert found
    seen = json.loads(found[1].replace("&quot;", '"'))
    assert seen["texts"] > 0
    assert seen["least"] >= 7, "text stands out from its ground (WCAG, AAA)"
    assert seen["overlaps"] == 0
    assert seen["wide"] <= 0
    assert not seen["ran"]


def blank(png: Path) -> bool:
    """Whether a picture is of one colour."""
    data, at, packed = png.read_bytes(), 8, b""
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + length]
        at += 12 + length
    return len(set(zlib.decompress(packed))) < 16
