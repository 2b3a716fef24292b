"""The life of new owners as the brand's log sees it: an order, a parcel, questions, and what came after."""

from dataclasses import dataclass

import numpy as np

from cjm_helpers.teach.events import DAY, Log

ORDERED_UNTIL, DELIVERED_AFTER = 4.0, (1.5, 4.0)  # days
LAST_MINUTE = 30 * DAY - 1  # later ones fall into the next month's log
EVENING, HOURS_APART, OPEN_HOURS = 19.0, 3.0, (6, 22)
AMOUNT = {"first_owner": 340, "daily_brewer": 610, "keen_trier": 220}
AMOUNT_AGAIN, AMOUNT_SPREAD = 38, 0.4
NEWS_OPENED = {"Website": 2.0, "App": 2.6, "Marketplace": 0.5}  # how often, by where the machine was bought
NEWS_IN_THE_APP = 0.4
APP_OPENED = {"Website": 0.8, "App": 5.0, "Marketplace": 0.6}
INBOX_SHARE = 0.72  # of the buyers of the marketplace, each writing there once or twice; no touchpoint stands for it
ARTICLES = {"first_owner": 2.2, "daily_brewer": 1.4}
ASKS = {"first_owner": 0.48, "daily_brewer": 0.58, "keen_trier": 0.42}
ASKED_AFTER = (0.3, 4.0)
BY_FORM = 0.35
REPLY_SHAPE = 4.0  # of the gamma distribution of hours: few are quick, few take for ever
CALLS = 0.3  # of those whose first answer did not help
AFTERWARDS = {  # event, channel, chance, days after delivery
    "setup_guide": ("guide_opened", "Booklet", 0.55, (0.1, 2.0)),
    "return_label": ("return_scanned", "Parcel shop", 0.66, (3.0, 9.0)),
    "repair": ("repair_received", "Parcel", 0.28, (5.0, 12.0)),
    "follow_up": ("call_made", "Phone", 0.62, (9.0, 11.0)),
    "recommendations": ("recommendation_opened", "E-mail", 0.56, (11.0, 18.0)),
    "review_request": ("review_asked", "E-mail", 0.80, (6.0, 10.0)),
}  # fmt: skip
REFUND_SHAPE = 6.0
REVIEWS_ASKED_MORE = 1.6  # requests a customer in the second wave, beyond the first one
AGAIN_BETWEEN = (14.0, 26.0)


@dataclass(frozen=True)
class Owner:
    """One customer in the month of a wave: what the plan holds for this persona, and the log to write to."""

    person: object
    met: tuple[str, ...]
    figures: dict[str, float]
    is_after: bool
    log: Log

    def draw_day(self, between: tuple[float, float]) -> float:
        """Return some moment between two days, in minutes."""
        return float(self.log.generator.uniform(*between)) * DAY

    def draw_wait(self, mean: float, *, shape: float) -> float:
        """Return how long something took that takes mean on average."""
        return float(self.log.generator.gamma(shape, mean / shape))

    def happens(self, chance: float) -> bool:
        return bool(self.log.generator.random() < chance)

    def note(self, minute: float, event: str, channel: str, touchpoint_id: str = "", value=None) -> None:
        if minute <= LAST_MINUTE:
            self.log.write(minute, event, touchpoint_id=touchpoint_id, channel=channel, value=value)


def own(person, *, log: Log, truth: dict) -> None:
    """Write what one new owner did in the month of a wave.

    Parameters
    ----------
    person
        One row of the customers: customer_id, persona_id, wave, bought_on.
    log
        Where it is written, and the source of chance.
    truth
        What is planted: personas (reach, repeat), figures of the help desk and of refunds, new touchpoints, waves.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from cjm_helpers.teach.script import read_truth
    >>> person = SimpleNamespace(customer_id="c1", persona_id="first_owner", wave="2026-04", bought_on="App")
    >>> log = Log(np.random.default_rng(0), [])
    >>> own(person, log=log, truth=read_truth("care_after_purchase"))
    >>> log.rows[0][3]
    'order_placed'
    """
    log.customer_id = person.customer_id
    is_after = person.wave != truth["waves"][0]
    when = "after" if is_after else "before"
    persona = truth["personas"][person.persona_id]
    met = tuple(name for name in persona["reach"] if is_after or name not in truth["new"])
    figures = {name: said[when] for name, said in truth["figures"].items() if when in said}
    owner = Owner(person, met, figures | {"repeat": persona["repeat"][when]}, is_after, log)
    delivered = _order(owner)
    _look_around(owner, delivered)
    if owner.happens(ASKS[person.persona_id]):
        _ask(owner, delivered + owner.draw_day(ASKED_AFTER))
    _go_on(owner, delivered)


