// The page: it starts Python in a worker, hands it what was typed, and shows what comes back.
// Texts are only ever set as text.
const at = (id) => document.getElementById(id);
const began = performance.now();
const EXAMPLES = [
  "find dot dash name star dot txt",
  "CD dot dot slash docs",
  "okay so git commit dash M quote fix login quote",
  "let us meet tomorrow at noon",
];
const KEEPING = 2000; // milliseconds to wait for what keeps the page offline
const ROUTES = {
  rules: "Spaces were said, so nothing is left to guess",
  lattice: "Picked from all that these words may mean",
  hearing: "Read as a transcriber writes speech",
};

let settings, ranker, latest = 0, calls = 0;
const worker = new Worker("worker.js", { type: "module" });
const waiting = new Map();

function call(message) {
  const id = ++calls;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, ...message });
  });
}

worker.onmessage = ({ data }) => {
  if (data.bytes) return count(data.bytes);
  const { resolve, reject } = waiting.get(data.id);
  waiting.delete(data.id);
  if (data.error) reject(new Error(data.error));
  else resolve(data.result);
};
worker.onerror = () => fail(new Error("Python cannot be started here"));

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`;
}

function count(bytes) {
  const bar = at("progress");
  bar.value += bytes;
  const what = bar.value < bar.max ? "Loading" : "Starting";
  at("stage").textContent = `${what} Python: ${megabytes(bar.value)} of ${megabytes(bar.max)}`;
}

function fail(error) {
  at("loading").hidden = true;
  at("problem").hidden = false;
  at("problem").textContent = `${error.message}. Reload the page to try again.`;
}

async function keepOffline() {
  if (!navigator.serviceWorker) return false;
  try {
    const control = new Promise((done) => {
      navigator.serviceWorker.addEventListener("controllerchange", () => done(true), { once: true });
    });
    await navigator.serviceWorker.register("sw.js");
    if (navigator.serviceWorker.controller) return true;
    return await Promise.race([control, new Promise((done) => setTimeout(done, KEEPING, false))]);
  } catch {
    return false; // a private window, or an address without https
  }
}

async function start() {
  const offline = await keepOffline();
  settings = await (await fetch("page.json")).json();
  const python = settings.parts.filter((one) => !["wllama.wasm", "model.gguf"].includes(one.name));
  at("progress").max = settings.parts.reduce((sum, one) => sum + one.bytes, 0);
  showParts(settings.parts);
  const [{ memory }] = await Promise.all([
    call({ start: { parts: python, lock: settings.lock } }),
    settings.model && loadModel(),
  ]);
  at("memory").textContent = `Python uses ${megabytes(memory)} of memory.`;
  at("offline").textContent = offline
    ? "The page is kept in this browser: it works without a network from now on."
    : "This browser does not keep the page: it is loaded again each time.";
  at("loading").hidden = true;
  at("write").disabled = false;
  document.body.dataset.ready = Math.round(performance.now() - began);
  if (at("said").value.trim()) await write();
}

async function loadModel() {
  const { Ranker } = await import("./rescore.js");
  ranker = await Ranker.load(settings.model, count);
  at("model").hidden = false;
}

function showParts(parts) {
  const total = { about: "in all", bytes: at("progress").max };
  for (const { about, bytes } of [...parts, total]) {
    const row = at("parts").insertRow();
    row.insertCell().textContent = about;
    row.insertCell().textContent = megabytes(bytes);
  }
}

export async function answer(said) {
  const count = ranker ? settings.model.candidates : 0;
  const result = await call({ ask: { said, count, variant: settings.model?.variant ?? "" } });
  return ranker && result.candidates?.length > 1 ? ranker.rank(result) : result;
}

async function write() {
  const said = at("said").value.trim().replace(/\s+/g, " ");
  if (!said || at("write").disabled) return;
  const mine = ++latest;
  try {
    const result = await answer(said);
    if (mine !== latest) return; // another one was written meanwhile
    show(result);
    document.body.dataset.said = said;
  } catch (error) {
    if (mine === latest) fail(error);
  }
}

function how(result) {
  if (result.model) return "Ranked by the language model";
  const where = result.talk ? "Found in the middle of talk" : ROUTES[result.route];
  const doubt = result.action === "ask" ? "Not sure. " : "";
  return `${doubt}${where}, ${Math.min(99, Math.round(100 * result.confidence))} % sure`;
}

function note(result) {
  if (!result.text) return "That is no command, so nothing is written.";
  return `${how(result)}, in ${Math.max(1, Math.round(result.milliseconds))} ms.`;
}

function show(result) {
  at("problem").hidden = true;
  at("result").hidden = false;
  at("command").textContent = result.text || "—";
  at("copy").hidden = !result.text;
  at("copy").textContent = "Copy";
  at("note").textContent = note(result);
  at("meant").textContent = result.text ? "Or did you mean" : "If it was meant as one";
  at("others").hidden = !result.others.length;
  at("list").replaceChildren(...result.others.map(choice));
}

function choice(text) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", () => {
    at("command").textContent = text;
    at("copy").hidden = false;
    at("copy").textContent = "Copy";
    at("note").textContent = "Chosen by you.";
    at("copy").focus();
  });
  const item = document.createElement("li");
  item.append(button);
  return item;
}

async function copy() {
  try {
    await navigator.clipboard.writeText(at("command").textContent);
    at("copy").textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(at("command"));
    at("copy").textContent = "Press Ctrl+C";
  }
}

at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  write();
});
at("said").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  write();
});
at("copy").addEventListener("click", copy);
for (const text of EXAMPLES) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", () => {
    at("said").value = text;
    write();
  });
  at("examples").append(button);
}
start().catch(fail);
