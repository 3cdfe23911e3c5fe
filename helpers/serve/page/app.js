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
    const token = at("token").value;
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
    if (!response.ok) throw new Error((await response.json()).error.message);
    for await (const [name, table] of events(response.body)) show(name, table);
  } catch (error) {
    if (!signal.aborted) status(error.message, true);
  }
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

function level(loud, seconds) {
  at("level").style.width = `${Math.min(100, 140 * loud)}%`;
  if (seconds > LONGEST) toggle();
}

async function toggle() {
  const button = at("microphone");
  if (recording) {
    const ended = recording;
    recording = null;
    button.setAttribute("aria-pressed", "false");
    at("microphone-name").textContent = "Press and speak";
    level(0, 0);
    const sound = await ended.end();
    await ask({ audio: base64(sound) });
    return;
  }
  try {
    recording = await Recording.begin(level);
  } catch {
    status("There is no microphone, or this page may not use it. Write instead.", true);
    at("text").focus();
    return;
  }
  button.setAttribute("aria-pressed", "true");
  at("microphone-name").textContent = "Stop, and answer";
  status("Listening …");
}

// Only what is served can be chosen.
async function begin() {
  const { jobs } = await (await fetch("/ready")).json();
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
begin();
