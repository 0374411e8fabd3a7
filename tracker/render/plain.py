"""What a piece of HTML says to a reader, so that a person's words in it are found however an editor laid it out."""

from html.parser import HTMLParser

_INLINE = frozenset({"span", "b", "i", "strong", "em", "mark", "data", "sup", "a", "code"})
_BLOCKS = frozenset(
    {"html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "aside", "div", "p", "h1",
     "h2", "h3", "h4", "br", "hr", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"},
)  # fmt: skip
"""Tags that the page uses itself; another one, a picture perhaps, is something that a person put there."""
_EMPTY = frozenset({"br", "hr", "meta", "img", "input", "link"})


def plain(html: str) -> str:
    """The text, comments and foreign tags, one blank between elements; without the numbers of footnotes."""
    parser = _Text()
    # Marked sections are no HTML; the parser raises for some of what only looks like one.
    parser.feed(html.replace("<![", "&lt;!["))
    parser.close()
    return " ".join("".join(parser.found).split())


class _Text(HTMLParser):
    """Collects what counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._number = 0
        """How deep inside the number of a footnote."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a foreign tag; skip numbers of footnotes."""
        if self._number:
            self._number += tag not in _EMPTY
        elif tag == "sup" and ("class", "ref") in attrs:
            self._number = 1
        elif tag not in _BLOCKS | _INLINE:
            self.found.append(f" <{tag}{''.join(f' {name}={value}' for name, value in attrs)}> ")
        else:
            self._between(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave the number of a footnote."""
        if self._number:
            self._number -= 1
        else:
            self._between(tag)

    def handle_data(self, data: str) -> None:
        """Take the text."""
        if not self._number:
            self.found.append(data)

    def handle_comment(self, data: str) -> None:
        """A remark of a person is text of his too."""
        self.found.append(f" <!--{data}--> ")

    def handle_decl(self, decl: str) -> None:
        """The kind of document is no text."""

    def _between(self, tag: str) -> None:
        if tag not in _INLINE:
            self.found.append(" ")
