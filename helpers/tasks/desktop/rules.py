"""The no-model baseline: keyword rules for the action, fuzzy matching for the names.

The rules are a table, read from the top; the first that fits decides. They are a first attempt,
as one writes it while reading training rows: meant to be honest, not perfect.
"""

from __future__ import annotations

import re

from helpers.tasks.desktop import heard
from helpers.tasks.desktop.context import Desktop
from helpers.tasks.desktop.names import known, literal, resolve, several
from helpers.tasks.desktop.schema import MAX_NAME_WORDS
from helpers.tasks.desktop.surface import ACTIONS, LAYOUTS, NOTE, POSITIONS, answer_json

LONGEST = 1_000  # characters of a command; what is longer is dictated text, and a note
FILLERS = r"\b(uh|um|er|hmm|(?<!i'd )like|you know|so|okay|alright|well|hey|bento|yeah|oh)\b"
POLITE = (
    r"^(can you|could you|would you|please|just|go ahead and|go and|go|now|quickly|let's|let me|"
    r"i want to|i'd like to|i need to|i need you to|i'd like you to|would you mind|mind)\s+"
)
CLOSING = (
    r"\s+(please|thanks|thank you|thank you very much|thanks a lot|(?:thank you|thanks) for "
    r"(?:watching|listening)|for me|for now|now|right now|real quick|when you can|for a second|"
    r"would you)$"
)
CORRECTION = (
    r"\s+(?:no wait|wait no|sorry i mean|er i mean|i mean|sorry|scratch that|actually no|"
    r"or rather|no)\s+"
)
COMMANDS = (  # what begins a correction that is a command of its own
    r"(?:quit|close|hide|open|launch|start|bring up|pull up|show|move|put|send|switch to|go to|"
    r"focus|minimize|maximize|load|save|delete|rename|center)\b .+"
)
TAKEN_BACK = r"\b(never mind|forget|cancel|don't|leave|keep it|stay here)\b|(scratch that|no wait)$"
NOTES = (  # what only a note has: who it is for, when it is due, what already happened
    r"\b(remind|remember to|note to self|take a note|write this down|idea|maybe|should have|"
    r"i should|somebody|tell (?!me)|ask|tomorrow|tonight|weekend|next week|next year|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|before|after|until|because|"
    r"closed|opened|switched|moved|said|says|wants|told|why|who|did|when|if|thank)\b(?! you)"
)

LEFT_OUT = r"\b(?:except|but|not|instead of|other than)\b"  # what no single call can say
# What is no name, though "everything" is like Things.
ANY = r"(?:every|all|this|that)\w*(?: (?:of )?(?:the |my )?(?:apps?|windows?|things?|one|them))?"

