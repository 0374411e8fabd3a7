"""What was read of a large table the last time, in place of reading it again: asked for here, kept by tracker.kept."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tracker.read.columnar import Typed


class Shelf(Protocol):
    """Where tables lie between one run and the next."""

    def name(self, path: Path, made_by: Iterable[str]) -> str | None:
        """What its columns go by; `made_by` is all that they are made of beside its bytes. None = it is unreadable."""

    def taken(self, name: str) -> "Typed | None":
        """The columns that were kept under this name."""

    def put(self, name: str, told: "Typed") -> None:
        """Keep them."""
