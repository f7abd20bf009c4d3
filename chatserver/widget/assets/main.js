// The widget's frame: joins the wire, the model, the outbox and the page.

import { Wire, lost } from './wire.js';
import { Model } from './model.js';
import { Outbox, keep, load } from './outbox.js';
import { Sender } from './sender.js';
import { drawLog } from './log.js';
import { drawBar } from './bar.js';
import { avatar, icon } from './view.js';
import { N, T, list, translate } from './words.js';

const $ = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const base = new URL('.', location.href);
const parentOrigin = query.get('origin') ?? '';
const group = Number(query.get('group')) || 0;
const label = query.get('label') || T('Chat with us');

const model = new Model(), outbox = new Outbox(), pressed = new Set();
let page = null, open = window.parent === window, state = 'connecting', peeked = 0, peekTimer = 0, lastPeek = '', score = null;

const wire = new Wire(base, query.get('organization_id'), () => ({
  group_id: group, is_mobile: innerWidth < 500, application: { name: 'agentdesk-widget', version: '1' },
  ...(page && { customer_page: { url: page.url, title: page.title }, ...(page.referrer && { referrer: page.referrer }) }),
}));

const sender = new Sender(wire, model, outbox, {
  group,
  draw: () => draw(true),
  // who is what the customer has told in the first fields, null where they are not shown
  who: () => ($('who').hidden ? null : { name: $('name').value.trim(), email: $('email').value.trim() }),
});

// ---- the page around us

const tell = (message) => parentOrigin && window.parent.postMessage({ agentdesk: 1, ...message }, parentOrigin);

addEventListener('message', (e) => {
  if (e.source !== window.parent || e.origin !== parentOrigin || e.data?.agentdesk !== 1) return;
  switch (e.data.type) {
    case 'page': {
      if (typeof e.data.url !== 'string' || !/^https?:/.test(e.data.url)) return;
      page = { url: e.data.url.slice(0, 2000), title: String(e.data.title ?? '').slice(0, 500), referrer: String(e.data.referrer ?? '').slice(0, 2000) };
      if (wire.online) wire.request('update_customer_page', { url: page.url, title: page.title }).catch(() => {});
      break;
    }
    case 'open': open = true; draw(true); if (e.data.focus) focus(); break;
    case 'close': open = false; break;
  }
});

function focus() { (!$('composer').hidden ? $('text') : $('again')).focus(); }

$('close').onclick = () => tell({ type: 'close' });
addEventListener('keydown', (e) => { if (e.key === 'Escape') tell({ type: 'close' }); });

// ---- the connection

// While the chat is read anew, pushes are held: the answer may be older than they.
let held = null;

wire.addEventListener('online', async (e) => {
  model.login(e.detail);
  const mine = held = [];
  try {
    if (model.chatId) {
      const id = { chat_id: model.chatId };
      const [chat, threads] = await Promise.all([wire.request('get_chat', id), wire.request('list_threads', { ...id, limit: 3 })]);
      model.read(chat, threads);
    }
  } catch (err) {
    if (err === lost) return; // the next connection reads again
  }
  if (held !== mine) return; // a newer connection is reading
  held = null;
  for (const p of mine) model.push(p.action, p.payload);
  for (const ev of model.events) if (ev.custom_id) outbox.drop(ev.custom_id);
  outbox.release();
  become('online');
  flush();
});
wire.addEventListener('offline', () => { outbox.release(); become('offline'); });
wire.addEventListener('stopped', (e) => become(e.detail === 'customer_banned' ? 'refused' : 'stopped'));
wire.addEventListener('push', (e) => {
  if (held) { held.push(e.detail); return; }
  const { action, payload } = e.detail;
  const bottom = atBottom();
  if (!model.push(action, payload)) return;
  const events = payload.event ? [payload.event] : payload.chat?.thread?.events ?? [];
  for (const ev of events) if (ev.custom_id) outbox.drop(ev.custom_id);
  if (action === 'chat_deactivated') score = null;
  draw(bottom);
});

function become(next) {
  state = document.documentElement.dataset.state = next;
  draw(true);
}

// ---- sending

function sendText(text, more) {
  text = text.trim();
  if (!text) return;
  outbox.add({ text, ...more });
  draw(true);
  flush();
}

