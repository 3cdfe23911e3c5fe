// The desktop as its owner writes it, a line an item, and as the service reads it.
const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

const parts = (line) => {
  const at = line.indexOf("=");
  return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
};

// Return a desktop, or throw an error that names the line.
export function desktopOf(apps, workspaces, displays) {
  return {
    workspaces: lines(workspaces).map(parts).map(([name, path]) => (path ? { name, path } : { name })),
    apps: lines(apps).map(parts).map(([name, more]) => {
      const aliases = more.split(",").map((alias) => alias.trim()).filter(Boolean);
      return aliases.length ? { name, aliases } : { name };
    }),
    displays: lines(displays).map(display),
    focused_display: 1,
  };
}

function display(line, number) {
  const found = /^(.+?)\s+(\d+)\s*[x×]\s*(\d+)$/.exec(line);
  if (!found) throw new Error(`The display “${line}” lacks its size; write it like: Name 2560x1440`);
  const [, name, width, height] = found;
  const primary = number === 0 ? { primary: true } : {};
  return { index: number + 1, name, width: Number(width), height: Number(height), ...primary };
}
