// The loader of the chat widget: a shop's page includes it with one script tag,
//   <script async src="https://desk.example/widget.js"></script>
// and gets a launcher button with an iframe. Attributes of the tag, all optional:
// data-organization-id, data-group (a group id), data-side="left", data-label,
// data-lang (else the page's own lang, else the browser's language).
(() => {
  const script = document.currentScript;
  if (!script || window.__agentdesk) return;
  const base = new URL('.', script.src); // works below any base path
  const opt = script.dataset;
  const memory = (() => { try { return window.sessionStorage; } catch { return null; } })();
  const KEY = 'agentdesk-widget-open';
  let open = memory?.getItem(KEY) === '1', ready = false, unread = 0, told = '';
  // What the button says; the frame, which has the catalogue, tells it anew.
  let label = opt.label || 'Chat with us', close = 'Close the chat';
  const side = opt.side || (getComputedStyle(document.documentElement).direction === 'rtl' ? 'left' : 'right');

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset-block-end: 20px; ${side === 'left' ? 'left' : 'right'}: 20px; z-index: 2147483000; }
    button { all: unset; box-sizing: border-box; position: relative; display: grid; place-items: center; width: 60px; height: 60px;
      border-radius: 50%; cursor: pointer; color: #fff; background: linear-gradient(140deg, #12907f, #0b5f66);
      box-shadow: 0 6px 20px rgb(6 40 44 / .32), 0 1px 3px rgb(6 40 44 / .3); transition: transform .16s, box-shadow .16s; }
    button:hover { transform: translateY(-2px); box-shadow: 0 10px 26px rgb(6 40 44 / .36); }
    button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #0b5f66; }
    svg { width: 28px; height: 28px; grid-area: 1 / 1; transition: opacity .16s, transform .16s; }
    .down { opacity: 0; transform: rotate(-40deg); }
    :host(.open) .down { opacity: 1; transform: none; }
    :host(.open) .bubble { opacity: 0; transform: rotate(40deg); }
    .count { position: absolute; inset-block-start: -3px; inset-inline-end: -3px; min-width: 22px; height: 22px; padding: 0 6px;
      box-sizing: border-box; border-radius: 11px; background: #e5484d; color: #fff; font: 700 12px/22px system-ui, sans-serif; text-align: center; }
    .count:empty { display: none; }
    iframe { position: fixed; inset-block-end: 94px; ${side === 'left' ? 'left' : 'right'}: 20px; width: min(384px, calc(100vw - 40px));
      height: min(640px, calc(100dvh - 114px)); border: 0; border-radius: 18px; background: transparent; visibility: hidden; opacity: 0;
      transform: translateY(14px) scale(.98); transform-origin: bottom right; transition: opacity .18s, transform .18s, visibility 0s .18s;
      box-shadow: 0 0 0 1px rgb(128 140 140 / .2), 0 18px 60px rgb(6 30 34 / .28), 0 2px 8px rgb(6 30 34 / .16); }
    :host(.open) iframe { visibility: visible; opacity: 1; transform: none; transition: opacity .18s, transform .18s; }
    @media (max-width: 480px), (max-height: 460px) {
      iframe { inset: 0; width: 100vw; height: 100dvh; border-radius: 0; }
      :host(.open) button { display: none; }
    }
    @media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
    @media print { :host { display: none; } }`);

  const host = document.createElement('div');
  host.dataset.agentdeskWidget = '';
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.innerHTML = `<button type="button" aria-expanded="false" aria-haspopup="dialog">
    <svg class="bubble" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true"><path d="M5 4h14a2.5 2.5 0 0 1 2.5 2.5v8A2.5 2.5 0 0 1 19 17h-6.5L7.6 20.6c-.5.3-1 0-1-.5V17H5a2.5 2.5 0 0 1-2.5-2.5v-8A2.5 2.5 0 0 1 5 4Z"/><path d="M8 9h8M8 12.5h5"/></svg>
    <svg class="down" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m6 9.5 6 6 6-6"/></svg>
    <span class="count" aria-hidden="true"></span></button>`;
  const button = root.querySelector('button'), count = root.querySelector('.count');

  const frame = document.createElement('iframe');
  const src = new URL('widget', base);
  src.searchParams.set('origin', location.origin);
  if (opt.organizationId) src.searchParams.set('organization_id', opt.organizationId);
  if (opt.group) src.searchParams.set('group', opt.group);
  const lang = opt.lang || document.documentElement.lang;
  if (lang) src.searchParams.set('lang', lang);
  if (opt.label) src.searchParams.set('label', opt.label);
  frame.title = label;
  frame.allow = 'clipboard-write';
  frame.src = src;
  root.append(frame);

  const post = (message) => ready && frame.contentWindow?.postMessage({ agentdesk: 1, ...message }, base.origin);

  function page() {
    const now = location.href + '\n' + document.title;
    if (!ready || now === told) return;
    told = now;
    post({ type: 'page', url: location.href, title: document.title, referrer: document.referrer });
  }

  function draw() {
    host.classList.toggle('open', open);
    frame.tabIndex = open ? 0 : -1;
    button.setAttribute('aria-expanded', String(open));
    count.textContent = !open && unread ? (unread > 9 ? '9+' : unread) : '';
    button.setAttribute('aria-label', open ? close : label);
  }

  function set(state, focus) {
    open = state;
    try { memory?.setItem(KEY, open ? '1' : '0'); } catch { /* blocked storage: the panel starts closed */ }
    draw();
    post({ type: open ? 'open' : 'close', focus });
    if (open && focus) frame.focus();
    if (!open && focus) button.focus();
  }

  button.addEventListener('click', () => set(!open, true));
  addEventListener('keydown', (e) => { if (e.key === 'Escape' && open && e.composedPath()[0] === host) set(false, true); });
  addEventListener('message', (e) => {
    if (e.source !== frame.contentWindow || e.origin !== base.origin || e.data?.agentdesk !== 1) return;
    switch (e.data.type) {
      case 'ready': ready = true; told = ''; frame.title = label = String(e.data.label); close = String(e.data.close); draw(); page(); post({ type: open ? 'open' : 'close' }); break;
      case 'close': set(false, true); break;
      case 'open': if (!open) set(true, false); break;
      case 'unread': unread = Math.max(0, Number(e.data.count) || 0); label = String(e.data.label); draw(); break;
    }
  });
  for (const name of ['hashchange', 'popstate', 'pageshow']) addEventListener(name, () => setTimeout(page));
  setInterval(page, 1000); // pushState has no event of its own

  window.__agentdesk = { open: () => set(true, true), close: () => set(false, true) };
  const attach = () => { document.body.append(host); draw(); };
  document.body ? attach() : addEventListener('DOMContentLoaded', attach);
})();
