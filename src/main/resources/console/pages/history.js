import { html } from '../ui/dom.js';
import { Table, When } from '../ui/parts.js';
import { t, word } from '../ui/texts.js';

/** Who did what to one thing, the newest first. */
export const History = ({ entries }) => html`
  <${Table}
    caption=${t('release.history')}
    columns=${[
      { title: t('audit.at'), cell: (e) => html`<${When} at=${e.at} />` },
      { title: t('audit.actor'), look: 'name', cell: (e) => html`<bdi>${e.actor}</bdi>` },
      { title: t('audit.action'), cell: (e) => word('action', e.action) },
      { title: t('audit.detail'), look: 'wide', cell: (e) => html`<bdi class="written">${e.detail}</bdi>` },
    ]}
    rows=${entries}
  />
`;
