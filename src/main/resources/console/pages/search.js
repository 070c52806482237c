// What narrows a list: choices count at once, a text when it is sent, so that no row jumps at each letter.
import { html, useEffect, useState } from '../ui/dom.js';
import { Act, Input } from '../ui/parts.js';
import { refine } from '../ui/router.js';
import { t } from '../ui/texts.js';

/** A text is in the address as q; what else narrows the list stands behind it. */
export function Search({ q = '', hint, children }) {
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  const send = (event) => {
    event.preventDefault();
    refine({ q: text.trim() });
  };
  return html`
    <form class="filters" role="search" onSubmit=${send}>
      <${Input} label=${t('list.search')} hint=${hint} type="search" value=${text} onInput=${setText} maxlength="100" />
      <${Act} looks submit label=${t('filter')} />
      ${children}
    </form>
  `;
}
