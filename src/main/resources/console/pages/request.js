import { admin, get, post, query } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { askToEnd } from '../ui/dialogs.js';
import { html, useState } from '../ui/dom.js';
import { Act, Change, Choice, Facts, Input, Page, Section, When } from '../ui/parts.js';
import { t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';
import { History } from './history.js';
import { Urgency } from './requests.js';

/** What answers what; that nothing is held answers everything. */
const ANSWERS = {
  access: 'data-provided',
  correction: 'corrected',
  deletion: 'deleted',
  cancellation: 'account-cancelled',
  withdrawal: 'consent-withdrawn',
  'opt-out': 'switched-off',
};
const REFUSALS = ['national-security', 'public-interest', 'criminal-proceedings', 'malicious-or-abusive', 'harms-others', 'trade-secret', 'unreasonable-effort'];

export default function Request({ parts: [id] }) {
  const data = useData((options) => get(admin('privacy-requests', id), options), [id], { topics: ['privacy-request'], every: 60 });
  const audit = useData((options) => get(admin('audit') + query({ subject: id, limit: 20 }), options), [id], { topics: ['privacy-request'] });
  const of = data.data;
  const changed = () => [data, audit].forEach((each) => each.reload());
  return html`
    <${Page} title=${of ? of.reference : t('request.one')} lead=${of && html`<${Urgency} of=${of} /> ${word('requestKind', of.kind)}`} data=${data}>
      ${of &&
      html`<div class="card">
          <${Facts}
            items=${[
              [t('request.due'), html`<${When} at=${of.dueAt} near=${of.state === 'open'} />`],
              [t('request.verifiedAt'), html`<${When} at=${of.verifiedAt} />`],
              [t('request.openedAt'), html`<${When} at=${of.openedAt} />`],
              [t('request.openedBy'), of.openedBy],
              of.ground && [t('request.ground'), word('ground', of.ground)],
              of.answer && [t('request.answer'), word('answer', of.answer)],
              of.refusal && [t('request.refusal'), word('requestRefusal', of.refusal)],
              of.decidedBy && [t('request.decidedBy'), of.decidedBy],
              of.closedAt && [t('request.closedAt'), html`<${When} at=${of.closedAt} />`],
              of.closedBy && [t('request.closedBy'), of.closedBy],
            ]}
          />
        </div>
        ${of.state === 'open' && html`<${Change}><${Ways} of=${of} changed=${changed} /><//>`}`}
      ${audit.data && html`<${Section} id="history" title=${t('release.history')}><${History} entries=${audit.data.items} /><//>`}
    <//>
  `;
}

/** Both ways end it for good, so each wants the reference typed. */
function Ways({ of, changed }) {
  const [answer, setAnswer] = useState(ANSWERS[of.kind]);
  const [refusal, setRefusal] = useState(REFUSALS[0]);
  const [decidedBy, setDecidedBy] = useState('');
  const close = (verb, body, text) =>
    askToEnd({
      title: t(`request.${verb}Title`, { reference: of.reference }),
      text,
      name: of.reference,
      label: t(`request.${verb}Do`),
      act: async () => {
        await post(admin('privacy-requests', of.id, verb), body);
        say(t(`request.${verb}Done`));
        changed();
      },
    });
  const neverRefused = of.kind === 'opt-out';
  const why = neverRefused ? t('request.neverRefused') : decidedBy.trim() ? '' : t('request.decidedByFirst');
  return html`
    <div class="columns">
      <${Section} id="answer" kind="card" title=${t('request.answerHeading')}>
        <p class="soft">${t('request.answerLead')}</p>
        <${Choice} label=${t('request.answer')} value=${answer} options=${[ANSWERS[of.kind], 'no-data-held'].map((code) => [code, word('answer', code)])} onInput=${setAnswer} />
        <${Act} kind="main" label=${t('request.answerOpen')} onClick=${() => close('answer', { answer }, t('request.answerText', { answer: word('answer', answer) }))} />
      <//>
      <${Section} id="refuse" kind="card" title=${t('request.refuseHeading')}>
        <p class="soft">${t('request.refuseLead')}</p>
        <${Choice} label=${t('request.refusal')} value=${refusal} options=${REFUSALS.map((code) => [code, word('requestRefusal', code)])} onInput=${setRefusal} />
        <${Input} label=${t('request.decidedBy')} hint=${t('request.decidedByHint')} value=${decidedBy} onInput=${setDecidedBy} maxlength="200" />
        <${Act}
          label=${t('request.refuseOpen')}
          why=${why}
          onClick=${() => close('refuse', { refusal, decidedBy: decidedBy.trim() }, t('request.refuseText', { refusal: word('requestRefusal', refusal) }))}
        />
      <//>
    </div>
  `;
}
