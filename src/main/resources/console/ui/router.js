import { createStore } from './store.js';

/** '#/releases/a%3A1?tab=x' as its parts and its query. */
export function parse(hash) {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decode);
  return { parts, query: Object.fromEntries(new URLSearchParams(search)) };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const to = (parts, query = {}) => {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined);
  const search = given.length ? `?${new URLSearchParams(given)}` : '';
  return `#/${parts.map(encodeURIComponent).join('/')}${search}`;
};

export const route = createStore(parse(location.hash));
addEventListener('hashchange', () => route.set(parse(location.hash)));

export const go = (parts, query) => {
  location.hash = to(parts, query);
};

/** Changes the query of the page that is shown, without a new step in the history. */
export const refine = (change) => {
  const { parts, query } = route.get();
  history.replaceState(null, '', to(parts, { ...query, ...change }));
  route.set(parse(location.hash));
};
