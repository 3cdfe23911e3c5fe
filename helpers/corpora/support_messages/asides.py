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

# Turns from what is settled, or not meant, to what is asked; `{turn}` in the frames below.
TURN = """
    Now to today:
    [Today|This time] it's [another thing|something else]:
    New [issue|problem|matter], same customer:
    [But now|And now] this:
    Here's [why I'm writing|what I need] now:
    My question today is a different one:
    That leaves [one thing|this]:
    So, on to [the next thing|what bothers me now]:
    [Unfortunately|Sadly] there's something new:
    Now I have [another|a new] [question|problem]:
    I come back with [a different matter|something unrelated]:
    [The reason for this message|This message] is another one:
    This [mail|message|note] has another reason:
    What I'm [after|writing about] today is this:
    Let me get to my [actual|real|current] [question|issue]:
    Next [topic|subject]:
    As for today's [problem|question]:
    Please look at this one instead:
    What's open now is the following:
    There is one more thing and it's [not related|separate]:
    """

# For what is not meant or not wanted: the turn has to say that something else is.
INSTEAD = """
    [It's about something else|This is about something else]:
    My [problem|question|matter] is this one:
    What I [do mean|mean] is the following:
    What I need [is this|help with is this]:
    I'll say it in other words:
    Let me explain it again:
    Please read what I'm really asking:
    The point is [this|another one]:
    Here's what it's really about:
    Instead I need [help with this|you to look at this]:
    The real [issue|matter|story]:
    My [issue|case] is a different one:
    It's this:
    It's rather this:
    I have something else for you:
    Here is the [actual|real] [question|problem]:
    """

RESOLVED_BEFORE = """
    {Topic} is sorted now, [thanks|thank you|so never mind that]. {turn}
    {Topic} is [off the table|history|behind us], [finally|luckily]. {turn}
    I wrote to you about {topic} [{ago}|last week|before], that's [done|closed|fixed]. {turn}
    [First of all|First off|Before anything else], thanks for [fixing|sorting out|your help with] \
    {topic}. {turn}
    You've dealt with {topic}, [great|fine|perfect]. {turn}
    Last time it was {topic} and that got solved. {turn}
    {Topic} took you {span} but it's over now. {turn}
    My last message was about {topic}. Forget that one, it's settled. {turn}
    I know {topic} is still being looked at, no rush there. {turn}
    After {topic}, which your team fixed, [now this|here's the next thing]:
    Remember {topic}? That's fine now. {turn}
    Good news about {topic}: all [done|solved]. {turn}
    {name} from your team took care of {topic}. {turn}
    You were quick with {topic}, [hats off|well done]. {turn}
    Please thank whoever handled {topic}. {turn}
    The matter of {topic} has worked itself out. {turn}
    No more questions about {topic}. {turn}
    We talked on the phone about {topic} and that's [clear|done] now. {turn}
    I've already had an answer about {topic}, that was helpful. {turn}
    With {topic} you [helped me|were helpful], thank you. {turn}
    {Topic} [needs no reply|can be closed], [it's okay now|I found the answer]. {turn}
    You may have a note in my file about {topic}. That's old. {turn}
    I'm the one with {topic}, which is [finished|solved] by the way. {turn}
    I was happy with how you handled {topic}. {turn}
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
    Last time, with {topic}, you needed one mail. Please be as quick now.
    With {topic} you were quick, so I'm hopeful.
    Don't mix this up with {topic}, that's long [solved|over].
    My earlier mail was about {topic}, that's been [solved|sorted].
    If you find {topic} in your files, that has been [answered|settled].
    I've nothing to say about {topic} any more, that's fine now.
    (There was also {topic}, you took care of it, thanks.)
    Thanks again for {topic}, that went well.
    Whoever solved {topic} for me could maybe take this one, too.
    The ticket on {topic} is done, this is a new one.
    It isn't connected to {topic}, which was sorted by {name}.
    After {topic} I thought I was through with problems.
    I only mention that {topic} is settled so that you don't answer that one.
    And {topic}? That turned out fine in the end.
    """

