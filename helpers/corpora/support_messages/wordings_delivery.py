"""What customers say about parcels: wordings for two labels, noted as in `billing`."""

DELIVERY: dict[str, dict[str, str]] = {
    "delivery_late": {
        "overdue": """
            My {parcel} [hasn't arrived|still isn't here], it was due on {day}.
            {order} should have been here {ago}.
            I ordered {ago} and nothing has come.
            Where is my {item}? You said two days.
            It's been {span} and I'm still waiting for my {parcel}.
            Is there any news about {order}? The date you gave me has passed.
            My {parcel} didn't came yet, it's {span} now.
            I've been waiting for {order} since {ago}, how much longer?
            Today was the last possible day for my {item} to come and it's not here.
            . wheres my {parcel}
            . {order} not here yet
            . {parcel} overdue by {span}
            """,
        "tracking": """
            The tracking hasn't moved [since {day}|for {span}].
            My tracking number shows nothing, is the {parcel} on its way at all?
            The {parcel} has been at the same depot for {span}.
            According to the tracking it's gone to the wrong city.
            Tracking says out for delivery since {day}, the van never shows.
            The map shows my {parcel} going round in circles for {span}.
            The status of my {parcel} has been in transit for {span}.
            There hasn't been a scan of {order} since {day}.
            . tracking stuck since {day}
            . tracking link shows nothing
            . no tracking update for {span}
            """,
        "marked": """
            It's marked as delivered but [I never got it|there's nothing here].
            The courier claims he handed my {parcel} to a neighbour, none of them has it.
            Your site shows delivered with a signature that isn't mine, and I've got nothing.
            They wrote left at the door, there was no {parcel} at the door.
            Delivered at noon, says the {mail}. I was home all day, nobody came.
            I think that my {parcel} is lost or stolen, it says delivered and it's not.
            The app shows a photo of a door with my {parcel}, that door isn't mine.
            Supposedly I signed for the {parcel}. I was at work and have nothing.
            . marked delivered, not here
            . says delivered but no {parcel}
            . delivered to who? not me
            """,
        "courier": """
            The driver didn't ring and took my {parcel} back to the depot.
            I was at home and still got a card that says nobody was in.
            The courier couldn't find our house, will he try again?
            My {parcel} is at some pickup point an hour away, I need it brought here.
            They've tried at the wrong address, when's the next attempt?
            The driver called, said he'd be there in ten minutes, and that was on {day}.
            The van drove straight past our house with my {parcel} in it.
            I've had two cards saying sorry we missed you, and I never left the house.
            . driver never rang the bell
            . courier missed me again
            . courier wont come up the hill
            """,
        "not_shipped": """
            {order} still says processing, when does it ship?
            I paid {ago} and you haven't even sent the {item} yet.
            Why is my {parcel} not leaving your warehouse?
            It's in stock on the {store}, so why hasn't mine been dispatched?
            The label was printed on {day} and since then the {parcel} hasn't been handed over.
            You wrote dispatched within 24 hours, it is {span} now.
            Nothing has left your warehouse for me since I paid {ago}.
            {order} is packed, says the page, and has been for {span}. Send it off please.
            . not shipped after {span}
            . {order} still processing??
            . when do you send {order}
            """,
        "deadline": """
            I need the {item} by {day} for a birthday, will it come in time?
            The {item} was a present and the party was on {day}. Still no {parcel}.
            We leave on holiday on {day} and the {parcel} isn't here.
            I chose express so that it comes before {day}, and it didn't.
            Will my {parcel} make it before the weekend? It was meant for today.
            The wedding is tomorrow and the {item} is still somewhere on the road.
            The {item} is for my son's party on {day}, is it going to make it?
            I ordered early on purpose so I'd have the {item} by {day}, and I don't.
            . need it by {day}, not here
            . express {parcel} not in time
            . {item} for {day}, still not here
            """,
        "postponed": """
            The delivery date has been moved for the [third|fourth|fifth] time.
            Every day I get a message that my {parcel} comes tomorrow.
            First it was {day}, then next week, now there's no date at all.
            You keep pushing back {order}, when does it really come?
            I took a day off for the {parcel} and then you've put it off again.
            Always the new date, never the {parcel}.
            Another mail, another new date for {order}.
            I've stopped counting how often you moved my delivery.
            . delivery date moved again
            . always tomorrow, never here
            . pushed back again
            """,
        "split": """
            Half of {order} came on {day}, the other box is still on the way, since {span}.
            Only the first {parcel} of two has come, the tracking of the second doesn't move.
            You sent things separately and the box with the {item} hasn't turned up yet.
            The {item} is here, the {other} is still on its way in another box, for {span} now.
            My {parcel} is stuck at customs since {span}, can you get it out?
            One of the three boxes is overdue, [where's it|where has it got to]?
            Box one of two came on {day}, box two is still travelling.
            The {other} is shipping separately, they say, and that shipment is late by {span}.
            . second box still on its way
            . stuck in customs since {day}
            . other half still in transit
            """,
        "tangled": """
            ~ I don't want a refund, I want the {item} I ordered to finally get here.
            ~ You didn't send me anything wrong. You didn't send me anything, it's {span} now.
            ~ It isn't broken or anything, it simply never came.
            ~ Please don't cancel {order}, just tell me when it comes.
            ^ You sent the wrong {item}, I returned it. The right one was to be here by {day} \
            and isn't.
            ^ My {item} broke, you promised a replacement {ago}, and it hasn't reached me yet.
            ^ The double payment is fixed. But the {parcel} that I paid for was due on {day}.
            ^ In the app it now opens fine and shows my {parcel} as arriving last {day}. It \
            didn't. \
            Where is it?
            ^ I was charged {amount} for express, that's okay, I chose it. It was to be here on \
            {day}, so where is it?
            ~ I'm not asking about my {plan}, it's the box for {month} that never turned up.
            """,
    },
    "delivery_wrong_item": {
        "different": """
            I ordered a {item} and [got|received|you sent me] a {other}.
            There was a {other} in the box instead of my {item}.
            This isn't what I ordered, I opened the {parcel} and found a {other}.
            You've sent me the wrong thing, I need the {item}.
            The label says {item} and inside is a {other}.
            I have receive a {other} but I did buy a {item}.
            What am I supposed to do with a {other}? My order was for a {item}.
            What came out of the box was a {other}, my order says {item}.
            Someone packed a {other} for me, it was to be a {item}.
            . got a {other} not a {item}
            . wrong item in the box
            . {other} delivered, {item} ordered
            """,
        "colour": """
            I chose {colour} and the {item} is {colour2}.
            The {item} came in {colour2}, I wanted it in {colour}.
            Can I swap my {item}? It's {colour2} and I'd picked {colour}.
            The colour is not the one I ordered, it was to be {colour}.
            My confirmation says {colour}, the {item} on my table is {colour2}.
            You mixed up the colours, {colour2} is what my sister would take, not me.
            I'm holding a {colour2} {item}, the one I paid for is {colour}.
            Is {colour2} your idea of {colour}? Please exchange the {item}.
            . wrong colour, ordered {colour}
            . {colour2} instead of {colour}
            . needs to be {colour}
            """,
        "size": """
            I ordered a {size} and received a {size2}.
            The size on the label isn't the size I picked.
            You sent the jacket in {size2}, my order clearly says {size}.
            The shoes are two sizes smaller than the ones I ordered.
            My trousers came in {size2} instead of {size}, please exchange.
            I have asked for the large tent and what came is the small one.
            The label says {size2}, the invoice says {size}.
            It's far too small, because you packed {size2} and not {size}.
            . wrong size, need a {size}
            . sent {size2} instead of {size}
            . {size2} packed, {size} ordered
            """,
        "strangers": """
            I got somebody else's {parcel}, with another name on the invoice.
            The address is mine, but the things inside belong to a different customer.
            You must have swapped two orders, this one has a stranger's name on it.
            Inside was an invoice for a person in another town and her {other}.
            I think my neighbour two streets away has my {item} and I have hers.
            The number on the slip isn't mine, I have a {other} that's not for me.
            I opened a {parcel} that's meant for a Mr Brown in another street.
            The contents are for somebody else, the sticker outside is mine.
            . got someone elses order
            . not my name on the slip
            . this order isnt mine
            """,
        "incomplete": """
            I opened the box and there's no {other} in it, only the {item}. I ordered both.
            I paid for three and only two were in the box.
            The {device} came without the [cable|plug|manual] it's supposed to have.
            One piece of the set isn't in the {parcel} I unpacked, the rest is.
            The box was delivered with half of the contents, the packing slip lists them all.
            Ordered five, found four in the box, please send the one you left out.
            I emptied the whole box and the {other} on the slip wasn't in it.
            The lid of the {pot} wasn't packed.
            . one thing missing from the box
            . only two of three in the box
            . box had only half of it
            """,
        "model": """
            You sent the older model of the {device}, I ordered the new one.
            The {device} has a foreign plug, I bought the one for here.
            It's a {device} all right, but not the brand I ordered.
            I ordered the version with the long cable, this one has the short cable.
            What I received is the small version, the listing I bought said big.
            This model is other than the photo on the {store} and on my invoice.
            The {device} I unpacked is last year's version.
            I paid for the big {item} and unpacked the small one.
            . sent the old model
            . not the version i bought
            . other brand than ordered
            """,
        "extra": """
            There's a {other} in my {parcel} that I didn't order.
            You sent me two of the {item}, my order was one. Should I send it back?
            I got an extra {other} by mistake, how do I return it to you?
            The box was full of things I never ordered.
            I received the {item} and on top of it a {other} that isn't on the invoice.
            What shall I do with the second {item} which came, I have ordered only one.
            Besides my {item} you packed a {other}, which I never wanted.
            I was sent three and bought one, where do the others go?
            . got one too many
            . {other} i never ordered
            . too many {item}s in the box
            """,
        "swap_again": """
            The exchange you sent is the wrong one again.
            I returned the {other}, asked for the {item}, and got another {other}.
            Second try, still not the {item} I ordered.
            How hard is it to send a {item}? This is the third different thing in the box.
            The replacement isn't the right one either, it's {colour2} again instead of {colour}.
            Again came a {other}, I have now two of them and no {item}.
            You exchanged the wrong {other} for another wrong thing.
            I'm at my third exchange and still hold a {other}.
            . wrong one AGAIN
            . replacement is also the wrong one
            . exchange wrong again
            """,
        "tangled": """
            ~ The {item} isn't broken, it's just not the one I ordered.
            ~ It came on time and works well. It's only that I ordered something else.
            ~ I don't want my money back, I want the {item} that's on my invoice instead of this \
            {other}.
            ~ The {parcel} isn't missing, it's here, but what's in it isn't for me.
            ^ After a delay of {span} the {parcel} came today, and inside was a {other}. I \
            ordered a {item}.
            ^ My old {item} was faulty and you replaced it. What came as the replacement is a \
            {other}.
            ^ I was billed once and correctly for a {item}, so please explain why I'm holding a \
            {other}.
            ^ The late {parcel} is forgiven. But it says {colour} on the bill and the {item} is \
            {colour2}.
            ^ I got the refund for the first mix-up. The new {parcel} is mixed up as well, it's \
            a {other}.
            ^ I changed my {plan} box to vegetarian, you confirmed it, and then there was ham in \
            the box.
            """,
    },
}