function sendFiles(files) {
  for (const file of files) {
    const m = outbox.add({ name: file.name || 'image.png', file });
    if (file.size > 10 << 20) outbox.set(m, 'failed', 'entity_too_large');
  }
  draw(true);
  flush();
}

const flush = () => state === 'online' && sender.flush();

function act(what, m) {
  if (what === 'discard') outbox.drop(m.custom_id); else outbox.set(m, 'waiting');
  draw();
  flush();
}

async function press(e, b) {
  if (!e.thread.active) return;
  pressed.add(e.id + b.postback_id);
  wire.request('send_rich_message_postback', { chat_id: model.chatId, thread_id: e.thread.id, event_id: e.id, postback: { id: b.postback_id, toggled: true } }).catch(() => {});
  if (!b.type || b.type === 'message') {
    sendText(b.value || b.text, { postback: { id: b.postback_id, thread_id: e.thread.id, event_id: e.id, type: b.type || 'message', value: b.value || b.text } });
  }
  draw();
}

// ---- writing

const text = $('text'), DRAFT = 'agentdesk-draft';
text.value = load(DRAFT, '');

function typed() {
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight, 132)}px`;
  $('send').disabled = !text.value.trim() || state === 'refused';
  keep(DRAFT, text.value);
  if (!peekTimer) peekTimer = setTimeout(peek, Math.max(0, 700 - (Date.now() - peeked)));
}

function peek() {
  peekTimer = 0;
  const now = text.value.slice(0, 4000);
  if (!model.active || !wire.online || now === lastPeek) return;
  peeked = Date.now();
  lastPeek = now;
  wire.request('send_sneak_peek', { chat_id: model.chatId, sneak_peek_text: now }).catch(() => {});
}

text.oninput = typed;
text.onkeydown = (e) => {
  if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); $('composer').requestSubmit(); }
};
text.onpaste = (e) => {
  const files = [...e.clipboardData.files];
  if (files.length) { e.preventDefault(); sendFiles(files); }
};
$('composer').onsubmit = (e) => {
  e.preventDefault();
  if (!$('who').hidden && !$('email').reportValidity()) return;
  const value = text.value;
  text.value = lastPeek = '';
  typed();
  sendText(value);
  text.focus();
};
$('attach').onclick = () => $('file').click();
$('file').onchange = () => { sendFiles([...$('file').files]); $('file').value = ''; };
addEventListener('dragover', (e) => { e.preventDefault(); document.body.classList.add('drop'); });
addEventListener('dragleave', (e) => { if (!e.relatedTarget) document.body.classList.remove('drop'); });
addEventListener('drop', (e) => { e.preventDefault(); document.body.classList.remove('drop'); sendFiles([...e.dataTransfer.files]); });

// ---- ending, rating, earlier threads

$('end').onclick = () => {
  if ($('end').dataset.sure) { wire.request('deactivate_chat', { id: model.chatId }).catch(() => {}); return; }
  $('end').dataset.sure = '1';
  $('end').textContent = T('Really end?');
  setTimeout(() => { delete $('end').dataset.sure; $('end').textContent = T('End chat'); }, 4000);
};
$('again').onclick = () => { again = true; draw(true); text.focus(); };
let again = false;

for (const [id, value] of [['good', 1], ['bad', 0]]) {
  $(id).append(icon(value ? 'up' : 'down'));
  $(id).onclick = () => { score = value; rate(); };
}
$('rating').onsubmit = (e) => { e.preventDefault(); rate($('comment').value.trim()); };

async function rate(comment) {
  const t = model.thread;
  const rating = { score: score ?? t.properties.rating?.score ?? 1, ...(comment && { comment }) };
  try {
    await wire.request('update_thread_properties', { chat_id: model.chatId, thread_id: t.id, properties: { rating } });
    t.properties.rating = { ...t.properties.rating, ...rating };
    $('comment').value = '';
  } catch {
    $('thanks').hidden = false;
    $('thanks').textContent = T('That did not work. Please try again.');
    return;
  }
  draw();
}

$('older').onclick = async () => {
  const height = $('scroll').scrollHeight;
  try { model.earlier(await wire.request('list_threads', { chat_id: model.chatId, page_id: model.older })); } catch { return; }
  draw();
  $('scroll').scrollTop += $('scroll').scrollHeight - height;
};

// ---- drawing

function atBottom() { const s = $('scroll'); return s.scrollHeight - s.scrollTop - s.clientHeight < 60; }

function draw(follow = atBottom()) {
  const fresh = !model.chatId && !outbox.items.length;
  const ended = !!model.chatId && !model.active && !again && !outbox.items.length && state !== 'connecting';
  if (model.active) again = false;
  $('hello').hidden = !fresh || state === 'connecting' || state === 'refused';
  $('who').hidden = !!model.chatId || !!model.me?.name || !!model.me?.email;
  $('hello-text').textContent = model.online ? T('Ask us anything. We usually answer within a few minutes.') : T('We are away right now. Write to us anyway: the answer will be waiting here.');
  $('closed').hidden = !ended;
  $('composer').hidden = ended || state === 'refused';
  $('older').hidden = !model.older;
  $('end').hidden = !model.active;
  heading();
  drawLog($('log'), model, outbox, { base, press, pressed, act });
  drawTyping();
  drawRating();
  if (follow) $('scroll').scrollTop = $('scroll').scrollHeight;
  seen();
}

function heading() {
  const team = model.active ? model.agents : [];
  $('faces').replaceChildren(...team.slice(0, 3).map(avatar));
  $('title').textContent = team.length ? list(team.map((u) => u.name)) : T('Chat with us');
  $('status').textContent = team.length ? team[0].job_title || T('Customer support') : model.active ? T('We will be with you soon') : model.online ? T('We are online') : T('We answer as soon as we are back');
  drawBar($('bar'), state, model.queue);
}

let typingTimer = 0;

function drawTyping() {
  const now = Date.now();
  for (const [who, until] of model.typing) if (until <= now) model.typing.delete(who);
  const names = [...model.typing.keys()].map((id) => model.users.get(id)?.name || T('Support'));
  $('typing').hidden = !names.length;
  const says = names.length ? N(names.length, '%[2]s is typing', '%[2]s are typing', list(names)) : '';
  if ($('typist').textContent !== says) $('typist').textContent = says;
  for (const [who, p] of model.previews) if (p.until <= now) model.previews.delete(who);
  const shown = [...model.previews.values()].map((p) => p.text).join('\n');
  $('preview').hidden = !shown;
  $('preview').textContent = shown;
  clearTimeout(typingTimer);
  if (names.length || shown) typingTimer = setTimeout(() => draw(), 1000);
}

function drawRating() {
  const rating = model.thread?.properties?.rating;
  const given = rating?.score ?? score;
  $('rating').hidden = !model.thread?.events.some((e) => model.foreign(e));
  $('good').setAttribute('aria-pressed', given === 1);
  $('bad').setAttribute('aria-pressed', given === 0);
  $('why').hidden = $('rate').hidden = given == null || !!rating?.comment;
  $('thanks').hidden = given == null;
  $('thanks').textContent = T('Thank you for telling us.');
}

// seen marks what the customer has before the eyes, and counts the rest.
let marked = '';

function seen() {
  const unread = model.unread;
  const looking = open && document.visibilityState === 'visible' && state === 'online';
  const last = unread.at(-1)?.created_at;
  if (last && looking && marked !== last) {
    marked = last;
    wire.request('mark_events_as_seen', { chat_id: model.chatId, seen_up_to: last }).catch(() => { marked = ''; });
    if (model.mine) model.mine.events_seen_up_to = last;
  }
  const count = looking ? 0 : unread.length;
  tell({ type: 'unread', count, label: count ? N(count, '%[2]s, %[1]d unread message', '%[2]s, %[1]d unread messages', label) : label });
}

document.addEventListener('visibilitychange', () => draw());

translate(document.body);
delete document.documentElement.dataset.words;
typed();
draw();
// The page's address belongs into the login; a page that does not tell it soon
// is not waited for.
if (parentOrigin) tell({ type: 'ready', label, close: T('Close the chat') });
setTimeout(() => wire.start(), parentOrigin ? 120 : 0);
