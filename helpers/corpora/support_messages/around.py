"""What stands around a request: greetings, rants, details that don't matter, closings.

One line a sentence, in the notation of the wordings; nothing here hints at a label.
"""

GREETINGS = """
    Hi,
    Hello,
    Hey,
    Hi there,
    Hello there!
    Hey guys,
    Good morning,
    Good [afternoon|evening].
    Dear support team,
    Dear Sir or Madam,
    Hi team,
    Hello, {name} here.
    Hi, my name is {name}.
    To whom it may concern,
    Hello dear support,
    Hiya,
    Hi all, hope you're well.
    Sorry to bother you.
    """

LEADS = """
    I hope you can help me.
    I have a [question|problem].
    Quick question.
    I need some help.
    Not sure if this is the right place to write.
    I've looked in your FAQ and found nothing.
    I couldn't reach anyone by phone, so I'm writing.
    Please read this to the end.
    I'll keep it short.
    Your chat sent me here.
    """

CLOSINGS = """
    Can you [help|look into it|check]?
    Please [help|advise|get back to me|look into this].
    Could somebody [take care of this|look at this|see to it]?
    What [should|can] I do [now|here]?
    Please answer soon.
    [Thanks|Thank you] [in advance|for your help|a lot].
    Looking forward to your reply.
    I'd be grateful for a quick answer.
    Let me know if you need anything else.
    Please fix this [today|soon|quickly].
    I await your answer.
    What's the next step?
    Thx!
    Waiting for your kind reply.
    Is there anyone who can do something?
    You can also call me in the evening.
    """

SIGN_OFFS = """
    Thanks, {name}
    Best, {name}
    Regards, {name}
    Kind regards, {name}
    Best wishes, {name}
    Cheers, {name}
    {name}
    Many thanks, {name}
    Sincerely, {name}
    Greetings from {name}
    """

RANTS = """
    This is [honestly|really|just] [ridiculous|a joke|unacceptable].
    I've been a customer for [six|eight|ten] years and I've never seen anything like it.
    This is the [third|fourth|fifth] time I'm writing to you!
    [Does|Is there] anybody even [read|reading] these messages?
    I'm so tired of this.
    You people are unbelievable.
    I've spent [an hour|two hours|half a day] on hold for nothing.
    Every time I call I get someone else who knows nothing.
    What kind of company is this?
    I'm [furious|beyond angry|fed up].
    It can't be that hard!
    Nobody answers, nobody cares.
    I expected better from you, honestly.
    How you're still in business is a mystery to me.
    I've told all my friends about this already.
    If this isn't solved by {day} I'll post it everywhere.
    My patience is [gone|at an end|running out].
    Do your job please.
    Copy and paste answers again and I'll lose it.
    Your hotline music is burned into my brain by now.
    I shouldn't have to beg for help.
    Such a shame, you used to be good.
    Not what I call service.
    And don't you dare send me another survey.
    """

DETAILS = """
    We have had snow here since {day}, so I've been indoors a lot.
    My dog [barks at every van|ate the last manual|is the only one who's calm about this].
    I'm typing this on the train, so excuse the mistakes.
    I've bought from you maybe [ten|twenty|thirty] times and was always happy.
    Last {month} I bought a {other} from you and loved it.
    My sister recommended you to me, she's had a {plan} for years.
    I'm not good with computers, my grandson usually does these things.
    We just moved house and everything is still in boxes.
    I usually order in the app because it's quicker.
    It's been raining all week and the roof leaks, so it's one thing after another.
    I pay with the same card everywhere and never had any trouble.
    I got a new job in {month} and hardly have time for such things.
    My neighbour orders from you too and says hello.
    English is not my first language, sorry.
    I'm 71 and I write with one finger.
    We're a small bakery with four people, just so you know.
    I wanted to call but my phone line is bad out here.
    I'm writing from my lunch break.
    The kids are at home with a cold, so it's loud here.
    I'm a member since {month}, if that matters.
    Your colleague {name} was very friendly by the way.
    The {other} I bought in {month} is still going strong.
    My usual password manager, browser and phone are all up to date.
    I've also written down the date and time of everything.
    My account is under my maiden name, in case you look it up.
    I live on the fourth floor without a lift.
    Normally your refunds and deliveries are quick, I must say.
    I was just about to make coffee when I noticed.
    It was my birthday on {day}, not that it matters.
    My cat walked over the keyboard twice while I wrote this.
    I've got all the invoices here in a folder.
    We've been on holiday by the sea, lovely weather.
    My customer number is %%%%%%.
    My last message had the number %%%%%.
    I sold my car, so I do everything online now.
    """
