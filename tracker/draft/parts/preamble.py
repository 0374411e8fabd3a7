"""The opening: what is carried out, each document cited in full, and over which days the paper speaks."""

from collections.abc import Iterator

from tracker.draft.matter import Matter, after, plan_ground
from tracker.draft.over import named
from tracker.draft.pen import Said, block, joined, noted, resting, said
from tracker.model.paper import Block, Ground, Role
from tracker.model.plan import Plan


def preamble(matter: Matter) -> Iterator[Block]:
    """One sentence, and a second where what is told does not reach the end of the period or is a reporting window."""
    pen, over = matter.pen, matter.over
    plans = [*([matter.programme] if matter.programme else ()), matter.plan]
    slots = {
        "citations": joined([cited(plan, matter) for plan in plans], "; "),
        "issuers": matter.leads(matter.plan.issuers),
        "period": said(named(over.id, pen.say), "period"),
    }
    yield block("preamble", Role.TEXT, pen("annual.preamble.text", **slots))
    as_of = matter.report.as_of
    if over.regime is not None:
        slots = {"first": pen.day(over.opens, "opens"), "last": pen.day(min(over.end, as_of), "end")}
        window = pen("annual.preamble.window", **slots)
        ground = Ground(f"regime:{over.regime.id}", (over.regime.at,))
        if over.regime.source:
            window = noted(window, pen("annual.preamble.source", source=said(over.regime.source, "source")))
        yield block("preamble/window", Role.TEXT, window + resting([ground]))
    elif as_of < over.end:
        yield block("preamble/until", Role.TEXT, pen("annual.preamble.until", day=pen.day(as_of, "as_of")))


def cited(plan: Plan, matter: Matter) -> Said:
    """A first citation: kind, number, day, issuer, title (Nghị định 30/2020/NĐ-CP, Phụ lục I).

    The register of documents comes first, the plan's own head second; what neither has is left blank.
    """
    pen, known = matter.pen, matter.documents.get(plan.id)
    kind = (known.type if known else "") or pen.say("annual.programme" if plan.programme else "annual.plan")
    issued = (known.issued if known else None) or plan.issued
    title = (known.title if known else "") or (plan.title if plan.title != plan.id else "")
    issuer = matter.leads(plan.issuers) if plan.issuers else said(known.issuer if known else "", "issuer")
    grounds = [plan_ground(plan), *([Ground(f"document:{known.number}", (known.at,))] if known else ())]
    return resting(grounds) + pen(
        "annual.citation_party" if matter.comma else "annual.citation",
        type=kind,
        number=said(plan.id, "number") if "/" in plan.id else pen.blank("number"),
        day=pen.day(issued, "issued") if issued else pen.blank("issued"),
        issuer=issuer if issuer.runs else pen.blank("issuer"),
        title=said(after(kind, title), "title") if title else pen.blank("title"),
    )