def _order(owner: Owner) -> float:
    """Write the order and its way to the door; return the minute of delivery."""
    generator, person = owner.log.generator, owner.person
    hour = np.clip(generator.normal(EVENING, HOURS_APART), *OPEN_HOURS)
    ordered = int(generator.uniform(0, ORDERED_UNTIL)) * DAY + float(hour) * 60
    amount = round(float(generator.lognormal(np.log(AMOUNT[person.persona_id]), AMOUNT_SPREAD)), 2)
    owner.note(ordered, "order_placed", person.bought_on, "order_page", amount)
    owner.note(ordered + 2, "confirmation_sent", "E-mail", "order_email")
    delivered = ordered + owner.draw_day(DELIVERED_AFTER)
    for _ in range(generator.poisson(NEWS_OPENED[person.bought_on])):
        channel = "App" if owner.happens(NEWS_IN_THE_APP) else "E-mail"
        owner.note(float(generator.uniform(ordered + 60, delivered)), "news_opened", channel, "delivery_news")
    if "courier" in owner.met:
        owner.note(delivered, "delivered", "Doorstep", "courier")
    return delivered


def _look_around(owner: Owner, delivered: float) -> None:
    """Write what owners do by themselves: open the app, read help pages, write where they bought."""
    generator, person = owner.log.generator, owner.person
    for _ in range(generator.poisson(APP_OPENED[person.bought_on])):
        owner.note(delivered + owner.draw_day((0, 20)), "app_opened", "App")
    for _ in range(generator.poisson(ARTICLES.get(person.persona_id, 0.0))):
        owner.note(delivered + owner.draw_day((0, 12)), "article_opened", "Website", "help_page")
    if person.bought_on == "Marketplace" and owner.happens(INBOX_SHARE):
        for _ in range(int(generator.integers(1, 3))):
            owner.note(delivered + owner.draw_day((0, 15)), "message_received", "Marketplace inbox")


def _ask(owner: Owner, asked: float) -> None:
    """Write a request to the help desk: answered once, or opened again because the answer did not help."""
    hours = owner.figures["first_reply_hours"]
    owner.note(asked, "request_opened", "Website" if owner.happens(BY_FORM) else "E-mail", "help_desk")
    replied = asked + owner.draw_wait(hours, shape=REPLY_SHAPE) * 60
    owner.note(replied, "reply_sent", "E-mail", "help_desk")
    if not owner.happens(owner.figures["first_contact_solved"]):
        again = replied + owner.draw_day((0.1, 1.5))
        owner.note(again, "request_reopened", "E-mail", "help_desk")
        if "phone_line" in owner.met and owner.happens(CALLS):
            owner.note(again + owner.draw_day((0.5, 2.0)), "call_answered", "Phone", "phone_line")
        replied = again + owner.draw_wait(hours, shape=REPLY_SHAPE) * 60
        owner.note(replied, "reply_sent", "E-mail", "help_desk")
    owner.note(replied + 30, "request_closed", "E-mail", "help_desk")


def _go_on(owner: Owner, delivered: float) -> None:
    """Write what follows a delivery, and the next order if there is one."""
    generator = owner.log.generator
    for touchpoint_id, (event, channel, chance, days) in AFTERWARDS.items():
        if touchpoint_id in owner.met and owner.happens(chance):
            at = delivered + owner.draw_day(days)
            owner.note(at, event, channel, touchpoint_id)
            if touchpoint_id == "return_label":
                wait = owner.draw_wait(owner.figures["refund_days"], shape=REFUND_SHAPE) * DAY
                owner.note(at + wait, "refund_paid", "E-mail", "refund")
    for _ in range(generator.poisson(REVIEWS_ASKED_MORE) if owner.is_after else 0):
        owner.note(delivered + owner.draw_day((8, 22)), "review_asked", "E-mail", "review_request")
    if owner.happens(owner.figures["repeat"]):
        amount = round(float(generator.lognormal(np.log(AMOUNT_AGAIN), AMOUNT_SPREAD)), 2)
        owner.note(owner.draw_day(AGAIN_BETWEEN), "order_placed", owner.person.bought_on, "order_page", amount)
