// Calls of the API. The session is in a cookie that no script can read.
import { session, visitReason } from './store.js';

const LONGEST_MILLIS = 60_000;

/** An answer that is no success, as the API tells it; status 0: there was no answer. */
export class Problem extends Error {
  constructor(status, told = {}, retryAfter = null) {
    super(told.detail ?? '');
    this.status = status;
    this.code = told.code ?? (status === 0 ? 'unreachable' : 'internal');
    this.title = told.title ?? '';
    this.detail = told.detail ?? '';
    this.errors = told.errors ?? [];
    this.current = told.current;
    this.retryAfter = retryAfter;
  }
}

const tags = new Map();
const MOST_TAGS = 100;

function remember(path, tag, body) {
  tags.delete(path);
  tags.set(path, { tag, body });
  if (tags.size > MOST_TAGS) {
    tags.delete(tags.keys().next().value);
  }
}

/** A header takes ASCII alone; the rest is written as in addresses, and so is what begins an escape. */
const asHeader = (text) => text.replace(/[^\x20-\x24\x26-\x7e]+/g, encodeURIComponent);

async function send(method, path, { body, bytes, type = 'application/octet-stream', accept = 'application/json', revision, timer, signal, personal } = {}) {
  const headers = { Accept: accept, 'Towncrier-Console': '1' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  } else if (bytes) {
    headers['Content-Type'] = type;
  }
  if (revision !== undefined) {
    headers['If-Match'] = `"${revision}"`;
  }
  if (timer) {
    headers['Towncrier-Poll'] = '1';
  }
  if (personal) {
    headers['Towncrier-Reason'] = asHeader(visitReason.get());
  }
  const known = method === 'GET' ? tags.get(path) : undefined;
  if (known) {
    headers['If-None-Match'] = known.tag;
  }
  try {
    return await fetch(path, {
      method,
      headers,
      body: body === undefined ? bytes : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      signal: signal ?? AbortSignal.timeout(LONGEST_MILLIS),
    });
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new Problem(0);
  }
}

async function read(answer) {
  const text = await answer.text();
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    throw new Problem(0);
  }
}

/** The body of the answer; null where there is none. */
export async function call(method, path, options = {}) {
  const answer = await send(method, path, options);
  options.hear?.(answer.headers);
  if (answer.status === 304) {
    return tags.get(path).body;
  }
  if (!answer.ok) {
    throw await problemOf(answer, path);
  }
  const body = await read(answer);
  const tag = answer.headers.get('ETag');
  if (method === 'GET' && tag) {
    remember(path, tag, body);
  }
  return body;
}

async function problemOf(answer, path) {
  const body = await read(answer);
  if (answer.status === 401 && body?.code !== 'step-up-required' && path !== '/console/session') {
    session.set((before) => ({ ...before, ended: before.who !== null, known: true }));
  }
  return new Problem(answer.status, body ?? {}, Number(answer.headers.get('Retry-After')) || null);
}

/** An answer as a file of the person's own; one that is no success is a problem, and no file. */
export async function download(path, name) {
  const answer = await send('GET', path, { accept: '*/*' });
  if (!answer.ok) {
    throw await problemOf(answer, path);
  }
  const href = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), LONGEST_MILLIS);
}

export const get = (path, options) => call('GET', path, options);
export const post = (path, body, options = {}) => call('POST', path, { body, ...options });
export const put = (path, body, options = {}) => call('PUT', path, { body, ...options });
export const remove = (path, options) => call('DELETE', path, options);

/** A query of what is given; what is empty is left out. */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `?${new URLSearchParams(given)}` : '';
}

export const admin = (...parts) => `/v1/admin/${parts.map(encodeURIComponent).join('/')}`;