QUOTED_BEFORE = """
    {Said} That was [last month|{ago}] and it's been taken care of. {turn}
    [You may remember me|We wrote {ago}]: {said}. [Solved|All solved], thank you. {turn}
    {Ago} I wrote "{said}" and your team [dealt with it|sorted it]. {turn}
    {Said} At least that's how it was until you fixed it. {turn}
    In my last ticket it said: {said}. Please close that one. {turn}
    My previous message went: "{said}" You [fixed|solved] that. {turn}
    "{said}", that was my last mail, and it's [answered|settled]. {turn}
    Perhaps you still see "{said}" in my file. That is [done|over]. {turn}
    I wrote "{said}" [before|some time ago], which has been sorted. {turn}
    {Said} You helped me with that, [many thanks|thanks again]. {turn}
    {Said} No longer a problem, your colleague {name} fixed it. {turn}
    The last time I wrote it was this: {said}. That's behind us. {turn}
    Old ticket: {said}. Closed. {turn}
    You asked if this was solved: "{said}" Yes, it is. {turn}
    {Said} So I wrote then, and it was put right. {turn}
    """

QUOTED_AFTER = """
    My earlier message ("{said}") is [settled|answered], you can close it.
    I once wrote this as well: {said}. That one's over, you fixed it {ago}.
    As for what I wrote {ago}, "{said}", that's been [solved|taken care of] since.
    (Older ticket: {said}. That's done, please don't mix it up with this.)
    Just so nobody gets confused, I also wrote this once: {said}. It's [history|sorted] now.
    What I wrote before, "{said}", needs no answer any more.
    You can ignore my first mail, "{said}", that has been [fixed|put right].
    (There's also a ticket that says "{said}" It's solved.)
    PS: the one with "{said}" is [done|closed], thanks for that.
    You solved my last one ("{said}") nicely, so I count on you.
    If you come across "{said}" from me, that's been dealt with.
    By the way, "{said}" is no longer true, you fixed that.
    My other mail said: {said}. That's [okay|fine] now, only this is left.
    Please don't reply to "{said}" again, that was solved.
    """

CONTRAST_BEFORE = """
    This isn't about {topic}. {instead}
    [No, not|It's not about] {topic} [again|this time]. {instead}
    I'm not writing about {topic}. {instead}
    Your bot thinks this is about {topic}. It isn't. {instead}
    Please don't send me the article on {topic} again, that's not my problem. {instead}
    Forget {topic}, that's not why I'm here. {instead}
    Somebody filed my last mail under {topic}. That was wrong, here it is again:
    You answered me about {topic}. That wasn't my question. {instead}
    I keep getting tips on {topic}. {instead}
    I had to pick {topic} in your form as nothing else fit. {instead}
    Everybody wants to talk to me about {topic}. {instead}
    Your form put me under {topic}, [which is wrong|wrongly]. {instead}
    Before you ask, it's not {topic}. {instead}
    It has nothing to do with {topic}. {instead}
    The subject line says {topic}, [ignore that|that was automatic]. {instead}
    For {topic} I'd have used the form. {instead}
    {name} on the phone thought I meant {topic}. {instead}
    I've read your page on {topic}, it doesn't help me. {instead}
    """

CONTRAST_AFTER = """
    So please don't answer me about {topic}, that's not my question.
    It's not {topic}, before you ask.
    The chat bot keeps talking about {topic}, which isn't what I mean.
    I say it because last time you thought I meant {topic}. I don't.
    Again, this is not about {topic}.
    And no, it's got nothing to do with {topic}.
    Your menu only had {topic}, which doesn't fit.
    Don't file this under {topic} please.
    {Topic} would be something else entirely.
    Your first reply was about {topic}, please read my message again.
    I'm not one of those who write about {topic}.
    The help page on {topic} is no use for this.
    That's a different thing from {topic}, isn't it?
    I know many write to you about {topic}, I don't.
    Please no standard text on {topic}.
    I never said anything about {topic}, just to be clear.
    Nobody here has asked about {topic}.
    And before I get a link to {topic}, no, that isn't it.
    """

WISH_BEFORE = """
    I don't want to {deed}. {instead}
    I don't want to {deed}, I want your help with this:
    No, I don't want to {deed}, it's about something else:
    I'm not asking to {deed}. {instead}
    This is not a request to {deed}. {instead}
    Last time you offered that I could {deed}. No thanks. {instead}
    Your bot asks if I'd like to {deed}. I wouldn't. {instead}
    I have no plans to {deed}. {instead}
    """

WISH_AFTER = """
    And no, I don't want to {deed}, before somebody offers that.
    But I don't want to {deed} because of that.
    And please note I do not wish to {deed}.
    That doesn't mean I want to {deed}.
    I'm not asking to {deed}, only for help with this.
    To {deed} is not what I'm after.
    And please don't suggest that I {deed}.
    I say it right away: I don't want to {deed} over this.
    """
