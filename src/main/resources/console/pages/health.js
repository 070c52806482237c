import { admin, get } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { Badge, Facts, Page, When } from '../ui/parts.js';
import { hasWord, number, t, word } from '../ui/texts.js';
import { Canary } from './canary.js';
import { Settings } from './settings.js';

const EVERY_SECONDS = 10;

export default function Health() {
  const data = useData((options) => get(admin('status'), options), [], { every: EVERY_SECONDS });
  return html`
    <${Page} title=${t('health.title')} lead=${t('health.lead')} data=${data}>
      ${data.data && html`<${Body} of=${data.data} />`}
    <//>
  `;
}

const Body = ({ of }) => html`
  <div class="tiles">
    ${of.checks.map((check) => html`<${Check} key=${check.name} of=${check} />`)}
    <${Tile} title=${t('health.pushes')} items=${pushes(of)} />
    <${Tile}
      title=${t('health.build')}
      items=${[
        [t('release.version'), html`${of.version} · ${t(`flavour.${of.flavour}`)}`],
        of.migration && [t('health.migration'), of.migration],
        [t('health.zoneData'), of.zoneData],
      ]}
    />
  </div>
  <${Canary} />
  <${Settings} settings=${of.settings} />
`;

const Tile = ({ title, badge, items }) => html`
  <section class="card tile" aria-label=${title}>
    <h2>${title} ${badge}</h2>
    <${Facts} items=${items} />
  </section>
`;

function Check({ of }) {
  const tone = !of.up ? 'bad' : of.amiss ? 'warn' : 'good';
  return html`<${Tile}
    title=${word('check', of.name)}
    badge=${html`<${Badge} tone=${tone} text=${t(`health.${tone}`)} />`}
    items=${Object.entries(of.data)
      // The code that it explains has words of its own here.
      .filter(([name]) => name !== 'means')
      .map(([name, value]) => [word('healthFact', name), said(value)])}
  />`;
}

const MOMENT = /^\d{4}-\d\d-\d\dT/;

/** Facts of checks are texts: some of them codes, some yes or no, some moments. */
function said(value) {
  if (MOMENT.test(value)) {
    return html`<${When} at=${value} />`;
  }
  return { true: t('yes'), false: t('no') }[value] ?? (hasWord('because', value) ? word('because', value) : value);
}

const pushes = ({ outbox, pushes: of }) => [
  [t('health.provider'), of.provider],
  outbox && [t('health.waiting'), number(outbox.waiting)],
  outbox?.halted > 0 && [t('health.held'), number(outbox.halted)],
  outbox && [t('health.dead'), number(outbox.dead)],
  outbox?.oldestDueAt && [t('health.oldest'), html`<${When} at=${outbox.oldestDueAt} />`],
  of.perSecond !== undefined && [t('notice.perSecond'), number(of.perSecond)],
  [t('health.quota'), number(of.quotaPerMinute)],
];
