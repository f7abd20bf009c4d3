// The wire: one websocket of the Customer Chat API v3.6, kept open.
// Events: online (detail: login's payload), offline, stopped (detail: reason),
// push (detail: {action, payload, request_id}).

const VERSION = 'v3.6';
const NEVER = new Set(['license_not_found', 'license_expired', 'unsupported_version', 'misdirected_connection', 'product_version_changed',
  'customer_banned', 'logged_out_remotely', 'too_many_connections', 'wrong_product_version']);
const NEW_TOKEN = new Set(['access_token_expired', 'access_token_revoked', 'authentication']);
const PING = 15e3, SILENCE = 32e3, PATIENCE = 15e3;

export const lost = { type: 'connection_lost' };

export class Wire extends EventTarget {
  #base; #tenant; #login; #ws; #token; #waiting = new Map(); #seq = 0; #tries = 0; #timer; #pinger; #heard = 0; #reason; #steady;
  online = false;

  // base: URL of the server with a slash at its end; login(): the payload of
  // login beside the token.
  constructor(base, organization, login) {
    super();
    this.#base = base;
    this.#tenant = organization ? `?organization_id=${encodeURIComponent(organization)}` : '';
    this.#login = login;
    this.organization = organization;
    addEventListener('online', () => this.now());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.now());
  }

  // now skips the rest of a waiting time.
  now() {
    if (this.#timer) { clearTimeout(this.#timer); this.#timer = 0; this.start(); }
  }

  async start() {
    try {
      this.#token ??= await this.#fetchToken();
      this.#open();
    } catch (err) {
      if (err.fatal) return this.#emit('stopped', err.type);
      this.#later();
    }
  }

  async #fetchToken() {
    const body = { grant_type: 'cookie', client_id: 'agentdesk-widget', response_type: 'token' };
    if (this.organization) body.organization_id = this.organization;
    const res = await fetch(new URL('v2/customer/token', this.#base), { method: 'POST', credentials: 'include', body: JSON.stringify(body) });
    const got = await res.json();
    const refused = got.oauth_exception || got.identity_exception;
    if (refused) throw { type: refused, fatal: !['server_error', 'temporarily_unavailable', 'too_many_requests'].includes(refused) };
    if (!got.access_token) throw { type: 'internal' };
    return got.access_token;
  }

  #open() {
    const url = new URL(`${VERSION}/customer/rtm/ws${this.#tenant}`, this.#base);
    url.protocol = url.protocol.replace('http', 'ws');
    const ws = this.#ws = new WebSocket(url);
    this.#reason = '';
    this.#heard = Date.now();
    this.#pinger = setInterval(() => this.#beat(ws), PING);
    ws.onopen = () => this.#signIn(ws);
    ws.onmessage = (e) => { if (ws === this.#ws) { this.#heard = Date.now(); this.#receive(e.data); } };
    ws.onclose = () => { if (ws === this.#ws) this.#closed(); };
  }

  async #signIn(ws) {
    try {
      const payload = await this.request('login', { token: `Bearer ${this.#token}`, ...this.#login() });
      this.online = true;
      this.#steady = setTimeout(() => { this.#tries = 0; }, 30e3); // a connection that holds
      this.#emit('online', payload);
    } catch (err) {
      this.#reason ||= err.type;
      ws.close();
    }
  }

  #beat(ws) {
    if (Date.now() - this.#heard > SILENCE) return this.#closed();
    if (this.online && ws.readyState === 1) ws.send('{"action":"ping"}');
  }

  #receive(text) {
    let f;
    try { f = JSON.parse(text); } catch { return; }
    if (f.type === 'response') {
      const w = this.#waiting.get(f.request_id);
      if (!w) return;
      this.#waiting.delete(f.request_id);
      clearTimeout(w.timer);
      f.success ? w.resolve(f.payload ?? {}) : w.reject(f.payload?.error ?? { type: 'internal' });
    } else if (f.type === 'push') {
      if (f.action === 'customer_disconnected') this.#reason = f.payload?.reason || 'internal_error';
      else this.#emit('push', f);
    }
  }

  // request resolves with the answer's payload and rejects with {type};
  // lost and 15 s of silence mean that the outcome is not known.
  request(action, payload) {
    return new Promise((resolve, reject) => {
      const ws = this.#ws;
      if (ws?.readyState !== 1) return reject(lost);
      const id = `${++this.#seq}`;
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(lost);
        if (ws === this.#ws) this.#closed(); // a dead line: begin anew and look
      }, PATIENCE);
      this.#waiting.set(id, { resolve, reject, timer });
      ws.send(JSON.stringify({ request_id: id, action, payload }));
    });
  }

  // upload sends a file and returns its address.
  async upload(file) {
    const form = new FormData();
    form.append('file', file, file.name);
    let res;
    try {
      res = await fetch(new URL(`${VERSION}/customer/action/upload_file${this.#tenant}`, this.#base),
        { method: 'POST', headers: { Authorization: `Bearer ${this.#token}` }, body: form });
    } catch { throw lost; }
    const got = await res.json().catch(() => ({}));
    if (!res.ok) throw got.error ?? { type: 'internal' };
    return got.url;
  }

  #closed() {
    clearInterval(this.#pinger);
    clearTimeout(this.#steady);
    const ws = this.#ws;
    this.#ws = null;
    if (ws) { ws.onopen = ws.onmessage = ws.onclose = null; ws.close(); }
    this.online = false;
    for (const w of this.#waiting.values()) { clearTimeout(w.timer); w.reject(lost); }
    this.#waiting.clear();
    if (NEW_TOKEN.has(this.#reason)) this.#token = null;
    if (NEVER.has(this.#reason)) return this.#emit('stopped', this.#reason);
    this.#later();
  }

  #later() {
    this.#emit('offline');
    const cap = Math.min(30e3, 600 * 2 ** this.#tries++);
    this.#timer = setTimeout(() => { this.#timer = 0; this.start(); }, 150 + Math.random() * cap);
  }

  #emit(type, detail) { this.dispatchEvent(new CustomEvent(type, { detail })); }
}
