import { html, mount } from './ui/dom.js';
import { App } from './ui/frame.js';
import { applyTheme, preferences } from './ui/preferences.js';
import { begin } from './ui/signin.js';
import { loadTexts } from './ui/texts.js';

applyTheme();
preferences.watch(applyTheme);
await loadTexts();
await begin();
mount(html`<${App} />`, document.getElementById('app'));
