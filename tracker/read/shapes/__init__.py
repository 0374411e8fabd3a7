"""What files that are written by hand may hold, as pydantic models: the door for plans, units, documents and rules.

Every scalar comes in as text and is converted by tracker.read.values, so the same text means the same in every file.
Importing this module costs pydantic and the building of the models, so it is imported when the first such file is
read. Records that come by the hundred thousand (actuals) do not pass here.
"""

from collections.abc import Mapping

from tracker.read.shapes.documents import DocumentShape
from tracker.read.shapes.plans import PlanShape, TaskShape
from tracker.read.shapes.rules import RuleShape
from tracker.read.shapes.units import UnitShape
from tracker.read.shapes.values import Shape

SHAPES: Mapping[str, type[Shape]] = {
    "units": UnitShape,
    "documents": DocumentShape,
    "plan": PlanShape,
    "task": TaskShape,
    "rule": RuleShape,
}
"""What one record of each kind may hold; editors are given these as JSON Schema."""
