// Personal Center - My data: what is known, the export as a file, the end of the account. It has no
// token: it asks through what the script of the alerts hands over with each sign-in.
(() => {
  'use strict';

  const ME = '../v1/me';
  const EXPORT = '../v1/me/export';
  const FILE = 'towncrier-my-data.json';
  const MOST_WAITS = 3;

  const lang = document.documentElement.lang;
  const calendar = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' });
  const $ = (id) => document.getElementById(id);

  /** Of the user who is signed in now. */
  let page = null;

  const day = (moment) => calendar.format(new Date(moment));

  /** Country or language in the reader's own; what this browser does not know is shown as it is. */
  function named(type, code) {
    try {
      return code && (new Intl.DisplayNames([lang], { type }).of(code) ?? code);
    } catch {
      return code;
    }
  }

  function line(name, hint) {
    const row = $('device').content.firstElementChild.cloneNode(true);
    row.querySelector('.name').textContent = name;
    row.querySelector('.hint').textContent = hint;
    row.querySelector('.hint').hidden = !hint;
    return row;
  }

  function whereIs(device) {
    return device.shared
      ? page.text('data.shared')
      : [named('region', device.country), device.timezone, named('language', device.language)]
          .filter(Boolean)
          .join(' \u00b7 ') || page.text('data.nowhere');
  }

  function render(data) {
    const known = Boolean(data.account);
    $('nothing-kept').hidden = known || data.cancelled.length > 0;
    $('something-kept').hidden = !known;
    $('cancel-row').hidden = !known;
    $('rights').hidden = !known && data.cancelled.length === 0;
    $('kept-list').replaceChildren(
      ...data.kept
        .filter((kind) => kind.what !== 'cancellation')
        .map((kind) => line(page.text(`data.kept.${kind.what}`) ?? kind.words, '')),
    );
    $('where-list').hidden = data.devices.length === 0;
    $('where-list').replaceChildren(...data.devices.map((device) => line(device.product, whereIs(device))));
    const others = data.devices.filter((device) => device.otherRegistration);
    $('others-list').hidden = others.length === 0;
    $('others-list').replaceChildren(
      ...others.map((device) =>
        line(
          page.text('data.other', { product: device.product, date: day(device.otherRegistration.lastAt) }),
          page.text('data.other.hint'),
        ),
      ),
    );
    $('cancelled-list').hidden = data.cancelled.length === 0;
    $('cancelled-list').replaceChildren(
      ...data.cancelled.map((one) =>
        line(
          page.text('data.cancelledOn', { date: day(one.requestedAt) }),
          page.text('data.erasedBy', { date: day(one.eraseBy) }),
        ),
      ),
    );
    $('my-data').hidden = false;
  }

  async function show(signedIn) {
    page = signedIn;
    closeConfirmation();
    try {
      const response = await page.call('GET', ME);
      if (signedIn !== page || page.isGone()) {
        return;
      }
      // A service before this page knows nothing of it.
      if (response.ok) {
        render(await response.json());
      } else {
        $('my-data').hidden = true;
      }
    } catch {
      $('my-data').hidden = true;
    }
  }

  async function download() {
    page.announce(page.text('data.download.wait'));
    try {
      const response = await page.call('GET', EXPORT);
      if (page.refuses(response)) {
        page.ended();
      } else if (response.ok) {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(await response.blob());
        link.download = FILE;
        link.click();
        URL.revokeObjectURL(link.href);
        page.say(page.text('data.download.done', { file: FILE }));
      } else {
        page.say(page.text('data.failed'));
      }
    } catch {
      page.say(page.text('data.failed'));
    }
  }

  // ---- The end of the account: asked twice, once in words.

  function openConfirmation() {
    $('confirm').hidden = false;
    $('cancel').setAttribute('aria-expanded', 'true');
    $('confirm-title').focus();
  }

  function closeConfirmation() {
    $('confirm').hidden = true;
    $('cancel').setAttribute('aria-expanded', 'false');
    $('cancel-word').value = '';
    error('');
  }

  function error(words) {
    $('cancel-error').textContent = words;
    $('cancel-word').setAttribute('aria-invalid', String(Boolean(words)));
    if (words) {
      page.announce(words);
    }
  }

  const isTyped = () =>
    $('cancel-word').value.trim().toLocaleLowerCase(lang) === page.text('cancel.word').toLocaleLowerCase(lang);

  /** Stored, with a push still on its way: the same request goes on waiting for it. */
  async function requestCancellation() {
    let response = await page.call('DELETE', ME);
    for (let i = 0; i < MOST_WAITS && response.status === 503; i++) {
      response = await page.call('DELETE', ME);
    }
    return response;
  }

  async function cancel() {
    if (!isTyped()) {
      error(page.text('cancel.wrong', { word: page.text('cancel.word') }));
      $('cancel-word').focus();
      return;
    }
    $('cancel-yes').disabled = true;
    page.announce(page.text('cancel.wait'));
    try {
      const response = await requestCancellation();
      if (page.refuses(response)) {
        page.ended();
      } else if (response.status === 202) {
        showReceipt(await response.json());
      } else {
        error(page.text('cancel.failed'));
      }
    } catch {
      error(page.text('cancel.failed'));
    } finally {
      $('cancel-yes').disabled = false;
    }
  }

  function showReceipt(receipt) {
    $('cancelled-text').textContent = page.text('cancelled.text', { date: day(receipt.eraseBy) });
    $('receipt').textContent = receipt.receipt;
    $('receipt-link').href = `../v1/receipts/${receipt.receipt}`;
    closeConfirmation();
    page.leave('cancelled');
    $('cancelled-title').focus();
  }

  $('download').addEventListener('click', download);
  $('cancel').addEventListener('click', () => ($('confirm').hidden ? openConfirmation() : closeConfirmation()));
  $('cancel-no').addEventListener('click', () => {
    closeConfirmation();
    $('cancel').focus();
  });
  $('confirm').addEventListener('submit', (event) => {
    event.preventDefault();
    cancel();
  });
  document.addEventListener('towncrier-signed-in', (event) => show(event.detail));
})();
