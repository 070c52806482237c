// What the daily job has found of the chains, and where they were signed off last.
import { admin, get } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { Badge, Facts, Section, Trouble, When } from '../ui/parts.js';
import { number, t, word } from '../ui/texts.js';

export function LastVerification() {
  const data = useData((options) => get(admin('audit', 'last-verification'), options), []);
  return html`
    <${Section} id="last-verification" title=${t('lastVerification.title')}>
      <p class="soft">${t('lastVerification.lead')}</p>
      ${data.problem && html`<${Trouble} problem=${data.problem} retry=${data.reload} />`}
      ${data.data?.chains.map((of) => html`<${Chain} key=${of.chain} of=${of} />`)}
    <//>
  `;
}

const Chain = ({ of }) => html`
  <article class="card">
    <h3>${word('chain', of.chain)} ${of.last && html`<${Verdict} of=${of.last.verification} />`}</h3>
    <${Facts}
      items=${[
        [t('lastVerification.at'), of.last ? html`<${When} at=${of.last.at} />` : t('lastVerification.never')],
        of.last && [t('lastVerification.found'), foundSentence(of.last)],
        of.lastBroken &&
          of.lastBroken.at !== of.last.at && [
            t('lastVerification.lastBroken'),
            html`<${Verdict} of=${of.lastBroken.verification} /> ${foundSentence(of.lastBroken)}<br /><${When} at=${of.lastBroken.at} />`,
          ],
        [t('lastVerification.signedHead'), of.signedHead ? html`<${Head} of=${of.signedHead} />` : t('lastVerification.never')],
      ]}
    />
  </article>
`;

const Verdict = ({ of }) => html`<${Badge} tone=${of.intact ? 'good' : 'bad'} text=${t(of.intact ? 'audit.intact' : 'audit.broken')} />`;

const Head = ({ of }) => html`${t('lastVerification.entry', { number: number(of.number) })}, <${When} at=${of.at} /><br /><code class="small">${of.hash}</code>`;

/** One look of the job, in a sentence. */
function foundSentence({ behind, verification: of }) {
  if (of.intact) {
    return of.entries > behind
      ? t('lastVerification.intact', { first: number(behind + 1), last: number(of.entries) })
      : t('lastVerification.nothingNew', { number: number(behind) });
  }
  if (of.foreignHead) {
    return t('audit.foreignSentence', { number: number(of.foreignHead) });
  }
  return of.madeAnewUntil
    ? t('lastVerification.madeAnew', { first: number(of.brokenAt), last: number(of.madeAnewUntil) })
    : t('audit.brokenSentence', { number: number(of.brokenAt) });
}
