import { haltRelease, pauseNotice, pauseRelease } from '../ui/actions.js';
import { admin, get } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { Share } from '../ui/figures.js';
import { titleOf } from '../ui/notices.js';
import { Badge, Change, Empty, Page, State, When } from '../ui/parts.js';
import { to } from '../ui/router.js';
import { counted, day, hasWord, number, percent, t, word } from '../ui/texts.js';

const EVERY_SECONDS = 15;
const MOST = 20;
const WORST = /halted|down|restored|wrong/;

/** The title of a notice does not change while it runs: it is asked for once. */
const titles = new Map();

async function withTitle(notice, options) {
  if (!titles.has(notice.id)) {
    titles.set(notice.id, titleOf(await get(admin('notices', notice.id), options)));
  }
  return { ...notice, title: titles.get(notice.id) };
}

async function load(options) {
  const [of, products] = await Promise.all([get(admin('overview'), options), get(`${admin('products')}?limit=200`, options)]);
  const notices = await Promise.all(of.notices.slice(0, MOST).map((notice) => withTitle(notice, options)));
  return { ...of, notices, isNew: products.items.length === 0, names: new Map(products.items.map((p) => [p.id, p.name])) };
}

/** Where an alarm leads. */
const placeOf = (alarm) => {
  if (!alarm.subject) {
    return to(['health']);
  }
  return to([alarm.subject.startsWith('ntc_') ? 'notices' : 'releases', alarm.subject]);
};

/** What needs somebody, the worst first. */
export function attention(of, errors) {
  const alarms = of.alarms.map((alarm) => {
    const what = hasWord('alarm', alarm.code) ? word('alarm', alarm.code) : alarm.code;
    const about = of.notices.find((notice) => notice.id === alarm.subject)?.title ?? alarm.subject;
    const parts = [about, what, alarm.because && word('because', alarm.because)].filter(Boolean);
    return { tone: WORST.test(alarm.code) ? 'bad' : 'warn', text: parts.join(': '), href: placeOf(alarm), since: alarm.since };
  });
  const given = of.notices
    .filter((notice) => notice.deliveries.failed > 0)
    .map((notice) => ({
      tone: 'warn',
      text: counted('overview.noticeFailed', notice.deliveries.failed, { title: notice.title }),
      href: to(['notices', notice.id]),
    }));
  const lint = errors > 0 ? [{ tone: 'bad', text: counted('overview.lintErrors', errors), href: to(['lint']) }] : [];
  return [...alarms, ...given, ...lint].sort((a, b) => (a.tone === b.tone ? 0 : a.tone === 'bad' ? -1 : 1));
}

export default function Overview() {
  const data = useData(load, [], { topics: ['audit'], every: EVERY_SECONDS });
  const lint = useData((options) => get(admin('lint'), options), [], { topics: ['products', 'releases', 'rollouts'] });
  return html`
    <${Page} title=${t('overview.title')} data=${data}>
      ${data.data && (data.data.isNew ? html`<${FirstSteps} />` : html`<${Body} of=${data.data} errors=${lint.data?.errors ?? 0} reload=${data.reload} />`)}
    <//>
  `;
}

function Body({ of, errors, reload }) {
  const needs = attention(of, errors);
  return html`
    <${List} id="needs" title=${t('overview.needs')} empty=${html`<p class="card calm">${t('overview.calm')}</p>`}>
      ${needs.map(
        (need) => html`<li key=${need.text}>
          <${Badge} tone=${need.tone} text=${t(`tone.${need.tone}`)} /> <a href=${need.href}>${need.text}</a>
          ${need.since && html` <${When} at=${need.since} />`}
        </li>`,
      )}
    <//>
    <${List} id="rollouts" title=${t('overview.rollouts')} empty=${html`<p class="soft">${t('overview.noRollouts')}</p>`}>
      ${of.rollouts.slice(0, MOST).map((rollout) => html`<li key=${rollout.release}><${RolloutStrip} of=${rollout} reload=${reload} /></li>`)}
    <//>
    <${List} id="moving" title=${t('overview.notices')} empty=${html`<p class="soft">${t('overview.noNotices')}</p>`}>
      ${of.notices.map((notice) => html`<li key=${notice.id}><${NoticeStrip} notice=${notice} reload=${reload} /></li>`)}
    <//>
    <${List} id="waiting" title=${t('overview.waiting')} empty=${html`<p class="soft">${t('overview.nothingWaits')}</p>`}>
      ${of.waiting.slice(0, MOST).map(
        (each) => html`<li key=${each.id}>
          <${State} code=${each.state} /> <a href=${to([each.what === 'notice' ? 'notices' : 'releases', each.id])}><bdi>${each.title}</bdi></a>
          <span class="soft"> ${t(`next.${each.next}`)}${!each.allowed && ` ${t('approval.ownWork')}`}</span>
        </li>`,
      )}
    <//>
    <${List} id="comes" title=${t('overview.comes')} empty=${html`<p class="soft">${t('overview.nothingComes')}</p>`}>
      ${of.upcoming.slice(0, MOST).map((entry) => html`<li key=${entry.at + entry.subject}><${Coming} of=${entry} names=${of.names} /></li>`)}
    <//>
  `;
}

