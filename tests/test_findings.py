"""`tracker check` on the showcase: each format as a golden, and JSON held to its version 1."""

import json

import pytest
from golden_files import same
from projects import REAL_DAY, SHOWCASE_DAY, judged, real, showcase

from tracker.lang import languages, words
from tracker.model.rule import Severity
from tracker.model.standing import State
from tracker.render.findings import formats, renderer


@pytest.mark.parametrize("code", languages())
def test_text_as_read(code):
    same(f"check-showcase-{code}.txt", renderer("text")(judged(showcase(), SHOWCASE_DAY), words(code)) + "\n")


def test_json_as_read():
    same("check-showcase.json", renderer("json")(judged(showcase(), SHOWCASE_DAY), words("vi")) + "\n")


def test_the_language_asked_for_changes_nothing_in_json():
    report = judged(showcase(), SHOWCASE_DAY)
    assert renderer("json")(report, words("vi")) == renderer("json")(report, words("en"))


def test_the_formats_are_those_of_the_folder():
    assert formats() == ("csv", "github", "gitlab", "json", "jsonl", "junit", "markdown", "sarif", "text")


@pytest.mark.parametrize(("project", "day"), [(real, REAL_DAY), (showcase, SHOWCASE_DAY)])
def test_json_has_the_keys_of_version_1_and_its_counts_add_up(project, day):
    whole = json.loads(renderer("json")(judged(project(), day), words("vi")))
    assert list(whole)[:5] == ["version", "as_of", "known_by", "plans", "summary"]
    assert (whole["version"], whole["as_of"], whole["known_by"]) == (1, day.isoformat(), day.isoformat())
    summary = whole["summary"]
    assert list(summary["states"]) == [str(state) for state in State]
    assert sum(summary["states"].values()) == summary["obligations"]
    assert list(summary["verdicts"]) == ["passed", "broken", "unknown", "waived"]
    assert sum(summary["verdicts"].values()) - summary["verdicts"]["passed"] == len(whole["findings"])
    assert list(whole["gate"]) == ["fail_on", "since", "reasons", "absent", "horizon", "coming"]
    assert sum(summary["severities"].values()) == len(whole["findings"])
    assert list(summary["severities"]) == ["error", "warning", "note"]
    keys = {"rule", "severity", "verdict", "plan", "task", "unit", "period", "due", "days_late", "state", "message", "fix",
            "waived_until", "file", "line", "column", "fingerprint", "waiver", "waiver_ended", "novelty", "owner"}  # fmt: skip
    for finding in whole["findings"]:
        assert finding.keys() == keys
        assert finding["message"].keys() == finding["fix"].keys() == set(languages())
        assert finding["verdict"] in {"broken", "unknown"}
        assert not finding["file"].startswith("/")
        assert finding["line"] >= 1
        assert "{" not in finding["message"]["vi"].replace("{unit}", "")
    fingerprints = [finding["fingerprint"] for finding in whole["findings"]]
    assert len(fingerprints) == len(set(fingerprints))
    ranks = [Severity(finding["severity"]).rank for finding in whole["findings"]]
    assert ranks == sorted(ranks, reverse=True)
