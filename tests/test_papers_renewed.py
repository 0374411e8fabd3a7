"""Files of papers made anew: what people wrote in them stays, what is new stands behind it, and the command says so."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from inside import tracker
from papers import TEXTS, again, changed, made, of_an_enemy, only, whole
from projects import SHOWCASE, copy_of, edit

from tracker.lang import words
from tracker.model.paper import Paper
from tracker.render.paper import Look, renewer
from tracker.render.plain import plain
from tracker.render.regions import Form, read

each = pytest.mark.parametrize("name", TEXTS)
FORM = Form("", "")


@each
@pytest.mark.parametrize("paper", [whole(), of_an_enemy()], ids=["whole", "enemy"])
@pytest.mark.parametrize("trace", [False, True])
def test_without_hands_the_file_is_that_of_a_first_run(name: str, paper: Paper, trace: bool):
    old = made(name, changed(whole(), "II.2/report-missing", "Khác."))
    assert again(name, paper, old, trace=trace).data.decode() == made(name, paper, trace=trace)
    assert again(name, paper, made(name, paper)).data.decode() == made(name, paper)


EDITED = {"md": ("Có 12 lượt báo cáo", "Còn mười hai lượt báo cáo"), "html": ("chưa gửi hoặc chưa được", "còn chưa được")}


@each
def test_what_is_edited_stays_and_the_new_text_stands_behind_it(name: str):
    old, new = EDITED[name]
    text = made(name, whole())
    edited = text.replace(old, new, 1)
    assert edited != text
    kept = again(name, whole(), edited)
    assert kept.data.decode() == edited
    assert (kept.kept, kept.beside) == (("II.2/report-missing",), ())
    later = changed(whole(), "II.2/report-missing", "Có 13 lượt.")
    beside = again(name, later, edited)
    assert (beside.kept, beside.beside) == (("II.2/report-missing",), ("II.2/report-missing",))
    page = beside.data.decode()
    assert page.index(new) < page.index(words()("paper.newer")) < page.index("Có 13 lượt.")
    assert again(name, later, page).data.decode() == page


@each
def test_a_line_of_ones_own_stays_where_it_is(name: str):
    own = "Ý của tôi, ngoài mọi dấu."
    text = made(name, whole())
    at = text.index("<!-- tracker: begin II.2 ")
    page = again(name, changed(whole(), "I.1/held", "Mới."), f"{text[:at]}{own}\n\n{text[at:]}").data.decode()
    assert page.index("Mới.") < page.index(own) < page.index("<!-- tracker: begin II.2 ")


def test_style_of_a_page_that_somebody_changed_stays_and_no_second_page_begins():
    text = made("html", whole()).replace("font-size: 16pt", "font-size: 18pt")
    longer = whole()._replace(frame=whole().frame._replace(subject="việc khác"))  # type: ignore[union-attr]
    renewed = again("html", longer, text)
    page = renewed.data.decode()
    assert "font-size: 18pt" in page
    assert page.count("<!doctype") == 1
    assert renewed.kept == ("page/head",)
    assert renewed.beside == ()


@pytest.mark.parametrize("broken", [
    ("<!-- tracker: end report-missing:12-KH/5.1 ×12 -->", ""),
    ("<!-- tracker: begin II.2/report-missing ", "<!-- tracker: begun II.2/report-missing "),
    ("<!-- tracker: begin II.2/report-missing ", "<!-- tracker: begin II.2/report-missing 0"),
])  # fmt: skip
def test_broken_marks_mark_nothing_and_lose_nothing(broken: tuple[str, str]):
    text = made("md", whole())
    assert broken[0] in text
    hand = text.replace(*broken).replace("- Có 12", "- Ta có 12")
    once = again("md", whole(), hand)
    page = once.data.decode()
    assert "- Ta có 12" in page
    assert "- Có 12" in page
    assert "II.2/report-missing" in once.added
    assert again("md", whole(), page).data.decode() == page


def test_halves_of_marks_do_not_find_each_other_later():
    text = made("md", whole())
    end = "<!-- tracker: end report-missing:12-KH/5.1 ×12 -->"
    last = text[text.index("<!-- tracker: begin II.2/task-silent ") :].split("\n\n<!-- ")[0]
    hand = text.replace(end, "").replace(last, f"{last}\n\n<!-- tracker: end -->")
    kept = [one.key for one in whole().body if one.key != "II.2/task-silent"]
    once = again("md", only(whole(), *kept), hand).data.decode()
    assert once.count("- Có 12") == 2
    assert once.count("<!-- tracker: begin ") == once.count("<!-- tracker: end")
    assert again("md", only(whole(), *kept), once).data.decode() == once


def test_an_emptied_region_stays_empty_and_a_file_without_any_is_still_ours():
    text = made("md", whole())
    part = re.search(r"<!-- tracker: begin II\.2/task-silent .*\n((?:.*\n)*?)<!-- tracker: end ", text)
    assert part is not None
    emptied = text.replace(part[1], "")
    assert again("md", whole(), emptied).data.decode() == emptied
    own = f"{text.splitlines()[0]}\n\nTôi viết lại tất cả.\n"
    renewed = again("md", whole(), own)
    assert "Tôi viết lại tất cả." in renewed.data.decode()
    assert len(renewed.added) == text.count("<!-- tracker: begin ")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_of_another_editor_is_read(encoding: str):
    text = made("md", whole()).replace("- Có 12", "- Ta có 12").replace("\n", "\r\n")
    renewed = renewer("md")(whole(), Look(words()), text.encode(encoding))  # type: ignore[misc]
    assert renewed is not None
    assert renewed.data.decode() == text.replace("\r\n", "\n")
    assert renewed.kept == ("II.2/report-missing",)


@each
@pytest.mark.parametrize("old", [b"", "Báo cáo của tôi\n".encode(), b"\xff\x00\xfe", b"<!-- tracker: end -->"])
def test_a_file_without_marks_is_somebody_elses(name: str, old: bytes):
    renew = renewer(name)
    assert renew is not None
    assert renew(whole(), Look(words()), old) is None


def test_a_file_of_one_format_is_not_made_again_in_the_other():
    for name, other in (("md", "html"), ("html", "md")):
        renew = renewer(name)
        assert renew is not None
        assert renew(whole(), Look(words()), made(other, whole()).encode()) is None


@pytest.mark.parametrize("text", ["<![", "<![\n<!doctype html>", "<![if x]>a<![endif]>", "a <![CDATA[ b ]]> c", "<!x", "<!", "</", "<a b='"])
def test_what_only_looks_like_a_mark_of_html_is_text_too(text: str):
    said = plain(f"<p>{text}</p>\n<p>sau đó</p>")
    assert "sau đó" in plain(f"<p>sau đó</p>\n<p>{text}</p>")
    assert said == plain(f"<p>{text}</p> <p>sau đó</p>")


def test_what_an_editor_lays_out_anew_is_no_edit():
    wrapped = '<p  class="item"\n>- Có\n   <b>12</b> lượt.<sup class="ref"><a href="#n-1">7</a></sup></p>'
    assert plain(wrapped) == "- Có 12 lượt."
    assert plain("<p>a</p><p>b</p>") == "a b"
    assert plain("<p>a<!-- nhớ --></p>") != plain("<p>a</p>")
    assert plain('<p>a<img src="x.png"></p>') != plain("<p>a</p>")


LINES = st.text("ab <>&-!áớ#|*[]{}/=_%", min_size=1, max_size=12)


@st.composite
def by_hand(draw: st.DrawFn, text: str) -> tuple[str, list[str]]:
    """The file after somebody put lines into it, took some out and wrote over some; and the lines that he wrote."""
    lines = text.split("\n")
    mine = []
    for number in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        deed = draw(st.sampled_from(["put", "take", "over"]))
        word = f"người {number} " + " ".join(draw(LINES).split())
        if deed != "put":
            mine = [one for one in mine if one != lines[at]]
        if deed == "take":
            lines.pop(at)
        elif deed == "over":
            lines[at] = word
        else:
            lines.insert(at, word)
        mine += [word] if deed != "take" else []
        lines = lines or [""]
    return "\n".join(lines), mine


SMALL = only(whole(), "I.1/held", "II.2/report-missing", "II.2/task-silent")._replace(annexes=())
LATER = changed(only(SMALL, "I.1/held", "II.2/report-missing"), "II.2/report-missing", "Có 13 lượt.")


@settings(max_examples=100, deadline=None)
@given(st.data(), st.sampled_from(TEXTS), st.sampled_from([SMALL, LATER]), st.booleans())
def test_no_line_that_a_person_wrote_is_lost(data, name: str, then: Paper, trace: bool):
    text, mine = data.draw(by_hand(made(name, SMALL)))
    renew = renewer(name)
    assert renew is not None
    look = Look(words(), trace)
    once = renew(then, look, text.encode())
    if once is None:
        # Refused, and so not written over: it has none of our marks, or is no page any more.
        page_no_more = name == "html" and "<html" not in text and "begin page/head " not in text
        assert page_no_more or not any(part.key for part in read(text.encode(), FORM)[0])
        return
    page = once.data.decode()
    for line in mine:
        assert line.strip() in page
    twice = renew(then, look, once.data)
    assert twice is not None
    assert twice.data.decode() == page
    text, more = data.draw(by_hand(page))
    third = renew(SMALL, look, text.encode())
    if third is not None:
        left = [line for line in mine if line in text.split("\n")]
        assert all(line.strip() in third.data.decode() for line in [*more, *left])


def draft_in(folder: Path, file: Path, *more: str):
    return tracker("limitations", "--project", str(folder), "--as-of", "20/10/2024", "-o", str(file), *more)


def test_the_editor_keeps_his_words_when_the_data_change(tmp_path: Path):
    folder, file = copy_of(SHOWCASE, tmp_path / "tinh"), tmp_path / "han-che.md"
    assert draft_in(folder, file) == (0, "", "")
    first = file.read_text(encoding="utf-8")
    edit(file, "Huyện Tấn Ân chưa ký kết", "Riêng huyện Tấn Ân vẫn chưa ký kết")
    edit(file, "04 lượt báo cáo gửi chậm", "có 04 lượt báo cáo gửi chậm")
    code, out, err = draft_in(folder, file)
    assert (code, out) == (0, "")
    assert words()("paper.renewed.kept", region="II.2/agreement-missing") in err
    assert words()("paper.renewed.beside", region="") not in err
    edit(folder / "actuals" / "2024" / "bdt.yaml", "Thay đổi cán bộ tổng hợp", "Thay đổi cán bộ")
    code, _, err = draft_in(folder, file)
    assert code == 0
    page = file.read_text(encoding="utf-8")
    assert "Riêng huyện Tấn Ân vẫn chưa ký kết" in page
    assert page.index("có 04 lượt báo cáo gửi chậm") < page.index(words()("paper.newer")) < page.index("“Thay đổi cán bộ” (01/04")
    assert words()("paper.renewed.beside", region="II.2/report-late") in err
    assert f"{file}: lập lại 0 đoạn; giữ 2 đoạn đã sửa tay, trong đó 1 đoạn có bản mới phía sau; thêm 0, bỏ 0." in err
    code, _, err = draft_in(folder, file, "--lang", "en")
    assert "kept as edited by hand, the new version right behind it, choose one: II.2/report-late" in err
    assert draft_in(folder, file, "--overwrite") == (0, "", "")
    assert file.read_text(encoding="utf-8") == first.replace("“Thay đổi cán bộ tổng hợp”", "“Thay đổi cán bộ”").replace(
        re.findall(r"II.2/report-late ([0-9a-f]{12})", first)[0],
        re.findall(r"II.2/report-late ([0-9a-f]{12})", file.read_text(encoding="utf-8"))[0],
    )


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path):
    file = tmp_path / "bao-cao.md"
    file.write_text("Của tôi\n", encoding="utf-8")
    code, out, err = draft_in(SHOWCASE, file)
    assert (code, out) == (2, "")
    assert words()("usage.not_ours", file=str(file)) in err
    assert file.read_text(encoding="utf-8") == "Của tôi\n"
    assert draft_in(SHOWCASE, file, "--overwrite") == (0, "", "")
    assert "Của tôi" not in file.read_text(encoding="utf-8")
    file.write_text("", encoding="utf-8")
    assert draft_in(SHOWCASE, file) == (0, "", "")


@pytest.mark.parametrize(("suffix", "head"), [("html", "<!doctype html>"), ("HTML", "<!doctype html>"), ("md", "### 2. ")])
def test_the_suffix_names_the_format(tmp_path: Path, suffix: str, head: str):
    assert draft_in(SHOWCASE, tmp_path / f"a.{suffix}") == (0, "", "")
    assert head in (tmp_path / f"a.{suffix}").read_text(encoding="utf-8")


def test_a_suffix_that_names_none_is_refused_unless_a_format_is_named(tmp_path: Path):
    code, _, err = draft_in(SHOWCASE, tmp_path / "a.pdf")
    assert code == 2
    assert "“.pdf”" in err
    assert not (tmp_path / "a.pdf").exists()
    assert draft_in(SHOWCASE, tmp_path / "a.txt", "--format", "md") == (0, "", "")
    assert draft_in(SHOWCASE, tmp_path / "khong-duoi")[0] == 0
