"""click, rich.console, rich.table, and pydantic with one model: 1.00 of the small case."""

import click  # noqa: F401
import pydantic
import rich.console
import rich.table  # noqa: F401


class Model(pydantic.BaseModel):
    number: int
    name: str


if __name__ == "__main__":
    print("{}")
