// A catalogue on its way from a file into the service. It stays while other pages are looked at, and when a session ends.
import { Problem, admin, call, query } from '../ui/api.js';
import { createStore } from '../ui/store.js';
import { decode, inSlices, lines, nearest, scan } from './json-scan.js';

/** As large a document the service takes (docs/adr/0007); what is larger is not even read. */
export const LARGEST = 32 * 1024 * 1024;
const LONGEST_MILLIS = 15 * 60_000;

/** What is under way: {round, name, bytes, text, step, defects, problem, preview, result}. */
export const importing = createStore(null);

let round = 0;
let sending = false;

/**
 * A new round: of another file, or of another look at the same one. What an older round still waits for changes nothing any
 * more: neither what is shown, nor what may be imported.
 */
function begin() {
  const mine = ++round;
  const isMine = () => mine === round;
  const say = (change) => isMine() && importing.set((before) => ({ ...before, ...change, round: mine }));
  return { isMine, say };
}

/** Whether the page still shows what somebody has seen. */
const isShown = (seen) => importing.get() !== null && importing.get().round === seen.round;

const send = async (path, bytes) => {
  const signal = AbortSignal.timeout(LONGEST_MILLIS);
  try {
    return await call('POST', path, { bytes, type: 'application/json', signal });
  } catch (failure) {
    throw failure instanceof Problem ? failure : new Problem(0);
  }
};

/** Defects of the text itself, with their lines. */
async function ofText(text, isMine) {
  const { defects } = await inSlices(scan(text), isMine);
  const where = lines(text, defects.flatMap((defect) => [defect.at, defect.first ?? 0]));
  return defects.map((defect) => ({ ...defect, ...where.get(defect.at), firstLine: where.get(defect.first ?? 0).line }));
}

/** A finding is named by product and version; in the file it stands below the release that names both. */
function inFile(field, document) {
  const [, id, version, rest] = /^products\[([^\]]*)\](?:\.releases\[(.*?)\](?:\.(.*))?)?$/.exec(field) ?? [];
  if (id === undefined || (version === undefined && /^\d+$/.test(id) && Number(id) < (document.products?.length ?? 0))) {
    return field;
  }
  if (version === undefined) {
    const index = (document.products ?? []).findIndex((product) => product?.id === id);
    return index < 0 ? null : `products[${index}]`;
  }
  const index = (document.releases ?? []).findIndex((release) => release?.version === version && release.products?.includes(id));
  if (index < 0) {
    return null;
  }
  const name = /^rules\[(.*)\]$/.exec(rest ?? '')?.[1];
  const rule = name === undefined ? -1 : (document.releases[index].rules ?? []).findIndex((each) => each?.name === name);
  return `releases[${index}]${rule < 0 ? (rest && name === undefined ? `.${rest}` : '') : `.rules[${rule}]`}`;
}

/** Defects that the service has found, with the lines of the file that they are about; null: it is not about this file. */
export async function ofService(text, errors, isMine) {
  const document = JSON.parse(text);
  const fields = errors.map((error) => (error.field === 'body' ? '' : inFile(error.field, document)));
  const { places } = await inSlices(scan(text, [...new Set(fields.filter(Boolean))]), isMine);
  const at = fields.map((field) => (field === null ? null : nearest(places, field)));
  const where = lines(text, at.filter((offset) => offset !== null));
  return errors
    .map((error, i) => ({ field: error.field, message: error.message, ...(at[i] === null ? {} : where.get(at[i])) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

async function look({ isMine, say }) {
  const { bytes, text } = importing.get();
  say({ step: 'looking', problem: null, defects: null, preview: null });
  try {
    say({ step: 'looked', preview: await send(`${admin('catalogue')}/preview`, bytes) });
  } catch (problem) {
    if (problem.code === 'invalid-request' && problem.errors.length) {
      say({ step: 'refused', defects: await ofService(text, problem.errors, isMine), more: problem.detail });
    } else {
      say({ step: 'failed', problem });
    }
  }
}

/** Reads a file, says what is wrong with it, and asks the service what it would do. */
export async function take(file) {
  const mine = begin();
  const { isMine, say } = mine;
  importing.set({ name: file.name, size: file.size, step: 'reading', defects: null, problem: null, preview: null, result: null });
  if (file.size > LARGEST) {
    say({ step: 'refused', defects: [{ code: 'tooLarge' }] });
    return;
  }
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    say({ step: 'refused', defects: [{ code: 'unreadable' }] });
    return;
  }
  if (!isMine()) {
    return;
  }
  const { text, line } = decode(bytes);
  if (text === undefined) {
    say({ step: 'refused', defects: [{ code: 'notText', line }] });
    return;
  }
  const defects = await ofText(text, isMine);
  if (!isMine()) {
    return;
  }
  say({ bytes, text });
  if (defects.length) {
    say({ step: 'refused', defects });
  } else {
    await look(mine);
  }
}

export const lookAgain = () => look(begin());

/**
 * Imports what somebody has seen and confirmed: that file, when it reaches no more than was shown then. What the page has
 * learned since is not theirs.
 *
 * @returns what became of it: 'done'; 'replaced', and nothing was sent, when the page shows another file or another look;
 *   'busy', and nothing was sent, while an import is under way
 */
export async function bringIn(seen) {
  if (sending) {
    return 'busy';
  }
  if (!isShown(seen)) {
    return 'replaced';
  }
  sending = true;
  const say = (change) => isShown(seen) && importing.set((before) => ({ ...before, ...change }));
  try {
    const result = await send(admin('catalogue') + query({ expectedAtMost: seen.preview.reach.atMost }), seen.bytes);
    say({ step: 'done', result });
    return 'done';
  } catch (problem) {
    if (problem.code === 'invalid-request' && problem.errors.length && isShown(seen)) {
      // Somebody has changed the catalogue since it was looked at: its defects are shown with their lines.
      lookAgain();
    } else if (problem.code === 'reach-has-grown') {
      say({ preview: { ...seen.preview, reach: problem.current } });
    }
    throw problem;
  } finally {
    sending = false;
  }
}

export const forget = () => {
  round++;
  importing.set(null);
};
