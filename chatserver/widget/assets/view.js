// The view: events as elements. Every text of others is set as text, never as
// markup; every address of others passes link().

import { systemText } from './system.js';
import { T, list, locale, size } from './words.js';

// el builds an element: el('p', {className: 'x'}, child, …).
export function el(tag, props, ...children) {
  const n = document.createElement(tag);
  for (const [k, v] of Object.entries(props ?? {})) {
    if (k in n && k !== 'role' && !k.startsWith('aria')) n[k] = v; else if (v != null) n.setAttribute(k, v);
  }
  n.append(...children.filter((c) => c != null && c !== false));
  return n;
}

const SVG = 'http://www.w3.org/2000/svg';
const PATHS = {
  file: 'M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5',
  up: 'M7 11v9H4v-9zm0 0 4-8a2.2 2.2 0 0 1 2.4 2.4L13 9h5.5a2 2 0 0 1 2 2.4l-1.4 7a2 2 0 0 1-2 1.6H7',
  down: 'M7 13V4H4v9zm0 0 4 8a2.2 2.2 0 0 0 2.4-2.4L13 15h5.5a2 2 0 0 0 2-2.4l-1.4-7A2 2 0 0 0 17.1 4H7',
};

export function icon(name) {
  const s = document.createElementNS(SVG, 'svg'), p = document.createElementNS(SVG, 'path');
  for (const [k, v] of Object.entries({ viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8, 'stroke-linejoin': 'round', 'stroke-linecap': 'round', 'aria-hidden': true })) s.setAttribute(k, v);
  p.setAttribute('d', PATHS[name]);
  s.append(p);
  return s;
}

// link returns a safe absolute address, or null: web pages for reading, and
// phone numbers where asked for.
export function link(raw, ...schemes) {
  try {
    const u = new URL(raw);
    return ['http:', 'https:', ...schemes].includes(u.protocol) && !u.username && !u.password ? u.href : null;
  } catch { return null; }
}

const URLS = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]/g;

// linked is text with its web addresses as links.
function linked(text) {
  const out = [];
  let at = 0;
  for (const m of text.matchAll(URLS)) {
    const href = link(m[0]);
    if (!href) continue;
    out.push(text.slice(at, m.index), el('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow', textContent: m[0] }));
    at = m.index + m[0].length;
  }
  out.push(text.slice(at));
  return out;
}

const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });

export function dayOf(iso) {
  const d = new Date(iso), today = new Date();
  return d.toDateString() === today.toDateString() ? T('Today') : day.format(d);
}

function file(e, ctx) {
  const href = link(new URL(e.url, ctx.base).href);
  const name = e.name || T('File');
  if (!href) return el('p', { className: 'text' }, name);
  const picture = /^image\/(png|jpe?g|gif|webp)$/.test(e.content_type ?? '');
  const a = el('a', { className: picture ? 'picture' : 'file', href, target: '_blank', rel: 'noopener noreferrer nofollow' });
  if (picture) {
    const img = el('img', { src: link(e.thumbnail2x_url || e.thumbnail_url || href) ?? href, alt: e.alternative_text || name, loading: 'lazy' });
    if (e.width && e.height) { img.width = e.width; img.height = e.height; }
    a.append(img);
  } else {
    a.append(icon('file'), el('span', {}, el('bdi', { textContent: name }), el('small', { textContent: e.size ? size(e.size) : '' })));
  }
  return a;
}

function rich(e, ctx) {
  const box = el('div', { className: `rich ${e.template_id === 'quick_replies' ? 'quick' : 'cards'}` });
  for (const item of e.elements ?? []) {
    const card = el('div', { className: 'card' });
    const src = item.image && link(item.image.url);
    if (src) card.append(el('img', { src, alt: item.image.alternative_text || '', loading: 'lazy' }));
    if (item.title) card.append(el('strong', { dir: 'auto', textContent: item.title }));
    if (item.subtitle) card.append(el('p', { dir: 'auto' }, ...linked(item.subtitle)));
    if (item.buttons?.length) card.append(el('div', { className: 'buttons' }, ...item.buttons.map((b) => button(b, e, ctx))));
    box.append(card);
  }
  return box;
}

