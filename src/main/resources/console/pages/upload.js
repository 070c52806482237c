// The upload of an image: announced by its sums, then sent in parts. It goes on while other pages are looked at, and where it
// stopped when the same file is chosen again: the service knows which parts it has.
import { Problem, admin, call, post } from '../ui/api.js';
import { createStore } from '../ui/store.js';
import { Sha256 } from './sha256.js';

const PART_BYTES = 16 * 1024 * 1024;
const SLICE_BYTES = 1024 * 1024;
const LARGEST = 2 ** 31 - 1;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;
const TRIES = 3;
const LONGEST_MILLIS = 15 * 60_000;

/** What is under way: {file, step, done, of, problem}; step is reading, sending, failed or stopped. */
export const upload = createStore(null);

let stopper = null;

addEventListener('beforeunload', (event) => {
  if (['reading', 'sending'].includes(upload.get()?.step)) {
    event.preventDefault();
  }
});

/** Why a file cannot be uploaded at all; empty where it can. */
export function refusal(file) {
  if (!NAME.test(file.name)) {
    return 'upload.badName';
  }
  return file.size < 1 ? 'upload.empty' : file.size > LARGEST ? 'upload.tooLarge' : '';
}

const say = (change) => upload.set((before) => ({ ...before, ...change }));

/** The sum of one part: by the browser itself where it has that, which is many times as fast. */
async function sumOf(bytes) {
  if (!globalThis.crypto?.subtle) {
    return new Sha256().update(bytes).hex();
  }
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Sums of the file and of each part, a slice at a time so that the page stays alive. */
async function sums(file, signal) {
  const whole = new Sha256();
  const parts = [];
  for (let from = 0; from < file.size; from += PART_BYTES) {
    const part = new Uint8Array(Math.min(PART_BYTES, file.size - from));
    for (let at = 0; at < part.length; at += SLICE_BYTES) {
      signal.throwIfAborted();
      const until = Math.min(part.length, at + SLICE_BYTES);
      const bytes = new Uint8Array(await file.slice(from + at, from + until).arrayBuffer());
      whole.update(bytes);
      part.set(bytes, at);
      say({ step: 'reading', done: from + until, of: file.size });
    }
    parts.push(await sumOf(part));
  }
  return { sha256: whole.hex(), parts };
}

/** Parts go to the service itself, or straight to where it keeps them: that place gets no cookie of ours. */
async function send(part, bytes, signal) {
  const longest = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MILLIS)]);
  if (part.url.startsWith('/')) {
    await call('PUT', part.url, { bytes, signal: longest });
    return;
  }
  let answer;
  try {
    answer = await fetch(part.url, { method: 'PUT', headers: part.headers, body: bytes, credentials: 'omit', redirect: 'error', signal: longest });
  } catch (failure) {
    throw signal.aborted ? failure : new Problem(0);
  }
  if (!answer.ok) {
    throw new Problem(answer.status, { code: 'artifacts-unavailable' });
  }
}

async function sendWithPatience(part, bytes, signal) {
  for (let tried = 1; ; tried++) {
    try {
      await send(part, bytes, signal);
      return;
    } catch (failure) {
      const isWorthIt = failure instanceof Problem && (failure.status === 0 || failure.status >= 500);
      if (signal.aborted || !isWorthIt || tried === TRIES) {
        throw failure;
      }
      await new Promise((goOn) => setTimeout(goOn, 1000 * 2 ** tried));
    }
  }
}

async function run(file, signal) {
  const { sha256, parts } = await sums(file, signal);
  const announced = await post(admin('artifacts'), { name: file.name, size: file.size, sha256, parts });
  const { artifact } = announced;
  if (artifact.state !== 'uploading') {
    return artifact;
  }
  let done = announced.parts.filter((part) => part.stored).reduce((total, part) => total + part.size, 0);
  say({ step: 'sending', done, of: file.size, resumed: done > 0 });
  for (const part of announced.parts.filter((each) => !each.stored)) {
    signal.throwIfAborted();
    await sendWithPatience(part, file.slice(part.offset, part.offset + part.size), signal);
    done += part.size;
    say({ done });
  }
  return post(admin('artifacts', artifact.id, 'complete'));
}

/** Uploads a file; changed hears of it when the list has something new. */
export async function begin(file, changed) {
  stopper = new AbortController();
  const { signal } = stopper;
  upload.set({ file, step: 'reading', done: 0, of: file.size, problem: null, resumed: false });
  try {
    const artifact = await run(file, signal);
    upload.set({ file, step: 'done', artifact });
  } catch (failure) {
    say(signal.aborted ? { step: 'stopped' } : { step: 'failed', problem: failure instanceof Problem ? failure : new Problem(0) });
  }
  changed?.();
}

export const stop = () => stopper?.abort();
export const forget = () => upload.set(null);
