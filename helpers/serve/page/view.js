// What the page shows of an outcome. Whatever was said is put in as text, never as markup.
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const percent = (share) => `${Math.min(99, Math.round(100 * share))} %`; // nobody is all sure
const ms = (value) => (value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`);

// A call of a desktop in few words; another job's text as it is, though it may look like a call.
function brief(text, task) {
  if (task !== "voice_command" || !text.startsWith('{"kind":')) return text;
  const { kind, action, arguments: named } = JSON.parse(text);
  return action ? [action, ...Object.values(named ?? {})].join("  ") : kind;
}

const GATE = {
  protocol: "a dictation by the convention",
  dictated: "a dictation",
  talk: "a command amid talk",
  none: "no command",
};

export const gateLine = (stage) =>
  `The gate takes it for ${GATE[stage.decision] ?? stage.decision} (${percent(stage.confidence)} sure).`;

// Show the answer, with what else it may have been; `copy` hears which text is picked.
export function showAnswer(place, found, copy) {
  const code = element("code", { id: "typed", textContent: found.text || "—" });
  const button = element("button", { type: "button", id: "copy", textContent: "Copy" });
  button.addEventListener("click", () => copy(code.textContent));
  button.disabled = !found.text;
  const heard = element("p", { className: "note" }, "Heard: ", element("q", { id: "heard", textContent: found.said || "nothing" }));
  place.replaceChildren(heard, element("div", { className: "typed" }, code, button), verdict(found));
  const others = [...new Set([...found.choices, found.text, ...(found.others ?? [])])].filter(Boolean);
  if (others.length > 1 || (others.length && !found.text)) {
    const list = element("ul", { className: "choices" });
    list.setAttribute("aria-label", "Or did you mean");
    for (const text of others) {
      const pick = element("button", { type: "button", textContent: brief(text, found.task), ariaPressed: text === found.text });
      pick.addEventListener("click", () => {
        list.querySelectorAll("button").forEach((one) => { one.ariaPressed = one === pick; });
        code.textContent = text;
        button.disabled = false;
        copy(text);
      });
      list.append(element("li", {}, pick));
    }
    place.append(list);
  }
  place.hidden = false;
}

function verdict(found) {
  const plan = found.stages.at(-1);
  if (found.action === "ask") {
    return element("p", { className: "asks", textContent: "It is not sure: which of these did you mean?" });
  }
  if (found.action === "nothing") {
    return element("p", { className: "note", textContent: "Taken for talk: nothing is written." });
  }
  const undo = found.undo ? ` To undo: ${found.undo}.` : "";
  const text = `${percent(found.confidence)} sure. Would ${plan.decision}.${undo}`;
  return element("p", { className: "note", textContent: text });
}

// Show what each word may write, with the path taken, and what every stage took.
export function showDetails(place, found) {
  place.replaceChildren();
  if (found.lattice?.words.length) {
    place.append(element("h2", { textContent: "What each word may write" }), lattice(found.lattice));
  }
  place.append(element("h2", { textContent: "Stages" }), stages(found));
  place.hidden = false;
}

function lattice({ words, readings }) {
  const grid = element("div", { className: "words" });
  const taken = [];
  words.forEach((word, at) => {
    const box = element("span", { className: "word", textContent: word });
    box.style.gridArea = `1 / ${at + 1}`;
    grid.append(box);
  });
  const rows = words.map(() => new Set());
  // Those of the path first, so that it is one line.
  const sorted = [...readings].sort((a, b) => (a.gap === null) - (b.gap === null));
  for (const { start, end, text, gap } of sorted) {
    let row = 2;
    while (rows.slice(start, end).some((used) => used.has(row))) row += 1;
    rows.slice(start, end).forEach((used) => used.add(row));
    const box = element("span", { className: "reading", textContent: text });
    box.style.gridArea = `${row} / ${start + 1} / ${row + 1} / ${end + 1}`;
    if (gap !== null) {
      box.classList.add("taken");
      taken.push(`${words.slice(start, end).join(" ")} as ${text}`);
      if (gap === "" && taken.length > 1) box.classList.add("joined");
    }
    grid.append(box);
  }
  grid.setAttribute("role", "img");
  grid.setAttribute("aria-label", `The path taken: ${taken.join(", ") || "none"}`);
  const scroll = element("div", { className: "lattice", tabIndex: 0 }, grid);
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", "What each word may write");
  return scroll;
}

function stages(found) {
  const body = element("tbody");
  for (const stage of found.stages) {
    const sure = stage.confidence === null ? "" : ` (${percent(stage.confidence)})`;
    body.append(element("tr", {},
      element("th", { scope: "row", textContent: stage.name }),
      element("td", { textContent: `${brief(stage.decision, found.task) || "—"}${sure}` }),
      element("td", { textContent: ms(stage.ms) })));
  }
  const head = ["stage", "decision", "time"].map((text) => element("th", { scope: "col", textContent: text }));
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), body);
}
