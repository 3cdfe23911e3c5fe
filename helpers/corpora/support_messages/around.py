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
    Sorry to [bother|disturb] you.
    Pardon the [hurry|short message].
    Dear customer service,
    Good day,
    Hello everyone,
    Hi support,
    Hey there,
    Hello!
    Hi folks,
    Dear team,
    Morning!
    [Hi|Hello] again.
    Ladies and gentlemen,
    Excuse me,
    Good evening to you all.
    Hello to whoever reads this.
    Hi whoever is on shift,
    Greetings,
    Dear [helpdesk|service team|colleagues],
    Hallo,
    Sorry for [another mail|the long mail|writing so late].
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
    I'll [get to the point|come straight to it].
    Maybe you can [clear this up|help an old customer].
    Here's my [problem|situation].
    I don't know who else to [ask|write to].
    Something's [not right|wrong] and I need you to look at it.
    I was told to write to this address.
    The form on your page only allows a few words, so I'm mailing.
    Somebody in your shop gave me this address.
    [One|Just one] question.
    It's me again.
    This is [probably|surely] an easy one for you.
    I tried the chat first.
    My colleague said you're the right people.
    I've got [a small|a big] problem.
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
    I'm [counting|relying] on you.
    Please [write|come] back to me this week.
    Any help is [welcome|appreciated].
    Tell me what you need from me.
    Hope to hear from you.
    Please reply by {mail}, not by phone.
    Could you pass this on to the right person?
    That's all from my side.
    I'd appreciate it a lot.
    Please don't leave me hanging.
    Can a human read this please?
    Let me know [either way|how we go on].
    How do we go on from here?
    Please keep me posted.
    Cheers for looking into it.
    I hope that's [clear|enough information].
    You'd do me a big favour.
    Please [handle|treat] this as urgent.
    Ping me if anything is unclear.
    [Sorry for the length|Sorry for the trouble].
    Over to you.
    I'm at my desk until five.
    Many thanks for your time.
    What do you suggest?
    Would be great to have this done [this week|before {day}].
    Is there a number I can call?
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
    All the best, {name}
    Yours, {name}
    Bye, {name}
    Have a nice day, {name}
    - {name}
    Take care, {name}
    Sent from my phone
    Warm regards, {name}
    Thanks again, {name}
    """

RANTS = """
    This is [honestly|really|just] [ridiculous|a joke|unacceptable].
    I've been a customer for [six|eight|ten] years and I've never seen anything like it.
    This is the [third|fourth|fifth] time I'm writing to you!
    [Does anybody even read|Is anybody even reading] these messages?
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
    I've had it [up to here|with you].
    Is this some kind of [joke|test]?
    You only write when you want to sell something.
    Nobody there seems to [know|care] what they're doing.
    My blood pressure is through the roof.
    I want to speak to a manager.
    What a [mess|circus|disgrace].
    I've wasted a whole [evening|morning|weekend] on this.
    It's always the same with you.
    Other companies manage this, why don't you?
    The worst service I've had in years.
    I'm this close to calling a lawyer.
    You should be ashamed.
    One star, and only because zero isn't possible.
    Don't give me the usual excuses.
    I was put through to five people, each knew less than the one before.
    Honestly, who runs this place?
    And your chat bot is a bad joke.
    I could scream.
    How hard can it be?
    Good luck keeping customers like this.
    I'm shaking while I write this.
    Are you even listening?
    No apology, no nothing.
    Never in my life have I been treated like this.
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
    We're between two holidays here and the shops are closed.
    My tea is getting cold while I write this.
    I'm a nurse and work nights, so mornings are best.
    We have three cats and a parrot, it's never quiet here.
    My laptop is on its last legs, so please keep it simple.
    I found you through a friend at the choir.
    The garden keeps me busy at this time of year.
    My husband says I should let it go, but no.
    I'm a teacher, so I can only call after four.
    The train is passing through a tunnel, I hope this gets sent.
    I have a cold and can't talk on the phone.
    It's my first winter in this town.
    Our street is closed for road works till {month}.
    I still have the catalogue from {month} on my table.
    My {other} from you is the best thing in the house.
    I usually don't complain, ask my wife.
    I'm between two meetings, so I'll keep it brief.
    We run a small guest house with six rooms.
    I've had the same phone number since school.
    My daughter typed this for me, my glasses are broken.
    I'm left-handed, if that's of any use to know.
    It's late and I've just come home.
    My boss doesn't know I write this at work.
    Our wifi comes and goes because of the storm.
    I saw your ad at the bus stop the other day.
    """
