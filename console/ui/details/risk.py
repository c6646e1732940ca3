"""What a stop's card says of its risk, in words."""

from console.dispatch.advice import Advice, Help, advice
from console.dispatch.expecting import risk_of
from console.dispatch.picture import Picture
from console.domain.plan import Stop
from console.domain.risk import Risk, Span
from console.tongues import inside, tr, trn
from console.ui.details.card import Part, Row
from console.ui.theme.figures import number, with_unit
from console.wording import cause

_DIGIT = 0.01
_SPANS = {
    Span.MORNING: tr("in the morning"),
    Span.AFTERNOON: tr("in the afternoon"),
    Span.EVENING: tr("in the evening"),
    Span.ANY: tr("at any time"),
}


def risk_part(stop: Stop, picture: Picture) -> Part:
    """How likely the first try fails, how that is known, and what would help; empty if unknown."""
    risk = risk_of(picture, stop.id)
    if risk is None:
        return Part("", ())
    low, high = risk.interval
    rows = [
        Row(
            tr("May fail"),
            percent(risk.rate),
            "warn" if risk.is_high else "text",
            tr("{low} to {high}", low=percent(low), high=percent(high)),
        ),
        Row(tr("Here"), _here(risk)),
        Row(tr("Usual"), _usual(picture)),
    ]
    found = advice(stop, risk, picture)
    if found is not None:
        rows.append(Row(tr("Try"), said(found)))
    return Part(tr("First try"), tuple(rows))


def percent(rate: float) -> str:
    """A rate as people read it; below one in a hundred with one digit."""
    return with_unit(number(100 * rate, 0 if rate >= _DIGIT else 1), "%")


def _here(risk: Risk) -> str:
    door = risk.door
    if not door.tries:
        return tr("nobody was here yet")
    told = trn(
        "{failed} of {tries} try failed",
        "{failed} of {tries} tries failed",
        door.tries,
        failed=number(door.failed),
        tries=number(door.tries),
    )
    return f"{told}: {inside(cause(door.cause))}" if door.cause is not None else told


def _usual(picture: Picture) -> str:
    """Of what the figures are made."""
    risks = picture.risks
    return tr(
        "{rate} of {tries} first tries on {days} days",
        rate=percent(risks.overall.rate),
        tries=number(risks.tries),
        days=number(risks.days),
    )


def said(found: Advice) -> str:
    """The advice as one sentence."""
    plain = {
        Help.ADDRESS: tr("Look at the address and fix the door on the map."),
        Help.ACCESS: tr("Ask how one gets in, and note it with the address."),
        Help.PEOPLE: tr("Send two people: it is heavy."),
        Help.SAFE_PLACE: tr("Leave it at the safe place: {text}.", text=found.text),
        Help.CALL: tr("Call before: {text}.", text=found.text),
        Help.NUMBER: tr("Ask the sender for a phone number: nobody can call."),
        Help.PICKUP_POINT: tr("Offer the pickup point: {text}.", text=found.text)
        if found.text
        else tr("Offer a pickup point."),
    }
    return plain.get(found.help) or tr(
        "Come {span}: {worked} of {worked} tries worked then.",
        span=_SPANS[found.span],
        worked=number(found.worked),
    )
