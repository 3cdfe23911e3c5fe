// Python, away from the page's thread. Whatever Pyodide fetches is handed to it from the page's own
// parts; anything else is refused.
import { part } from "./parts.js";
import { loadPyodide } from "./pyodide.mjs";

let python;

async function start({ parts, lock }) {
  const count = (bytes) => self.postMessage({ bytes });
  const files = Object.fromEntries(parts.map(({ name }) => [name, part(name, count)]));
  self.fetch = async (url) => {
    const content = files[new URL(url, self.location.href).pathname.split("/").pop()];
    if (!content) throw new TypeError(`the page loads nothing from ${url}`);
    return content;
  };
  const script = URL.createObjectURL(await (await files["pyodide.asm.mjs"]).blob());
  const createPyodideModule = (await import(script)).default;
  URL.revokeObjectURL(script);
  const pyodide = await loadPyodide({
    createPyodideModule,
    indexURL: new URL("./", self.location.href).href,
    lockFileContents: JSON.parse(lock),
  });
  const sources = await (await files["sources.zip"]).arrayBuffer();
  pyodide.unpackArchive(sources, "zip", { extractDir: "/course" });
  pyodide.runPython("import sys; sys.path.insert(0, '/course')");
  const inside = pyodide.pyimport("helpers.export.web.inside");
  python = inside.load(await (await files["learned.json"]).text());
  return { memory: pyodide._module.HEAP8.length };
}

function answer({ said, count, variant }) {
  const began = performance.now();
  const best = JSON.parse(python.answer(said, count, variant));
  const milliseconds = performance.now() - began;
  const others = JSON.parse(python.alternatives(said, best.text));
  return { ...best, milliseconds, others };
}

self.onmessage = async ({ data }) => {
  try {
    const result = data.start ? await start(data.start) : answer(data.ask);
    self.postMessage({ id: data.id, result });
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error.message ?? error) });
  }
};
