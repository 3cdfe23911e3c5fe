"""Topics that a message mentions without asking about them, and how it says so.

A topic is a noun phrase in the singular; `DEEDS` are things a customer might want done.
"""

TOPICS: dict[str, str] = {
    "billing_duplicate_charge": """
        the double charge from {month}
        being charged twice in {month}
        that duplicate payment
        the {amount} you took twice
        the second debit for my old order
        paying double for the {month} fee
        """,
    "billing_unknown_charge": """
        the charge I didn't recognise
        the strange {amount} on my statement
        that extra fee on the {month} invoice
        the payment I couldn't place
        the debit nobody here knew about
        the price rise in {month}
        """,
    "billing_refund_status": """
        the refund for my return
        the {amount} you owed me
        the refund from {month}
        the money for the {item} I sent back
        waiting for my money back
        the missing refund
        """,
    "account_login_problem": """
        my login problem
        the password trouble
        getting locked out of my account
        the sign-in code that never came
        the thing with the reset link
        not being able to log in
        """,
    "account_close_request": """
        deleting my old second account
        closing my mother's account
        my question about removing my data
        the deletion of my other profile
        erasing my son's account
        """,
    "delivery_late": """
        the late {parcel}
        the {item} that didn't arrive
        the delay in {month}
        that {parcel} stuck in the depot
        the {parcel} I was waiting for
        the tracking that never moved
        """,
    "delivery_wrong_item": """
        the wrong {item}
        the mix-up with the {item}
        the {parcel} with somebody else's things in it
        the {colour} {item} I hadn't ordered
        getting a {item} in place of a {other}
        the missing piece in my {parcel}
        """,
    "subscription_cancel": """
        cancelling my old {plan}
        the end of my trial
        my cancellation from {month}
        stopping the renewal
        the cancelled {tier} plan
        """,
    "subscription_change_plan": """
        the upgrade to {tier}
        my switch to yearly billing
        the pause in {month}
        moving me down to {tier}
        the change of my {plan}
        adding my brother to the plan
        """,
    "product_defect": """
        the broken {hard}
        the faulty {device}
        my dead {gadget}
        the {device} that stopped working
        the crack in the {hard}
        the rattling {device}
        """,
    "technical_app_crash": """
        the crashing app
        the app freezing on {screen}
        the error on {screen}
        the white screen in the app
        the crash after the update
        your {store} hanging at checkout
        """,
}

DEEDS: dict[str, str] = {
    "billing_refund_status": "get my money back|have a refund|be refunded",
    "account_close_request": "close my account|delete my account|have my data removed",
    "delivery_wrong_item": "swap anything|exchange anything|send anything back",
    "subscription_cancel": "cancel|cancel my {plan}|end my {plan}|leave",
    "subscription_change_plan": "change my plan|upgrade to {tier}|switch to {tier}|pause my {plan}",
}

# Deeds that a customer of the label does want, more or less: nobody declines those.
WANTED: dict[str, tuple[str, ...]] = {
    "billing_duplicate_charge": ("billing_refund_status",),
    "billing_unknown_charge": ("billing_refund_status",),
    "account_close_request": ("subscription_cancel",),
    "product_defect": ("delivery_wrong_item", "billing_refund_status"),
}

RESOLVED_BEFORE = """
    {Topic} is sorted now, [thanks|thank you|so never mind that]. [But|Now] [here's why I write|\
    something else|another thing]:
    I wrote to you about {topic} [{ago}|last week|before], that's [done|closed|fixed].
    [First of all|First off|Before anything else], thanks for [fixing|sorting out|your help with] \
    {topic}.
    You've dealt with {topic}, [great|fine|perfect]. [Today's question is another one|This is \
    something else|New issue though]:
    Last time it was {topic} and that got solved. Today:
    {Topic} took you {span} but it's over now.
    My last message was about {topic}. Forget that one, it's settled.
    I know {topic} is still being looked at, no rush there. [I write for another reason|My \
    question today is a different one]:
    After {topic}, which your team fixed, [now this|here's the next thing]:
    Remember {topic}? That's fine now.
    """

RESOLVED_AFTER = """
    PS: {topic} is [solved|sorted|fixed], no need to look at it again.
    By the way, thanks for sorting out {topic} so quickly.
    ({Topic} has been settled, so please ignore the older ticket.)
    You'll see {topic} in my history. That's [closed|done], it has nothing to do with this.
    And unlike {topic}, which you solved in a day, this is still open.
    I hope this goes as smoothly as {topic} did in the end.
    The other ticket, {topic}, can be closed, that one is fine.
    {Topic}, by contrast, was fixed in no time, thank you for that.
    """

QUOTED_BEFORE = """
    {Said} That was [last month|{ago}] and it's been taken care of. [Now to today|Today it's \
    another thing|But now this]:
    [You may remember me|We wrote {ago}]: {said}. [Solved|All solved], thank you. \
    What's left is this:
    {Ago} I wrote "{said}" and your team [dealt with it|sorted it]. Different matter now:
    {Said} At least that's how it was until you fixed it. Now I have a new question:
    In my last ticket it said: {said}. Please close that one. What I need now:
    """

QUOTED_AFTER = """
    My earlier message ("{said}") is [settled|answered], you can close it.
    {Said} That one's over though, you fixed it {ago}.
    As for what I wrote {ago}, "{said}", that's been [solved|taken care of] since.
    (Older ticket: {said}. That's done, please don't mix it up with this.)
    Just so nobody gets confused, I also wrote this once: {said}. It's [history|sorted] now.
    """

CONTRAST_BEFORE = """
    This isn't about {topic}.
    [No, not|It's not about] {topic} [again|this time].
    I'm not writing about {topic}.
    Your bot thinks this is about {topic}. It isn't.
    Please don't send me the article on {topic} again, that's not my problem.
    Forget {topic}, that's not why I'm here.
    Somebody filed my last mail under {topic}. That was wrong, here it is again:
    """

CONTRAST_AFTER = """
    So please don't answer me about {topic}, that's not my question.
    It's not {topic}, before you ask.
    The chat bot keeps talking about {topic}, which isn't what I mean.
    I say it because last time you thought I meant {topic}. I don't.
    Again, this is not about {topic}.
    And no, it's got nothing to do with {topic}.
    """

WISH = """
    I don't want to {deed}.
    No, I don't want to {deed}, before somebody offers that again.
    I'm not asking to {deed}.
    And please note I do not wish to {deed}.
    """
