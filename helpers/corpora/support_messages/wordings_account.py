"""What customers say about their account: wordings for two labels, noted as in `billing`."""

ACCOUNT: dict[str, dict[str, str]] = {
    "account_login_problem": {
        "password": """
            I can't log in, it [says|keeps saying] my password is wrong.
            My password isn't accepted [any more|anymore] although I haven't changed it.
            I type the right password and it tells me to try again.
            The same password works on my phone but not on the {store}.
            Since {day} your page refuses my password, what's going on?
            I am sure about my password, I wrote it on paper, still it says incorrect.
            I've forgotten my password and need to get into my account.
            The page won't take my password, not even copied and pasted.
            Invalid credentials, it says, and I haven't touched anything.
            . cant log in, wrong password
            . password not accepted since {day}
            . wrong password error, its right
            """,
        "reset_mail": """
            I asked for a new password [three|four|five] times and the {mail} never comes.
            The reset link you send has [already expired|run out] by the time I open it.
            No reset {mail}, not even in spam.
            The link to choose a new password only shows an empty page.
            I set a new password with your link, and the old one is still asked for.
            How do I get into my account if the password {mail} doesn't reach me?
            I can't reset anything because the message with the link never gets here.
            The page for setting a new password says the token is invalid.
            . reset {mail} never arrives
            . reset link expired again
            . cant reset password
            """,
        "code": """
            I don't receive the code I need to sign in.
            The six digits you text me are always rejected.
            The security code arrives ten minutes late and is no longer valid then.
            I lost the phone that gets the sign-in codes, how do I get in now?
            My number changed in {month} and the codes still go to the old one.
            Your system sends the code to an address I no longer use, so I'm stuck outside.
            The two-factor prompt wants a number from an app I no longer have.
            Your verification text never shows up on my phone.
            . no code by text, cant enter
            . sign in code doesnt work
            . verification code missing
            """,
        "locked": """
            My account is locked after too many tries.
            It says my access has been blocked for security reasons, please unblock it.
            I'm locked out since {span} and the waiting time starts over whenever I try.
            You've suspended my access and I don't know why.
            Your system thinks I'm a robot and won't let me in.
            I mistyped three times and now I'm shut out of my own account.
            Access denied, contact support, it says. So here I am.
            I'm barred from my own account for no reason I know of.
            . locked out of my account
            . please unlock my account
            . account blocked, let me in
            """,
        "not_found": """
            It says there's no account with my {mail} address, but I've had one for years.
            I don't remember which address I signed up with, how can I get in?
            Your page claims my user name doesn't exist.
            I used to sign in with my phone number and now it isn't recognised.
            After you moved to the new {store} my account is [gone|not found].
            I forgot my user name, can you tell me it so that I can sign in?
            My e-mail isn't registered, says the page. I've been using it with you for ages.
            I don't know my user id any more and nothing shows it to me.
            . account not found but i have one
            . forgot which {mail} i used
            . user name unknown
            """,
        "loop": """
            I enter my details, the page reloads, and I'm back at the sign-in form.
            It logs me out again [right after|a second after] I get in.
            Every time I open {screen} I have to sign in again and then it sends me back to start.
            The sign-in button does nothing when I press it.
            I get as far as the welcome message, then I'm thrown back to the password field.
            The login is turning in circles, I never arrive in my account.
            I'm signed in for a blink and then the start page greets me as a guest.
            After entering everything I end up at the very same form, over and over.
            . logged out every few seconds
            . sign in button does nothing
            . keeps throwing me out after login
            """,
        "hacked": """
            Someone changed my password and I can't get into my account.
            I got a mail about a login from another country and now I'm shut out.
            My account was taken over, the {mail} address in it isn't mine, help me get it back.
            I think I've been hacked, my password no longer works since {day}.
            A stranger seems to have my account, please give me access again.
            The recovery address was changed by somebody, not by me, and I can't sign in.
            An intruder got hold of my account and locked me out.
            All my details in there were swapped by someone else and I'm out.
            . hacked, cant get back in
            . somebody changed my password
            . account stolen, need it back
            """,
        "new_device": """
            I bought a new phone and can't sign in on it.
            At home I'm signed in, at work it won't let me in with the same details.
            My old tablet gets into the account but my new laptop doesn't.
            Signing in with the fingerprint stopped working and I don't know the password.
            I've moved to another phone and it won't accept my account there.
            My mother's account doesn't let her in since she has the new tablet.
            The computer at my new job won't get past your sign-in.
            I replaced my phone and nothing was carried over, how do I get in?
            . new phone, cannot sign in
            . wont let me in on laptop
            . login fails on new tablet
            """,
        "tangled": """
            ~ I don't want a new account, I want to get into the one I have.
            ~ The app isn't crashing, it runs fine, it just won't take my password.
            ~ I don't want my account closed, quite the opposite, I want to be able to get into it.
            ~ No, I haven't deleted my account. It's there, you just don't let me in.
            ^ I want to look at my refund but I can't get past the sign-in page. How do I get in?
            ^ I was going to change my {plan}, but that can wait. First I need to get back into my \
            account, it rejects me.
            ^ To cancel I'd have to sign in, and that's what fails. Please send me a new password.
            ^ The new app version no longer freezes, great, but it asks for a code I never receive.
            ^ I wanted to track my {parcel} and found that my password is no longer valid. Please \
            help me with the password, the {parcel} I can wait for.
            ^ You've charged me for {month}, fine, I agree to that. But I can't enter what I \
            paid for, \
            it says access denied.
            """,
    },
    "account_close_request": {
        "plain": """
            Please close my account.
            I'd like to [delete|close] my account [for good|permanently|completely].
            How do I delete my profile with you?
            I no longer want to have an account here, please remove it.
            Could you shut down my customer account by the end of {month}?
            I want that you erase my account, thank you.
            Kindly deactivate my profile and confirm by {mail}.
            It's time for me to go, please terminate my customer account.
            Kindly wipe out my registration with your shop.
            . please delete my account
            . close my account for good
            . get rid of my account
            """,
        "data": """
            Please erase all [data|information] you have about me.
            I want my name, address and order history removed from your systems.
            Under the privacy rules I ask you to delete everything you've stored on me.
            Take me out of your customer database, please.
            What do I have to do so that you no longer keep my personal data?
            I don't want you to hold my details any longer, wipe them.
            I'm using my right to be forgotten, please act on it.
            Nothing about me should remain on your servers, please see to it.
            . delete all my data please
            . remove me from your database
            . erase everything about me
            """,
        "no_button": """
            I can't find where to delete my account.
            In settings there's only log out, nothing to close the account with.
            I've looked on {screen} and everywhere else for a way to remove my profile.
            Your help page says to press delete profile, but that button isn't there.
            The form for closing an account needs a customer number I don't have.
            Where is hidden the option to delete my account, I look since {span}.
            I see no option anywhere to unregister.
            Does one have to be a detective to find out how to leave for good with all data?
            . where is the delete account button
            . no way to close account??
            . how to unregister
            """,
        "not_needed": """
            I don't shop with you any more, so you can [close|remove] my account.
            I haven't used this account in years, please get rid of it.
            We're moving abroad and won't need the account again.
            I've found another {store} and would like my profile here gone.
            I only made the account for one order, it can go now.
            There's no use for my registration any longer, take it down please.
            I made this profile for a gift and don't use it, please take it away.
            I'm tidying up my online life and yours is an account I don't need.
            . dont need this account anymore
            . leaving, remove my profile
            . unused account, remove it
            """,
        "second_account": """
            I have two accounts by mistake, please delete the older one.
            Please remove the account under my old {mail} and keep the new one.
            I registered again by accident, the second profile should be erased.
            My work address account isn't needed, only my private one should stay.
            Can you close one of my two accounts? The one with no orders in it.
            It seems I'm in your system two times, delete one of them please.
            You list me under two customer numbers, please drop the first.
            One of my registrations is a leftover, could you remove that one?
            . two accounts, delete one
            . remove my old second account
            . duplicate profile, delete one
            """,
        "for_other": """
            My father passed away in {month} and I'd like to have his account closed.
            Please delete the account my son opened, he is only eleven.
            Our company has shut down, its customer account can be removed.
            My mother can't use the internet any longer, how do we close her account?
            An employee left us and her profile with you should be deleted.
            I write for my grandmother, she wants that her account is erased.
            My late wife still has a profile with you, I'd like it to be taken down.
            As the guardian of my uncle I ask you to remove his registration.
            . close my late father's account
            . delete my son's account
            . remove my late mother's profile
            """,
        "privacy": """
            After the news about leaked data I want my account gone.
            I don't trust you with my details [any more|anymore], delete my profile.
            You sold my address to advertisers, so I want out: remove my account.
            I'm reducing where my data is stored, so please close my account.
            Someone could misuse what's in my profile, I'd rather you erased it.
            I feel not safe with my data by you, make my account disappear.
            I've read your new terms and don't agree, so remove me and all my details.
            I'd sleep better if you held nothing about me, so remove my profile please.
            . privacy worries, delete my profile
            . dont trust you, erase me
            . delete me, data leak
            """,
        "follow_up": """
            I asked you {ago} to delete my account and I can still [log in|sign in].
            You confirmed that my account is closed, and I still get your newsletters.
            Has my account been removed now? I requested it {ago}.
            My profile is still visible although I've deleted it twice.
            How long does it take until an account is really erased?
            I sent the deletion form {ago} and have heard nothing.
            My request to be removed is from {ago} and my profile is still online.
            You promised to wipe my account by {day}, is it done?
            . account still not deleted
            . asked {ago} to close it
            . when is my account deleted
            """,
        "tangled": """
            ~ Not only the {plan}, I want the whole account gone.
            ~ I don't have a {plan} to cancel, it's my customer account that should disappear.
            ~ I can log in fine, that's not it. I'd like to never have to: delete the account.
            ~ I'm not asking for a cheaper plan or a pause, I want my profile removed.
            ^ I couldn't get into my account for {span}. I don't want to any more, just delete it.
            ^ The {plan} ended in {month}. What's left is the account itself, please erase that too.
            ^ My refund has arrived, so there's nothing open between us. Please remove my \
            account now.
            ^ I cancelled {order} and the {plan}, both done. How do I get my profile deleted as \
            well?
            ^ Your app crashed so often that I've removed it from my phone. Now please remove \
            me and my data from your side.
            ^ After the strange charge (you explained it, fine) I no longer want an account with \
            you.
            """,
    },
}
