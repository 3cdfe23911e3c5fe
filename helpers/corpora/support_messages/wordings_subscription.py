"""What customers say about their plan: wordings for two labels, noted as in `billing`."""

SUBSCRIPTION: dict[str, dict[str, str]] = {
    "subscription_cancel": {
        "plain": """
            I'd like to cancel my {plan}.
            Please cancel my {plan} \
            [as soon as possible|with immediate effect|at the end of {month}].
            How do I end my {plan}?
            I want to stop my {tier} {plan}.
            I'm writing to terminate my {plan}, please confirm the end date.
            Can you take me off the {tier} plan altogether? I won't continue.
            I would like to make an end with my {plan}, what must I do?
            I hereby give notice on my {plan}.
            I've decided to leave the {tier} {plan}, please see to that.
            . cancel my {plan} please
            . want to end my {plan}
            . unsubscribe me from the {plan}
            """,
        "renewal": """
            Please don't renew my {plan} in {month}.
            I want to switch off the automatic renewal.
            My {plan} runs out in {month} and it [should not|mustn't] be extended.
            How can I stop it from renewing itself?
            I see my yearly plan renews on the 1st. I don't want another year.
            Let it run to the end of {month} and then no more, please.
            My {plan} must not roll over into another term.
            Turn off auto-renew for me, I'll let it run out in {month}.
            . stop auto renewal
            . dont renew in {month}
            . no renewal please
            """,
        "trial_end": """
            I tried the free month and don't want to go on, please end it.
            Please stop my trial before it becomes a paid {plan}.
            I'd like to end the trial now, it isn't for me.
            The test period is over on {day} and I will not continue.
            How do I get out of the trial before you take money?
            I have tested the {tier} for {span} and I will not stay.
            The free weeks were nice but I'll leave it at that.
            Don't turn my test month into a paid one, I'm out.
            . end my trial please
            . not continuing after the trial
            . stop trial before it costs
            """,
        "too_expensive": """
            {amount} a month is too much for me, so I'm leaving the {plan}.
            I lost my job and have to stop the {plan}.
            With the new price I won't stay, end my {plan} please.
            I can't afford it any longer, please stop the monthly payments for good.
            I'm cutting costs and your {plan} has to go.
            For this money I get more elsewhere, so stop my {plan} please.
            My budget doesn't allow for {amount} a month, so the {plan} ends here.
            It's too much money for what it is, I quit the {plan}.
            . too expensive, ending my {plan}
            . cant afford it, please stop it
            . costs too much, i quit
            """,
        "no_button": """
            Where is the button to cancel? I've been searching for {span}.
            The site only offers me cheaper plans when I try to cancel.
            I click through five pages of are you sure and end up still subscribed.
            The cancel link in your {mail} opens an empty page.
            Why do I have to call to stop a {plan} I started online?
            Your chat can't cancel, your page can't cancel, so who can cancel my {plan}?
            There's no way to leave the {plan} on your page, or it's well hidden.
            I'd like to unsubscribe and all I find are offers to stay.
            . how do i cancel this thing
            . cant find cancel button
            . where do i unsubscribe
            """,
        "unused": """
            I never use the {plan}, so there's no point in keeping it.
            I haven't opened it in {span}, please stop my {plan}.
            The kids have grown out of it and we don't need the {plan} now.
            My {plan} just costs money and I've no time for it, please end it.
            I watched everything I wanted, you can end my {tier} now.
            The gym at work is free now, so I won't need your {plan} any longer.
            My {plan} has been gathering dust, let it end.
            We've moved on and nobody here opens the {tier} stuff, so stop it.
            . never use it, please cancel
            . no longer need the {plan}
            . nobody uses our {plan}, end it
            """,
        "confirm": """
            I cancelled {ago} but my {plan} still shows as active.
            Can you confirm that my {plan} will really end in {month}?
            I sent my cancellation on {day} and got no answer.
            It says my cancellation is pending since {span}, please complete it.
            I've cancelled two times in the app and each time it's back to active.
            Did you receive my notice for the {plan}? I need it in writing.
            I gave notice {ago}, please tell me it was received.
            Am I out of the {plan} now? Your page doesn't say.
            . is my {plan} cancelled now
            . cancelled but still active
            . was my notice received??
            """,
        "for_other": """
            My mother signed up by mistake, please cancel her {plan}.
            I gave my nephew a {plan} as a gift and it should stop now.
            My husband is in hospital and asked me to end his {plan}.
            Our office no longer needs the team {plan}, please terminate it.
            My ex still runs on my card, stop that {plan} please.
            She didn't know it was a {plan}, my gran wants out of it.
            The {plan} was for my late father, please end it.
            My student daughter forgot to unsubscribe, can I do that for her?
            . cancel my mums {plan}
            . end the team {plan}
            . end my dads {plan}
            """,
        "tangled": """
            ~ I don't want a pause or a cheaper plan, I want to stop completely.
            ~ Keep my account, I still order from time to time. Only the {plan} has to end.
            ~ Please don't delete my account, it's just the {plan} I want to be rid of.
            ~ I don't want {amount} back, I only want you to not collect it again: end the {plan}.
            ~ No more offers, no downgrade to {tier}. I'm out.
            ^ I know the last charge, it was correct. I just don't want there to be another one.
            ^ I switched to {tier} in {month} and it's not worth it either, so let's end it.
            ^ The app crashes, the boxes are late, and I've stopped caring. Please end my {plan}.
            ^ Yes I can log in again. And the first thing I looked for was how to stop my {plan}. \
            How does that work?
            ^ I was going to upgrade to {tier}, but I've thought about it and would rather stop \
            altogether.
            """,
    },
    "subscription_change_plan": {
        "upgrade": """
            I'd like to move up to the {tier} {plan}.
            How can I upgrade from {tier2} to {tier}?
            We need more storage, so please put us on {tier}.
            Can I get the bigger plan starting in {month}?
            Please change my {plan} to {tier}, I'll pay the difference.
            I want have the {tier} instead of {tier2}, how is it possible?
            What happens to the rest of my {tier2} month if I take {tier} now?
            {tier2} has become too small for us, what about {tier}?
            Put me on {tier}, starting whenever you like.
            . upgrade me to {tier} please
            . want {tier} instead of {tier2}
            . move me up to {tier}
            """,
        "downgrade": """
            I'd like to go down to the {tier} {plan}.
            {tier2} is more than I need, can I have {tier}?
            Please downgrade me to something cheaper [from {month} on|from next month].
            Is there a smaller plan? I pay for things I don't use.
            How do I step down from {tier2} without losing my files?
            The price is too much for me, is there a cheaper {plan} I could move to?
            I'd be happy with less than {tier2}, can I drop to {tier}?
            A lighter {plan} would do for me.
            . downgrade to {tier} please
            . need a cheaper plan
            . smaller plan please
            """,
        "pause": """
            Can I pause my {plan} for [two|three] months?
            I'm away until {month}, please put my {plan} on hold.
            I'd like to skip the box in {month} and go on after that.
            Is it possible to freeze the {plan} while I'm in hospital?
            We're renovating, so stop sending until {month} and then start again.
            I need a break from the {plan}, not longer than till {month}.
            Could the {plan} rest until {month}?
            I'll be abroad for a while, hold my {plan} till I'm back.
            . pause until {month} please
            . put my {plan} on hold
            . suspend {plan} till {month}
            """,
        "interval": """
            I pay monthly and would like to pay yearly instead.
            Can I switch from the annual payment to a monthly one?
            Please send the box every two months, once a month is too often.
            How do I change to the yearly {plan}, with the discount?
            I want to pay quarterly, does {tier} allow that?
            Every two weeks is too much coffee, make it every four please.
            One payment a year would suit me better than twelve.
            The boxes pile up, can they come less often?
            . switch to yearly billing
            . monthly instead of yearly please
            . box every 6 weeks please
            """,
        "people": """
            I'd like to add my [son|wife|brother] to my {plan}.
            We're only two now, can you take one person off the family plan?
            How many people can use the {tier} {plan}, and how do I add one?
            Please remove two seats from our team {plan}.
            My daughter moves out, she should no longer be on our {plan}, the rest stays.
            Can my single {plan} be turned into one for the family?
            My parents would like to join our {plan}, is there room?
            We're hiring, so our {plan} needs three more seats.
            . add one person to my {plan}
            . remove a seat from our plan
            . one more seat please
            """,
        "special": """
            I'm a student now, can I get the student price on my {plan}?
            My student status is over, what do I move to now?
            Do you have a {plan} for pensioners and how do I change to it?
            I saw an offer for {tier} at {amount}, can I have that as an existing customer?
            Please put my {plan} on the business rate, I need invoices with the company name.
            I've a code for {tier}, how do I use it on the {plan} I have already?
            I turned 65 in {month}, do I get the senior rate now?
            As a teacher I should get a lower price on {tier}, how do I switch to it?
            . student discount on my {plan}
            . put me on the business rate
            . change to student rate
            """,
        "undo": """
            I clicked on {tier} by mistake, please put me back on {tier2}.
            The switch to {tier} didn't go through, I'm still on {tier2}.
            I changed my plan on {day} and want my old one back.
            You moved me to {tier2} and I never wanted to leave {tier}. Change it back.
            Can the downgrade be undone? I miss the extras.
            My {plan} should have become {tier} in {month}, nothing has changed.
            I never meant to leave {tier2}, please bring it back.
            My change to {tier} was a slip, {tier2} was right.
            . put me back on {tier}
            . still on {tier2}, wanted {tier}
            . wrong plan chosen, back to {tier2}
            """,
        "contents": """
            I'd like the vegetarian version of the box from {month}.
            Can I swap the sports package in my {plan} for the film one?
            Please change the day my box comes from {day} to the weekend.
            I'd like to take the storage add-on out and keep the rest.
            What's the difference between {tier} and {tier2}, and can I change mid-month?
            The renewal date doesn't suit me, can my {plan} start on the 15th instead?
            Could I have tea in place of coffee in my {plan} from {month} on?
            Please move the invoice date of my {plan} to the end of the month.
            . swap the add-on in my plan
            . change my box to vegetarian
            . other flavour in my box please
            """,
        "tangled": """
            ~ I don't want to cancel, only [pause|take a break] until {month}.
            ~ I'm not leaving you. I'd just like to pay less, so {tier} instead of {tier2}.
            ~ No, don't close anything, please only move me to the cheaper one.
            ~ This isn't a cancellation! I want to keep going, just with {tier}.
            ~ I don't need a refund for {tier2}, just make it {tier} from next month.
            ^ I nearly cancelled over the price, but then I saw {tier}. Can I have that one?
            ^ The charge of {amount} is right, I've checked. It's just too much, what's cheaper?
            ^ I asked you to cancel {ago}. Please forget that, I'll stay if I can go on hold for \
            {month}.
            ^ The login works again, so I could see my options. I'd take {tier}, how?
            ^ My boxes came late all summer, but okay. What I want now is one every two months.
            """,
    },
}
