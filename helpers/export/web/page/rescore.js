// Ranks what Python lists once more, by a language model in llama.cpp.
// A text's score is mix × log P of the model + (1 − mix) × Python's. While a text is read its
// log-probability only falls: as soon as it is behind another one that was read to its end, it has
// lost, and most texts are never read. The text that is ahead is read until it ends or has lost, and
// only then another: whoever goes back and forth between them reads their beginnings again and again.
import { part } from "./parts.js";
import { Wllama } from "./wllama.js";

const POSITIONS = 1024; // tokens that are kept
const ROOM = 256; // of these, for an answer
const quiet = { debug() {}, log() {}, warn() {}, error: console.error };

export class Ranker {
  static async load(options, count) {
    const [wasm, model] = await Promise.all(
      ["wllama.wasm", "model.gguf"].map(async (name) => (await part(name, count)).blob()),
    );
    const paths = { "single-thread/wllama.wasm": URL.createObjectURL(wasm) };
    const llama = new Wllama(paths, { suppressNativeLog: true, logger: quiet });
    await llama.loadModel([model], { n_ctx: POSITIONS, n_batch: ROOM, n_threads: 1 });
    const ranker = new Ranker(llama, options);
    ranker.before = await llama.tokenize(options.before, true);
    ranker.after = await llama.tokenize(options.after, true);
    return ranker;
  }

  constructor(llama, options) {
    Object.assign(this, { llama, options, read: [], isTorn: false, last: Promise.resolve() });
  }

  // Returns Python's answer with the text that model and Python together like best. Answers are
  // ranked one after the other: they share what llama.cpp has read.
  rank(answer) {
    const ranked = this.last.then(() => this.ranked(answer));
    this.last = ranked.catch(() => {});
    return ranked;
  }

  async ranked(answer) {
    const began = performance.now();
    const question = await this.llama.tokenize(answer.question, false);
    const prompt = [...this.before, ...question, ...this.after];
    if (prompt.length > POSITIONS - ROOM) return answer;
    const texts = answer.candidates.map(([text, own], place) => new Text(text, own, this.options.mix, place));
    const shares = new Map();
    let best, open = texts;
    while (open.length) {
      const ahead = first(open);
      while (!ahead.isRead && !ahead.hasLost(best)) await this.follow(ahead, prompt, shares);
      if (!ahead.hasLost(best)) best = ahead;
      open = open.filter((text) => !text.isRead && !text.hasLost(best));
    }
    const others = [answer.text, ...answer.others].filter((text) => text !== best.text);
    const milliseconds = answer.milliseconds + performance.now() - began;
    const steps = shares.size;
    return { ...answer, text: best.text, others: others.slice(0, 3), milliseconds, steps, model: true };
  }

  // Reads one more token of a text.
  async follow(text, prompt, shares) {
    if (!text.tokens) {
      text.tokens = [...(await this.llama.tokenize(text.text, false)), this.options.end];
    }
    const way = text.tokens.slice(0, text.at);
    const node = way.join();
    if (!shares.has(node)) shares.set(node, await this.shares([...prompt, ...way]));
    text.add(shares.get(node)[text.tokens[text.at]]);
  }

  // Returns log P of every token after these; what llama.cpp has read of them is not read again.
  async shares(tokens) {
    let kept = 0;
    while (kept < tokens.length - 1 && tokens[kept] === this.read[kept]) kept += 1;
    if (kept < this.read.length || this.isTorn) await this.llama.kvRemove(kept, -1);
    this.read = tokens.slice(0, kept);
    this.isTorn = true; // should reading fail, nobody knows how far it came
    await this.llama.decode(tokens.slice(kept), {});
    this.isTorn = false;
    this.read = tokens;
    const all = await this.llama.getLogits(-1);
    const logs = new Float64Array(all.length);
    for (const { token, p } of all) logs[token] = Math.log(Math.max(p, Number.MIN_VALUE));
    if (!logs.every(Number.isFinite)) throw new Error("the model's numbers are too large for the page");
    return logs;
  }
}

class Text {
  constructor(text, own, mix, place) {
    Object.assign(this, { text, own, mix, place, at: 0, total: 0 });
  }

  get score() {
    return this.mix * this.total + (1 - this.mix) * this.own;
  }

  get isRead() {
    return this.tokens !== undefined && this.at === this.tokens.length;
  }

  // Of equals the one listed first wins.
  hasLost(best) {
    return best !== undefined && (this.score < best.score || (this.score === best.score && this.place > best.place));
  }

  add(share) {
    this.total += share;
    this.at += 1;
  }
}

// The text that is ahead; of equals the one listed first.
function first(texts) {
  return texts.reduce((best, text) => (text.score > best.score ? text : best));
}
