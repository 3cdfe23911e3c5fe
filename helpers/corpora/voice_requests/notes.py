"""What people say that is no command: notes, one line a phrase. Every phrase is a group.

`# plain` sounds like a note; `# like` sounds like a command; `# half` breaks off before it says
what to do; `# cancelled` takes its command back. Braces are filled from the words below or,
for `{app}`, `{workspace}` and `{any}`, from the desktop.
"""

from __future__ import annotations

TABLE = """
# plain
remind me to call {person} {day}
remind me to pick up {food} {day}
remind me about the {event} {day}
remember to ask {person} about the {event}
buy {food} on the way home
we're out of {food} and {food2}
{person}'s birthday is {day}
idea for the {event}, invite {person}
idea, a small {goods} for {room}
the {event} went better than I thought
I keep thinking about what {person} said about the {event}
dentist is {day} at four
{person} and I talked about the {event} for an hour
thank {person} for the {goods}
the {machine} in {room} is broken again
ask {person} whether the {event} is still on
book a table for the {event} {day}
note to self, {food} goes bad fast
note to self, call {shop} about the {machine}
take a note, {person} prefers mornings
take a note, the {goods} is in {room}
write this down, {event} {day} at noon
the password hint is the street {person} grew up on
I had a strange dream about the {event}
{person} recommended a book about {subject}
draft for the {event}, start with the story about {person}
feeling good about the {event} today
what was the name of that place with the {food}
why is {app} so slow today
{app} crashed twice before lunch
{person} is learning {app} for the {event}
my {app} license runs out {day}
ask {person} for the {app} password
{person} sent me something on {app}
the new {app} icon looks strange
the {workspace} workspace is a mess
{workspace} is what I should work on {day}
I wonder whether {app} works offline
{app} and {workspace} took up my whole morning
thoughts on {workspace}, we need a better plan
the demo of {workspace} is {day}
talk to {person} about {workspace} {day}
pay for {app} before {deadline}
write a review of {app}
{person} wants a walkthrough of {app} {day}
grade for {app}, pretty good but slow
meeting about {workspace} moved to {day_name}
I spend too much time in {app}
{display} has a dead pixel
{display} arrives {day}
{person} borrowed {display} for the {event}
I need a longer cable for {display}
compare prices for a new {machine} {day}
groceries, {food}, {food2} and something for {person}
pick {person} up from {shop} {day}
water the plants {day}
two ideas for the {event}, {food} and a talk on {subject}
the talk should end with the bit about {subject}
{person} said a {goods} costs less in {city}
maybe paint the shelf in {room} green
there's a great view of {city} from the train
ship the {goods} to {person} before {deadline}

# like
remind me to open the ticket with {shop} {day}
remind me to open {app} {day}
remind me to quit {app} before the {event}
remind me to close {app} when the {event} is over
remind me to load the {workspace} workspace {day}
remind me to save the {workspace} workspace before the {event}
remind me to move the {event} to {day_name}
remind me to hide the presents from {person}
remind me to switch to {app} {day}
remind me to put {app} on the big screen for the {event}
remind me to bring up {app} at the {event}
remind me to rename the {paper} before I send it
note to self switch to oat milk
note to self switch the {machine} off {day}
note to self open the mailbox before {deadline}
note to self hide {app} when I present
note to self delete {workspace} after the {event}
note to self close the account at {shop}
note to self save the {paper} somewhere safe
take a note, open the windows before the {event}
take a note, move the {event} to {day_name}
write this down, switch {person} over to {app}
I should really hide the presents before {deadline}
I should really close {app} more often
I should really switch to {app} at some point
I should rename {workspace} one of these days
I should move the {goods} out of {room}
I should open a savings account {day}
I should have closed {app} before the {event}
maybe I should quit {app} for a week
maybe we should switch to {app} next year
maybe we should rename {workspace}, ask {person}
don't forget to open the shop early {day}
don't forget to close the windows {day}
don't forget to move the car {day}
don't forget to save some {food} for {person}
don't forget to load the dishwasher
don't forget to quit {app} before the {event}
don't forget to put the {paper} on {person}'s desk
remember to close the windows before it rains
remember to hide the {food} before {person} gets home
remember to switch the laundry over
remember to save the receipts from {shop}
remember to open {workspace} with {person} {day}
tell {person} to open {app}
tell {person} to close the window in {room}
tell {person} to move the {event} to {day_name}
tell {person} to launch the survey {day}
tell {person} to rename {workspace}
ask {person} to load the {workspace} workspace
ask {person} to switch to {app}
ask {person} to put the {paper} in the left drawer
ask {person} to send the {paper} over {day}
{person} asked me to open {app} {day}
{person} told me to quit {app}
{person} says we should all switch to {app}
{person} wants to move the team to {app}
{person} moved the {event} to {day_name}
{person} closed {app} by accident
open the window before the {event}
open the windows in {room} when the paint is dry
open a bank account with {person} {day}
open the good wine at the {event}
open question for the {event}, who brings {food}
open the door for {person} at noon
open the {paper} with {person} {day}
open a ticket with {shop} {day}
close the ticket with {shop} {day}
close the deal with {person} {day}
close the curtains before the {event}
close the books for the quarter before {deadline}
close the {paper} out with {person} {day}
close the kitchen window before {deadline}
move the {event} to {day_name}
move the couch to the left wall {day}
move the meeting with {person} to the afternoon
move the {goods} into {room} {day}
move the desk over to the window this weekend
move in with {person} by summer
switch to decaf next week
switch to decaf after lunch
switch to the early train {day}
switch to the night shift next month
switch seats with {person} at the {event}
switch gyms before {deadline}
switch the desk and the couch around this weekend
hide the key under the mat for {person}
hide the {food} where {person} won't look
hide the presents in {room}
quit sugar for a month
quit the gym {day}
quit my job and open a little restaurant with {person}
start the {machine} before {person} wakes up
start running again {day}
start the {event} with a short story
start the {paper} {day}
launch party for {workspace} {day}
launch the newsletter with {person} {day}
load the car for the {event}
load the {goods} into {person}'s car
load up on {food} before the {event}
save up for a new {machine}
save {person} a seat at the {event}
save two slices of {food} for {person}
save the date for the {event}
save the receipts for the {event}
save the {paper} for {person}
save this recipe for the {event}
delete my account at {shop}
delete {person}'s old number
delete the old photos from {city} {day}
get rid of the old {goods} {day}
get rid of the boxes in {room} {day}
throw out the {food}
remove the stain from the couch before {person} sees it
rename the {paper} before I send it to {person}
rename the folder with the photos from {city} {day}
call the new puppy {person2}
put the {goods} back in {room} {day}
put the {paper} in the top drawer for {person}
put {food} on the shopping list
put the keys on the left hook for {person}
stick the photo of {person} on the right side of the fridge
stack the chairs after the {event}
tile the bathroom in {person}'s house this summer
center the picture over the couch {day}
arrange the chairs in rows for the {event}
lay the photos out in a grid for {person}
draw a grid for the {event} seating
focus on the {event} first thing {day}
focus on {person}'s questions at the {event}
focus on the {paper} until {deadline}
bring up the budget with {person} {day}
bring up {workspace} at the {event}
bring {food} to the {event}
bring the {goods} back to {person} {day}
bring the {paper} to the {event}
pull up the carpet in {room} {day}
pull up a chair for {person} at the {event}
pull the {paper} together before {deadline}
show {person} the photos from {city}
show {person} how {app} works {day}
show {person} the {paper} {day}
list the old {goods} online {day}
list three things I liked about the {event}
make a list of books about {subject} for {person}
minimize sugar this week
minimize screen time before {deadline}
minimize the talking at the {event}
maximize the time with {person} {day}
maximize the budget for the {event}
go to {city} with {person} {day}
go back to {shop} for the {goods}
go over the {paper} with {person} {day}
take {person} to {shop} {day}
take the {paper} to {shop} {day}
jump rope every morning
send the {goods} back to {shop}
send {person} the file from {app} {day}
send the {paper} to {person} {day}
send the second monitor back to the store
set the table for the {event}
set up a call with {person} about {workspace}
set up the {machine} in {room} {day}
turn off the {machine} before {deadline}
turn the {machine} off when {person} leaves
shut the window in {room} before {deadline}
shut off the water before the trip to {city}
kill the weeds in the garden {day}
kill the second half of the {paper}, {person} hates it
run the numbers with {person} {day}
run to {shop} before the {event}
run five miles {day}
fire up the grill for the {event}
get {person} started on the {paper}
get the {goods} out of {room}
use the left lane on the way to {shop}
use the big pot for the {event}
use the front door at {person}'s place
make the logo on the {paper} smaller
make the {paper} shorter for {person}
keep the window in {room} open tonight
drop the {goods} off at {shop} {day}
drop {person} off at {shop}
change the tires {day}
change the name of the band before the {event}
change the date on the {paper} before {deadline}
finish the backend slides {day}
finish the design review notes for {person}
finish the {paper} before {deadline}
bring slack for the tent rope
leave some slack in the schedule for the {event}
meet {person} at terminal two {day}
book two seats at the opera {day}
take the kids to the safari park {day}
find my keys before the {event}
read twenty pages before bed
print the photos for {person}
check the weather before the {event}
check the mail when I get home
pick up the mail from {shop}
send my notes to {person} {day}
bring my notes to the {event}
add two slides to the keynote {day}
book a hotel near the tower for the trip to {city}
buy a bear for {person}'s baby
put a fork and a knife at every seat
turn the music down when {person} calls
play some music at the {event}
take two photos of {room} for the insurance
write the numbers for the {event} on the board
put the {event} on the calendar {day}
check my calendar for {deadline}
give {person} the maps of {city}
return the books to the library {day}
look up the stocks {person} talked about
do the home budget with {person} {day}
plan the research trip to {city}
the {paper} needs a preview of the {event}
sign up for the writing course {day}
prepare the standup for {person} {day}
write the release letter for {person}
move the onboarding with {person} to {day_name}
open the planning meeting with a joke {day}
close the support case with {shop} {day}
switch the support shift with {person} {day}
I opened {app} this morning and it was all gone
I closed {app} and lost the draft
I switched to {app} last year and I like it
I hid {app} so {person} wouldn't see it
I moved {app} to the other screen and it got faster
I quit {app} three times today
I loaded {workspace} by accident again
I saved it as {workspace} and now it's gone
I can never find {app} when I need it
I want to learn {app} {day}
I want to move to {city} with {person}
I need to open up to {person} more
I need to quit {app} {day}
I need to switch to {app} for the {event}
I'd like to show {app} to {person} {day}
I'd like to take {person} to {city}
let's move the {event} to {day_name}
let's open the presents at the {event}
let's switch to {app} after the {event}
later tonight quit {app} and go to bed
tomorrow I'll move {app} to the big screen
next week switch the team to {app}
on {day_name} load {workspace} and start early
after the {event} close {app} and go home
before the {event} hide {app} and mute the phone
if {app} crashes again I'm switching
if {person} calls bring up {workspace}
when {person} gets here open {app}
somebody should close the window in {room}
somebody should rename {workspace} already
did {person} ever open {app}
did I close {app} at work
why does {app} always open on the wrong screen
why did {person} delete {workspace}
who renamed {workspace} to something else
how do other people hide {app}
it would be nice to launch {workspace} {day}
{app} should open faster
{app} keeps moving to the other screen
switching to {app} was a mistake
opening {app} takes forever
closing {workspace} down will make {person} sad

# half
open the
open up that
can you open
could you like
can we maybe
switch to
switch over to the
so if you could just
bring up that
bring up the thing with the
pull up my
move the
move it to the
put the
put that on
put it over by the
close the other
hide the
hide that whole
load my
load up the one with
save this as
save it under
rename the
delete the
what was I going to
what's the
I was going to say
I want the
I need you to
let me just
show me the one that
go to the
the one on the
focus on the
make it a bit
and then the
wait where was
start the
the left one or the
send {app} to
move {app} to
put {app} on
put {app} over by the
tile {app} to the
rename {workspace} to
call {workspace} something like
make {app} a bit

# cancelled
open {app}, no, never mind
open {app}, actually forget it
open up {app}, actually don't
launch {app}, no wait, cancel that
start {app}, never mind
show me {app}, oh never mind
bring up {app}, no, forget it
pull up {app}, actually leave it
switch to {any}, actually never mind
switch to {any}, no, stay here
go to {any}, no, cancel that
go back to {any}, wait no, don't
take me to {any}, actually forget that
load {workspace}, actually don't
load the {workspace} workspace, never mind
open the {workspace} workspace, forget it
delete the {workspace} workspace, no, keep it
delete {workspace}, wait, don't
get rid of the {workspace} workspace, no, leave it
quit {app}, wait, no, don't
quit {app}, actually keep it open
close {app}, no, leave it open
close {app}, oh never mind
shut down {app}, no, cancel
hide {app}, actually leave it there
hide {app}, no, forget I said that
put {app} on the left, never mind
put {app} on the right, no, leave it
move {app} to the other screen, actually don't
move {app} over, no, leave it where it is
maximize {app}, no, never mind
minimize {app}, actually leave it
don't open {app}
don't close {app} yet
please don't quit {app}
don't hide {app} yet
don't touch {app}
don't delete {workspace}
leave {app} where it is
leave {app} open
"""

