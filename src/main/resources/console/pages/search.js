// What narrows a list: choices count at once, a text when it is sent, so that no row jumps at each letter.
import { admin } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html, useEffect, useState } from '../ui/dom.js';
import { all } from '../ui/lists.js';
import { Act, Choice, Input } from '../ui/parts.js';
import { refine, to } from '../ui/router.js';
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

/** A choice, in the address under its name. */
export const Filter = ({ name, label, query, options }) => html`
  <${Choice} label=${label} value=${query[name] ?? ''} options=${[['', t('all')], ...options]} onInput=${(value) => refine({ [name]: value })} />
`;

/** The states that a list can be narrowed to, each a link; what else narrows it stays. */
export const Tabs = ({ path, label, query = {}, of, current, name }) => html`
  <nav class="tabs" aria-label=${label}>
    ${of.map((each) => html`<a key=${each} href=${to([path], { ...query, state: each })} aria-current=${each === current ? 'true' : undefined}>${name(each)}</a>`)}
  </nav>
`;

export const useProducts = () => useData((options) => all(admin('products'), {}, options), []);

/** Products as options of a choice, as far as they are known. */
export const optionsOf = (products) => (products.data ?? []).map(({ id, name }) => [id, name]);

export const ByProduct = ({ query }) => html`<${Filter} name="product" label=${t('product')} query=${query} options=${optionsOf(useProducts())} />`;
