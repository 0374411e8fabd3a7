"""The parts of a limitation around its sentence: causes and their order, doubts, lists of units, footnotes, advice."""

from inside import tracker
from projects import SHOWCASE_DAY, judged, real, showcase
from test_cli import SEEN
from test_draft import NUMBER, invented, page, seed, with_template

from tracker.draft import draft
from tracker.model.draft import Choice, Naming
from tracker.model.rule import Severity


def test_objective_causes_come_first_and_say_that_they_are():
    found = {one.rule: one.cause for one in draft(invented()).paragraphs}
    late = found["task-overdue"]
    assert late.index("Nguyên nhân khách quan: “Hai huyện vùng cao") < late.index("Nguyên nhân chủ quan: “Chờ kinh phí")
    assert "“Ảnh hưởng mưa lũ” (01/07 trường hợp). Nguyên nhân chủ quan" in late
    assert found["task-done-late"].startswith("Nguyên nhân khách quan: “Kiện toàn lại phòng dân tộc” (01/02 trường hợp).")
    assert "Nguyên nhân: “Chờ ý kiến của Ban Thường vụ huyện ủy”" in found["task-done-late"]


def test_what_rests_mostly_on_conclusions_says_of_how_much_and_comes_last_of_its_level():
    made = draft(seed()).paragraphs
    doubts = {one.rule: one.doubt for one in made if one.doubt}
    assert "288/288 trường hợp" in doubts["report-missing"]
    assert "35/38 trường hợp" in doubts["task-without-target"], "most tasks of this plan are rebuilt from the report on it"
    assert "figure-approximate" not in doubts
    assert "[CẦN ĐỐI CHIẾU" in page(seed())
    for level in Severity:
        ranks = {one.fingerprint: one.severity for one in seed().findings}
        doubted = [bool(one.doubt) for one in made if max(ranks[g.finding].rank for g in one.grounds) == level.rank]
        assert doubted == sorted(doubted)


def test_many_units_are_listed_behind_the_paper():
    made = draft(seed())
    annex = made.annexes[0]
    reports = next(one for one in made.paragraphs if one.annex == annex)
    assert "danh sách tại Phụ lục I)" in reports.sentence
    assert len(annex.rows) == 18
    assert sum(int(row[2]) for row in annex.rows) == len(reports.grounds) == 288
    assert annex.rows[0][1:3] == ("Ban Dân vận Thành ủy Thái Nguyên", "16")
    assert "tháng 01 đến tháng 12/2023" in annex.rows[0][3]
    assert "quý I đến quý IV/2023" in annex.rows[0][3]


def test_naming_is_the_writers_choice():
    body, annex = draft(seed(), Choice(Naming.BODY)), draft(seed(), Choice(Naming.ANNEX))
    assert body.annexes == ()
    assert "huyện Võ Nhai" in next(one for one in body.paragraphs if one.rule == "plan-carried-over").sentence
    assert len(annex.annexes) > len(draft(seed()).annexes)
    assert all("Võ Nhai" not in one.sentence for one in annex.paragraphs)


def test_a_count_over_several_tasks_is_broken_down_in_a_footnote():
    note = next(one.note for one in draft(seed()).paragraphs if one.rule == "report-missing")
    assert note is not None
    assert note.text == "Tổng số 288, gồm: Báo cáo định kỳ hằng tháng (216); Báo cáo định kỳ hằng quý (72)."
    assert set(NUMBER.findall(note.text)) <= {number for one in note.figures for number in NUMBER.findall(one.text)}


def test_a_footnote_of_the_rule_is_filled_for_each_finding():
    found = [one for one in seed().findings if one.rule == "plan-carried-over"][:2]
    footnote = "{unit}{% if counterpart %} ({counterpart}){% else %} tự làm{% endif %}: “{title}”"
    report = with_template(seed(), "plan-carried-over", footnote=footnote)._replace(findings=found)
    rows = [{**one.row, "title": "A {x}", "counterpart": other} for one, other in zip(found, (None, "bdt"), strict=True)]
    note = draft(report._replace(findings=[one._replace(row=row) for one, row in zip(found, rows, strict=True)])).paragraphs[0].note
    assert note is not None
    assert note.text.startswith("thành phố Thái Nguyên tự làm: “A {x}”; thành phố Sông Công (Ban Dân tộc tỉnh): “A {x}”.")


def test_limitations_that_no_later_plan_takes_up_are_counted():
    later = [plan for plan in real().plans if plan.key == "2024"]
    made = draft(seed(), Choice(later=tuple(later)))
    assert {one.rule for one in made.paragraphs if one.followed} >= {"task-unverified"}
    assert [one for one in made.paragraphs if not one.followed]
    assert all(one.followed for one in draft(seed()).paragraphs)


def test_causes_are_offered_with_their_places_and_never_written():
    made = draft(judged(showcase(), SHOWCASE_DAY))
    offered = {offer.name for offer in made.offers}
    assert {"exempt", "reorganised"} <= offered
    assert all(offer.places for offer in made.offers)
    said = " ".join(paragraph.text for paragraph in made.paragraphs)
    assert "đầu mối làm thay" not in said
    assert "kết thúc hoạt động" not in said


def test_less_can_be_asked_for_and_what_is_left_out_is_counted():
    whole, worst = draft(invented()), draft(invented(), Choice(level=Severity.WARNING))
    notes = [one for one in whole.paragraphs if one not in worst.paragraphs]
    assert 0 < len(worst.paragraphs) < len(whole.paragraphs)
    assert worst.below == sum(len(one.grounds) for one in notes)
    ran = tracker("limitations", *SEEN, "--select", "report-*", "--level", "warning")
    assert ran.code == 0
    assert "Chế độ thông tin, báo cáo" in ran.out
    assert "Huyện Tấn Ân" not in ran.out
    assert tracker("limitations", *SEEN, "--ignore", "reprot-*").code == 2
