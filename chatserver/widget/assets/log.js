// The log: the conversation as rows. Rows that stay the same stay the same
// elements, so that the live region tells news only.

import { dayOf, el, pending, row } from './view.js';
import { T } from './words.js';

const rows = new Map(); // key → {version, node}
const JOIN = 18e4; // ms within which messages of one author stand together

// drawLog brings the list up to date. page: {base, press, pressed, act}.
export function drawLog(log, model, outbox, { base, press, pressed, act }) {
  const ctx = { me: model.me?.id, users: model.users, base, press, pressed };
  const wanted = [];
  const put = (key, version, make) => {
    let r = rows.get(key);
    if (r?.version !== version) { r = { version, node: make() }; rows.set(key, r); }
    if (r.node) wanted.push(r.node);
    return r.node;
  };
  let lastDay = '', prev = null, lastOwn = '', ownAt = 0;
  for (const e of model.events) {
    const d = dayOf(e.created_at);
    if (d !== lastDay) { put(`day ${d}`, d, () => el('li', { className: 'day', textContent: d })); prev = null; lastDay = d; }
    const joins = prev?.author_id === e.author_id && prev?.type !== 'system_message' && Date.parse(e.created_at) - Date.parse(prev.created_at) < JOIN;
    const user = model.users.get(e.author_id);
    const version = [joins, e.thread.active, user?.name, user?.avatar, e.text, e.elements && JSON.stringify(e.elements), e.elements && pressed.size].join('|');
    if (put(e.id, version, () => row(e, ctx, joins))) prev = e;
    if (e.author_id === ctx.me && e.type !== 'filled_form') { lastOwn = e.created_at; ownAt = wanted.length; }
  }
  if (lastOwn && lastOwn <= model.seen) {
    const mark = put(`seen ${lastOwn}`, '', () => el('li', { className: 'seen', textContent: T('Seen') }));
    wanted.splice(ownAt, 0, wanted.splice(wanted.indexOf(mark), 1)[0]);
  }
  for (const m of outbox.items) put(m.custom_id, m.state + m.error, () => pending(m, act));
  const keepers = new Set(wanted);
  for (const n of [...log.children]) if (!keepers.has(n)) n.remove();
  wanted.forEach((n, i) => { if (log.children[i] !== n) log.insertBefore(n, log.children[i] ?? null); });
}
