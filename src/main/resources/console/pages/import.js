import { Problem } from '../ui/api.js';
import { widen } from '../ui/dialogs.js';
import { html, useEffect, useState } from '../ui/dom.js';
import { fleetSize } from '../ui/fleet.js';
import { Act, Badge, Facts, Field, Page, Pages, Section, Table, Trouble } from '../ui/parts.js';
import { to } from '../ui/router.js';
import { useStore } from '../ui/store.js';
import { bytes, clock, counted, number, t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';
import { bringIn, forget, importing, lookAgain, take } from './import-file.js';
import { Findings } from './lint.js';

const A_PAGE = 200;

export default function Import() {
  const now = useStore(importing);
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Anywhere on the page: a browser that is left alone opens a file that misses its place.
    const drag = (event) => {
      event.preventDefault();
      setOver(event.type === 'dragover');
      if (event.type === 'drop' && event.dataTransfer.files[0]) {
        take(event.dataTransfer.files[0]);
      }
    };
    const kinds = ['dragover', 'dragleave', 'drop'];
    kinds.forEach((kind) => addEventListener(kind, drag));
    return () => kinds.forEach((kind) => removeEventListener(kind, drag));
  }, []);
  return html`
    <${Page} title=${t('import.title')} lead=${t('import.lead')}>
      <div class="card drop ${over ? 'over' : ''}">
        <${Field} label=${t('import.choose')} hint=${t('import.hint')}>
          ${(wiring) =>
            html`<input
              type="file"
              accept=".json,application/json"
              onChange=${(event) => {
                if (event.target.files[0]) {
                  take(event.target.files[0]);
                  // The same name may be chosen again when the file was mended.
                  event.target.value = '';
                }
              }}
              ...${wiring}
            />`}
        <//>
      </div>
      ${now && html`<${Taken} of=${now} />`}
    <//>
  `;
}

function Taken({ of }) {
  const { step, defects, problem } = of;
  return html`
    <section aria-labelledby="taken">
      <h2 id="taken"><bdi>${of.name}</bdi> <span class="soft">${bytes(of.size)}</span></h2>
      <p class=${`card ${step === 'looked' || step === 'done' ? 'calm' : ''}`} role="status">${sentence(of)}</p>
      ${problem && html`<${Trouble} problem=${problem} retry=${lookAgain} />`}
      ${defects && html`<${Defects} defects=${defects} />`}
      ${(step === 'looked' || step === 'done') && html`<${Preview} of=${of} />`}
    </section>
  `;
}

function sentence(of) {
  if (of.step === 'refused') {
    // Where there are more than an answer holds, the service says how many.
    const more = of.more && /^There are/.test(of.more) ? ` ${of.more}` : '';
    return counted('import.defects', of.defects.length) + more;
  }
  if (of.step === 'done') {
    return t('import.done', counts(of.result));
  }
  return t(of.step === 'looked' && isNothing(of.preview) ? 'import.nothing' : `import.${of.step}`);
}

const counts = ({ products, releases }) => ({
  productsNew: number(products.created),
  productsChanged: number(products.changed),
  releasesNew: number(releases.created),
  releasesChanged: number(releases.changed),
});

const isNothing = ({ products, releases, channels }) => channels + products.created + products.changed + releases.created + releases.changed === 0;

/** What is wrong, in words: of the text by the page, of the catalogue by the service. */
const wordsOf = (defect) =>
  defect.message ?? t(`import.defect.${defect.code}`, { name: defect.name ?? '', line: number(defect.firstLine ?? 0) });

function Defects({ defects }) {
  const [shown, setShown] = useState(A_PAGE);
  const columns = [
    { title: t('import.line'), number: true, cell: (d) => (d.line ? `${d.line}${d.column ? `:${d.column}` : ''}` : t('import.noLine')) },
    {
      title: t('import.wrong'),
      cell: (d) => html`
        <strong><bdi>${wordsOf(d)}</bdi></strong>
        ${d.field && html`<br /><code>${d.field}</code>`}
        ${d.excerpt && html`<br /><bdi><code class="soft small">${d.excerpt}</code></bdi>`}
      `,
    },
  ];
  return html`
    <${Table} caption=${t('import.wrong')} columns=${columns} rows=${defects.slice(0, shown)} />
    ${defects.length > shown &&
    html`<${Pages} shown=${shown} total=${defects.length} next=${true} onMore=${() => setShown(shown + A_PAGE)} />`}
    <p class="soft">${t('import.mend')}</p>
  `;
}

function Preview({ of }) {
  const { preview, step } = of;
  const { products, releases, reach } = preview;
  return html`
    ${step === 'looked' &&
    html`<${Facts}
        items=${[
          [t('import.products'), t('import.newAndChanged', { created: number(products.created), changed: number(products.changed) })],
          [t('import.releases'), t('import.newAndChanged', { created: number(releases.created), changed: number(releases.changed) })],
          preview.channels > 0 && [t('import.channels'), number(preview.channels)],
          [t('import.reach'), t('import.reachAtMost', { count: number(reach.atMost), time: clock(new Date(reach.asOf)) })],
        ]}
      />
      ${preview.changes.length > 0 && html`<${Changes} preview=${preview} />`}
      ${preview.warnings > 0 &&
      html`<${Section} id="warned" title=${t('import.warnings')}>
        <${Findings} report=${{ errors: 0, warnings: preview.warnings, findings: preview.findings.map((f) => ({ level: 'warning', ...f })) }} withProduct=${true} />
      <//>`}`}
    <div class="dialog-actions start">
      ${step === 'looked' && html`<${Act} kind="main" label=${t('import.do')} why=${isNothing(preview) ? t('import.nothingWhy') : ''} onClick=${() => ask(of)} />`}
      ${step === 'done' && html`<a class="button main" href=${to(['releases'])}>${t('import.toReleases')}</a>`}
      <${Act} label=${t(step === 'done' ? 'import.another' : 'import.leave')} onClick=${forget} />
    </div>
  `;
}

const Changes = ({ preview }) => html`
  <${Table}
    caption=${t('import.changes')}
    columns=${[
      { title: t('import.release'), cell: (c) => (c.created ? html`<code>${c.release}</code>` : html`<a href=${to(['releases', c.release])}><code>${c.release}</code></a>`) },
      { title: t('import.change'), cell: (c) => html`<${Badge} tone=${c.created ? 'good' : 'warn'} text=${word('importChange', c.created ? 'created' : 'changed')} />` },
      { title: t('import.reach'), number: true, cell: (c) => (c.atMost > 0 ? t('import.atMost', { count: number(c.atMost) }) : t('import.nobody')) },
    ]}
    rows=${preview.changes}
  />
  ${preview.releases.created + preview.releases.changed > preview.changes.length &&
  html`<p class="soft">${t('import.first', { shown: number(preview.changes.length), total: number(preview.releases.created + preview.releases.changed) })}</p>`}
`;

/** The dialog holds what was seen when it was asked for: the file, and how far it reaches. */
const ask = (seen) =>
  widen(async () => {
    const { name, preview } = seen;
    const fleet = await fleetSize();
    return {
      count: preview.reach.atMost,
      total: fleet.devices,
      asOf: t('countedAsOf', { time: clock(new Date(preview.reach.asOf)) }),
      title: t('import.ask', { name }),
      sentence: t('import.askSentence', counts(preview)),
      label: t('import.do'),
      act: async () => {
        const became = await bringIn(seen);
        if (became === 'done') {
          say(t('import.toast'));
        } else {
          throw new Problem(409, { code: `import-${became}`, title: t(`import.${became}`) });
        }
      },
    };
  });
