// The microphone as a WAV file: every browser can, and the service's reader takes it.
export const LONGEST = 60; // seconds

export class Recording {
  // Begin to record; `onLevel` hears how loud it is (0 to 1) and for how many seconds it runs.
  static async begin(onLevel) {
    const audio = { channelCount: 1, echoCancellation: false, noiseSuppression: true };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    let context;
    try {
      context = new AudioContext();
      await context.audioWorklet.addModule("/page/recorder.js");
      return new Recording(stream, context, onLevel);
    } catch (error) {
      await release(stream, context);
      throw error;
    }
  }

  constructor(stream, context, onLevel) {
    this.stream = stream;
    this.context = context;
    this.blocks = [];
    this.node = new AudioWorkletNode(context, "recorder", { numberOfOutputs: 0 });
    let samples = 0;
    this.node.port.onmessage = ({ data }) => {
      this.blocks.push(data);
      samples += data.length;
      onLevel(Math.max(...data.map(Math.abs)), samples / context.sampleRate);
    };
    context.createMediaStreamSource(stream).connect(this.node);
  }

  // Stop, let go of the microphone, and return the bytes of a WAV file.
  async end() {
    this.node.port.onmessage = null;
    await release(this.stream, this.context);
    return wav(this.blocks, this.context.sampleRate);
  }
}

// Let go of the microphone.
async function release(stream, context) {
  stream.getTracks().forEach((track) => track.stop());
  await context?.close();
}

// One channel of 16 bits.
export function wav(blocks, rate) {
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const view = new DataView(new ArrayBuffer(44 + 2 * length));
  const text = (at, value) => [...value].forEach((c, n) => view.setUint8(at + n, c.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + 2 * length, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, 2 * length, true);
  let at = 44;
  for (const block of blocks) {
    for (const sample of block) {
      view.setInt16(at, 32767 * Math.max(-1, Math.min(1, sample)), true);
      at += 2;
    }
  }
  return new Uint8Array(view.buffer);
}

export function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return btoa(text);
}
