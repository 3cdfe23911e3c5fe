// The page: asks the service by text or by microphone, and shows each stage as it comes.
import { desktopOf } from "/page/desktop.js";
import { LONGEST, Recording, base64 } from "/page/sound.js";
import { gateLine, showAnswer, showDetails } from "/page/view.js";

const at = (id) => document.getElementById(id);
const TASKS = { command: "voice_command", label: "support_label" };
const HINTS = {
  write: "Such as: find dot dash name star dot txt",
  command: "Such as: bring up chrome",
  label: "Such as: you charged me twice for one order",
};

let recording = null;
let starting = false; // the browser asks its user, and loads what records
let asking = null;

const job = () => document.querySelector("input[name=job]:checked").value;

function status(text, problem = false) {
  at("status").textContent = text;
  at("status").classList.toggle("problem", problem);
}

function showJob() {
  at("hint").textContent = HINTS[job()];
  at("desktop").hidden = job() !== "command";
}

// Ask the service; what is asked before is given up.
async function ask(said) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  at("answer").hidden = at("details").hidden = true;
  status("Working … (the first answer wakes the service, which takes some seconds)");
  try {
    const body = { ...said, explain: true };
    if (job() === "command") {
      body.desktop = desktopOf(at("apps").value, at("workspaces").value, at("displays").value);
    }
    const token = latin1(at("token").value);
    const response = await fetch(`/v1/${job()}`, {
      method: "POST",
      headers: {
        accept: "text/event-stream",
        "content-type": "application/json",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal,
    });
    at("secret").hidden = response.status !== 401 && !token;
    if (!response.ok) throw new Error(await why(response));
    let answered = false;
    for await (const [name, table] of events(response.body)) {
      show(name, table);
      answered ||= name === "answer";
    }
    if (!answered) throw new Error("The service broke off before it had answered; ask again.");
  } catch (error) {
    if (!signal.aborted) status(error.message, true);
  }
}

// A header holds bytes: those of UTF-8, which the service compares.
const latin1 = (text) => String.fromCharCode(...new TextEncoder().encode(text));

// Return why there is no answer, also where something else than the service replies.
async function why(response) {
  const told = await response.json().catch(() => null);
  return told?.error?.message ?? `The service cannot answer now (${response.status}); ask again.`;
}

// Yield the server-sent events of a response: name and table.
async function* events(stream) {
  let text = "";
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      const field = (name) => lines.filter((l) => l.startsWith(`${name}: `)).map((l) => l.slice(name.length + 2)).join("\n");
      if (field("data")) yield [field("event"), JSON.parse(field("data"))];
    }
  }
}

function show(name, table) {
  if (name === "error") throw new Error(table.message);
  if (name === "heard" && table.duration) status(`Heard: ${table.text || "nothing"}`);
  if (name === "gate") status(gateLine(table));
  if (name !== "answer") return;
  showAnswer(at("answer"), table, copy);
  showDetails(at("details"), table);
  if (!table.stages.some((stage) => stage.name === "gate")) status("");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    status("Copied.");
  } catch {
    status("Your browser does not let this page copy; select the answer by hand.", true);
  }
}

function level(loud) {
  at("level").style.width = `${Math.min(100, 140 * loud)}%`;
}

async function toggle() {
  if (starting) return;
  if (recording) await finish();
  else await start();
}

async function start() {
  const button = at("microphone");
  starting = true;
  button.setAttribute("aria-disabled", "true"); // one that is disabled loses the keyboard
  try {
    const own = await Recording.begin((loud, seconds) => {
      if (recording !== own) return;
      level(loud);
      if (seconds > LONGEST) finish();
    });
    recording = own;
  } catch {
    status("There is no microphone, or this page may not use it. Write instead.", true);
    at("text").focus();
    return;
  } finally {
    starting = false;
    button.removeAttribute("aria-disabled");
  }
  button.setAttribute("aria-pressed", "true");
  at("microphone-name").textContent = "Stop, and answer";
  status("Listening …");
}

async function finish() {
  const ended = recording;
  recording = null;
  at("microphone").setAttribute("aria-pressed", "false");
  at("microphone-name").textContent = "Press and speak";
  level(0);
  const sound = await ended.end();
  await ask({ audio: base64(sound) });
}

// Only what is served can be chosen.
async function begin() {
  const response = await fetch("/ready");
  if (!response.ok) throw new Error(await why(response));
  const { jobs } = await response.json();
  for (const input of document.querySelectorAll("input[name=job]")) {
    const task = TASKS[input.value];
    const served = task ? jobs.includes(task) : jobs.some((name) => !Object.values(TASKS).includes(name));
    input.closest("label").hidden = !served;
    if (!served) input.checked = false;
  }
  if (!document.querySelector("input[name=job]:checked")) {
    document.querySelector(".jobs label:not([hidden]) input").checked = true;
  }
  showJob();
}

document.querySelectorAll("input[name=job]").forEach((input) => input.addEventListener("change", showJob));
at("microphone").addEventListener("click", toggle);
at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = at("text").value.trim();
  if (text) ask({ text });
});
showJob();
begin().catch(() => status("The service does not say what it serves; load this page again.", true));
