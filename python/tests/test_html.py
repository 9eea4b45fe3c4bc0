import html.parser
import re

import chronique

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "</style></div><iframe src='javascript:alert(1)'>",
    "&lt;script&gt;",
]
VOID = {"br", "hr", "img", "input", "meta", "link"}


class Page(html.parser.HTMLParser):
    """The elements, attributes and visible text of a fragment, which must be well formed."""

    def __init__(self, fragment: str):
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(fragment)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str):
        assert self.open.pop() == tag

    def handle_data(self, data: str):
        if self.open[-1:] != ["style"]:
            self.text += data


TAGS = {"div", "style", "span", "mark", "small", "b", "i", "q", "dl", "dt", "dd"}


def test_the_seed_is_well_formed(doc: chronique.Document):
    page = Page(doc._repr_html_())
    assert page.tags | {"i"} == TAGS
    assert page.attributes == {"class", "dir", "lang", "title"}
    for event in doc.events:
        assert f"{event.type} {event.id}" in page.text
    for word in ("Stepanakert", "mardi", "Publicité", "2023-09-19"):
        assert word in page.text
    assert len(re.findall('class="chq-card ', doc._repr_html_())) == len(doc.events)


def test_nothing_is_fetched(doc: chronique.Document):
    assert not re.search(r"https?:|url\(|@import|src=|href=", doc._repr_html_())


def test_text_is_never_markup(nlp: chronique.Pipeline):
    for attack in ATTACKS:
        text = f"L’armée {attack} a bombardé Goma {attack} mardi, selon {attack} l’ONU. {attack}"
        doc = nlp(text, title=attack, id=attack, date="2024-02-07")
        for fragment in [doc._repr_html_(), *(event._repr_html_() for event in doc.events)]:
            page = Page(fragment)
            assert page.tags <= TAGS
            assert page.attributes <= {"class", "dir", "lang", "title"}
        assert attack in Page(doc._repr_html_()).text


def test_an_empty_document_shows(nlp: chronique.Pipeline):
    assert "0 events" in Page(nlp("")._repr_html_()).text


def test_a_long_text_is_cut(nlp: chronique.Pipeline):
    shown = Page(nlp("é" * 100_000)._repr_html_()).text
    assert "… 80000 more characters" in shown
    assert len(shown) < 30_000


def test_an_event_is_a_card(doc: chronique.Document):
    page = Page(doc.events[0]._repr_html_())
    assert doc.events[0].type in page.text
    assert doc.events[0].mentions[0].text in page.text
