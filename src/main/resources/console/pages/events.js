import { admin, get, post } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { Act, Badge, Empty, List, Page, Section, Table, Trouble, When } from '../ui/parts.js';
import { mayChange } from '../ui/store.js';
import { hasWord, number, t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';

const EVERY_SECONDS = 30;

export default function Events() {
  const endpoints = useData((options) => get(admin('events', 'endpoints'), options), []);
  const letters = useList(admin('events', 'dead-letters'), {}, { every: EVERY_SECONDS });
  return html`
    <${Page} title=${t('events.title')} lead=${t('events.lead')} data=${letters.first}>
      <${Section} id="endpoints" title=${t('events.endpoints')}>
        ${endpoints.problem && html`<${Trouble} problem=${endpoints.problem} retry=${endpoints.reload} />`}
        ${endpoints.data && html`<${Endpoints} items=${endpoints.data.endpoints} />`}
      <//>
      <${Section} id="letters" title=${t('events.letters')}>
        <p class="soft">${t('events.lettersLead')}</p>
        <${Letters} of=${letters} />
      <//>
    <//>
  `;
}

const Endpoints = ({ items }) => html`
  <${Table}
    caption=${t('events.endpoints')}
    columns=${[
      { title: t('name'), cell: (e) => html`<code>${e.name}</code>` },
      { title: t('events.receiver'), cell: (e) => html`<code class="small">${e.host}</code>` },
      { title: t('events.topics'), cell: (e) => html`<span class="badges">${e.topics.map((topic) => html`<${Badge} key=${topic} text=${word('topic', topic)} />`)}</span>` },
    ]}
    rows=${items.map((e) => ({ ...e, key: e.name }))}
    empty=${html`<${Empty} title=${t('events.noEndpoints')}><p class="soft">${t('events.noEndpointsWhy')}</p><p><code>TOWNCRIER_EVENTS_ENDPOINTS_CRM_URL</code></p><//>`}
  />
`;

/** Why an attempt failed, in words; a status as it was answered. */
function reason(code) {
  const status = /^answered-(.+)$/.exec(code);
  return status ? t('events.answered', { status: status[1] }) : hasWord('eventFailed', code) ? word('eventFailed', code) : code;
}

function Letters({ of }) {
  const retry = async (letter) => {
    try {
      await post(admin('events', 'dead-letters', letter.id, 'retry'));
      say(t('events.retried', { endpoint: letter.endpoint }));
      of.first.reload();
    } catch (problem) {
      say(`${t('events.retryFailed')} ${problem.detail}`, { bad: true });
    }
  };
  return html`
    <${List}
      of=${of}
      caption=${t('events.letters')}
      columns=${[
        { title: t('events.topic'), cell: (e) => html`${word('topic', e.topic)}<br /><code class="soft small">${e.event}</code>` },
        { title: t('events.endpoint'), cell: (e) => html`<code>${e.endpoint}</code>` },
        { title: t('events.reason'), cell: (e) => html`${reason(e.reason)}<br /><span class="soft small">${t('events.attempts', { count: number(e.attempts) })}</span>` },
        { title: t('events.diedAt'), cell: (e) => html`<${When} at=${e.diedAt} />` },
        mayChange() && { title: t('events.again'), cell: (e) => html`<${Act} label=${t('events.retry')} onClick=${() => retry(e)} />` },
      ].filter(Boolean)}
      empty=${html`<${Empty} title=${t('events.noLetters')} />`}
    />
  `;
}
