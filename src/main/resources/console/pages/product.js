import { admin, get, post, put, query } from '../ui/api.js';
import { useAnswer, useData } from '../ui/data.js';
import { html, useEffect, useState } from '../ui/dom.js';
import { Bars } from '../ui/figures.js';
import { Act, Choice, Input, Page, Section, Tick, Trouble } from '../ui/parts.js';
import { go, to } from '../ui/router.js';
import { counted, nameOf, t, word } from '../ui/texts.js';
import { mayChange } from '../ui/store.js';
import { say } from '../ui/toasts.js';
import { Adoption } from './adoption.js';
import { Policy } from './policy.js';

const NEW = { id: '', name: '', kind: 'firmware', defaultLanguage: 'en', supportedUntil: '', securityOnly: false };

export default function Product({ parts: [id] }) {
  const isNew = id === 'new';
  const data = useData((o) => (isNew ? Promise.resolve(NEW) : get(admin('products', id), o)), [id]);
  return html`
    <${Page} title=${isNew ? t('products.new') : id} data=${data} quiet=${true}>
      ${data.data && html`<${Form} key=${data.data.revision} product=${data.data} isNew=${isNew} saved=${data.reload} />`}
      ${!isNew && html`<${Policy} path=${admin('products', id, 'outcome-policy')} product=${id} /><${Adoption} product=${id} /><${Fleet} product=${id} />`}
    <//>
  `;
}

function Form({ product, isNew, saved }) {
  const [fields, setFields] = useState(product);
  const { problem, busy, ask } = useAnswer();
  useEffect(() => setFields(product), [product]);
  const field = (name) => ({ value: fields[name] ?? '', onInput: (value) => setFields({ ...fields, [name]: value }) });
  const send = async () => {
    const { supportedUntil, ...rest } = fields;
    const body = { ...rest, ...(supportedUntil ? { supportedUntil } : {}) };
    await (isNew ? post(admin('products'), body) : put(admin('products', product.id), body));
    say(t('saved'));
    if (isNew) {
      go(['products', body.id]);
    } else {
      saved();
    }
  };
  const save = (event) => {
    event.preventDefault();
    ask(send);
  };
  return html`
    <form class="card" onSubmit=${save}>
      <fieldset disabled=${!mayChange()}>
        <div class="fields">
          ${isNew && html`<${Input} label=${t('products.id')} hint=${t('products.idHint')} maxlength="80" ...${field('id')} />`}
          <${Input} label=${t('name')} maxlength="120" ...${field('name')} />
          <${Choice} label=${t('products.kind')} options=${['firmware', 'app'].map((k) => [k, word('productKind', k)])} ...${field('kind')} />
          <${Input} label=${t('products.language')} hint=${t('products.languageHint')} maxlength="35" ...${field('defaultLanguage')} />
          <${Input} label=${t('products.until')} type="date" ...${field('supportedUntil')} />
          <${Tick} label=${t('products.securityOnly')} checked=${fields.securityOnly ?? false} onInput=${(securityOnly) => setFields({ ...fields, securityOnly })} />
        </div>
      </fieldset>
      ${problem && html`<${Trouble} problem=${problem} />`}
      <${Act} submit kind="main" busy=${busy} label=${t('save')} why=${fields.name && fields.id ? '' : t('products.nameFirst')} />
    </form>
  `;
}

function Fleet({ product }) {
  const countries = useData((o) => get(admin('fleet') + query({ by: 'country', product, limit: 500 }), o), [product]);
  if (!countries.data) {
    return null;
  }
  const items = countries.data.items
    .map((group) => ({ code: group.group.country, value: group.devices }))
    .sort((a, b) => b.value - a.value)
    .slice(0, 20)
    .map(({ code, value }) => ({ name: code ? nameOf('region', code) : t('unknown'), value, href: code ? to(['devices'], { product, country: code }) : undefined }));
  return html`
    <${Section} id="fleet" title=${t('products.fleet')}>
      <div class="card"><${Bars} caption=${counted('products.fleetSentence', countries.data.devices)} unit=${t('fact.country')} items=${items} /></div>
    <//>
  `;
}
