// Every page: where it is found, by which key, and the file that holds it. A new page is a line here, a file and texts.
import { loadMoreTexts } from '../ui/texts.js';

const page = (id, path, key, load) => ({ id, path, key, load });

/** A page that is nothing without a change, or asks by one: a viewer has none of it. */
const changing = (of) => ({ ...of, changes: true });

/** A page whose texts are not among those of the first look. */
const later = (load) => () => Promise.all([load(), loadMoreTexts()]).then(([module]) => module);

export const GROUPS = [
  {
    name: 'now',
    pages: [
      page('overview', [], 'o', () => import('./overview.js')),
      changing(page('explain', ['explain'], 'e', () => import('./explain.js'))),
    ],
  },
  {
    name: 'releases',
    pages: [
      page('releases', ['releases'], 'r', later(() => import('./releases.js'))),
      page('outcomes', ['outcomes'], 'u', later(() => import('./outcomes.js'))),
      page('artifacts', ['artifacts'], 'i', later(() => import('./artifacts.js'))),
      changing(page('simulate', ['simulate'], 's', later(() => import('./simulate.js')))),
      changing(page('import', ['import'], 'm', later(() => import('./import.js')))),
      page('lint', ['lint'], 'l', later(() => import('./lint.js'))),
      page('products', ['products'], 'p', () => import('./products.js')),
    ],
  },
  {
    name: 'people',
    pages: [
      page('notices', ['notices'], 'n', later(() => import('./notices.js'))),
      page('devices', ['devices'], 'd', () => import('./devices.js')),
      page('requests', ['privacy-requests'], 'q', later(() => import('./requests.js'))),
    ],
  },
  {
    name: 'service',
    pages: [
      page('audit', ['audit'], 'a', later(() => import('./audit.js'))),
      page('events', ['events'], 'v', later(() => import('./events.js'))),
      page('health', ['health'], 'h', later(() => import('./health.js'))),
    ],
  },
];

export const PAGES = GROUPS.flatMap((group) => group.pages);

/** Pages of one thing, by the word behind its id: the list that they belong to stays marked in the navigation. */
const OF_ONE = {
  releases: { compare: later(() => import('./compare.js')), edit: later(() => import('./draft.js')), show: later(() => import('./release.js')) },
  outcomes: { show: later(() => import('./outcome.js')) },
  notices: {
    edit: later(() => import('./notice-editor.js')),
    show: later(() => import('./notice.js')),
    deliveries: later(() => import('./notice-deliveries.js')),
  },
  devices: { show: later(() => import('./device.js')) },
  'privacy-requests': { show: later(() => import('./request.js')) },
  products: { show: later(() => import('./product.js')) },
};

/** releases, releases/new, releases/ID, releases/ID/edit: the page, and what is left of the path. */
export function find(parts) {
  const [first = '', id, verb] = parts;
  const list = PAGES.find((each) => (each.path[0] ?? '') === first);
  const ofOne = OF_ONE[first];
  if (!list || (id && !ofOne) || parts.length > 3 || verb === 'show') {
    return undefined;
  }
  if (!id) {
    return { page: list, file: list.id, load: list.load, rest: [], changes: list.changes };
  }
  const kind = ofOne.edit && id === 'new' ? 'edit' : (verb ?? 'show');
  const changes = kind === 'edit' || id === 'new';
  return Object.hasOwn(ofOne, kind) ? { page: list, file: `${list.id}/${kind}`, load: ofOne[kind], rest: [id], changes } : undefined;
}
