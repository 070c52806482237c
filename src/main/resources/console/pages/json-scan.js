// What keeps a text from being JSON, which members stand there twice, and where the places are that the service names. One
// pass without recursion, in slices, so that the page stays alive with ten megabytes.
const DEEPEST = 1000;
const SLICE = 500_000;
/** As many defects as the service names; who has that many has one cause. */
const MOST_TWICE = 1000;
const HEX = /^[0-9a-fA-F]{4}$/;
const SPACE = new Set([' ', '\t', '\n', '\r']);
const CLOSING = { '{': '}', '[': ']' };

const isDigit = (text, at) => text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57;

function digits(text, at) {
  let end = at;
  while (isDigit(text, end)) {
    end++;
  }
  return end;
}

/** Behind the string that begins here, or what is wrong with it. */
function endOfString(text, begin) {
  for (let at = begin + 1; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 34) {
      return { end: at + 1 };
    }
    if (c < 32) {
      return { code: 'string', at };
    }
    if (c === 92) {
      const escape = text[at + 1];
      if (escape === undefined) {
        break;
      }
      if (escape === 'u' ? !HEX.test(text.slice(at + 2, at + 6)) : !'"\\/bfnrt'.includes(escape)) {
        return { code: text.length < at + 6 && escape === 'u' ? 'cut' : 'escape', at };
      }
      at += escape === 'u' ? 5 : 1;
    }
  }
  return { code: 'cut', at: text.length };
}

function endOfNumber(text, begin) {
  let at = text[begin] === '-' ? begin + 1 : begin;
  const whole = text[at] === '0' ? at + 1 : digits(text, at);
  let end = whole;
  let good = whole > at;
  if (text[end] === '.') {
    at = end + 1;
    end = digits(text, at);
    good &&= end > at;
  }
  if (text[end] === 'e' || text[end] === 'E') {
    at = '+-'.includes(text[end + 1] ?? '?') ? end + 2 : end + 1;
    end = digits(text, at);
    good &&= end > at;
  }
  return good && !isDigit(text, end) ? { end } : { code: end >= text.length ? 'cut' : 'number', at: begin };
}

/** Behind the value that is no object and no list. */
function endOfScalar(text, at) {
  const c = text[at];
  if (c === '"') {
    return endOfString(text, at);
  }
  if (c === '-' || isDigit(text, at)) {
    return endOfNumber(text, at);
  }
  for (const literal of ['true', 'false', 'null']) {
    if (text.startsWith(literal, at)) {
      return { end: at + literal.length };
    }
    if (c !== undefined && literal.startsWith(text.slice(at))) {
      return { code: 'cut', at: text.length };
    }
  }
  return { code: c === undefined ? 'cut' : 'value', at };
}

/** Of the places that are looked for inside of here, those that are in this child. */
const inside = (wanted, child) => wanted.filter((place) => place === child || place.startsWith(`${child}.`) || place.startsWith(`${child}[`));

/** The same of all children of a list, by their index. */
function byIndex(wanted, path) {
  const groups = new Map();
  for (const place of wanted) {
    const index = Number(/^\[(\d+)\]/.exec(place.slice(path.length))?.[1] ?? -1);
    if (!groups.has(index)) {
      groups.set(index, []);
    }
    groups.get(index).push(place);
  }
  return groups;
}

/**
 * Scans a text; each step of the generator is a slice. Defects are {at, code, name, first}: members that are twice, then at
 * most one that ends the scan. Places are where a wanted path stands, or what is around it.
 */
