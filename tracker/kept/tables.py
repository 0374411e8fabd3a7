"""Large tables as they were read: the columns of each under a digest of its bytes and of all else that made them.

So judging again costs the tables that are new. What holds of kept projects holds of these: they cannot be stale, what
is damaged is not believed, they hold values alone and lie in the user's own folder.
"""

import io
import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from tracker.kept import TABLE, found, keep, program
from tracker.kept.values import Unkept, decoded_as, encoded
from tracker.read.columnar import Column, Typed
from tracker.read.framed import Following, Listed

MOST = 1000
"""Tables that are kept; the one that nobody asked for longest goes first."""
_CODES, _TEXT, _LINES = "codes:", "text:", "lines"


class Shelf:
    """Where tables lie between one run and the next."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def name(self, path: Path, made_by: Iterable[str]) -> str | None:
        """What its columns go by; `made_by` is all that they are made of beside its bytes. None = it is unreadable."""
        told = sha256(program().encode())
        for one in made_by:
            told.update(f"\0{one}".encode("utf-8", "surrogatepass"))
        try:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    told.update(block)
        except OSError:
            return None
        return told.hexdigest()

    def taken(self, name: str) -> Typed | None:
        """The columns that were kept under this name; None where there are none, or others than were kept."""
        import polars as pl

        file = self.store / f"{name}{TABLE}"
        payload = found(file)
        if payload is None:
            return None
        try:
            size = int.from_bytes(payload[:8], "big")
            coded, texts, fixed, first, of = decoded_as(tuple, payload[8 : 8 + size])
            frame = pl.read_ipc(io.BytesIO(memoryview(payload)[8 + size :]))
            columns = {key: Column(frame[_CODES + key], values) for key, values in coded}
            told = {key: frame[_TEXT + key] for key in texts}
        except (Unkept, ValueError, pl.exceptions.PolarsError):
            return None
        with suppress(OSError):
            os.utime(file)
        good = pl.repeat(value=True, n=frame.height, dtype=pl.Boolean, eager=True)
        lines = Listed(frame[_LINES]) if _LINES in frame.columns else Following(first, frame.height)
        return Typed(columns, told, dict(fixed), good, lines, of)

    def put(self, name: str, told: Typed) -> None:
        """Keep the columns of a table of which each row is in order; what is of another kind is not kept."""
        import polars as pl

        if not told.good.all():
            return
        first = told.lines.first if isinstance(told.lines, Following) else 0
        series: list[Any] = [column.codes.rename(_CODES + key) for key, column in told.coded.items()]
        series += [texts.rename(_TEXT + key) for key, texts in told.texts.items()]
        if isinstance(told.lines, Listed):
            series.append(told.lines.numbers.rename(_LINES))
        coded = tuple((key, tuple(column.values)) for key, column in told.coded.items())
        try:
            head = encoded((coded, tuple(told.texts), tuple(told.fixed.items()), first, told.file))
        except Unkept:
            return
        out = io.BytesIO()
        pl.DataFrame(series).write_ipc(out)
        keep(self.store / f"{name}{TABLE}", len(head).to_bytes(8, "big") + head + out.getvalue(), MOST)
