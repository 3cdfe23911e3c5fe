"""The page in a real browser: a microphone that plays a spoken file, a text, keys alone."""

import io
import json
import os
import re
from collections.abc import Iterator

import numpy as np
import pytest
import soundfile
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from served import CHROMIUM, OPEN_CHROME, PATIENCE, Served, serving

from helpers.core import paths
from helpers.speech import synthesize
from helpers.speech.audio import RATE
from helpers.speech.synthesize import Voice

LONG = 1000 * PATIENCE  # milliseconds
NAME = "document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText"


@pytest.fixture(scope="module")
def browser(tmp_path_factory) -> Iterator[Browser]:
    """A browser whose microphone plays a voice command, again and again."""
    file = tmp_path_factory.mktemp("spoken") / "said.wav"
    quiet = np.zeros(RATE, np.float32)
    voice = synthesize.speak("please open google chrome", Voice("flite", "slt"))
    soundfile.write(file, np.concatenate([quiet, voice, quiet]), RATE, subtype="PCM_16")
    options = ["--no-sandbox", "--use-fake-ui-for-media-stream",
               "--use-fake-device-for-media-stream",
               f"--use-file-for-fake-audio-capture={file}"]  # fmt: skip
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=options)
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser, service: Served) -> Iterator[Page]:
    """The page, which asks nobody else and complains of nothing."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(LONG)
    made, trouble = context.new_page(), []
    made.on("console", lambda message: trouble.append(message.text))
    made.on("pageerror", lambda error: trouble.append(str(error)))
    made.on("request", lambda asked: asked.url.startswith(service.url) or trouble.append(asked.url))
    made.goto(service.url)
    expect(made.locator("#hint")).to_contain_text("dot txt", timeout=LONG)
    yield made
    assert trouble == []
    context.close()


def test_a_text_is_answered_explained_and_copied(page):
    page.get_by_label("Or write what you would say").fill("LS dash LA")
    page.keyboard.press("Enter")
    typed = page.locator("#typed")
    expect(typed).to_have_text("ls -la", timeout=LONG)
    assert page.locator("#status").inner_text().startswith("The gate takes it for a dictation")
    taken = page.locator(".reading.taken").all_inner_texts()
    assert taken == ["ls", "-", "la"]
    assert page.locator("tbody th").all_inner_texts() == ["gate", "hearing", "plan"]
    other = page.locator(".choices button").nth(1)
    picked = other.inner_text()
    other.click()
    assert typed.inner_text() == picked != "ls -la"
    assert other.get_attribute("aria-pressed") == "true"
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390  # the lattice scrolls by itself


SHOWN = "data/pictures/page.png"


def test_readmes_picture_shows_this_page(browser, service, tmp_path):
    """A picture of an older page is a promise that nobody keeps.

    PICTURE=1 takes it again, of the whole pipeline; a test asks a small one for the same words.
    """
    readme = (paths.root() / "README.md").read_text(encoding="utf-8")
    alt = re.search(rf'src="{SHOWN}"[^>]*\salt="([^"]+)"', readme)[1]
    words = " ".join(alt.split())
    said, answer = re.search(r"Written: (.+?)\. Answered: (.+?)\. ", words).groups()
    if os.environ.get("PICTURE"):
        with serving(tmp_path, ["--task", "dictated_bash", "--idle", "600"]) as whole:
            picture(browser, whole, said, answer).save(paths.root() / SHOWN, optimize=True)
    made = picture(browser, service, said, answer)
    kept = Image.open(paths.root() / SHOWN)
    assert made.width == kept.width and abs(made.height - kept.height) < made.height / 4
    assert len(kept.convert("RGB").getcolors(1 << 24)) > 20  # something is on it


def picture(browser: Browser, service: Served, said: str, answer: str) -> Image.Image:
    """Ask the page, check what it shows, and photograph it from the text to the lattice."""
    context = browser.new_context(viewport={"width": 560, "height": 1200}, device_scale_factor=2)
    context.set_default_timeout(LONG)
    page = context.new_page()
    page.goto(service.url)
    page.locator("#text").fill(said)
    page.keyboard.press("Enter")
    expect(page.locator("#typed")).to_have_text(answer, timeout=LONG)
    expect(page.locator("tbody th").first).to_have_text("gate")
    taken = page.locator(".reading.taken").all_inner_texts()
    assert "".join(taken) == answer.replace(" ", "")
    page.evaluate("document.activeElement.blur()")
    top = page.locator("label[for=text]").bounding_box()["y"] - 12
    last = page.locator("#details h2, #details h3").last.bounding_box()["y"] - 12
    shot = page.screenshot(clip={"x": 0, "y": top, "width": 560, "height": last - top})
    context.close()
    return Image.open(io.BytesIO(shot)).convert("RGB").quantize(64, dither=Image.Dither.NONE)


def test_what_is_said_is_shown_as_text_and_never_as_markup(page):
    text = "<img src=x onerror=alert(1)>"
    page.locator("#text").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#heard")).to_have_text(text, timeout=LONG)
    assert page.locator("#answer img, #details img").count() == 0


def test_a_command_that_begins_as_a_call_does_is_shown_too(page):
    page.locator("#text").fill("open brace L S semicolon close brace")
    page.keyboard.press("Enter")
    expect(page.locator("#typed")).to_contain_text("{", timeout=LONG)
    expect(page.locator("tbody th").first).to_have_text("gate")
    assert "problem" not in (page.locator("#status").get_attribute("class") or "")


SLOW = """
window.streams = [];
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
  await new Promise((go) => setTimeout(go, 500));
  streams.push(await ask(wish));
  return streams.at(-1);
};
const tracks = () => streams.flatMap((stream) => stream.getTracks());
window.live = () => tracks().filter((track) => track.readyState === "live").length;
"""


def test_who_clicks_twice_records_once_and_lets_go_of_the_microphone(page):
    """Two recordings began, and the first went on for ever, and sent itself."""
    page.evaluate(SLOW)
    page.route("**/v1/write", lambda route: route.fulfill(body=""))
    button = page.locator("#microphone")
    button.dblclick()
    expect(button).to_have_attribute("aria-pressed", "true", timeout=LONG)
    page.wait_for_timeout(1000)  # a second one would have begun by now
    assert page.evaluate("streams.length") == page.evaluate("live()") == 1
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    page.wait_for_function("live() === 0")


def test_the_microphone_is_let_go_where_nothing_can_record_it(page):
    page.evaluate(SLOW)
    page.evaluate("void (AudioWorklet.prototype.addModule = () => Promise.reject(new Error()))")
    page.locator("#microphone").click()
    expect(page.get_by_role("status")).to_contain_text("There is no microphone", timeout=LONG)
    assert page.evaluate("[streams.length, live()]") == [1, 0]


HEARD = 'event: heard\ndata: {"text": "ls", "seconds": 0.0}\n\n'


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ({"content_type": "text/event-stream", "body": HEARD}, "broke off"),
        ({"status": 503, "body": "Busy"}, r"cannot answer now \(503\)"),
    ],
)
def test_no_answer_is_said_too(browser, service, reply, told):
    """The page said "Working" for ever, or complained of JSON that it had not been sent."""
    page = browser.new_page()
    page.route("**/v1/write", lambda route: route.fulfill(**reply))
    page.goto(service.url)
    page.locator("#text").fill("ls")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(re.compile(told), timeout=LONG)
    page.close()


def test_a_secret_of_any_letters_is_asked_for_and_sent(browser, tmp_path):
    """A header takes no letter beyond Latin-1; the service compares the bytes of UTF-8."""
    secret = "ключ" * 4
    options = ["--task", "voice_command", "--idle", "600"]
    with serving(tmp_path, options, {"TINY_SPECIALISTS_TOKEN": secret}) as made:
        page = browser.new_page()
        page.set_default_timeout(LONG)
        page.goto(made.url)
        expect(page.locator("#desktop")).to_be_visible(timeout=LONG)  # its one job is chosen
        page.locator("#text").fill("open slack")
        page.keyboard.press("Enter")
        page.get_by_label("asks for its token").fill(secret)
        page.keyboard.press("Enter")
        expect(page.locator("#typed")).to_contain_text("Slack", timeout=LONG)
        page.close()


def test_what_cannot_be_chosen_is_said(browser, service):
    page, trouble = browser.new_page(), []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.route("**/ready", lambda route: route.fulfill(status=503, body="Busy"))
    page.goto(service.url)
    status = page.get_by_role("status")
    expect(status).to_contain_text("does not say what it serves", timeout=LONG)
    assert trouble == []
    page.close()


def test_a_dictation_that_looks_like_a_call_is_shown_as_it_is(page):
    """The page took it for JSON, and showed nothing of the answer."""
    called = '{"kind":}'
    shown = {"task": "dictated_bash", "said": called, "text": called, "action": "type",
             "confidence": 1.0, "choices": [called, '{"kind":"note"}'], "undo": ""}  # fmt: skip
    shown["stages"] = [{"name": "plan", "decision": called, "confidence": 1.0, "ms": 1}]
    body = f"event: answer\ndata: {json.dumps(shown)}\n\n"
    page.route("**/v1/write", lambda route: route.fulfill(body=body))
    page.locator("#text").fill(called)
    page.keyboard.press("Enter")
    expect(page.locator("#typed")).to_have_text(called, timeout=LONG)
    assert page.locator(".choices button").all_inner_texts() == shown["choices"]
    assert page.locator("tbody td").first.inner_text().startswith(called)


def test_the_microphone_is_heard_beside_an_edited_desktop(page):
    page.get_by_text("Command a desktop").click()
    page.get_by_text("The desktop it may command").click()
    page.get_by_label("Apps").fill("Slack\nGoogle Chrome = web")
    button = page.locator("#microphone")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true", timeout=LONG)
    expect(page.locator("#level")).not_to_have_css("width", "0px", timeout=LONG)
    page.wait_for_timeout(3500)  # all of it is said once in that time
    page.keyboard.press("Enter")
    expect(page.locator("#typed")).to_have_text(OPEN_CHROME, timeout=LONG)
    assert "google chrome" in page.locator("#heard").inner_text().lower()
    assert page.locator("tbody th").first.inner_text() == "transcriber"


def test_a_display_out_of_form_is_said_and_not_sent(page):
    page.get_by_text("Command a desktop").click()
    page.get_by_text("The desktop it may command").click()
    page.get_by_label("Displays").fill("Studio Display")
    page.locator("#text").fill("open slack")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("status")).to_contain_text("lacks its size")


def test_all_can_be_reached_and_named_without_seeing(page):
    """Each control has a name, and the keyboard reaches it, in the order of the page."""
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(page.evaluate(NAME))
    assert names[0].strip() == "Write a command" and "Press and speak" in names[1]
    assert names[2:4] == ["Or write what you would say", "Answer"]
    assert page.locator("#answer").get_attribute("aria-live") == "polite"
    nameless = page.evaluate(
        "[...document.querySelectorAll('input, textarea')].filter((e) => !e.labels.length).length")
    assert nameless == 0
