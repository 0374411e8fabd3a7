"""Papers as text: the goldens that a person read, what an enemy writes is text, and what people write in a file stays."""

import re
from html.parser import HTMLParser

import pytest
from golden_files import same
from inside import tracker
from papers import TEXTS, again, made, of_an_enemy, whole
from projects import ROOT
from told_reports import bare

from tracker.hands import Part
from tracker.lang import languages
from tracker.model.paper import Block, Paper, Role, Run
from tracker.render.paper import formats, renewer
from tracker.render.regions import Form, Piece, read, short

each = pytest.mark.parametrize("name", TEXTS)
MARK = re.compile(r"<!-- tracker: (?:paper|begin|new|end)(?: .*)? -->")
FORM = Form("", "")


@each
@pytest.mark.parametrize("trace", [False, True])
def test_it_is_the_one_that_a_person_read(name: str, trace: bool):
    same(f"paper-whole{'-trace' if trace else ''}.{name}", made(name, whole(), trace=trace))


def test_the_formats_of_text_are_there_and_can_be_made_anew():
    assert set(TEXTS) <= set(formats())
    for name in TEXTS:
        assert renewer(name) is not None


@each
@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("trace", [False, True])
def test_what_an_enemy_writes_is_text(name: str, code: str, trace: bool):
    text = made(name, of_an_enemy(), trace=trace, code=code)
    assert bare(text)
    assert "<script" not in text
    assert "<img" not in text
    for line in text.splitlines():
        if "tracker: end" in line and not MARK.fullmatch(line):
            assert "&lt;!-- tracker: end" in line
        if line.startswith("<!--"):
            assert MARK.fullmatch(line), line
            assert "--" not in line[4:-3]
    parts, _ = read(text.encode(), FORM)
    assert all(part.key for part in parts), "nothing of it gets out of its region"
    assert {one.key for one in of_an_enemy().body} <= {part.key for part in parts}


@pytest.mark.parametrize("trace", [False, True])
def test_what_an_enemy_writes_is_no_template_and_no_tag(trace: bool):
    text = made("html", of_an_enemy(), trace=trace)
    assert "{{ 7*7 }} {% raw %}" in text
    ours = set(re.findall(r"<([a-z0-9]+)", made("html", whole(), trace=trace)))
    assert set(re.findall(r"<([a-z0-9]+)", text)) <= ours


def test_markdown_of_an_enemy_marks_nothing_up():
    for line in made("md", of_an_enemy(), trace=True).splitlines():
        if not line.startswith("<!--"):
            rest = re.sub(r"^\|[-:|]+\|$|^\| | \| | \|$|\[\^[0-9a-f]{6}\]", "", line)
            assert not re.search(r"<|>|(?<!\\)[`|]|(?<!\\)\]\(|://|@[a-z]|(?<!&)#[a-z]", rest), line


class Page(HTMLParser):
    """Tags in their order, and what is nested wrongly."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("paper", [whole(), of_an_enemy()], ids=["whole", "enemy"])
@pytest.mark.parametrize("trace", [False, True])
def test_the_page_stands_alone(paper: Paper, trace: bool):
    page = Page()
    text = made("html", paper, trace=trace)
    page.feed(text)
    assert page.open == []
    assert [attrs for tag, attrs in page.seen if tag == "html"] == [{"lang": "vi"}]
    assert {tag for tag, _ in page.seen}.isdisjoint({"script", "link", "img", "iframe", "object", "base", "form"})
    for _, attrs in page.seen:
        assert {"src", "onload", "style"}.isdisjoint(attrs)
        assert (attrs.get("href") or "#").startswith("#")
    style = text[text.index("<style>") : text.index("</style>")]
    assert not re.search(r"url\(|@import|@font-face", style)
    assert "@media print" in style


def test_footnotes_lead_to_their_texts_in_the_order_of_their_marks():
    text = made("html", whole())
    marks = re.findall(r'<a href="#n-([0-9a-f]{6})">([0-9]+)</a>', text)
    notes = re.findall(r'id="n-([0-9a-f]{6})"[^>]*><sup class="ref">([0-9]+)</sup>', text)
    assert [number for _, number in marks] == ["1", "2", "3"]
    assert marks == notes
    markdown = made("md", whole())
    assert re.findall(r"\[\^([0-9a-f]{6})\](?!:)", markdown) == [name for name, _ in marks]
    assert re.findall(r"^\[\^([0-9a-f]{6})\]: ", markdown, re.MULTILINE) == [name for name, _ in marks]


def test_footnotes_are_numbered_where_people_moved_them():
    text = made("html", whole())
    parts = text.split("\n\n")
    last = next(part for part in parts if "begin II.2/task-silent " in part)
    first = next(part for part in parts if "begin I.1/held " in part)
    moved = again("html", whole(), text.replace(last, "").replace(first, f"{last}\n\n{first}")).data.decode()
    assert re.findall(r'<a href="#n-[0-9a-f]{6}">([0-9]+)</a>', moved) == ["1", "2", "3"]
    assert moved.index("begin II.2/task-silent ") < moved.index("begin I.1/held ")


def test_gaps_figures_and_grounds_can_be_seen():
    text = made("html", whole())
    assert '<mark class="gap">[CẦN BỔ SUNG: nhận xét]</mark>' in text
    assert '<data value="03/05" title="done">03/05</data>' in text
    for ground in whole().grounds:
        assert f"<code>{ground.finding}</code>" in text
    assert 'tabindex="0"' in text
    assert "[CẦN BỔ SUNG: nhận xét]" in made("md", whole())


def test_a_number_is_no_part_of_a_longer_one():
    block = whole().body[3]
    runs = (Run("Có 2 việc trong 12 việc, 20 việc."),)
    paper = whole()._replace(body=(block._replace(runs=runs, figures=(block.figures[0]._replace(text="2"),)),))
    assert 'Có <data value="2" title="done">2</data> việc trong 12 việc, 20 việc.' in made("html", paper)


def test_a_trace_gives_all_keys_and_a_mark_only_a_few():
    for ground in whole().grounds:
        assert ground.finding in made("md", whole(), trace=True)
    assert "end report-missing:12-KH/5.1 ×12 -->" in made("md", whole())
    assert short([f"r{number}:t:u" for number in range(9)]) == "r0:t, r1:t, r2:t, r3:t, r4:t, r5:t, … +3"
    assert short(["a:b:c", "a:b:d"]) == "a:b:c, a:b:d"
    assert short([]) == ""


def test_keys_come_back_from_their_marks():
    keys = ["II.2/a b", "x--y", "x%20y", "-->", "đề mục/ữ", "\u202e", "\ud800", "#trace", "a\nb"]
    paper = whole()._replace(frame=None, annexes=(), advice=(), body=tuple(Block(key, Role.TEXT, (Run("a"),)) for key in keys))
    parts, _ = read(made("md", paper).encode(), FORM)
    assert [part.key for part in parts][1:] == keys
    assert parts[1] == Part(Piece("a"), "a", "II.2/a b", parts[1].digest)


def test_the_real_section_is_a_page_too():
    code, out, err = tracker("limitations", "--project", str(ROOT), "--as-of", "31/12/2023", "-f", "html")
    assert (code, err) == (0, "")
    page = Page()
    page.feed(out)
    assert page.open == []
