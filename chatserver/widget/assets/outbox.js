// The outbox: what the customer has sent and the server has not confirmed. It
// survives a reload, so that nothing typed is lost; one custom_id per message
// makes a second try harmless.

const KEY = 'agentdesk-outbox';

export class Outbox {
  items = []; // {custom_id, text | name, url?, file?, state: waiting | sending | failed, error? (a type of the wire), postback?}

  constructor() {
    this.items = load(KEY, []).map((m) => ({ ...m, state: m.state === 'failed' ? 'failed' : 'waiting' }));
  }

  add(message) {
    const m = { custom_id: crypto.randomUUID?.() ?? `w${Date.now()}${Math.random().toString(36).slice(2)}`, state: 'waiting', ...message };
    this.items.push(m);
    this.save();
    return m;
  }

  drop(id) {
    const n = this.items.length;
    this.items = this.items.filter((m) => m.custom_id !== id);
    if (n !== this.items.length) this.save();
  }

  set(m, state, error) {
    m.state = state;
    m.error = error;
    this.save();
  }

  // next is the message to send now: order is kept, a failed one does not block.
  get next() {
    if (this.items.some((m) => m.state === 'sending')) return null;
    return this.items.find((m) => m.state === 'waiting');
  }

  // release makes what was under way wait again, after a lost connection.
  release() { for (const m of this.items) if (m.state === 'sending') m.state = 'waiting'; }

  save() { keep(KEY, this.items.filter((m) => !m.file || m.url).map(({ file, ...m }) => m)); }
}

export function load(key, otherwise) {
  try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; }
}

export function keep(key, value) {
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* blocked or full: lives as long as the page */ }
}

// event is the wire form of a message.
export function event(m) {
  if (m.url) return { type: 'file', url: m.url, custom_id: m.custom_id };
  const e = { type: 'message', text: m.text, custom_id: m.custom_id };
  if (m.postback) e.postback = m.postback;
  return e;
}