const List = ({ id, title, empty, children }) => html`
  <section aria-labelledby=${id}>
    <h2 id=${id}>${title}</h2>
    ${children.flat().filter(Boolean).length === 0 ? empty : html`<ul class="card rows">${children}</ul>`}
  </section>
`;

/** Of a halted rollout the share that it had is that of nobody. */
function howFar({ state, phase, phaseCount, percentage }) {
  const place = { phase, of: Math.max(1, phaseCount) };
  if (phase === 0) {
    return t('release.notBegun');
  }
  return state === 'halted'
    ? `${t('overview.halted')} · ${t('release.phaseOf', place)}`
    : t('release.inPhase', { ...place, share: percent(percentage / 100) });
}

const Strip = ({ href, name, state, said, label, parts, children }) => html`
  <div class="strip">
    <div class="strip-words">
      <a href=${href}><bdi>${name}</bdi></a> <${State} code=${state} />
      <span class="soft small">${said}</span>
      <${Share} label=${label} parts=${parts} />
    </div>
    <${Change}><div class="strip-actions">${children}</div><//>
  </div>
`;

function RolloutStrip({ of, reload }) {
  const release = { id: of.release };
  const share = of.percentage / 100;
  const parts = [{ name: 'in', value: share, tone: of.state === 'running' ? 'good' : 'warn' }, { name: 'out', value: 1 - share, tone: 'none' }];
  const said = html`${howFar(of)} ${of.nextPhaseAt && html` · ${t('overview.next')} <${When} at=${of.nextPhaseAt} />`}`;
  return html`
    <${Strip} href=${to(['releases', of.release])} name=${of.release} state=${of.state} said=${said} label=${percent(share)} parts=${parts}>
      ${of.state === 'running' && html`<button type="button" onClick=${() => pauseRelease(release, reload)}>${t('pause')}</button>`}
      ${of.state !== 'halted' && html`<button type="button" class="danger" onClick=${() => haltRelease(release, reload)}>${t('haltDo')}</button>`}
      ${of.state !== 'running' && html`<a class="button" href=${to(['releases', of.release])}>${t('open')}</a>`}
    <//>
  `;
}

function NoticeStrip({ notice, reload }) {
  const { planned, accepted, remaining } = notice.deliveries;
  const said = t('overview.sentOf', { sent: number(accepted), planned: number(planned), left: number(remaining) });
  const parts = [{ name: 'accepted', value: accepted, tone: 'good' }, { name: 'rest', value: Math.max(0, planned - accepted), tone: 'none' }];
  return html`
    <${Strip} href=${to(['notices', notice.id])} name=${notice.title} state=${notice.state} said=${said} label=${said} parts=${parts}>
      ${notice.state === 'running' && html`<button type="button" onClick=${() => pauseNotice(notice, reload)}>${t('pause')}</button>`}
    <//>
  `;
}

/** A release is called by its product's name and its version. */
function called({ subject, title }, names) {
  const [product, ...version] = subject.split(':');
  return title ?? [names.get(product) ?? product, version.join(':')].join(' ').trim();
}

function Coming({ of, names }) {
  const isPhase = of.percentage !== undefined;
  const kind = isPhase ? 'releases' : of.subject.startsWith('ntc_') ? 'notices' : 'products';
  const text = hasWord('coming', of.what) ? word('coming', of.what) : of.what;
  return html`
    ${kind === 'products' ? html`<time datetime=${of.at}>${day(of.at)}</time>` : html`<${When} at=${of.at} />`}
    ${' '}<a href=${to([kind, of.subject])}><bdi>${called(of, names)}</bdi></a> <span>${text}${isPhase && ` ${percent(of.percentage / 100)}`}</span>
  `;
}

const FirstSteps = () => html`
  <${Empty} title=${t('overview.welcome')}>
    <ol>
      <li><a href=${to(['products', 'new'])}>${t('overview.first1')}</a></li>
      <li><a href=${to(['releases', 'new'])}>${t('overview.first2')}</a></li>
      <li><a href=${to(['notices', 'new'])}>${t('overview.first3')}</a></li>
    </ol>
  <//>
`;
