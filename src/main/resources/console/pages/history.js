import { html } from '../ui/dom.js';
import { Table, When } from '../ui/parts.js';
import { t, word } from '../ui/texts.js';

/** Who did what to one thing, the newest first. */
export const History = ({ entries }) => html`
  <${Table}
    caption=${t('release.history')}
    columns=${[
      { title: t('audit.at'), cell: (e) => html`<${When} at=${e.at} />` },
      { title: t('audit.actor'), cell: (e) => e.actor },
      { title: t('audit.action'), cell: (e) => word('action', e.action) },
      { title: t('audit.detail'), cell: (e) => html`<span class="written">${e.detail}</span>` },
    ]}
    rows=${entries}
  />
`;
