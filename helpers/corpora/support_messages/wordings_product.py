"""What customers say about things that fail: wordings for two labels, noted as in `billing`."""

PRODUCT: dict[str, dict[str, str]] = {
    "product_defect": {
        "dead": """
            My new {device} doesn't turn on.
            I unpacked the {device}, plugged it in, and nothing happens.
            The {device} is dead [out of the box|straight from the box].
            I've tried three sockets, the {device} won't start.
            The {device} I got from you has never worked, not once.
            My {device} don't function since the first day.
            It's a brand new {device} and there's no sign of life in it.
            No light, no sound, nothing: my {device} just sits there.
            I'd looked forward to the {device} and it won't do a thing.
            . {device} wont turn on
            . new {device} is dead
            . {device} does nothing
            """,
        "stopped": """
            My {device} stopped working after {span}.
            The {device} worked [fine|well] until {day}, now it's dead.
            After {span} of normal use the {device} just gave up.
            I've had the {device} since {month} and it broke today.
            The {device} died in the middle of use, is that covered by the warranty?
            Bought in {month}, broken by {day}, what kind of {device} is this?
            From one day to the next my {device} quit.
            The {device} packed up {ago}, it isn't even a year old.
            . {device} died after {span}
            . {device} broke, still in warranty
            . {device} kaputt after {span}
            """,
        "cracked": """
            The {hard} arrived with a [crack|big scratch|dent] in it.
            I took the {hard} out of the box and it was broken.
            One corner of the {hard} is smashed, the box was fine.
            The {item} has a hole where there shouldn't be one.
            The {item} came damaged, can I get a new one?
            There were pieces falling off the {hard} when I lifted it.
            My {hard} is in pieces.
            I unwrapped the {hard} and found the bottom split.
            . {item} arrived broken
            . crack in my new {hard}
            . {hard} smashed on arrival
            """,
        "noise": """
            My {device} makes a [grinding|rattling|clicking] noise.
            There's a burnt smell when I switch on the {device}.
            The {device} gets so hot that I can't touch it.
            Sparks came out of the {device} today, is it safe to use?
            The {device} hums so loud we can't sleep, it wasn't like that in the beginning.
            From the {device} comes smoke when it runs longer than a minute.
            The {device} screeches like an old tram.
            My {device} gives off smoke and I've pulled the plug.
            . {device} smells burnt
            . loud rattling from the {device}
            . {device} overheats badly
            """,
        "battery": """
            The battery of my {gadget} is empty after an hour.
            My {gadget} won't charge, I tried two cables.
            The {gadget} switches itself off at half battery.
            It takes a whole night to charge the {gadget} and then it lasts ten minutes.
            The charging socket on the {gadget} is loose, so it won't fill up.
            The {gadget} loses all its power when I don't even use it.
            I charge the {gadget} all day and get five minutes out of it.
            The {gadget} dies the second it leaves the charger.
            . {gadget} battery dies fast
            . {gadget} not charging at all
            . {gadget} wont hold charge
            """,
        "parts": """
            The handle of the {pot} came off in my hand.
            A button on my {device} is stuck and can't be pressed.
            The screws in the {furniture} don't hold, it wobbles.
            The zip on my bag broke the second time I used it.
            The seam of the jacket came apart after one wash.
            The lid doesn't close properly and the bottle leaks.
            One leg of the {furniture} snapped.
            The stitching came undone and the strap tore off.
            . zip broke after two days
            . handle fell off my {pot}
            . leg of the {furniture} broke
            """,
        "on_and_off": """
            Sometimes the {device} works and sometimes it doesn't.
            My {gadget} loses the connection every few minutes.
            The left side of the headphones is silent half of the time.
            The screen of the {gadget} flickers when it's warm.
            The {device} only runs when I hold the plug at an angle.
            It goes off by itself, my {device}, two or three times a day.
            My {device} has a mind of its own, on, off, on again.
            The {gadget} keeps dropping out for no reason.
            . {device} keeps switching itself off
            . {gadget} screen flickers
            . {gadget} cuts out all the time
            """,
        "second_unit": """
            The replacement {device} has the same fault as the first.
            You repaired my {device} and the problem is back.
            That's now the second {device} from you that breaks.
            My {device} came back from repair and it's worse than before.
            The new {hard} you sent has a crack too.
            Also the second {device} is not good, it makes the same like the first one.
            You swapped my {device} and the new one fails just like the old one.
            Fixed and returned to me, and the {device} fails again.
            . second {device}, same fault
            . repaired {device} broke again
            . new {device} faulty as well
            """,
        "tangled": """
            ~ It's the right {device}, just as I ordered it. It just doesn't do anything.
            ~ The {parcel} came early, nothing to complain about there. But the {device} won't \
            start.
            ~ I don't want my money back, I'd like a {device} that works.
            ~ It's not the app, that runs fine. It's the {gadget} itself that goes off.
            ^ The first {parcel} went missing, the second is here, and the {device} in it is dead.
            ^ You first sent the wrong {device}, now I've got the right one and it smells burnt.
            ^ I know my refund for the {other} takes time. But what about the {device}? It won't \
            turn on.
            ^ I can log in to register the {gadget}, that's okay now, but it doesn't hold its \
            charge.
            ^ Your app shows my {gadget} as fine. It isn't, the display has a crack from the start.
            ^ I've paid for the repair, that's settled, only the {device} rattles like before.
            """,
    },
    "technical_app_crash": {
        "on_open": """
            Your {app} crashes [as soon as|when] I open it.
            The {app} shuts itself down right after the logo.
            I tap on the icon, it opens for a second and is gone.
            The {app} doesn't start [any more|anymore] on my phone.
            I can't use the {app}, it closes by itself the moment it loads.
            It opens not, your {app}, it goes away after one second.
            Since {day} I can't get the {app} to stay open.
            I can't even start your {app}, it's gone in a flash.
            Opening the {app} takes me straight back to my home screen.
            . {app} crashes on start
            . {app} wont open
            . {app} dies at start
            """,
        "on_action": """
            The {app} closes when I go to {screen}.
            Whenever I tap on {screen} the {app} is gone.
            I can't pay because the {app} crashes at the last step.
            If I scroll down in {screen}, the {app} quits.
            Uploading a photo makes the {app} crash every time.
            Turning the phone sideways in {screen} throws me out to the home screen.
            I press save and the {app} vanishes.
            One tap on {screen} and the program ends.
            . {app} crashes in {screen}
            . crashes when i upload a photo
            . {app} quits when i tap {screen}
            """,
        "freeze": """
            The {app} freezes on {screen} and I have to restart my phone.
            Everything hangs once I open {screen}.
            Your {store} stays stuck with the spinning wheel for minutes.
            The {app} doesn't react to anything after a while.
            My whole tablet stands still when your {app} is running.
            The {app} is so slow it's unusable, ten seconds a tap.
            Nothing moves any more once {screen} is up, I have to kill the {app}.
            Loading, loading, loading, that's all your {store} does.
            . {app} frozen again
            . stuck on the loading wheel
            . {app} hangs all the time
            """,
        "update": """
            Since the last update the {app} keeps crashing.
            The new version of your {app} doesn't run on my phone.
            After updating on {day} the {app} shows only a black screen.
            I installed the update and now {screen} no longer opens.
            Can I have the old version back? The new one shuts down constantly.
            The {month} update killed your {app} on my tablet.
            Version %.% of the {app} won't run for longer than a minute.
            It was fine before you changed the {app} in {month}, now it falls over.
            . crashes since the update
            . new version broken on my phone
            . {app} unusable after update
            """,
        "error": """
            I get error %%% whenever I open {screen}.
            The {app} says something went wrong, try again later, and has for {span}.
            A message about a server error comes up on {screen}.
            What does code E-%% mean? It appears and then the {app} closes.
            It says unexpected error, please restart, and restarting doesn't help.
            There comes an error with a long number and after I see nothing.
            Internal error, that's all {screen} has to say to me.
            A red box with a code covers {screen} and won't go.
            . error %%% on {screen}
            . something went wrong, every time
            . error code %%% again
            """,
        "blank": """
            {screen} stays white, nothing loads.
            I only see an empty page when I open the {app}.
            No pictures load on your {store}, just grey boxes.
            The {app} opens to a white screen and that's it.
            All the text has vanished from {screen}, there are only lines.
            My basket is shown empty although I put things in, and the page won't reload.
            Your {store} shows me a header and below it nothing at all.
            {screen} is a grey area without any content.
            . white screen in the {app}
            . page stays blank
            . empty screen on the {store}
            """,
        "button": """
            The pay button on {screen} doesn't respond.
            I fill in the form, press send, and nothing happens.
            The search on your {store} finds nothing, whatever I type.
            Your {store} doesn't save my new address, the page just reloads.
            The filter jumps back every time I choose something.
            The link in the {app} to {screen} leads nowhere.
            I tick the box on {screen} and it unticks itself.
            The menu on your {store} won't open.
            . button on {screen} does nothing
            . cant save my address, page reloads
            . submit button dead
            """,
        "device": """
            Your {app} drains my battery and then crashes.
            The {app} makes my phone hot and closes after some minutes.
            I've reinstalled the {app} twice and it still shuts down.
            It runs on my wife's phone, on mine the {app} crashes.
            The {app} sends the same notification every minute and can't be stopped.
            I have a new tablet and there the {app} falls down all the time.
            Only on my tablet does the {app} keep quitting.
            The {app} eats all the memory and then it's gone.
            . reinstalled, still crashing
            . {app} crashes only on my phone
            . {app} keeps closing on new phone
            """,
        "tangled": """
            ~ My password is fine and I do get in, but then the {app} closes itself.
            ~ The {gadget} I bought isn't the problem, it's the {app} for it that crashes.
            ~ I wasn't charged anything, I don't even get that far. The pay page hangs.
            ~ I don't want to delete my account, I've only deleted the {app}, because it shuts down.
            ~ The {parcel} isn't late, I just can't see where it is, since {screen} stays white.
            ^ I wanted to cancel {order} and changed my mind. But the {app} crashed in the \
            middle of it, \
            and does so each time, please fix that.
            ^ The login problem is solved, thanks. Now I'm in and {screen} freezes.
            ^ I'd like to upgrade to {tier} and I know how, but the page hangs when I press \
            confirm. \
            Please repair the page.
            ^ I got my refund and wanted to order again, and {screen} has been blank since then.
            ^ You replaced the {device}, that one runs. What doesn't run is the {app}, it stops \
            at the logo.
            """,
    },
}