function button(b, e, ctx) {
  const href = b.type === 'phone' ? link(`tel:${b.value}`, 'tel:') : ['url', 'webview'].includes(b.type) ? link(b.value) : null;
  const props = { className: 'choice', dir: 'auto', textContent: b.text, disabled: !e.thread.active };
  if (b.user_ids?.includes(ctx.me) || ctx.pressed.has(e.id + b.postback_id)) props.className += ' pressed';
  if (href) return el('a', { ...props, href, target: '_blank', rel: 'noopener noreferrer nofollow', onclick: () => ctx.press(e, b) });
  return el('button', { ...props, type: 'button', onclick: () => ctx.press(e, b) });
}

function form(e) {
  const dl = el('dl', { className: 'form' });
  for (const f of e.fields ?? []) {
    const answers = f.answers ?? (f.answer == null ? [] : [f.answer]);
    const text = list(answers.map((a) => String(a?.label ?? a)));
    if (text) dl.append(el('dt', { textContent: T(f.label || f.type) }), el('dd', { dir: 'auto', textContent: text }));
  }
  return dl.childElementCount ? dl : null;
}

// body is the inside of one event, null where there is nothing to show.
function body(e, ctx) {
  switch (e.type) {
    case 'message': return e.text ? el('p', { className: 'text', dir: 'auto' }, ...linked(e.text)) : null;
    case 'file': return file(e, ctx);
    case 'rich_message': return rich(e, ctx);
    case 'filled_form': case 'form': return form(e);
  }
  return null;
}

export function avatar(user) {
  const name = (user?.name || '').trim();
  const src = user?.avatar && link(user.avatar);
  if (src) return el('img', { className: 'avatar', src, alt: '' });
  let hue = 0;
  for (const c of user?.id ?? '') hue = (hue * 31 + c.codePointAt(0)) % 6;
  return el('span', { className: `avatar h${hue}`, 'aria-hidden': 'true', textContent: name ? [...name][0].toUpperCase() : '•' });
}

// row draws one event. prev and next say whether it joins its neighbours.
export function row(e, ctx, joins) {
  if (e.type === 'system_message') {
    const text = systemText(e);
    return text ? el('li', { className: 'system', dir: 'auto', textContent: text }) : null;
  }
  const inside = body(e, ctx);
  if (!inside) return null;
  const own = e.author_id === ctx.me;
  const user = ctx.users.get(e.author_id);
  const li = el('li', { className: `msg ${own ? 'own' : 'other'} ${joins ? 'joins' : ''}` });
  li.dataset.eventType = e.type;
  li.dataset.eventId = e.id ?? '';
  if (e.custom_id) li.dataset.customId = e.custom_id;
  if (!own) li.append(joins ? el('span', { className: 'avatar none' }) : avatar(user));
  const who = own ? T('You') : user?.name || T('Support');
  li.append(el('div', { className: 'bubble', title: clock.format(new Date(e.created_at)) },
    el('span', { className: own || joins ? 'hush' : 'who' }, el('bdi', { textContent: who }), el('span', { className: 'hush', textContent: ': ' })), inside));
  return li;
}

// pending draws a message that the server has not confirmed.
export function pending(m, act) {
  const inside = m.text ? el('p', { className: 'text', dir: 'auto', textContent: m.text })
    : el('span', { className: 'file' }, icon('file'), el('span', {}, el('bdi', { textContent: m.name }), el('small', { textContent: m.state === 'failed' ? '' : T('Uploading…') })));
  const li = el('li', { className: `msg own ${m.state}` }, el('div', { className: 'bubble' }, el('span', { className: 'hush', textContent: `${T('You')}: ` }), inside));
  li.dataset.customId = m.custom_id;
  li.dataset.state = m.state === 'failed' ? 'failed' : 'sending';
  if (m.state === 'failed') {
    li.append(el('div', { className: 'trouble', role: 'alert' }, el('span', { textContent: explain(m.error) }),
      el('button', { type: 'button', textContent: T('Try again'), onclick: () => act('retry', m) }),
      el('button', { type: 'button', textContent: T('Discard'), onclick: () => act('discard', m) })));
  }
  return li;
}

// explain says why a message was not sent, by the type of the wire's error.
function explain(type) {
  switch (type) {
    case 'entity_too_large': return T('Files can have up to 10 MB.');
    case 'customer_banned': return T('This chat is not available to you.');
    case 'group_offline': return T('Nobody is here at the moment.');
  }
  return T('Not sent.');
}
