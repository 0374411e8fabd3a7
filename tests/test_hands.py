"""What people write into a generated file survives every run; what they did not touch carries the new text."""

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from tracker.hands import Fresh, Merged, Part, digest, merge, order

KEYS = "abcdef"


def fresh(**texts: str) -> list[Fresh[str]]:
    return [Fresh(key, text, text) for key, text in texts.items()]


def written(new: list[Fresh[str]]) -> list[Part[str]]:
    return [one.part for one in new]


def by(part: Part[str], text: str) -> Part[str]:
    """A region after a person wrote this into it."""
    return part._replace(content=text, plain=text)


def free(text: str) -> Part[str]:
    return Part(text)


def texts(merged: Merged[str]) -> list[str]:
    return [f"{part.key}{'+' if part.beside else ''}={part.content}" for part in merged.parts]


def was(new: list[Fresh[str]]) -> str:
    return order(one.key for one in new)


FIRST = fresh(a="một", b="hai", c="ba")
A, B, C = written(FIRST)


def test_a_digest_is_of_the_words_and_not_of_how_they_are_laid_out():
    assert digest("Hạn chế  về\n\ttiến độ ") == digest("Hạn chế về tiến độ")
    assert digest("Hạn chế về") == digest("Ha\u0323n chê\u0301 vê\u0300")
    assert digest("hạn") != digest("hạm")
    assert len(digest("")) == 12
    assert set(digest("\ud800")) <= set("0123456789abcdef")


def test_what_nobody_touched_is_made_anew_in_its_new_order():
    new = fresh(c="ba", x="mới", a="một!")
    merged = merge([A, B, C], new, was(FIRST))
    assert texts(merged) == ["c=ba", "x=mới", "a=một!"]
    assert merged[1:] == ((), (), (), ("a",), ("x",), ("b",))


def test_one_free_line_and_the_order_is_that_of_the_person():
    merged = merge([A, free("của tôi"), B, C], fresh(c="ba", x="mới", a="một!"), was(FIRST))
    assert texts(merged) == ["a=một!", "=của tôi", "c=ba", "x=mới"]


def test_what_is_edited_stays_and_the_new_text_stands_beside():
    merged = merge([A, by(B, "HAI"), C], fresh(a="một", b="hai!", c="ba"), was(FIRST))
    assert texts(merged) == ["a=một", "b=HAI", "b+=hai!", "c=ba"]
    assert (merged.kept, merged.beside, merged.renewed) == (("b",), ("b",), ())


def test_where_the_data_give_the_same_nothing_is_added():
    merged = merge([A, by(B, "HAI"), C], FIRST, was(FIRST))
    assert texts(merged) == ["a=một", "b=HAI", "c=ba"]
    assert (merged.kept, merged.beside) == (("b",), ())


def test_a_new_version_is_replaced_and_never_piled_up():
    once = merge([A, by(B, "HAI"), C], fresh(a="một", b="hai!", c="ba"))
    twice = merge(once.parts, fresh(a="một", b="hai!!", c="ba"))
    assert texts(twice) == ["a=một", "b=HAI", "b+=hai!!", "c=ba"]


def test_a_new_version_that_was_taken_out_comes_again_only_when_it_is_newer():
    new = fresh(a="một", b="hai!", c="ba")
    once = merge([A, by(B, "HAI"), C], new)
    read = [part for part in once.parts if not part.beside]
    assert texts(merge(read, new)) == ["a=một", "b=HAI", "c=ba"]
    assert "b+=hai!!" in texts(merge(read, fresh(a="một", b="hai!!", c="ba")))


def test_a_new_version_whose_elder_was_taken_out_is_the_region():
    once = merge([A, by(B, "HAI"), C], fresh(a="một", b="hai!", c="ba"))
    accepted = [part for part in once.parts if part.content != "HAI"]
    assert texts(merge(accepted, fresh(a="một", b="hai!!", c="ba"))) == ["a=một", "b=hai!!", "c=ba"]
    moved = [part._replace(beside=True) if part.key == "a" else part for part in (B, C, A)]
    assert texts(merge(moved, fresh(a="một!", b="hai", c="ba"))) == ["b=hai", "c=ba", "a=một!"]


def test_a_new_version_in_which_somebody_wrote_is_his():
    once = merge([A, by(B, "HAI"), C], fresh(a="một", b="hai!", c="ba"))
    parts = [by(part, "Hai mươi") if part.beside else part for part in once.parts]
    assert texts(merge(parts, fresh(a="một", b="hai!", c="ba"))) == ["a=một", "b=HAI", "b=Hai mươi", "c=ba"]
    assert texts(merge(parts, fresh(b="hai!!"))) == ["b=HAI", "b=Hai mươi", "b+=hai!!"]


def test_who_writes_what_the_data_say_has_edited_nothing():
    merged = merge([A, by(B, "hai!"), C], fresh(a="một", b="hai!", c="ba"))
    assert texts(merged) == ["a=một", "b=hai!", "c=ba"]
    assert merged.kept == ()


def test_what_is_gone_goes_unless_somebody_wrote_in_it():
    merged = merge([by(A, "MỘT"), B, C], fresh(c="ba"))
    assert texts(merged) == ["a=MỘT", "c=ba"]
    assert (merged.gone, merged.removed, merged.kept) == (("a",), ("b",), ())