export function* scan(text, wanted = []) {
  const defects = [];
  const places = new Map();
  const frames = [];
  let at = 0;
  let next = SLICE;
  let path = '';
  let within = wanted;
  let expected = 'value';
  const fail = (code, where) => {
    defects.push({ code, at: where });
    return { defects, places };
  };
  for (;;) {
    while (SPACE.has(text[at])) {
      at++;
    }
    if (at >= next) {
      next = at + SLICE;
      yield;
    }
    const frame = frames[frames.length - 1];
    const c = text[at];
    if (expected === 'end') {
      return c === undefined ? { defects, places } : fail('more', at);
    }
    if (c === undefined) {
      return fail(text.trim() === '' ? 'empty' : 'cut', text.length);
    }
    if ((expected === 'first' || expected === 'comma') && c === frame.closing) {
      frames.pop();
      at++;
      expected = frames.length ? 'comma' : 'end';
    } else if (expected === 'comma') {
      if (c !== ',') {
        return fail('comma', at);
      }
      at++;
      expected = 'item';
    } else if (expected !== 'value' && frame.closing === '}') {
      if (c !== '"') {
        return fail(c === '}' ? 'trailing' : 'key', at);
      }
      const key = endOfString(text, at);
      if (key.code) {
        return fail(key.code, key.at);
      }
      const raw = text.slice(at + 1, key.end - 1);
      const name = raw.includes('\\') ? JSON.parse(text.slice(at, key.end)) : raw;
      if (frame.keys.has(name)) {
        if (defects.length === MOST_TWICE) {
          return fail('tooMany', at);
        }
        defects.push({ code: 'twice', at, name, first: frame.keys.get(name) });
      } else {
        frame.keys.set(name, at);
      }
      path = within = null;
      if (frame.within.length) {
        path = frame.path ? `${frame.path}.${name}` : name;
        within = inside(frame.within, path);
      }
      if (within?.length) {
        places.set(path, at);
      }
      at = key.end;
      while (SPACE.has(text[at])) {
        at++;
      }
      if (text[at] !== ':') {
        return fail(text[at] === undefined ? 'cut' : 'colon', at);
      }
      at++;
      expected = 'value';
    } else {
      if (frame && expected !== 'value') {
        if (c === ']') {
          return fail('trailing', at);
        }
        const index = frame.count++;
        within = frame.groups?.get(index) ?? null;
        path = within ? `${frame.path}[${index}]` : null;
        if (within) {
          places.set(path, at);
        }
      }
      if (c === '{' || c === '[') {
        if (frames.length === DEEPEST) {
          return fail('deep', at);
        }
        const list = within ?? [];
        frames.push({ closing: CLOSING[c], path, within: list, keys: c === '{' ? new Map() : null, count: 0, groups: c === '[' && list.length ? byIndex(list, path) : null });
        at++;
        expected = 'first';
      } else {
        const value = endOfScalar(text, at);
        if (value.code) {
          return fail(value.code, value.at);
        }
        at = value.end;
        expected = frames.length ? 'comma' : 'end';
      }
    }
  }
}

/** Where a place stands; where it does not, what is around it. */
export function nearest(places, place) {
  for (let end = place.length; end > 0; end--) {
    if (end === place.length || place[end] === '.' || place[end] === '[') {
      const found = places.get(place.slice(0, end));
      if (found !== undefined) {
        return found;
      }
    }
  }
  return 0;
}

/** Line and column of each offset, both from 1, and what stands in that line. */
export function lines(text, offsets) {
  const found = new Map();
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  const breaks = /\r\n|\n|\r/g;
  let line = 1;
  let begin = 0;
  let end = breaks.exec(text);
  for (const offset of sorted) {
    while (end && end.index + end[0].length <= offset) {
      line++;
      begin = breaks.lastIndex;
      end = breaks.exec(text);
    }
    const column = offset - begin + 1;
    const from = Math.max(begin, offset - 60);
    found.set(offset, { line, column, excerpt: text.slice(from, Math.min(end?.index ?? text.length, from + 140)).trim() });
  }
  return found;
}

/** The text of a file, without a mark of its order of bytes; or the first line that is no UTF-8. */
export function decode(bytes) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    for (let line = 1, from = 0; from < bytes.length; line++) {
      const found = bytes.indexOf(10, from);
      const until = found < 0 ? bytes.length : found + 1;
      try {
        decoder.decode(bytes.subarray(from, until));
      } catch {
        return { line };
      }
      from = until;
    }
    return { line: 1 };
  }
}

/** Runs a scan to its end, and lets the page breathe between its slices; it ends early when nobody waits for it any more. */
export async function inSlices(steps, isWanted = () => true) {
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
    if (!isWanted()) {
      return { defects: [], places: new Map() };
    }
    await new Promise((goOn) => setTimeout(goOn));
  }
}
