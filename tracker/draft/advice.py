"""What the writer of a section must know and no paper may say: gaps, doubts, and causes that the data would bear."""

from collections.abc import Iterator

from tracker.lang import Words
from tracker.model.draft import Draft, Offer

_PLACES = 3
"""So many places are named of an offer; the rest is counted."""


def advice(made: Draft, say: Words) -> Iterator[str]:
    """One line each, in the language of `say`."""
    paragraphs = made.paragraphs
    counts = {
        "missing_causes": sum(bool(one.missing) for one in paragraphs),
        "doubts": sum(bool(one.doubt) for one in paragraphs),
        "unfollowed": sum(not one.followed for one in paragraphs),
        "below": made.below,
        "unknown": made.unknown,
        "unworded": made.unworded,
    }
    for name, count in counts.items():
        if count:
            yield say(f"draft.note.{name}", count=say.number(count), all=say.number(len(paragraphs)))
    for offer in made.offers:
        slots = {slot.name: slot.text for slot in offer.slots}
        yield say(f"draft.offer.{offer.name}", places=_places(offer, say), **slots)


def _places(offer: Offer, say: Words) -> str:
    named = [str(place) for place in offer.places[:_PLACES]]
    more = len(offer.places) - len(named)
    return "; ".join(named) + (say("draft.offer.more", count=say.number(more)) if more else "")
