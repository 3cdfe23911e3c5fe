// The page's large files: packed with gzip, whatever the host does, and unpacked here.
const TYPES = { wasm: "application/wasm", zip: "application/zip", mjs: "text/javascript" };
const network = globalThis.fetch.bind(globalThis);

// Answers like `fetch` with a part, unpacked; `count` is told of every piece that comes in.
export async function part(name, count) {
  const response = await network(`${name}.bin`);
  if (!response.ok) throw new Error(`${name} cannot be loaded (${response.status})`);
  const counter = new TransformStream({
    transform(chunk, controller) {
      count(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const unpacked = response.body.pipeThrough(counter).pipeThrough(new DecompressionStream("gzip"));
  const type = TYPES[name.split(".").pop()] ?? "application/octet-stream";
  return new Response(unpacked, { headers: { "Content-Type": type } });
}
