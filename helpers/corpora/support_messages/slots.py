"""The things that messages speak of: `{slot}` values, drawn once a message, and spelling of `a`.

In a value `%` stands for a digit. Shops, orders, cards and people are invented.
"""

from __future__ import annotations

import random
import re

DEVICES = (
    "kettle|blender|toaster|coffee grinder|vacuum cleaner|air fryer|hair dryer|printer|fan heater|"
    "sewing machine|rice cooker|hand mixer|waffle iron|steam iron|dehumidifier"
)
GADGETS = "speaker|electric toothbrush|fitness watch|bike light|e-reader|headset|camera|torch|scale"
HARD = "teapot|suitcase|desk lamp|picture frame|mirror|fish tank|flower pot|salad bowl"
SOFT = "backpack|rain jacket|yoga mat|tent|sleeping bag|bathrobe|blanket|winter coat|sports bag"
FURNITURE = "office chair|bookshelf|bedside table|shoe rack|bar stool|clothes rail"
THINGS = "|".join((DEVICES, GADGETS, HARD, SOFT, FURNITURE))

SLOTS = {
    "order": "order %%%%%|order #%%%%%|order number %%%%%%|order A-%%%%|my order|my last order|"
    "my order from {day}|order no. %%%%|order ref B%%%%",
    "parcel": "parcel|package|order|delivery|shipment|parcel|package",
    "plan": "subscription|membership|plan|subscription|sub|contract",
    "device": DEVICES,
    "gadget": GADGETS,
    "hard": HARD,
    "pot": "frying pan|kettle|suitcase|teapot|toolbox|saucepan|watering can",
    "furniture": FURNITURE,
    "item": THINGS,
    "other": THINGS,
    "tier": "Basic|Plus|Family|Pro|Premium|Starter|Standard|Duo",
    "tier2": "Basic|Plus|Family|Pro|Premium|Starter|Standard|Duo",
    "amount": "$%%.90|$1%.99|€%9.95|€%4|£2%.50|£%8|3% dollars|1% euros|4%.50|$1%9|€6%.00|7% bucks",
    "month": "January|February|March|April|May|June|July|August|September|October|November|"
    "December",
    "day": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|the 4th|the 12th|the 23rd",
    "ago": "three days ago|a week ago|ten days ago|two weeks ago|three weeks ago|a month ago|"
    "over a month ago|six weeks ago|back in {month}|ages ago",
    "span": "three days|four days|a week|eight days|nearly two weeks|two weeks|three weeks|"
    "almost a month|a month|more than a week",
    "card": "my card|my debit card|my credit card|my card ending %%%%|the card ending in %%%%|"
    "my bank account|card %%%%",
    "app": "app|mobile app|phone app|tablet app|app|desktop app",
    "screen": "the checkout page|the basket|the settings page|my order history|the search page|"
    "the photo page|the map|my profile|the help page|the wish list",
    "colour": "blue|green|red|grey|black|white|yellow",
    "colour2": "blue|green|red|grey|black|white|yellow|pink",
    "size": "small|medium|large|size 38|size 42|size 44",
    "size2": "small|medium|large|size 38|size 42|size 44",
    "mail": "email|mail|e-mail|email",
    "store": "site|website|online shop|shop page",
    "name": "Anna|Jonas|Priya|Mateo|Leila|Tom|Ingrid|Kofi|Yuki|Carla|Ben|Zofia|Omar|Ruth|Dinh|Eva|"
    "Pavel|Nia|Marco|Sinead|Hugo|Amara|Lars|Mei|Joan|Farid|Tess|Viktor|Rosa|Paul",
}
DIFFER = {"other": "item", "tier2": "tier", "colour2": "colour", "size2": "size"}  # never equal
CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")
A_BEFORE_VOWEL = re.compile(r"\b([Aa]) (?=[aeiou](?<!eu|on|us))(?!one|use|uni|eur)")


def fill(text: str, rng: random.Random, values: dict[str, str]) -> str:
    """Make the choices of a wording and put things into its slots; `values` remembers them.

    >>> fill("[The|The] {item} is a {item}.", random.Random(1), {"item": "air fryer"})
    'The air fryer is an air fryer.'
    """
    text = CHOICE.sub(lambda match: rng.choice(match.group(1).split("|")), text)
    text = SLOT.sub(lambda match: value(match.group(1), rng, values), text)
    text = re.sub("%", lambda _: str(rng.randint(1, 9)), text)
    text = re.sub(r"\s+", " ", text).strip()
    return A_BEFORE_VOWEL.sub(r"\1n ", text)


def value(slot: str, rng: random.Random, values: dict[str, str]) -> str:
    """Return the message's value of a slot, drawing it the first time; pairs always differ."""
    if slot not in values:
        options = SLOTS[slot].split("|")
        partners = {DIFFER.get(slot), *(a for a, b in DIFFER.items() if b == slot)}
        taken = {values[p] for p in partners if p in values}
        chosen = rng.choice([option for option in options if option not in taken])
        chosen = SLOT.sub(lambda match: value(match.group(1), rng, values), chosen)
        values[slot] = re.sub("%", lambda _: str(rng.randint(1, 9)), chosen)
    return values[slot]