SCREEN = r"(?P<display>.*\b(?:screen|monitor|display|laptop|projector)\b.*)"
PLACE = r"(?P<position>(?:left|right|top|bottom|center|middle|full|whole|upper|lower)\b.*)"
TO = r"(?:to|on|onto|(?:too|two|2)(?= (?:monitor|display|screen) ))"  # "two monitor two"
THING = r"(?:window|app|workspace|setup)"
WINDOW = r"(?:this|it|this one|this window|the window|the current window)"
RULES = (  # (pattern on the cleaned transcript, action)
    (r"(?:what|which|list|show|tell|read|give|name|check).*\b(?:workspaces|setups)\b.*",
     "workspace.list"),
    (r"(?:what|which|list|name)\b.*\b(?:running|open|apps|programs)\b.*", "app.list"),
    (r"(?:show|tell|read|give|check)\b.*\b(?:running|open|my apps)\b.*", "app.list"),
    (r"(?:rename|relabel|change the name of|change|call) (?P<workspace>.+?) (?:name )?(?:to|as) "
     r"(?P<name>.+)", "workspace.rename"),
    (r"(?:save|store|keep|remember|create|make|add) .*?\b(?:as|called|named|under|call it) "
     r"(?P<name>.+)", "workspace.save"),
    (r"(?:delete|remove|erase|trash|get rid of|throw away|drop) (?P<workspace>.+) "
     r"(?:workspace|setup)", "workspace.delete"),
    (r"(?:delete|remove|erase) (?:workspace )?(?P<workspace>.+)", "workspace.delete"),
    (r"(?!(?:quit|exit|kill) ).*?\b(?P<layout>column|row|grid|stack|float)\w*\b.*(?:layout)?",
     "layout.switch"),
    (r"(?:maximize|blow up) (?P<app>.+)", "window.tile=full"),
    (r"center (?P<app>.+)", "window.tile=center"),
    (r"make (?P<app>.+) (?:full screen|as big as.*)", "window.tile=full"),
    (rf"\w+ (?P<app>.+?) (?:over )?(?:to|on|in|at|onto) (?:the )?(?:{PLACE})", "window.tile"),
    (rf"(?:give|make|let) (?P<app>.+?) (?:fill |take |have )?the {PLACE}", "window.tile"),
    (rf"(?:move|send|put|throw|push|shift|drag|slide|drop|get|bring|place|show|want|pop) "
     rf"(?P<app>.+?) (?:over )?{TO} {SCREEN}", "window.move"),
    (rf"(?:focus|focus on|switch to|to|jump to|switch over to|use|activate|"
     rf"(?:move|switch|shift|put|set|give) (?:the )?focus (?:over )?(?:to|on)) {SCREEN}",
     "display.focus"),
    (r"(?:minimize|collapse|shrink) (?P<app>.+?)(?: to the dock| down)?", "window.minimize"),
    (r"(?:send|put|drop|move) (?P<app>.+) (?:to|in|into) the dock", "window.minimize"),
    (rf"(?:close|shut|close out|get rid of|dismiss) (?P<app>{WINDOW})", "window.close"),
    (r"(?:close|shut|dismiss|get rid of) (?P<app>.+) window", "window.close"),
    (r"(?:quit|close|exit|kill|shut down|stop|terminate|turn off|end|get rid of)(?: out of)? "
     r"(?P<app>.+)", "app.quit"),
    (r"(?:i'm done with|i'm finished with) (?P<app>.+?) .*", "app.quit"),
    (r"(?:hide|stash|conceal|tuck away) (?P<app>.+?)(?: away)?", "app.hide"),
    (r"(?:get|put|move|send|push|make|take) (?P<app>.+?) (?:away|out of .+|off .+|to the back.*|"
     r"disappear|go away)", "app.hide"),
    (r"(?:get|put|move|send|push|take|pull) (?P<app>.+?) (?:down|out|(?:in|into) the back.*)",
     "app.hide"),
    (rf"(?:\w+ )*?(?:to|up|in|into|for|the|my|load) (?P<workspace>.+) {THING}", "workspace.load"),
    (r"(?:load|load up|workspace|open workspace) (?P<workspace>.+)", "workspace.load"),
    (r"(?:switch|go|jump|take me|hop|head|move|change|swap|get me|bring me)?(?: over| back)? ?to "
     r"(?P<any>.+)", "go"),
    (r"(?:open|open up|launch|start|start up|fire up|boot|boot up|run|spin up) (?P<app>.+)",
     "app.launch"),
    (r"(?:bring|pull|get|put) (?:up )?(?P<app>.+?)"
     r"(?: up| forward| to the front| in front| on top)?",
     "app.activate"),
    (r"(?:show|show me|focus|focus on|activate|raise|give me|unhide|i need|i want|see) (?P<app>.+)",
     "app.activate"),
)  # fmt: skip


def answer(transcript: str, desktop: Desktop | None) -> str:
    """Answer a transcript by rule, in the canonical JSON.

    >>> answer("uh can you open slack please", None)
    '{"kind":"command","action":"app.launch","arguments":{"app":"slack"}}'
    >>> answer("remind me to open the safe tomorrow", None)
    '{"kind":"note"}'
    """
    text = _clean(transcript)
    if len(text) > LONGEST:  # the table's patterns take the square of a text's length
        return NOTE
    said = _nameless(text, desktop)
    if any(re.search(words, said) for words in (TAKEN_BACK, NOTES, LEFT_OUT)):
        return NOTE
    head, *fixes = re.split(CORRECTION, text)
    if fixes and re.fullmatch(COMMANDS, fixes[-1]):
        head, fixes = fixes[-1], []
    nameless = _nameless(head, desktop)
    for pattern, action in RULES:
        if match := re.fullmatch(pattern, nameless if action == "layout.switch" else head):
            found = {name: value for name, value in match.groupdict().items() if value}
            if fixes and found:  # the last thing said replaces the last thing named
                found[list(found)[-1]] = fixes[-1]
            return _call(action, found, transcript, desktop) or NOTE
    return NOTE


