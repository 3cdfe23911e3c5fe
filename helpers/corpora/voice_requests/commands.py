"""How people ask: one line a phrase, under the action it asks for. Every phrase is a group.

`~` marks a phrase that no "can you …" fits before, `-` one that is cut short. Braces are names;
`{on}` is "on the left", `{spot}` "the left half". `= word` fixes a closed argument.
"go" is the bare "switch to …": a workspace if one has that name, else an app, else a note.
"""

from __future__ import annotations

TABLE = """
# go
switch to {any}
switch over to {any}
switch back to {any}
switch me to {any}
switch me over to {any}
swap to {any}
swap over to {any}
go to {any}
go over to {any}
go back to {any}
jump to {any}
jump over to {any}
jump back to {any}
hop to {any}
hop back to {any}
skip over to {any}
flip to {any}
take me to {any}
take me over to {any}
take me back to {any}
bring me to {any}
bring me back to {any}
get me to {any}
get me back to {any}
head to {any}
head over to {any}
head back to {any}
move me over to {any}
move over to {any}
change to {any}
change over to {any}
put me back in {any}
~I want to go to {any}
~I need to get to {any}
~I want to be in {any}
~I want to switch to {any}
~let me get to {any}
~let me go back to {any}
~back to {any}
~on to {any}
-over to {any}
-to {any}

# app.activate
bring up {app}
bring {app} up
bring {app} to the front
bring {app} forward
bring {app} back up
bring {app} into view
bring the {app} window up
bring me {app}
pull up {app}
pull {app} up
pull {app} forward
pull {app} to the front
pull up the {app} window
put {app} in front
put {app} in the foreground
put {app} on top
put the {app} window in front
show {app}
show me {app}
show me the {app} window
show the {app} app
focus {app}
focus on {app}
focus the {app} app
focus the {app} window
give {app} focus
give {app} the focus
give me {app}
get {app} up
get {app} in front of me
get {app} on top
get me back into {app}
get me the {app} window
raise {app}
raise the {app} window
surface {app}
activate {app}
activate the {app} app
make {app} active
make {app} the active app
make {app} the front window
switch to the {app} app
switch to the {app} window
switch over to the {app} app
jump to the {app} window
jump back into {app}
hop into {app}
go to the {app} window
go back into the {app} app
find me the {app} window
dig out {app}
dig up the {app} window
unhide {app}
uncover {app}
reveal {app}
~I need {app} in front
~I need {app} up front right now
~I need to see {app}
~I want to see {app}
~I want to look at {app}
~I want {app} on top
~I'd like to see {app}
~I'd like {app} in front
~let me see {app}
~let me look at {app}
~let me have {app} in front
~let's have {app} up front
~let's look at {app}
~where did {app} go, bring it up
~where is {app}, show it to me
~I can't find {app}, bring it up
~{app} to the front
-{app} up front
-{app} please
-{app} in front

# app.launch
open {app}
open up {app}
open the {app} app
open {app} up
launch {app}
launch the {app} app
start {app}
start up {app}
start {app} up
start the {app} app
fire up {app}
fire {app} up
boot up {app}
boot {app}
spin up {app}
run {app}
run the {app} app
get {app} running
get {app} going
get {app} started
get {app} open
have {app} open
pop open {app}
crack open {app}
kick off {app}
turn on {app}
go open {app}
go and launch {app}
try to open {app}
try to start {app}
~I need {app} open
~I need {app} running
~I want {app} open
~I want {app} running
~I'd like {app} open
~I want to open {app}
~I want to launch {app}
~I need to start {app}
~we need {app} open
~we need {app} running
~let's open {app}
~let's launch {app}
~let's get {app} going
~let me open {app}
~time to open {app}
~time to fire up {app}
~mind opening {app}
~would you mind launching {app}
~would you mind opening {app}
~how about opening {app}
-{app}, open it
-{app}, launch it

# app.hide
hide {app}
hide the {app} app
hide all the {app} windows
hide everything from {app}
hide away {app}
tuck {app} away
put {app} away
put {app} out of sight
get {app} out of the way
get {app} out of my face
get {app} off my screen
get {app} out of sight
take {app} off the screen
take {app} out of view
make {app} disappear
make {app} go away
make {app} invisible
send {app} to the background
send {app} to the back
push {app} to the background
push {app} out of view
move {app} out of sight
move {app} out of the way
drop {app} into the background
stash {app}
stash {app} away
conceal {app}
clear {app} off the screen
clear {app} away
stop showing {app}
stop showing me {app}
keep {app} out of sight
~I don't want to see {app}
~I don't want to look at {app} right now
~I don't need to see {app}
~I want {app} hidden
~I need {app} hidden
~I want {app} out of the way
~I'd like {app} out of sight
~let's hide {app}
~let's put {app} away
~would you mind hiding {app}
~{app} is in the way, hide it
~{app} is distracting me, hide it
-{app} away
-{app} out of the way

# app.quit
quit {app}
quit out of {app}
quit the {app} app
close {app}
close out {app}
close down {app}
close out of {app}
close the {app} app
exit {app}
exit out of {app}
exit the {app} app
kill {app}
kill the {app} app
shut down {app}
shut {app} down
shut {app}
shut off {app}
end {app}
terminate {app}
stop {app}
stop running {app}
turn off {app}
turn {app} off
get out of {app}
make {app} quit
have {app} quit
get {app} closed
~I'm done with {app}, quit it
~I'm done with {app}, close it
~I'm finished with {app}, shut it down
~I don't need {app} anymore, quit it
~I don't need {app} anymore, close it
~I'm not using {app}, close it
~I want {app} closed
~I want to quit {app}
~I want to close {app}
~I need {app} shut down
~let's close {app}
~let's quit {app}
~we can close {app} now
~we're done in {app}, shut it down
~would you mind closing {app}
~mind quitting {app}
~{app} can be closed
~{app} can quit now
-{app}, quit it
-{app} off

# app.list
~what's running
~what's running right now
~what's open
~what's open right now
~what apps are open
~what apps are running
~what apps do I have open
~which apps are open
~which apps are running
~which programs are running
~what programs do I have open
~what do I have open
~what have I got open
~what have I got running
~what all is running
list my apps
list my open apps
list the running apps
list everything that's open
list every app that's running
show me what's running
show me what's open
show me my open apps
show me all the running apps
tell me what's running
tell me which apps are open
give me a list of my apps
give me the running apps
read me the open apps
read out what's running
check what's running
check which apps are open
name the apps that are open
-list of apps
-running apps

# workspace.load
load {workspace}
load up {workspace}
load the {workspace} workspace
load my {workspace} workspace
load up the {workspace} setup
load workspace {workspace}
open the {workspace} workspace
open my {workspace} workspace
open up the {workspace} workspace
open up my {workspace} setup
open workspace {workspace}
switch to the {workspace} workspace
switch to my {workspace} workspace
switch to workspace {workspace}
switch over to the {workspace} setup
switch me to the {workspace} workspace
switch my workspace to {workspace}
switch workspaces to {workspace}
change workspaces to {workspace}
change the workspace to {workspace}
change to the {workspace} workspace
change over to my {workspace} workspace
go to the {workspace} workspace
go to my {workspace} setup
go back to the {workspace} workspace
go over to workspace {workspace}
take me to the {workspace} workspace
take me back to my {workspace} workspace
jump to the {workspace} workspace
jump into the {workspace} workspace
jump over to workspace {workspace}
hop into the {workspace} workspace
hop over to my {workspace} workspace
bring up the {workspace} workspace
bring up my {workspace} setup
bring back my {workspace} workspace
pull up the {workspace} workspace
pull up my {workspace} windows
put me in the {workspace} workspace
put me in workspace {workspace}
get me into the {workspace} workspace
get the {workspace} workspace up
get my {workspace} setup going
get everything ready for {workspace}
get me set up for {workspace}
set me up for {workspace}
set up my windows for {workspace}
set up the {workspace} workspace
restore the {workspace} workspace
restore my {workspace} setup
start the {workspace} workspace
start my {workspace} setup
launch the {workspace} workspace
fire up the {workspace} workspace
activate the {workspace} workspace
use the {workspace} workspace
use my {workspace} setup
show me the {workspace} workspace
give me the {workspace} workspace
give me my {workspace} setup
swap to the {workspace} workspace
swap in my {workspace} workspace
flip to the {workspace} workspace
move me to the {workspace} workspace
~I want the {workspace} workspace
~I want my {workspace} windows back
~I need the {workspace} workspace
~I need my {workspace} setup
~I'd like the {workspace} workspace
~let me work in the {workspace} workspace
~let's go to the {workspace} workspace
~let's load {workspace}
~time for the {workspace} workspace
~I'm working on {workspace} now, load it
~we're on {workspace} now, pull up the workspace
-{workspace} workspace
-workspace {workspace}
-the {workspace} setup

# workspace.save
save this as {name}
save it as {name}
save this one as {name}
save this workspace as {name}
save the workspace as {name}
save the current workspace as {name}
save this layout as {name}
save this setup as {name}
save my setup as {name}
save this arrangement as {name}
save these windows as {name}
save everything as {name}
save what I have as {name}
save the way things are as {name}
save this under {name}
save this under the name {name}
save this and call it {name}
save this workspace and call it {name}
save this setup and name it {name}
save a workspace called {name}
save a new workspace called {name}
save a new workspace named {name}
save this as a workspace called {name}
save this as a new workspace named {name}
store this as {name}
store this workspace as {name}
store this setup under {name}
keep this as {name}
keep this setup as {name}
keep this arrangement as {name}
keep this as a workspace called {name}
remember this as {name}
remember this setup as {name}
remember this layout as {name}
remember these windows as {name}
remember this as a workspace called {name}
make a workspace called {name}
make a new workspace called {name}
make this a workspace called {name}
create a workspace called {name}
create a new workspace named {name}
create a workspace from this called {name}
add a workspace called {name}
add this to my workspaces as {name}
~I want to save this as {name}
~I want this saved as {name}
~I'd like to save this setup as {name}
~I'd like to keep this as {name}
~let me save this as {name}
~let's save this as {name}
~let's call this setup {name} and save it
~this is my {name} setup, save it
-new workspace {name}
-save as {name}

# workspace.delete
delete the {workspace} workspace
delete my {workspace} workspace
delete my old {workspace} workspace
delete workspace {workspace}
delete the workspace called {workspace}
delete the saved {workspace} setup
delete {workspace} from my workspaces
get rid of the {workspace} workspace
get rid of my {workspace} setup
get rid of workspace {workspace}
remove the {workspace} workspace
remove my {workspace} setup
remove workspace {workspace}
remove {workspace} from my workspaces
throw away the {workspace} workspace
throw out my {workspace} workspace
trash the {workspace} workspace
trash my {workspace} setup
erase the {workspace} workspace
erase workspace {workspace}
discard the {workspace} workspace
drop the {workspace} workspace
scrap the {workspace} workspace
toss the {workspace} workspace
clear out the {workspace} workspace
take {workspace} off my list of workspaces
~I want the {workspace} workspace gone
~I want to delete the {workspace} workspace
~I don't need the {workspace} workspace anymore, delete it
~we're done with the {workspace} workspace, remove it
~the {workspace} workspace can go, delete it
~the {workspace} workspace can be deleted
~let's delete the {workspace} workspace
~let's get rid of the {workspace} setup
~would you mind deleting the {workspace} workspace
-{workspace} workspace, delete it

# workspace.rename
rename {workspace} to {name}
rename {workspace} as {name}
rename the {workspace} workspace to {name}
rename the {workspace} workspace as {name}
rename my {workspace} workspace to {name}
rename workspace {workspace} to {name}
rename the {workspace} setup to {name}
change the name of {workspace} to {name}
change the name of the {workspace} workspace to {name}
change the {workspace} workspace's name to {name}
change the {workspace} name to {name}
give the {workspace} workspace the name {name}
give {workspace} the new name {name}
give workspace {workspace} a new name {name}
call the {workspace} workspace {name} from now on
call the {workspace} workspace {name} instead
call my {workspace} setup {name} instead
relabel the {workspace} workspace as {name}
relabel {workspace} to {name}
set the name of the {workspace} workspace to {name}
set the {workspace} workspace name to {name}
update the {workspace} workspace name to {name}
make the {workspace} workspace's name {name}
~the {workspace} workspace should be called {name}
~the {workspace} workspace should be named {name} from now on
~I want to rename {workspace} to {name}
~I want the {workspace} workspace renamed to {name}
~I'd like to rename the {workspace} workspace to {name}
~let's rename {workspace} to {name}
~let's call the {workspace} workspace {name} from now on
~let me rename the {workspace} workspace to {name}
-{workspace} workspace, rename it to {name}

# workspace.list
~what workspaces do I have
~what workspaces are there
~what workspaces have I saved
~which workspaces do I have
~which workspaces did I save
~which workspaces can I load
~what setups do I have
~what setups have I saved
~what are my workspaces
~what are my workspaces called
list my workspaces
list my saved workspaces
list all the workspaces
list every workspace I have
list my setups
show me my workspaces
show me all my workspaces
show me the saved workspaces
show me which setups I have
tell me my workspaces
tell me which workspaces I have
read me my workspaces
read out the saved workspaces
give me a list of workspaces
give me my saved setups
check which workspaces I have
name my workspaces
-list of workspaces
-saved workspaces

# layout.switch
switch to {a_layout} layout
switch to the {layout} layout
switch the layout to {layout}
switch my windows to the {layout} layout
switch over to {a_layout} layout
change to {a_layout} layout
change to the {layout} layout
change the layout to {layout}
change my layout to {layout}
use the {layout} layout
use {a_layout} layout
use {a_layout} layout here
set the layout to {layout}
set up {a_layout} layout
set my windows to the {layout} layout
make the layout {layout}
make this {a_layout} layout
give me {a_layout} layout
give me the {layout} layout
turn on the {layout} layout
go with {a_layout} layout
go with the {layout} layout
go to the {layout} layout
arrange everything in {a_layout} layout
arrange my windows in {a_layout} layout
arrange the windows with the {layout} layout
put everything in {a_layout} layout
put my windows in the {layout} layout
lay everything out in {a_layout} layout
organize my windows in {a_layout} layout
~I want {a_layout} layout
~I want the {layout} layout
~I'd like {a_layout} layout
~I need the {layout} layout
~let's use the {layout} layout
~let's try {a_layout} layout
~let's go with {a_layout} layout
-{layout} layout
-layout {layout}
put everything side by side = columns
put my windows side by side = columns
line my windows up side by side = columns
arrange everything in columns = columns
put the windows in columns = columns
put my windows in rows = rows
arrange everything in rows = rows
arrange the windows one above the other = rows
put everything in rows one above the other = rows
put my windows in a grid = grid
arrange everything in a grid = grid
lay my windows out in a grid = grid
line everything up in a grid = grid
stack all my windows = stack
stack the windows = stack
put all the windows in a stack = stack
pile my windows up in a stack = stack
let my windows float = float
let everything float = float
make all the windows float = float
make the windows float freely = float

# window.tile
tile {app} {on}
tile {app} to {spot}
tile the {app} window {on}
put {app} {on}
put the {app} window {on}
put {app} over {on}
place {app} {on}
place the {app} window {on}
stick {app} {on}
stick {app} over {on}
snap {app} {on}
snap {app} to {spot}
snap the {app} window to {spot}
pin {app} {on}
pin {app} to {spot}
dock {app} {on}
park {app} {on}
drop {app} {on}
set {app} {on}
position {app} {on}
push {app} to {spot}
move {app} to {spot}
move the {app} window to {spot}
send {app} to {spot}
slide {app} over to {spot}
shove {app} over to {spot}
have {app} {on}
get {app} {on}
get {app} over {on}
keep {app} {on}
line up {app} {on}
fit {app} to {spot}
resize {app} to {spot}
stretch {app} over {spot}
give {app} {spot}
give {spot} to {app}
use {spot} for {app}
fill {spot} with {app}
make {app} fill {spot}
make {app} take {spot}
make {app} take up {spot}
let {app} have {spot}
let {app} take {spot}
show {app} {on}
~I want {app} {on}
~I need {app} {on}
~I'd like {app} {on}
~I want {app} to fill {spot}
~I'd like {app} to take {spot}
~let me have {app} {on}
~let's put {app} {on}
~let's have {app} {on}
~{app} should be {on}
~{app} goes {on}
-{app} {on}
-{app} window {on}
tile this {on}
tile this window {on}
tile it to {spot}
put this {on}
put this window {on}
put it {on}
put this one {on}
snap this {on}
snap this window to {spot}
move this window to {spot}
move this to {spot}
stick this {on}
send this window to {spot}
make this window fill {spot}
make this take {spot}
place this window {on}
~I want this {on}
~I'd like this window {on}
-this window {on}
-this one {on}
maximize {app} = full
maximize the {app} window = full
make {app} full screen = full
make {app} as big as possible = full
blow {app} up to full screen = full
go full screen with {app} = full
~I want {app} full screen = full
maximize this = full
maximize this window = full
make this full screen = full
make this window as big as it gets = full
center {app} = center
center the {app} window = center
center {app} on the screen = center
center this = center
center this window = center

# window.move
move {app} to {display}
move {app} over to {display}
move {app} onto {display}
move the {app} window to {display}
send {app} to {display}
send {app} over to {display}
send the {app} window to {display}
throw {app} onto {display}
throw {app} over to {display}
put {app} on {display}
put the {app} window on {display}
push {app} to {display}
push {app} over to {display}
shift {app} to {display}
shift {app} over to {display}
drag {app} to {display}
drag the {app} window onto {display}
slide {app} onto {display}
drop {app} on {display}
get {app} onto {display}
get {app} over to {display}
bring {app} over to {display}
bring {app} to {display}
take {app} over to {display}
place {app} on {display}
pop {app} onto {display}
show {app} on {display}
have {app} on {display}
stick {app} on {display}
relocate {app} to {display}
transfer {app} to {display}
~I want {app} on {display}
~I need {app} on {display}
~I'd like {app} on {display}
~let me see {app} on {display}
~let's put {app} on {display}
~let's move {app} to {display}
~{app} goes on {display}
~{app} should be on {display}
-{app} on {display}
-{app} to {display}
move this to {display}
move this over to {display}
move this window to {display}
move it to {display}
send this to {display}
send this window to {display}
send it over to {display}
throw this onto {display}
throw this window over to {display}
put this on {display}
put this window on {display}
put it on {display}
push this to {display}
drag this to {display}
shift this window to {display}
take this over to {display}
~I want this on {display}
~I'd like this window on {display}
~let's put this on {display}
-this on {display}
-this window to {display}

# window.minimize
minimize {app}
minimize the {app} window
minimize {app} to the dock
minimize {app} down
send {app} to the dock
send {app} down to the dock
send the {app} window to the dock
put {app} in the dock
put the {app} window in the dock
drop {app} into the dock
drop {app} down to the dock
shrink {app} to the dock
shrink {app} down
collapse {app}
collapse the {app} window
tuck {app} into the dock
move {app} down to the dock
get {app} into the dock
~I want {app} minimized
~I want {app} in the dock
~I'd like {app} minimized
~let's minimize {app}
~{app} can go in the dock
~would you mind minimizing {app}
-{app} to the dock
-{app} down in the dock
minimize this
minimize it
minimize this window
minimize this one
minimize the current window
minimize the window in front
send this to the dock
send this window to the dock
put this in the dock
put this window in the dock
drop this window into the dock
shrink this to the dock
collapse this
collapse this window
~I want this minimized
~let's minimize this
-this to the dock

# window.close
close the {app} window
close my {app} window
close that {app} window
close out the {app} window
close the open {app} window
close the front {app} window
close just the {app} window
shut the {app} window
shut that {app} window
get rid of the {app} window
dismiss the {app} window
kill the {app} window
~I want the {app} window closed
~I'm done with the {app} window
~the {app} window can be closed
~would you mind closing the {app} window
~let's close the {app} window
-{app} window, close it
close this
close it
close this window
close this one
close the window
close the current window
close the window in front
close whatever is in front
close out this window
shut this window
get rid of this window
dismiss this window
kill this window
~I'm done with this window
~I want this window closed
~this window can be closed
~let's close this window
-this window, close it

# display.focus
focus {display}
focus on {display}
move focus to {display}
move the focus to {display}
move the focus over to {display}
switch focus to {display}
switch the focus to {display}
switch to {display}
switch over to {display}
switch me to {display}
go to {display}
go over to {display}
go back to {display}
jump to {display}
jump over to {display}
hop over to {display}
take me to {display}
move me to {display}
bring me over to {display}
put the focus on {display}
put me on {display}
set the focus to {display}
give focus to {display}
give {display} focus
shift focus to {display}
shift the focus over to {display}
change focus to {display}
make {display} active
make {display} the active one
activate {display}
use {display}
~I want to work on {display}
~I want to use {display}
~I want the focus on {display}
~let me work on {display}
~let's work on {display}
~let's use {display}
-over to {display} please
"""
