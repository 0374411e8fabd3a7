"""Entries that name no task: what a selector takes, what it never takes, and what several claim."""

import pytest
from builders import actual, amount, asking, day, plan, project, see, task, unit
from hypothesis import given, settings, strategies as st

from tracker.claim import holds, selects, text_of
from tracker.links import named, sign, standing
from tracker.model.actual import Event
from tracker.model.link import Link, Selector, Way
from tracker.model.plan import Close, Due
from tracker.names import accents
from tracker.run import judge

A, B = unit("a"), unit("b")
INFORMED = Selector(words=("hội nghị", "người có uy tín"), without=("sơ kết",))


def said(title: str, when: str = "2023-06-14", who: str = "a", period: str = "", **more):
    return actual("", who, when, period, title=title, **more)


def quota(name: str = "1", selector: Selector = INFORMED, **more):
    return task(name, "quantity", selects=selector, **more)


def taken(promised, *done, as_of: str = "2023-12-31"):
    """Per obligation "task unit period" how many records it has, and why each stray is one."""
    seen = see(promised, (A, B), done, as_of)
    counts = {" ".join(one.obligation.key): one.records for one in seen.standings if one.records}
    return counts, seen.whys()


def test_what_one_selector_takes_is_counted_and_says_so():
    given_ = [said("Hội nghị thông tin cho người có uy tín", quantity=amount(2, "hội nghị"))]
    one = see(plan(quota()), A, given_, "2023-12-31")["1 a"]
    assert (one.records, one.achieved, one.unkeyed, one.state) == (1, 2, 1, "done")
    assert one.actuals[0].named_by is Way.SELECTOR
    assert one.actuals[0].title == given_[0].title


@pytest.mark.parametrize(
    ("title", "takes"),
    [
        ("HỘI NGHỊ cho Người có uy tín", True),
        ("Hội nghị sơ kết, người có uy tín", False),
        ("Hoi nghi nguoi co uy tin", True),  # không dấu cả câu
        ("Hoi nghi so ket nguoi co uy tin", False),
        ("Hội nghị người có uy tin", False),  # có dấu thì dấu phải đúng
        ("Hội nghị ngườicó uy tín", False),  # cả từ, không phải một phần của từ
        ("Hội nghi\u0323 người có uy tín", True),  # dấu tách rời
        ("Đại hội nghị sự người có uy tín", True),
        ("Tập huấn người có uy tín", False),
    ],
)  # fmt: skip
def test_words_are_whole_and_accents_count_unless_there_are_none(title: str, takes: bool):
    assert selects(INFORMED, said(title)) is takes


@pytest.mark.parametrize(
    ("selector", "takes"),
    [
        (Selector(counted=("hội nghị",)), True),
        (Selector(counted=("lớp",)), False),
        (Selector(counted=("nghị",)), False),
        (Selector(counted=("hội nghị",), mode=("Trực tiếp",)), True),
        (Selector(counted=("hội nghị",), mode=("gián tiếp",)), False),
        (Selector(counted=("hội nghị",), level=("tinh", "huyen")), True),
        (Selector(counted=("hội nghị",), level=("huyen",)), False),
        (Selector(doc=("bc",)), True),
        (Selector(doc=("KH",)), False),
        (Selector(any=("tảo hôn", "pháp luật")), True),
        (Selector(any=("tảo hôn", "bình đẳng giới")), False),
        (Selector(words=("pháp luật",), units=("b",)), False),
        (Selector(words=("phổ biến",)), True),  # trong tên thứ được đếm
    ],
)  # fmt: skip
def test_every_field_that_is_named_must_hold(selector: Selector, takes: bool):
    one = said("Giáo dục pháp luật", quantity=amount(3, "hội nghị phổ biến"), mode="trực tiếp", level="tinh", doc="112-BC/BDT")
    assert selects(selector, one) is takes


def test_only_what_names_no_task_is_looked_at():
    keyed = actual("2", "a", "2023-06-14", title="Hội nghị người có uy tín")
    unknown = actual("99", "a", "2023-06-14", title="Hội nghị người có uy tín")
    assert taken(plan(quota(), task("2", "quantity")), keyed, unknown) == ({"14-KH/2 a 2023": 1}, ["unknown_task"])


def test_who_does_not_owe_the_task_and_what_lies_outside_its_period_is_not_taken():
    text = "Hội nghị người có uy tín"
    promised = plan(quota(owed_by="a"))
    assert taken(promised, said(text, who="b"))[1] == ["no_task"]
    # Named by its task, such an entry would count; unnamed it never does.
    assert taken(promised, said(text, "2024-01-05"), as_of="2024-06-01")[1] == ["no_task"]
    assert taken(promised, said(text, "2022-12-20..2023-01-10"))[1] == ["no_task"]
    assert taken(promised, said(text, "2023"))[0] == {"14-KH/1 a 2023": 1}


