// A notice as a phone shows it: one for each language.
import { html } from './dom.js';
import { nameOf } from './texts.js';
import { Gauge } from './written.js';

export const Phones = ({ texts }) => html`
  <ul class="phones">
    ${Object.entries(texts).map(
      ([tag, text]) => html`
        <li key=${tag}>
          <p class="soft small">${nameOf('language', tag)}</p>
          <div class="phone" lang=${tag}>
            <p class="phone-app">Towncrier</p>
            <p class="phone-title" dir="auto">${text.title || ' '}</p>
            <p class="phone-body" dir="auto">${text.body || ' '}</p>
          </div>
          <${Gauge} text=${text} />
        </li>
      `,
    )}
  </ul>
`;