WORDS = {
    "person": """Maria; Tom; Priya; Jonas; Aisha; Ben; Chloe; Diego; Emma; Farid; Grace; Hiro; Ines
        Jack; Karim; Lena; Mateo; Nora; Oscar; Paula; Quinn; Rosa; Sam; Tara; Uma; Victor; Wendy
        Yusuf; Zoe; my sister; my brother; my boss; the landlord; my neighbor; my cousin; grandma
        dad; mom; the new intern; Doctor Lee""",
    "day": """tomorrow; tomorrow morning; on Monday; on Tuesday; on Thursday; on Friday; on Saturday
        next week; next Monday; this weekend; tonight; this evening; after lunch; before lunch
        at noon; on the first; in March; before Christmas; after work; first thing tomorrow""",
    "deadline": """Friday; Monday; the weekend; noon; lunch; Christmas; next week; March; summer
        the end of the month; tomorrow night; the holidays; Saturday; spring""",
    "day_name": "Monday; Tuesday; Wednesday; Thursday; Friday; Saturday; Sunday",
    "food": """oat milk; bread; lemon cake; rice; coffee; cake; pasta; apple pie; cheese; soup
        pizza; chocolate; yogurt; tea; banana bread; olive bread; salad; juice; wine; ice cream""",
    "goods": """bike; lamp; ladder; toolbox; suitcase; camera; guitar; tent; drill; heater; stroller
        bookcase; desk; backpack; grill; rug; projector; cooler; sleeping bag; air mattress""",
    "machine": """printer; kettle; heater; washing machine; microwave; dehumidifier; dishwasher
        oven; fan; coffee machine; dryer; vacuum cleaner; freezer; router""",
    "paper": """report; invoice; contract; budget; proposal; agenda; survey; newsletter; poster
        thesis draft; homepage; roadmap; expense report; grant proposal; checklist; schedule
        handout; sales pitch; release notes; lesson plan; cover letter; project plan; minutes""",
    "subject": """bridges; glaciers; bees; old maps; trains; lighthouses; mushrooms; comets; sailing
        chess; volcanoes; fonts; tiny houses; city planning; sleep; coral reefs""",
    "room": """the garage; the basement; the kitchen; the attic; the hallway; the shed; the office
        the spare room; the bedroom; the studio""",
    "shop": """the bank; the library; the hardware store; the post office; the bike shop; the clinic
        the school; the insurance; the print shop; the phone company; the furniture store""",
    "city": """Lisbon; Oslo; Chicago; Vienna; Kyoto; Porto; Boston; Leeds; Montreal
        the coast; the mountains""",
    "event": """demo; wedding; standup; party; board meeting; interview; recital; picnic; workshop
        book club; launch; review; conference; barbecue; rehearsal; exam; road trip; fundraiser
        parent evening; housewarming; marathon; offsite; retro; keynote; meeting""",
}