def test_a_quota_takes_it_in_its_period_alone():
    promised = plan(quota(every="quarter", owed_by="a"))
    text = "Hội nghị người có uy tín"
    assert taken(promised, said(text, "2023-05-02"))[0] == {"14-KH/1 a 2023-Q2": 1}
    assert taken(promised, said(text, "2023-03-20..2023-04-10"))[1] == ["no_task"]
    assert taken(promised, said(text, "2023-05-02", period="2023-Q1"))[0] == {"14-KH/1 a 2023-Q1": 1}


def test_a_report_is_taken_only_for_the_period_that_it_names():
    promised = plan(task("5", "recurring", every="month", owed_by="a", selects=Selector(words=("báo cáo tháng",))))
    assert taken(promised, said("Báo cáo tháng", "2023-02-20")) == ({}, ["no_task"])
    assert taken(promised, said("Báo cáo tháng", "2023-02-20", period="2023-01")) == ({"14-KH/5 a 2023-01": 1}, [])


def test_what_two_tasks_claim_counts_for_neither():
    promised = plan(quota("1"), quota("2", Selector(counted=("hội nghị",))), quota("3", Selector(words=("khác",))))
    given_ = said("Hội nghị người có uy tín", quantity=amount(1, "hội nghị"))
    seen = see(promised, A, [given_], "2023-12-31")
    assert [one.records for one in seen.standings] == [0, 0, 0]
    assert [(str(one.why), one.actual.claims) for one in seen.strays] == [("claimed_twice", "14-KH/1, 14-KH/2")]


def test_two_claim_it_only_where_both_could_take_it():
    promised = plan(quota("1", owed_by="a"), quota("2", owed_by="b"))
    assert taken(promised, said("Hội nghị người có uy tín")) == ({"14-KH/1 a 2023": 1}, [])


def test_whose_view_is_asked_for_changes_nothing():
    other = plan(quota(plan="15-KH/X", key="15-KH"), number="15-KH/X", key="15-KH")
    done = [said("Hội nghị người có uy tín")]
    for asked in ({}, {"plans": ("14-KH",)}, {"plans": ("15-KH",)}):
        seen = see((plan(quota()), other), A, done, "2023-12-31", **asked)
        assert [one.records for one in seen.standings] == [0] * len(seen.standings)
        assert seen.whys() == ["claimed_twice"]
    beside = plan(task("1", plan="15-KH/X", key="15-KH"), number="15-KH/X", key="15-KH")
    alone = see((plan(quota()), beside), A, done, "2023-12-31", plans=("15-KH",))
    assert (alone.whys(), [one.records for one in alone.standings]) == ([], [0]), "counted for a plan that is not looked at"


def test_a_deadline_that_waits_for_a_task_runs_from_what_its_selector_took():
    waiting = task("2", due=Due(event="14-KH/1", days=10))
    seen = see(plan(quota(), waiting), A, [said("Hội nghị người có uy tín", quantity=amount(1, "hội nghị"))], "2023-12-31")
    assert seen["2 a"].obligation.due == day("2023-06-24")


def test_a_case_takes_only_what_names_it():
    promised = plan(task("1", "conditional", case="vu", owed_by="a", selects=Selector(words=("vụ việc",))))
    happened = Event("vu-1", "vu", day("2023-06-01"), day("2023-06-01"))
    done = [said("vụ việc", period="vu-1"), said("vụ việc", "2023-06-01")]
    asked = project(promised, A, done)._replace(events=(happened,))
    found, _ = judge(asked, asking("2023-12-31"))
    assert {one.obligation.period.id: one.records for one in found.standings} == {"2023": 1, "vu-1": 1}


# --- links ---------------------------------------------------------------------------------------------------------


def linked(promised, done, *links, as_of="2023-12-31", known_by=""):
    found, _ = judge(project(promised, (A, B), done)._replace(links=links), asking(as_of, known_by))
    counts = {" ".join(one.obligation.key): one.records for one in found.standings if one.records}
    return counts, [str(one.why) for one in found.strays]


ENTRY = said("Họp dân", id="hop-1")
LINK = Link("hop-1", "b", day("2023-07-01"), "14-KH/1", "2023")
PROMISED = plan(task("1", "quantity"), task("2", "quantity"))


def test_a_link_counts_from_its_day_on():
    assert linked(PROMISED, [ENTRY], LINK) == ({"14-KH/1 a 2023": 1}, [])
    assert linked(PROMISED, [ENTRY], LINK, as_of="2023-06-30") == ({}, ["no_task"])
    assert linked(PROMISED, [ENTRY], LINK, as_of="2023-06-30", known_by="2023-12-31") == ({"14-KH/1 a 2023": 1}, [])


def test_a_link_is_taken_back_and_set_anew():
    back = LINK._replace(task="", period="", withdraws="14-KH/1", on=day("2023-08-01"))
    other = LINK._replace(task="14-KH/2", on=day("2023-09-01"))
    assert linked(PROMISED, [ENTRY], LINK, back) == ({}, ["no_task"])
    assert linked(PROMISED, [ENTRY], LINK, back, other) == ({"14-KH/2 a 2023": 1}, [])


