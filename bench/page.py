"""The part of docs/performance.md that is measured, put between its marks; the words around it are people's."""

from bench.contenders import ROOT

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench {name}: begin -->", "<!-- bench {name}: end -->"


def put(name: str, text: str) -> None:
    """Replace what stands between two marks of the page."""
    begin, end = BEGIN.format(name=name), END.format(name=name)
    page = PAGE.read_text(encoding="utf-8")
    before, mark, rest = page.partition(begin)
    _, closing, after = rest.partition(end)
    if not mark or not closing:
        raise SystemExit(f"{PAGE.name}: the marks {begin} and {end} are gone; put them back where the numbers belong")
    PAGE.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
