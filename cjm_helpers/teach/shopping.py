"""The life of the online retailer's customers as its log sees it: visits, checkouts given up, parcels on their way."""

import numpy as np

from cjm_helpers.teach.events import DAY, Log

VISITS = {"busy_parent": 3.5, "careful_comparer": 3.7, "style_regular": 4.8, "gift_buyer": 2.5}  # a customer and wave
CHECKOUT_SHARE = 0.5  # of the visits in which the customer begins to check out
LAST_DAY_OF_A_VISIT = 21  # so that the parcel still comes within the wave
MESSENGER_SHARE = 0.33  # of the customers, each writing once or twice; no touchpoint stands for it
GIVEN_UP_AT = {"delivery_form": 0.35, "payment": 0.65}
GIVEN_UP_AT_GIFT = {"sign_in": 0.45, "gift_options": 0.25, "payment": 0.30}
AMOUNT = {"busy_parent": 62, "careful_comparer": 118, "style_regular": 143, "gift_buyer": 54}
AMOUNT_SPREAD = 0.45
APP_SHARE = {"busy_parent": 0.25, "careful_comparer": 0.1, "style_regular": 0.7, "gift_buyer": 0.05}
LAST_DAY = 28
MINUTES_A_PAGE = 1.8
ENTRY_SEEN = 0.6  # of the visits on the website: the others type in the address
LOOKS_AGAIN = 0.6
SOONER_OR_LATER = (0.7, 1.2)
OPEN_HOURS, HOURS_APART = (6, 22), 2.5
HOUR = {"busy_parent": 20.5, "careful_comparer": 15.0, "style_regular": 18.0, "gift_buyer": 13.0}
LOG_NAME = {
    "search_ad": ("ad_clicked", "Search engine"), "social_post": ("post_clicked", "Social media"),
    "newsletter": ("newsletter_opened", "E-mail"), "comparison_site": ("referred", "Search engine"),
    "product_search": ("searched", ""), "product_page": ("product_viewed", ""),
    "customer_reviews": ("reviews_opened", "Website"), "size_advice": ("size_asked", ""),
    "live_chat": ("chat_started", "Website"), "basket": ("basket_filled", ""), "sign_in": ("signed_in", "Website"),
    "delivery_form": ("address_entered", "Website"), "gift_options": ("wrapping_chosen", "Website"),
    "payment": ("payment_started", ""), "order_email": ("confirmation_sent", "E-mail"),
    "tracking": ("tracking_viewed", "Website"), "courier": ("delivered", "Doorstep"),
    "parcel": ("delivered", "Doorstep"),
    "help_line": ("call_answered", "Phone"), "return_counter": ("return_scanned", "Parcel shop"),
    "refund": ("refund_paid", "E-mail"), "review_request": ("review_asked", "E-mail"),
    "friend_code": ("code_sent", "App"),
}  # fmt: skip
ENTRIES = ("search_ad", "social_post", "newsletter", "comparison_site")
BROWSING = {"product_search": 1.8, "product_page": 2.6, "customer_reviews": 0.9, "size_advice": 0.8, "live_chat": 0.15}
CHECKOUT = ("sign_in", "delivery_form", "gift_options", "payment")
AFTERWARDS = {  # chance after an order, and days until it
    "order_email": (1.0, 0.0), "tracking": (0.8, 1.0), "courier": (0.97, 2.5), "parcel": (0.97, 2.5),
    "help_line": (0.07, 3.0), "return_counter": (0.4, 4.5), "refund": (0.3, 7.0), "review_request": (0.6, 7.5),
    "friend_code": (0.08, 5.0),
}  # fmt: skip