def test_links_that_differ_count_for_none_and_the_same_twice_is_one():
    other = LINK._replace(task="14-KH/2")
    assert linked(PROMISED, [ENTRY], LINK, other) == ({}, ["claimed_twice"])
    assert linked(PROMISED, [ENTRY], LINK, LINK._replace(by="a")) == ({"14-KH/1 a 2023": 1}, [])


def test_a_link_settles_what_two_selectors_claim():
    promised = plan(quota("1", Selector(words=("họp",))), quota("2", Selector(words=("dân",))))
    assert linked(promised, [ENTRY]) == ({}, ["claimed_twice"])
    assert linked(promised, [ENTRY], LINK) == ({"14-KH/1 a 2023": 1}, [])


def test_a_link_to_what_is_not_owed_is_said_and_an_entry_that_names_its_task_keeps_it():
    assert linked(plan(task("1", "quantity", owed_by="b")), [ENTRY], LINK) == ({}, ["not_owed"])
    assert linked(PROMISED, [actual("2", "a", "2023-06-14", id="hop-1")], LINK) == ({"14-KH/2 a 2023": 1}, [])


def test_an_entry_without_an_id_is_called_by_what_it_says():
    one = said("Họp dân", quantity=amount(1, "cuộc"))
    name = sign(one)
    moved = one._replace(at=ENTRY.at, recorded=day("2023-12-01"))
    assert (sign(moved), sign(one._replace(title="Họp bản"))) != (name, name)
    assert sign(moved) == name
    assert [found for found, _ in named([one, moved, ENTRY, actual("1", "a", "2023-01-01")])] == [name, f"{name}-2", "hop-1", ""]
    assert linked(PROMISED, [one, moved], LINK._replace(record=f"{name}-2")) == ({"14-KH/1 a 2023": 1}, ["no_task"])


def test_a_link_for_one_unit_leaves_the_others_of_its_entry():
    done = [ENTRY, said("Họp dân", who="b", id="hop-1")]
    assert linked(PROMISED, done, LINK._replace(unit="b")) == ({"14-KH/1 b 2023": 1}, ["no_task"])
    back = LINK._replace(task="", withdraws="14-KH/1", unit="b", on=day("2023-08-01"))
    assert set(standing([LINK._replace(unit="a"), LINK._replace(unit="b"), back])["hop-1"]) == {LINK._replace(unit="a")}


# --- laws ----------------------------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["hội", "nghị", "người", "có", "uy", "tín", "bản", "ban", "sơ", "kết"]), min_size=1, max_size=6).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(WORDS, WORDS)
def test_what_holds_with_accents_holds_without(text: str, words: str):
    if holds(text_of(text), text_of(words)):
        assert holds(text_of(accents(text)), text_of(words))
        assert holds(text_of(text.upper()), text_of(words))
        assert holds(text_of(f"x {text}, y"), text_of(words))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(WORDS, st.sampled_from(["2023-02-01", "2023-11-30", "2024-02-01"])), max_size=8))
def test_nothing_is_counted_twice_and_nothing_is_lost(entries):
    done = [said(title, when, who) for title, when in entries for who in ("a", "b")]
    promised = plan(quota("1", Selector(words=("hội nghị",)), owed_by="a"), quota("2", Selector(any=("uy tín", "bản"))))
    seen = see(promised, (A, B), done, "2024-12-31")
    counted = [actual_.at for one in seen.standings for actual_ in (*one.actuals, *one.surplus)]
    left = [one.actual.at for one in seen.strays]
    assert sorted([*counted, *left]) == sorted(one.at for one in done)


# --- published figures ---------------------------------------------------------------------------------------------


def frozen(*done, links=(), selector: Selector | None = INFORMED):
    """A plan of 2023 whose figures were published on 10/01/2024 as known on 05/01/2024, seen in June."""
    close = Close(day("2023-12-31"), recorded=day("2024-01-10"), known_by=day("2024-01-05"))
    promised = plan(task("1", "quantity", selects=selector, owed_by="a"))._replace(close=close)
    found, _ = judge(project(promised, (A, B), done)._replace(links=links), asking("2024-06-01"))
    (one,) = found.standings
    return one.records, [str(stray.why) for stray in found.strays], len(found.late)


def test_published_figures_hold_what_a_selector_took_and_what_came_later_is_late():
    text = "Hội nghị người có uy tín"
    assert frozen(said(text)) == (1, [], 0)
    assert frozen(said(text), said(text, recorded="2024-02-01")) == (1, [], 1)


def test_a_link_changes_no_published_figure():
    linked_ = LINK._replace(by="a")
    assert frozen(ENTRY, links=(linked_,), selector=None) == (1, [], 0)
    assert frozen(ENTRY, links=(linked_._replace(on=day("2024-02-01")),), selector=None) == (0, [], 1)