def test_a_region_taken_out_comes_back_unless_its_empty_marks_stay():
    assert texts(merge([A, C], FIRST, was(FIRST))) == ["a=một", "b=hai", "c=ba"]
    assert merge([A, C], FIRST, was(FIRST)).added == ("b",)
    emptied = merge([A, by(B, ""), C], FIRST, was(FIRST))
    assert texts(emptied) == ["a=một", "b=", "c=ba"]
    assert emptied.kept == ("b",)


def test_new_ones_stand_behind_the_one_before_them_or_at_the_top():
    new = fresh(x="x", a="một", b="hai!", y="y", z="z", c="ba")
    merged = merge([free("đầu"), C, by(B, "HAI"), free("giữa"), A], new)
    assert texts(merged) == ["x=x", "=đầu", "c=ba", "b=HAI", "b+=hai!", "y=y", "z=z", "=giữa", "a=một"]


def test_what_was_moved_stays_where_it_was_put():
    moved = merge([C, A, B], fresh(a="một!", b="hai", c="ba"), was(FIRST))
    assert texts(moved) == ["c=ba", "a=một!", "b=hai"]
    # The file remembers the order of the data, so that the next run knows of the move too.
    assert texts(merge(moved.parts, FIRST, was(FIRST))) == ["c=ba", "a=một", "b=hai"]


def test_copies_stay_both():
    new = fresh(a="một!", b="hai", c="ba")
    assert texts(merge([A, B, A, C], new)) == ["a=một!", "b=hai", "a=một!", "c=ba"]
    one_edited = merge([A, B, by(A, "MỘT"), C], new)
    assert texts(one_edited) == ["a=một!", "b=hai", "a=MỘT", "c=ba"]
    both = merge([by(A, "I"), B, by(A, "MỘT"), C], new)
    assert texts(both) == ["a=I", "b=hai", "a=MỘT", "a+=một!", "c=ba"]


@pytest.mark.parametrize("old", [[], [free("của tôi")]])
def test_a_file_without_regions_gets_them_all(old: list[Part[str]]):
    assert texts(merge(old, FIRST))[:3] == ["a=một", "b=hai", "c=ba"]


words_ = st.text("xyz áớ", min_size=1, max_size=4)
papers = st.lists(st.tuples(st.sampled_from(KEYS), words_), unique_by=lambda one: one[0], max_size=6).map(
    lambda pairs: [Fresh(key, text, text) for key, text in pairs]
)


@st.composite
def handled(draw: st.DrawFn, parts: list[Part[str]]) -> list[Part[str]]:
    """The parts after a person edited, moved, copied and took out some of them, and wrote between them."""
    left = []
    for part in draw(st.permutations(parts)) if draw(st.booleans()) else parts:
        deed = draw(st.sampled_from(["leave", "leave", "edit", "copy", "take out", "write behind"]))
        if deed != "take out":
            left.append(by(part, draw(words_) + f" người {len(left)}") if deed == "edit" and part.key else part)
        if deed == "copy":
            left.append(part)
        if deed == "write behind":
            left.append(free(draw(words_) + f" người {len(left)}"))
    return left


def of_people(parts: list[Part[str]] | tuple[Part[str], ...]) -> Counter[str]:
    return Counter(part.content for part in parts if "người" in part.content)


@given(st.data(), papers, papers, papers)
def test_nothing_that_a_person_wrote_is_ever_lost(data, first, second, third):
    old = data.draw(handled(written(first)))
    merged = merge(old, second, was(first))
    assert of_people(merged.parts) == of_people(old)
    again = data.draw(handled(list(merged.parts)))
    assert of_people(merge(again, third, was(second)).parts) == of_people(again)


@given(st.data(), papers, papers)
def test_what_nobody_touched_carries_the_new_text_and_all_of_it_is_there(data, first, second):
    old = data.draw(handled(written(first)))
    merged = merge(old, second, was(first))
    now = {one.key: one.content for one in second}
    untouched = [part for part in merged.parts if part.key and "người" not in part.content]
    assert all(part.content == now[part.key] for part in untouched)
    in_hand = {part.key for part in merged.parts if "người" in part.content and part.digest == digest(now.get(part.key, ""))}
    assert set(now) <= {part.key for part in untouched} | in_hand


@given(st.data(), papers, papers)
def test_again_changes_nothing(data, first, second):
    merged = merge(data.draw(handled(written(first))), second, was(first))
    again = merge(merged.parts, second, was(second))
    assert again.parts == merged.parts
    assert (again.kept, again.beside, again.gone) == (merged.kept, merged.beside, merged.gone)
    assert again.renewed == again.added == again.removed == ()


@given(papers, papers)
def test_without_hands_it_is_the_new_paper(first, second):
    assert list(merge(written(first), second, was(first)).parts) == written(second)


@given(st.data(), papers, papers)
def test_never_two_new_versions_of_one_region(data, first, second):
    merged = merge(data.draw(handled(written(first))), second, was(first))
    assert max(Counter(part.key for part in merged.parts if part.beside).values(), default=0) <= 1