def _clean(transcript: str) -> str:
    """Drop case, punctuation, fillers and, of what may be a command, politeness."""
    text = heard.PAUSES.sub(" ", heard.spoken(transcript).lower())
    text = re.sub(r"\b(monitor|display|screen)[ #-]*(?=\d)", r"\1 ", text)
    text = " ".join(re.sub(FILLERS, " ", text).split())
    if len(text) > LONGEST:
        return text
    for pattern in (POLITE, CLOSING):
        while (shorter := re.sub(pattern, "", text)) != text:
            text = shorter
    return text


def _nameless(text: str, desktop: Desktop | None) -> str:
    """Put "name" for the desktop's names, whose words are no keywords; a request begins with none.

    >>> from helpers.tasks.desktop.context import App
    >>> _nameless("quit ask ai", Desktop((), (App("Ask AI"),), (), 1))
    'quit name'
    """
    names = "|".join(re.escape(name.lower()) for name in known(desktop)) if desktop else ""
    return re.sub(rf"(?<= )(?:{names})(?!\w)", "name", text) if names else text


def _call(action: str, found: dict[str, str], said: str, desktop: Desktop | None) -> str:
    """Turn what a rule found into a call; empty where a name fits nothing on the desktop."""
    if action == "go":
        return _go(found["any"], said, desktop)
    action, _, fixed = action.partition("=")
    arguments = {"position": fixed} if fixed else {}
    for argument in ACTIONS[action].arguments:
        spoken = found.get(argument.name, "")
        if not spoken or (argument.optional and re.fullmatch(WINDOW, spoken)):
            continue
        if argument.name in ("app", "workspace") and _is_no_name(spoken, argument.name, desktop):
            return ""
        value = _value(argument.kind, spoken, said, desktop)
        if action == "app.launch" and desktop and (running := resolve(spoken, "app", desktop)):
            action, value = "app.activate", running
        if not value:
            return ""
        arguments[argument.name] = value
    needed = [a.name for a in ACTIONS[action].arguments if not a.optional]
    complete = all(name in arguments for name in needed)
    return answer_json("command", action, arguments) if complete else ""


def _go(spoken: str, said: str, desktop: Desktop | None) -> str:
    for kind, action in (("workspace", "workspace.load"), ("app", "app.activate")):
        if desktop and _is_no_name(spoken, kind, desktop):
            return ""
        if desktop and (name := resolve(spoken, kind, desktop)):
            return answer_json("command", action, {kind: name})
    return ""


def _is_no_name(spoken: str, kind: str, desktop: Desktop | None) -> bool:
    """Whether no single name is said: "everything", or two joined by "and"."""
    if desktop and literal(spoken, kind, desktop):
        return False
    return bool(re.fullmatch(ANY, spoken)) or bool(desktop and several(spoken, kind, desktop))


def _value(kind: str, spoken: str, said: str, desktop: Desktop | None) -> str:
    if kind == "layout":
        return next((word for word in LAYOUTS if spoken[:3] in word), "")
    if kind == "position":
        return _position(spoken)
    if kind == "display" and desktop:
        return resolve(spoken, kind, desktop) or ""
    bare = re.sub(rf"^(?:the|my|a) |(?: {THING})+$", "", spoken)
    if desktop is None or kind == "new":
        return _as_said(bare, said)
    return resolve(bare, kind, desktop) or ""


def _position(spoken: str) -> str:
    """Find a side or a corner.

    >>> _position("upper left quarter"), _position("middle"), _position("right half")
    ('top-left', 'center', 'right')
    """
    said = re.sub("upper", "top", re.sub("lower", "bottom", spoken))
    if re.search("full|whole", said):
        return "full"
    sides = [side for side in ("top", "bottom", "left", "right") if side in said]
    return "-".join(sides) if "-".join(sides) in POSITIONS else "center"


def _as_said(name: str, transcript: str) -> str:
    """Find a name in the transcript again, in the case it has there; empty if it is not there."""
    apart = r"(?:\s+[-—–]\s+|\s+|[,;:…—–、，])"  # pauses that are written within a word stay in it
    words = apart.join(re.escape(word) for word in name.split()[:MAX_NAME_WORDS])
    match = re.search(rf"(?<!\w){words}(?!\w)", transcript, re.IGNORECASE)
    return match[0] if match and words else ""
