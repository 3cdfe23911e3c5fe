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
idea, a {thing} for {place}
the {event} went better than I thought
I keep thinking about what {person} said about the {event}
dentist is {day} at four
{person} and I talked about the {event} for an hour
thank {person} for the {thing}
the {thing} in {place} is broken again
ask {person} whether the {event} is still on
book a table for the {event} {day}
note to self, {food} goes bad fast
note to self, call {place} about the {thing}
take a note, {person} prefers mornings
take a note, the {thing} is in {place}
write this down, {event} {day} at noon
the password hint is the street {person} grew up on
I had a dream about a {thing} in {place}
{person} recommended a book about {thing_many}
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
meeting about {workspace} moved to {day}
I spend too much time in {app}
{display} has a dead pixel
{display} arrives {day}
{person} borrowed {display} for the {event}
I need a longer cable for {display}
compare prices for the {thing} {day}
groceries, {food}, {food2} and something for {person}
pick {person} up from {place} {day}
water the plants {day}
two ideas for the {event}, {food} and {thing_many}
the talk should end with the bit about {thing_many}
{person} said the {thing} costs more in {place}
maybe paint the {thing} green
there's a great view of {place} from the train
ship the {thing} to {person} before {deadline}

# like
remind me to open the safe {day}
remind me to open {app} {day}
remind me to quit {app} before the {event}
remind me to close {app} when the {event} is over
remind me to load the {workspace} workspace {day}
remind me to save the {workspace} workspace before the {event}
remind me to move the {thing} to {place}
remind me to hide the {food} from {person}
remind me to switch to {app} {day}
remind me to put {app} on the big screen for the {event}
remind me to bring up {app} at the {event}
note to self switch to oat milk
note to self switch the {machine} off {day}
note to self open the mailbox before {deadline}
note to self hide {app} when I present
note to self delete {workspace} after the {event}
note to self close the tab at {place}
take a note, open the windows before {deadline}
take a note, move the {event} to {day}
write this down, switch {person} over to {app}
I should really hide the presents before {deadline}
I should really close {app} more often
I should really switch to {app} at some point
I should rename {workspace} one of these days
I should move the {thing} to {place}
I should open a savings account {day}
I should have closed {app} before the {event}
maybe I should quit {app} for a week
maybe we should switch to {app} next year
maybe we should rename {workspace}, ask {person}
don't forget to open the shed {day}
don't forget to close the garage {day}
don't forget to move the car {day}
don't forget to save some {food} for {person}
don't forget to load the dishwasher
don't forget to quit {app} before the {event}
remember to close the windows before it rains
remember to hide the {thing} before {person} gets home
remember to switch the laundry over
remember to save the receipts from {place}
remember to open {workspace} with {person} {day}
tell {person} to open {app}
tell {person} to close the gate
tell {person} to move the {event} to {day}
tell {person} to launch the survey {day}
tell {person} to rename {workspace}
ask {person} to load the {workspace} workspace
ask {person} to switch to {app}
ask {person} to put the {thing} on the left
{person} asked me to open {app} {day}
{person} told me to quit {app}
{person} says we should all switch to {app}
{person} wants to move the team to {app}
{person} moved the {event} to {day}
{person} closed {app} by accident
open the windows when the paint is dry
open a bank account for {person}
open the fridge and take out the {food}
open question for the {event}, who brings {food}
open the shop early {day}
close the deal with {person} {day}
close the curtains before the {event}
close the chapter on {person} with a joke
move the {event} to {day}
move the couch to the left wall
move the meeting with {person} to the afternoon
move the {thing} to {place} {day}
move in with {person} by summer
switch to decaf after lunch
switch to the early train {day}
switch the {thing} with the one from {place}
switch gyms before {deadline}
hide the {thing} in {place}
hide the {food} in a place where {person} won't look
hide the presents in {place}
quit sugar for a month
quit the gym {day}
quit my job and open a little restaurant with {person}
start the {machine} before {person} wakes up
start running again {day}
start the {event} with a short story
launch party for {workspace} {day}
launch the boat {day} if it's warm
load the van for the {event}
load the {thing} into {person}'s car
load up on {food} before the {event}
save up for a {thing}
save {person} a seat at the {event}
save two slices of {food} for {person}
save the date for the {event}
delete my account at {place}
delete {person}'s old number
get rid of the {thing} in {place}
throw out the {food}
remove the {thing} before {person} trips over it
rename the boat after {person}
rename the chapter about {place}
call the new puppy {person2}
put the {thing} on the left shelf
put the {thing} in the bottom right drawer
put {food} on the list
put the {thing} back in {place}
stick the photo of {person} on the left side of the fridge
stack the chairs after the {event}
tile the bathroom in {place}
center the picture of {place} over the couch
arrange the chairs in rows for the {event}
lay the photos out in a grid for {person}
draw a grid for the {event} seating
focus on the {event} first thing {day}
focus on {person}'s questions at the {event}
bring up the budget with {person} {day}
bring up {workspace} at the {event}
bring {food} to the {event}
bring the {thing} back to {place}
pull up the weeds behind {place}
pull the {thing} forward so the door opens
show {person} the photos from {place}
show {person} how {app} works {day}
list the old {thing} online {day}
list three things I liked about the {event}
make a list of {thing_many} for {person}
minimize sugar this week
minimize the number of {thing_many} in the {event}
maximize the time with {person} {day}
go to {place} with {person} {day}
go back to {place} for the {thing}
take {person} to {place} {day}
jump rope every morning
send the {thing} back to {place}
send {person} the file from {app} {day}
send the second monitor back
set the table for the {event}
set up a call with {person} about {workspace}
turn off the {machine} in {place} before {deadline}
turn the {machine} off when {person} leaves
shut the gate in {place}
kill the weeds behind the {thing}
run to {place} before the {event}
run five miles {day}
fire up the grill for the {event}
get {person} started on the {event}
get the {thing} out of {place}
use the left lane on the way to {place}
use the big pot for the {event}
make the {thing} smaller
keep the {thing} on the right
drop the {thing} at {place} {day}
drop {person} off at {place}
change the tires {day}
change the name of the band to {thing_many}
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
I want to move to {place} with {person}
I need to open up to {person} more
I need to quit {app} {day}
I need to switch to {app} for the {event}
I'd like to show {app} to {person} {day}
I'd like to take {person} to {place}
let's move the {event} to {day}
let's open the good {food} at the {event}
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
somebody should close the garage
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
    "food": """oat milk; bread; lemons; rice; coffee beans; cake; pasta; apples; cheese; soup; pizza
        dumplings; chocolate; eggs; yogurt; tea; noodles; olives; cookies; tomatoes""",
    "thing": """printer; bike; lamp; ladder; kettle; toolbox; suitcase; camera; guitar; tent; couch
        drill; heater; fridge; shelf; washing machine; projector; safe; mailbox; piano; microwave
        blender; bookcase; stroller; sewing machine; dehumidifier; fence; sprinkler; canoe""",
    "machine": """printer; kettle; heater; washing machine; microwave; sprinkler; dehumidifier
        projector; lamp; oven; fan; humidifier; generator; radio""",
    "thing_many": """bridges; glaciers; honeybees; old maps; trains; lighthouses; mushrooms; comets
        typewriters; sea turtles; volcanoes; kites; fonts; tiny houses; street cats""",
    "place": """the garage; the basement; the kitchen; the office; the library; the bank; the attic
        grandma's house; the lake; the hardware store; Lisbon; Oslo; the post office; the shed
        the bakery; the clinic; the hallway; the studio on Pine Street; the airport; the school""",
    "event": """demo; wedding; standup; party; board meeting; interview; recital; picnic; workshop
        book club; launch; review; conference; barbecue; rehearsal; exam; road trip; fundraiser
        parent evening; housewarming; marathon; off site; retro; keynote""",
}