def shop(person, *, log: Log, truth: dict) -> None:
    """Write what one customer of the shop did in the month of a wave.

    Parameters
    ----------
    person
        One row of the customers: customer_id, persona_id, wave.
    log
        Where it is written, and the source of chance.
    truth
        What is planted: personas (reach, abandonment), new touchpoints, waves.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from cjm_helpers.teach.script import read_truth
    >>> log = Log(np.random.default_rng(0), [])
    >>> shop(SimpleNamespace(customer_id="c1", persona_id="gift_buyer", wave="2026-03"), log=log, truth=read_truth())
    >>> log.rows[0][0]
    'c1'
    """
    generator, log.customer_id = log.generator, person.customer_id
    when = "before" if person.wave == truth["waves"][0] else "after"
    persona = truth["personas"][person.persona_id]
    met = [name for name in persona["reach"] if when == "after" or name not in truth["new"]]
    for _ in range(max(1, generator.poisson(VISITS[person.persona_id]))):
        hour = np.clip(generator.normal(HOUR[person.persona_id], HOURS_APART), *OPEN_HOURS)
        minute = float(generator.integers(0, LAST_DAY_OF_A_VISIT)) * DAY + hour * 60
        log.channel = "App" if generator.random() < APP_SHARE[person.persona_id] else "Website"
        minute = _browse(minute, met, log)
        if generator.random() < CHECKOUT_SHARE:
            _check_out(minute, met, log, persona_id=person.persona_id, gives_up=persona["abandonment"][when])
    if generator.random() < MESSENGER_SHARE:
        for _ in range(int(generator.integers(1, 3))):
            log.write(float(generator.uniform(0, LAST_DAY * DAY)), "message_received", channel="Messenger")


def _browse(minute: float, met: list[str], log: Log) -> float:
    generator = log.generator
    entries = [name for name in ENTRIES if name in met]
    if log.channel == "App":
        log.write(minute, "app_opened")
    elif entries and generator.random() < ENTRY_SEEN:
        _meet(minute, str(generator.choice(entries)), log)
    for touchpoint_id, often in BROWSING.items():
        for _ in range(generator.poisson(often) if touchpoint_id in met else 0):
            minute += float(generator.exponential(MINUTES_A_PAGE))
            _meet(minute, touchpoint_id, log)
    return minute


def _check_out(minute: float, met: list[str], log: Log, *, persona_id: str, gives_up: float) -> None:
    """Write one checkout: begun, then given up at one of its pages or ended in an order."""
    generator = log.generator
    if "basket" in met:
        _meet(minute + 1, "basket", log)
    log.write(minute + 1.5, "checkout_started")
    places = GIVEN_UP_AT_GIFT if persona_id == "gift_buyer" else GIVEN_UP_AT
    is_given_up = generator.random() < gives_up
    end = str(generator.choice(list(places), p=list(places.values()))) if is_given_up else ""
    minute += 1.5
    for touchpoint_id in [name for name in CHECKOUT if name in met]:
        minute += float(generator.exponential(MINUTES_A_PAGE)) + 0.2
        _meet(minute, touchpoint_id, log)
        if touchpoint_id == end or (end and end not in met and touchpoint_id == "payment"):
            return
    amount = round(float(generator.lognormal(np.log(AMOUNT[persona_id]), AMOUNT_SPREAD)), 2)
    log.write(minute + 1, "order_placed", value=amount)
    _receive(minute + 2, met, log)


def _receive(minute: float, met: list[str], log: Log) -> None:
    """Write what follows an order, until the month ends."""
    generator = log.generator
    for touchpoint_id, (chance, days) in AFTERWARDS.items():
        if touchpoint_id in met and generator.random() < chance:
            at = minute + days * DAY * float(generator.uniform(*SOONER_OR_LATER)) + 5
            _meet(at, touchpoint_id, log)
            if touchpoint_id == "tracking" and generator.random() < LOOKS_AGAIN:
                _meet(at + 300, touchpoint_id, log)


def _meet(minute: float, touchpoint_id: str, log: Log) -> None:
    event, channel = LOG_NAME[touchpoint_id]
    log.write(minute, event, touchpoint_id=touchpoint_id, channel=channel)
