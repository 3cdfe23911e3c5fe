"""What customers say about money: one line a wording, grouped by intent, for three labels.

Notation: `[a|b]` is a choice, `{slot}` a thing from `slots.py`; a line that begins with `.` is a
short message as it stands, `~` a wording with a negation or contrast, `^` one with two topics.
"""

BILLING: dict[str, dict[str, str]] = {
    "billing_duplicate_charge": {
        "same_order": """
            [I've been|I was|I got] charged twice for {order}.
            There are two identical payments of {amount} for {order} on my statement.
            You took {amount} [two times|twice] for one and the same {parcel}.
            Why is {order} on my bill a second time when I paid for it on {day}?
            I ordered one {item} and paid for it twice, [according to|says] my bank.
            Same order, same {amount}, same minute, two debits on {card}.
            I bought it once but the money left my account two times.
            One purchase, two withdrawals of {amount}, that can't be right.
            {order} has cost me double, you collected the price and then collected it once more.
            . charged twice for {order}
            . double payment please fix
            . {amount} taken twice for {order}
            """,
        "plan_twice": """
            My {plan} was [billed|charged] twice in {month}.
            [You debited|You've taken] the {month} fee for the {plan} two times.
            The monthly {amount} went out on the 1st and then again on the 3rd.
            I see two {month} payments for the same {plan}, one [should be|must be] a mistake.
            How come I pay the {tier} fee double this month?
            I only have one {plan} but I'm paying for it [as if I had two|two times over].
            The fee for my {plan} left my account a second time in {month}.
            My {tier} was paid on the 1st, and a week later you helped yourselves to the same sum.
            . {plan} billed twice in {month}
            . paid double for {month}
            . two fees for one {plan}
            """,
        "two_sources": """
            You took the money from {card} and also from my wallet balance for {order}.
            {amount} was paid with a voucher and then the full price was taken from {card} as well.
            Both of my cards were debited for [a single|one] purchase.
            I switched the card at checkout and now both the old and the new one show {amount}.
            The gift card covered everything, yet the same sum was charged to {card} on top.
            Paid at the door in cash, and the {parcel} was still debited from {card} [too|also].
            I paid by bank transfer and you still pulled {amount} from {card}.
            Both PayPal and {card} were used for {order}, I only agreed to one of them.
            . both my cards got debited
            . gift card AND bank debited
            . paid by transfer and by card
            """,
        "retry": """
            The payment page gave an error so I tried again, and now both attempts went through.
            It said payment failed, I clicked pay once more, result: {amount} gone twice.
            I pressed the button again because nothing happened and [you booked|you've booked] both.
            After the timeout at checkout I repeated the order and paid for each try.
            The first try was supposed to have been declined but my bank shows it next to the \
            second.
            My connection dropped while paying, I did it over, and each go cost me {amount}.
            The spinning wheel wouldn't stop, so I paid anew, and now I've paid for both.
            I refreshed the checkout and that seems to have ordered and billed me another time.
            . payment failed but took money twice
            . clicked again, paid again
            . refreshed page, billed double
            """,
        "many_times": """
            You have debited {amount} three times [since {day}|in one day].
            There's a row of four equal payments to you, I only made one.
            Each morning this week the same {amount} is taken again for {order}.
            My statement shows {amount}, {amount} and {amount} again, all for one {item}.
            Why do you keep charging me over and over for a purchase I already paid?
            I am paying three times the same bill, how is it possible?
            I count five withdrawals for one {item}.
            Your system pulls {amount} from {card} day after day for the same bill.
            . same payment three times!!
            . stop charging me again and again
            . charged 4 times for one order
            """,
        "fee_repeated": """
            The shipping fee was added two times on {order}.
            I was asked to pay postage once at checkout and then once more by the courier.
            The invoice lists the insurance of {amount} on two separate lines.
            You split {order} in two boxes and billed shipping for each, though I paid it already.
            The deposit was taken on {day} and then the whole price without subtracting it.
            Delivery costs appear twice on the bill, please take one of them [off|away].
            Why is the gift wrapping fee on the invoice two times?
            I settled the customs fee online and had to pay it to the courier as well.
            . shipping fee is on there twice
            . paid postage two times
            """,
        "shared": """
            My wife and I share one {plan} and each of us was billed the full price for {month}.
            Both my account and my husband's were charged for the same {item}.
            The office paid {order} by invoice and you have debited {card} for it too.
            My son paid for the family {plan}, and then my card paid for it as well.
            We got one {parcel} at this address but two people here were billed for it.
            My flatmate and I both see {amount} for the one order we made together.
            My partner and I both got the bill for {order} and both bills were collected.
            The school paid for the {item} and you collected it from me a second time.
            . me and my wife both billed
            . two of us paid one order
            """,
        "bank_view": """
            My bank says there are two collections from you with the same reference.
            Looking at my statement I see your name twice with {amount}, same date.
            One {amount} was pending, then a second {amount} was booked, and neither went away.
            The reservation never dropped off, so {order} is costing me double.
            On the banking site the {amount} shows up as two bookings, not one.
            I got two receipts by {mail} for [a single|the one] purchase and both were collected.
            There's a pair of bookings from you, identical to the cent.
            My bank flagged {amount} from you as a duplicate, please have a look.
            . two bookings same amount same day
            . your name twice on statement
            . bank says duplicate payment
            """,
        "tangled": """
            ~ I know this charge, I made it. I just didn't make it twice.
            ~ It's not that I don't recognise the {amount}, it's that it's there two times.
            ~ I don't want to send the {item} back, I want to pay for it once instead of twice.
            ~ No, the price is right. The number of times you took it is wrong.
            ^ The refund for the {item} came, thanks, but the new one has now been billed two times.
            ^ Your app hung when I paid. It works again, but [both|all my] taps on pay were booked.
            ^ I changed from {tier} to {tier2} and {month} was collected under each of them.
            ^ The {parcel} was late, never mind that, it's here. But why did I pay {amount} for it \
            and then {amount} again?
            ^ I couldn't log in on {day} so I ordered as a guest, and later the stuck order from \
            my account went through as well. It's one {item}, so please take only one payment.
            ~ I'm not asking to cancel the {plan}, just collect it once a month like everybody's.
            """,
    },
    "billing_unknown_charge": {
        "stranger": """
            There is a charge of {amount} from you that I [don't recognise|can't place|don't know].
            What is the {amount} you took from {card} on {day}?
            I have no idea what this payment of {amount} is for.
            My statement shows your company but I haven't bought anything since {month}.
            Can you explain me the {amount} on my bill, I did not order nothing.
            I found a debit by you from {ago} and [nobody|no one] in this house knows about it.
            Never shopped with you, [so|and] why is your name on my bank statement?
            A sum of {amount} went to you and I can't remember any purchase.
            Your name appears on my account for the first time ever, who ordered what?
            . what is this {amount} charge
            . dont recognise a payment
            . no idea what you charged me for
            """,
        "too_high": """
            The amount you took for {order} is higher than the one I agreed to at checkout.
            It said {amount} in the basket but more than that left my account.
            My bill for {month} is nearly double the usual and nothing in it explains why.
            You quoted me one price on the phone and collected another.
            The discount code was accepted and yet I was charged the full price.
            Why is this month's bill so much bigger than the last one?
            I was shown one total and debited a larger one.
            The sale price wasn't applied, so {order} cost more than advertised.
            . bill much higher than usual
            . charged more than the basket said
            . paid more than the price shown
            """,
        "trial": """
            My free trial turned into a payment of {amount} without any warning.
            I thought the first month was free, so [what did you charge me for|why this charge]?
            I signed up for a trial only and now {amount} was collected.
            You said no card would be billed during the test period and it was.
            The trial had [four|five|six] days left when you took {amount}.
            Nobody told me that the trial costs money, please explain this debit.
            I was promised thirty days at no cost and you collected {amount} on day ten.
            The test month was supposed to cost nothing, my account says otherwise.
            . trial was meant to be free
            . charged during free trial??
            . free month wasnt free
            """,
        "fee": """
            There's a service fee of {amount} on my invoice that nobody mentioned.
            What does handling surcharge mean and why am I paying it?
            An extra {amount} was added to {order} after I had paid.
            I'm being billed for insurance I never [asked for|ticked|chose].
            My invoice has a line called adjustment, {amount}, with no explanation at all.
            Since when do you take money for paper invoices?
            Who added an administration fee of {amount} to my bill?
            I see a charge for something called premium care, never heard of it.
            . what is this extra fee
            . never agreed to insurance
            . unexplained surcharge on my bill
            """,
        "price_rise": """
            My {plan} suddenly costs more and I never agreed to a new price.
            You raised the monthly fee [without telling me|without a word], on what grounds?
            For two years it was the same sum, in {month} you took {amount} instead. Why?
            I was promised the old price for life and the debit this month was not the old price.
            Explain please the difference between what I paid in {month} and now.
            The fee went up [again|overnight] and I can't find any letter about it.
            Overnight my {plan} got dearer, nobody asked me.
            I pay {amount} since {month}, it used to be far less. What's the reason?
            . price went up without notice
            . why more money this month
            . {plan} suddenly more expensive, why
            """,
        "after_cancel": """
            I cancelled the {plan} in {month} and you have just taken another {amount}.
            My {plan} ended {ago}, so what is this new payment for?
            I closed my account last year, and today there's a debit from you. What for?
            The cancellation was confirmed in writing, yet {amount} was collected on {day}.
            How can you bill someone who isn't a customer [anymore|any more]?
            I quit {ago} and still money goes out to you, please tell me what you're charging.
            The {plan} has been over since {month} and yet you took {amount} on {day}.
            You took money from an ex-customer, namely me. Please explain.
            . cancelled already, why charged
            . still being billed after I left
            . ended {ago}, still paying, why
            """,
        "not_me": """
            Someone has used {card} on your {store}, it wasn't me.
            My daughter must have tapped on something, there's {amount} I never approved.
            There are purchases in my history that I didn't make.
            I think my card was stolen, your {store} shows up with {amount}.
            A payment was made with my card for an address I've never lived at.
            This buy is not mine, somebody else did it with my card number.
            A thief seems to be shopping with you at my expense.
            I lost my wallet on {day} and now there's {amount} from your {store}.
            . i did not make this payment
            . somebody used my card
            . fraud on {card}
            """,
        "vague": """
            You took {amount} and the description is just a code, which says nothing to me.
            I'd like to know what exactly I paid for on {day}.
            Could you send me a breakdown of the {amount}? I can't match it to anything I bought.
            The debit doesn't fit any of my orders, I've checked them all.
            Please tell me which purchase the {amount} from {ago} belongs to.
            I do my accounts monthly and your {amount} is the only line I can't explain.
            The text on my statement is all numbers, what did I buy for {amount}?
            Which service is hidden behind the booking of {amount}?
            . which order is this {amount} for
            . need explanation of a debit
            . need invoice for the {amount} on {day}
            """,
        "tangled": """
            ~ It's not a double payment, there's just one, but I've never ordered anything for it.
            ~ I'm not waiting for a refund, I want to know why you took {amount} to begin with.
            ~ I don't want to cancel anything, I want to understand the extra {amount}.
            ~ Nothing was billed twice. It is a single {amount} and I don't know what it's for.
            ^ My {parcel} is here and all is fine with it, only what's the {amount} booked a day \
            later?
            ^ I went from {tier} to {tier2}, all good, but which service is the other {amount} for?
            ^ I got the refund for the {item} on {day}, and on the same day {amount} was taken \
            that \
            I can't explain. What is it?
            ^ After the app crashed I found a purchase in my history I can't place. What is it?
            ^ I can log in again, thank you. Inside I see a payment of {amount} that isn't mine.
            ~ You say the {plan} was cancelled and I believe you, so what did I pay {amount} for?
            """,
    },
    "billing_refund_status": {
        "returned": """
            I sent the {item} back {ago} and still [don't have|haven't got] my money.
            You received my return on {day}, when will I be paid back?
            The returned {item} reached your warehouse {ago} but nothing is on my account yet.
            Return accepted, tracking says delivered to you, so where's my {amount}?
            How long after a return do I have to wait for the money?
            I have returned the goods since {span} and no money came back until now.
            I dropped the {item} off at the post office {ago}, has my refund been started?
            The {item} went back to you {ago}, the money hasn't followed.
            You have the {item} again, I don't have my {amount} again.
            . returned it, wheres my money
            . return arrived, no refund yet
            . sent {item} back, no money
            """,
        "promised": """
            Your colleague promised me a refund {ago} and it hasn't [come|shown up|arrived].
            I was told {amount} would be back within five days. It's been {span}.
            On the phone they said the refund was approved, but I see nothing.
            Somebody in the chat agreed to give me back {amount}, what happened to that?
            You said by {day} I'd have my money. {day} has come and gone.
            I've got it in writing that I'll be reimbursed, so when does it happen?
            Your manager gave me his word that I'd be paid back, and then silence.
            Three of your people assured me the money is coming. Is it?
            . promised refund still not here
            . any news on my {amount} back
            . you promised to pay me back
            """,
        "cancelled_order": """
            I cancelled {order} before it shipped, when do I get back the {amount}?
            {order} was cancelled by you because of stock, but you kept my money.
            The order is cancelled, fine, now where is the payment?
            You couldn't deliver the {item} and called it off, yet I've not been repaid.
            It's been {span} since {order} was called off and my account is still {amount} short.
            My cancelled purchase shows as closed but I wait for the money since {span}.
            You called off {order} and forgot to give back what I'd paid.
            {order} never shipped and was dropped, but the {amount} stayed with you.
            . order cancelled, money not back
            . still waiting on cancelled order money
            . money for cancelled {order}?
            """,
        "says_done": """
            Your site says refunded, my bank says [no such thing|nothing came in].
            I got an {mail} that {amount} was sent back {ago}, but it never landed.
            Status is refund complete, and yet there's no trace of it on {card}.
            My bank needs a reference number to find the refund you say you've made.
            You've marked it as paid out, could you check where it really went?
            It's written refunded in my account since {span}, only the money is missing.
            My account page claims the money was returned, my bank disagrees.
            It's supposedly been reimbursed, but there's no such entry anywhere.
            . says refunded, bank has nothing
            . need refund reference for bank
            . refund complete, nothing received
            """,
        "partial": """
            I got only part of my refund, [the rest is|some of it is] missing.
            You paid me back less than the {amount} we agreed on, when does the remainder come?
            The {item} was refunded but not the other thing I returned in the same box.
            Half of my money came on {day}. And the other half?
            The refund arrived without the shipping costs you'd said were included.
            I sent two things back and have been repaid for one so far.
            The amount you sent back is too small by {amount}.
            Just a fraction of what I'm owed has turned up so far.
            . refund is short, wheres the rest
            . only half my refund came
            . refund {amount} too low
            """,
        "old_card": """
            The card you want to refund to [has expired|is blocked], how do I get my {amount} now?
            My refund went to an account I closed, can you send it to another one?
            I changed banks in {month}, will the refund still reach me?
            You're paying me back to {card}, which I no longer have.
            Can the refund be sent to my bank instead of the old card? It's been {span}.
            I paid with a gift card that I threw away, so how will you repay me?
            The account you're reimbursing no longer exists, please use my new one.
            My bank merged with another one, where does my refund go now?
            . refund went to my old card
            . wrong card for my refund
            . refund sent to a closed account
            """,
        "how_long": """
            How long does a refund [usually|normally] take with you?
            Is there somewhere I can check how far my refund is?
            Could you tell me the state of my refund for {order}?
            Just checking when the {amount} will be back in my account.
            Hi, is my refund on its way or do I need to do something?
            I'd like an update about the money you owe me.
            What's the usual waiting time until returned money shows up?
            Could you see at what stage my reimbursement is?
            . refund status for {order}?
            . how long do refunds take
            . when will i be reimbursed
            """,
        "voucher": """
            You sent me a voucher, but I was to get my money back on {card}. When will it come?
            I refused the store credit {ago}, you agreed to pay it out, and I'm still waiting.
            Please tell me when the credit in my account gets paid out like you said.
            Instead of the refund a coupon came. Has the real refund been started too?
            The deposit for the {item} should have been returned to me by now.
            I'm waiting since {span} for the compensation of {amount} you've granted me.
            I was given points in place of money, but we'd agreed on money. Is it coming?
            The goodwill payment you offered in {month} hasn't reached me.
            . got a voucher, refund still missing
            . when is my deposit paid back
            . coupon instead of my money
            """,
        "tangled": """
            ~ I wasn't charged twice, I just never got the [refund|money back].
            ~ I don't need a new {item}, the return is done, I only want what you owe me for it.
            ~ This isn't a charge I don't know, it's money you should have sent back {ago}.
            ~ The {parcel} isn't the problem, it's back with you. My {amount} is not back with me.
            ^ You charged me twice in {month}, admitted it, and said one would come back. It hasn't.
            ^ I already cancelled the {plan} and that worked. The unused months were to be repaid, \
            so when?
            ^ The {item} was broken, you took it back, all good. Only the {amount} is still with \
            you.
            ^ You sent the wrong {item}, I returned it {ago}, and since then I'm waiting to be paid.
            ^ The {parcel} got lost and you said you'd pay me back the {amount}. How far is that?
            ^ I closed my account {ago} and now I can't see if my last refund was sent. Was it?
            """,
    },
}
