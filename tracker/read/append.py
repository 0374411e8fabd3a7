"""A file with one more key at its end: every byte that a person wrote stays, and the result is read first."""

from collections.abc import Mapping, Sequence

from tracker.read.door import Source
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Listing, Node, Scalar, walk


def with_key(source: Source, written: str, key: str, lines: Sequence[str]) -> str | Refusal:
    """The text of the file with `key:` and the lines of its value, indented, behind all that is there.

    `written` is the file's text byte for byte, `source` the same as it is read. Refused where the key is there
    already, where the file is not one of keys, and where anything else would be read otherwise afterwards.
    """
    before = walk(source).root
    args = {"key": key, "file": source.file}
    if not isinstance(before, Keys):
        return Refusal("append-shape", args)
    if key in before.entries:
        return Refusal("append-there", args)
    end = "\r\n" if "\r\n" in written else "\n"
    gap = "" if written.endswith(("\n", "\r")) or not written else end
    text = written + gap + end.join([f"{key}:", *(f"  {line}" for line in lines)]) + end
    after = walk(Source(source.file, text.removeprefix("\ufeff"))).root
    if not isinstance(after, Keys) or key not in after.entries:
        return Refusal("append-shape", args)
    rest = {name: node for name, node in _plain(after).items() if name != key}
    if rest != _plain(before) or after.flawed != before.flawed:
        return Refusal("append-shape", args)
    return text


def _plain(node: Keys) -> Mapping[str, object]:
    return {key: _value(child) for key, (_, child) in node.entries.items()}


def _value(node: Node) -> object:
    """What a node says and where it stands."""
    if isinstance(node, Scalar):
        return (node.text, node.at)
    if isinstance(node, Listing):
        return ([_value(item) for item in node.items], node.at)
    return (_plain(node), node.at)


def quoted(text: str) -> str:
    """The text as a YAML value between quotation marks: nothing in it is read as anything but itself."""
    shown = "".join(_ESCAPES.get(char, char) if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return f'"{shown}"'


_ESCAPES = {"\\": "\\\\", '"': '\\"'}
