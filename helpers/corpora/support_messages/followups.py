"""Second sentences of a request: what people add to say what they want, by label.

Each suits every intent of its label, and borrows words from the neighbours where people do.
"""

FOLLOW_UPS: dict[str, str] = {
    "billing_duplicate_charge": """
        Please [return|give back|send back] the second payment.
        One of the two should be reversed.
        I only owe you this once.
        I've checked the statement, it's clearly doubled.
        Once would have been [enough|right], don't you think?
        I want the extra one back on my account.
        Kindly undo the duplicate.
        I can send you a screenshot with both payments.
        How do I get the one that's too much back?
        Paying twice for one thing is a bit much.
        """,
    "billing_unknown_charge": """
        [What is|What's] it for?
        Please explain what I'm paying for here.
        I didn't agree to this.
        Where does this charge come from?
        I want to know who decided that.
        Please tell me what's behind that payment.
        Until you explain it I'll have my bank dispute the charge.
        Nothing in my account explains it.
        I never approved that and I'd like to see an invoice.
        I can't make sense of the bill.
        """,
    "billing_refund_status": """
        When will I [get|have|see] my money?
        I'd like to know where my refund is.
        How much longer will the refund take?
        Please tell me on which day you [sent|will send] the money.
        I need that money [back|for the rent|before the end of the month].
        Could you check the state of the refund?
        I've been looking at my bank account every day.
        Is the refund on its way or not?
        Nothing has been credited so far.
        I have waited long enough to be paid back.
        """,
    "account_login_problem": """
        How do I get back in?
        I need access to my account [today|again].
        Please let me back into my account.
        Can you reset whatever is blocking me?
        Without signing in I can't do anything.
        I've tried another browser, same result at the login.
        Please send me a way to sign in.
        I just want to log in like before.
        Please check what's wrong with my access.
        Every sign-in ends the same way.
        """,
    "account_close_request": """
        Please confirm once the account is gone.
        I'd like nothing of it to remain [in your system|with you].
        When will the profile be removed?
        Please send me a confirmation of the deletion.
        Do you keep any of the data after that?
        I know it can't be undone.
        That goes for the backups too.
        Do I need to sign anything to have it closed?
        There are no open orders on the account.
        I don't want any newsletters after that either.
        """,
    "delivery_late": """
        When [will it|does it|is it going to] [arrive|get here]?
        Please find out where the {parcel} is.
        I need to know when it's coming.
        Can somebody find out what's going on?
        I look for it at the door every day.
        I paid for quick delivery and I'm still waiting for it.
        Please give me a real delivery date.
        What's taking so long?
        I've been home every day waiting for it.
        The tracking page is no help.
        """,
    "delivery_wrong_item": """
        Please send me the right one.
        How do I swap it for what I ordered?
        I still need what I [actually|really] ordered.
        Your packers must have mixed something up.
        The invoice lists what I ordered, the box has something else.
        Who pays for sending the wrong one back?
        I haven't unpacked it further, it can go back.
        Please compare the order with what you packed.
        I can send a photo of what was in the box.
        It's not what's on the packing slip.
        """,
    "subscription_cancel": """
        Please make sure nothing renews.
        When does it end?
        I don't want to be billed after that.
        Please send me a confirmation of the cancellation.
        There's no going back on this.
        Is there a notice period?
        Just cancel it, no offers please.
        What is the last day I can use it?
        I'd like this off the list soon.
        The decision is final.
        """,
    "subscription_change_plan": """
        From when would the change apply?
        What would I pay then?
        I'd like to stay with you [otherwise|either way].
        Please confirm the change by {mail}.
        Can you set that up for me?
        Does that work with my current plan?
        I couldn't find that option under my plan.
        Do I lose anything when it changes?
        The rest of my plan can stay as it is.
        Could it start with the next billing period?
        """,
    "product_defect": """
        Is that covered by the warranty?
        I'd like it [repaired|replaced|exchanged].
        I treated it well, it's just faulty.
        Can you send me one that works?
        I've used it just the way one should.
        It shouldn't break like that.
        Do I have to send the broken one in?
        I can send a video of the fault.
        The quality is poor for that price.
        I need one I can rely on.
        """,
    "technical_app_crash": """
        I've already restarted everything.
        Please fix the bug.
        Is there an update coming?
        I've [waited a day|tried it ten times], same thing.
        It happens every single time.
        My connection is fine, other [apps work|pages load].
        Is this a known bug?
        When will it run again?
        I can send you a screenshot [or the log|of it].
        I can't use it like this.
        """,
}

# Intents that the sentences of their label would contradict have sentences of their own.
OWN: dict[str, str] = {
    "billing_duplicate_charge/many_times": """
        Please [return|give back|send back] everything but the first one.
        All but one should be reversed.
        I only owe you this once.
        Once would have been [enough|right], don't you think?
        I've checked the statement, there's no doubt.
        """,
    "billing_refund_status/partial": """
        When will I [get|have|see] the rest of my money?
        I'd like to know where the remainder is.
        How much longer does the other part take?
        Please tell me on which day you [sent|will send] the rest.
        """,
    "delivery_wrong_item/incomplete": """
        Please send what's missing.
        I still need what I [actually|really] ordered.
        I've looked under all the paper in the box.
        Please compare the order with what you packed.
        I can send a photo of what was in the box.
        Your packers must have forgotten it.
        """,
    "delivery_wrong_item/extra": """
        How do I send it back to you?
        The invoice lists what I ordered, the box has more.
        Who pays for sending it back?
        Please compare the order with what you packed.
        Your packers must have mixed something up.
        """,
    "subscription_change_plan/undo": """
        Please confirm it by {mail}.
        Can you set that right for me?
        What do I pay now?
        I'd like to have it settled before the next billing period.
        """,
}
