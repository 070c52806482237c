// Dialogs: the browser's own, which keep the focus inside and give it back.
import { html, useEffect, useRef, useState } from './dom.js';
import { Problem } from './api.js';
import { Act, Input, Trouble } from './parts.js';
import { createStore, useStore } from './store.js';
import { counted, number, percent, t } from './texts.js';
import { say } from './toasts.js';

const open = createStore(null);

/** From so many devices on, or from such a share of them on, the number is typed. */
export const TYPED_FROM = { devices: 1000, share: 0.1 };

export const mustBeTyped = (count, total) =>
  count > TYPED_FROM.devices || (count > 0 && total > 0 && count / total > TYPED_FROM.share);

/** Digits alone: separators are as the reader's language has them. */
export const typedNumber = (text) => text.replace(/[^\d]/g, '');

/** Guard B: it widens reach. It shows how many, and above a bar wants the number typed. */
export const askToWiden = (question) => show({ kind: 'widen', ...question });

/** Guard C: it cannot be taken back. It wants the name typed. */
export const askToEnd = (question) => show({ kind: 'end', ...question });

let asked = 0;

function show(question) {
  asked++;
  open.set(question);
}

/** Guard B with a number that is counted first. A question that came meanwhile stays. */
export async function widen(question) {
  const mine = ++asked;
  try {
    const counted = await question();
    if (mine === asked) {
      askToWiden(counted);
    }
  } catch (problem) {
    say(`${t('countFailed')} ${problem.detail}`, { bad: true });
  }
}

export function Dialogs() {
  const question = useStore(open);
  return question && html`<${Question} key=${question.title} question=${question} />`;
}

function Question({ question }) {
  const place = useRef(null);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  // Set at once: a second click may come before the first is drawn.
  const underWay = useRef(false);
  const [problem, setProblem] = useState(null);
  useEffect(() => place.current.showModal(), []);
  const close = () => {
    place.current?.close();
    open.set(null);
  };
  const wants = wanted(question);
  const isTyped = !wants || (wants.isNumber ? typedNumber(typed) === wants.text : typed.trim() === wants.text);
  const why = !isTyped ? t('dialog.typeFirst') : question.reason && !reason.trim() ? t('dialog.reasonFirst') : '';
  const act = async (event) => {
    event.preventDefault();
    if (why || underWay.current) {
      return;
    }
    underWay.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await question.act({ reason: reason.trim() });
      close();
    } catch (failure) {
      underWay.current = false;
      setProblem(failure instanceof Problem ? failure : new Problem(0));
      setBusy(false);
    }
  };
  return html`
    <dialog ref=${place} aria-labelledby="question" onClose=${() => open.set(null)}>
      <form onSubmit=${act}>
        <h2 id="question"><bdi>${question.title}</bdi></h2>
        ${question.kind === 'widen' && html`<${Reach} ...${question} />`}
        ${question.text && html`<p>${question.text}</p>`}
        ${(question.irreversible ?? []).map((text) => html`<p class="warn-text">${text}</p>`)}
        ${wants &&
        html`<${Input}
          label=${t(wants.isNumber ? 'dialog.typeNumber' : 'dialog.typeName', { text: wants.shown })}
          value=${typed}
          onInput=${setTyped}
          inputmode=${wants.isNumber ? 'numeric' : 'text'}
        />`}
        ${question.reason &&
        html`<${Input} label=${t('dialog.reason')} hint=${t('dialog.reasonHint')} value=${reason} onInput=${setReason} maxlength="500" />`}
        ${problem && html`<${Trouble} problem=${problem} />`}
        <div class="dialog-actions">
          <button type="button" onClick=${close}>${t('dialog.back')}</button>
          <${Act} submit label=${question.label} kind=${question.kind === 'end' ? 'danger' : 'main'} why=${why} busy=${busy} />
        </div>
      </form>
    </dialog>
  `;
}

function wanted(question) {
  if (question.kind === 'end') {
    return { text: question.name, shown: question.name };
  }
  return mustBeTyped(question.count, question.total)
    ? { text: String(question.count), shown: number(question.count), isNumber: true }
    : null;
}

const Reach = ({ count, total, sentence, asOf }) => html`
  <p class="reach">
    <strong>${number(count)}</strong>
    ${total > 0 && html`<span class="soft"> ${counted('dialog.shareOf', count, { share: percent(count / total), total: number(total) })}</span>`}
  </p>
  <p>${sentence}</p>
  ${asOf && html`<p class="soft small">${asOf}</p>`}
`;
