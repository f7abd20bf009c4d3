// The sender: takes what waits in the outbox to the server, one after the other,
// and opens the chat where it has to.

import { event } from './outbox.js';
import { lost } from './wire.js';
import { T } from './words.js';

export class Sender {
  #wire; #model; #outbox; #page;

  // page: {group, draw(), who()}.
  constructor(wire, model, outbox, page) {
    this.#wire = wire;
    this.#model = model;
    this.#outbox = outbox;
    this.#page = page;
  }

  // flush sends what waits. A lost answer leaves a message waiting: the next
  // connection looks whether it arrived, and tries again if not.
  async flush() {
    const m = this.#wire.online && this.#outbox.next;
    if (!m) return;
    this.#outbox.set(m, 'sending');
    try {
      if (m.file && !m.url) { m.url = await this.#wire.upload(m.file); this.#outbox.save(); }
      await this.#deliver(m);
      this.#outbox.drop(m.custom_id);
      this.#page.draw();
    } catch (err) {
      if (err === lost || err.type === 'too_many_requests') {
        this.#outbox.set(m, 'waiting');
        if (err !== lost || this.#wire.online) setTimeout(() => this.flush(), 3000);
      } else {
        this.#outbox.set(m, 'failed', err.type);
      }
      this.#page.draw();
      if (err === lost || err.type === 'too_many_requests') return;
    }
    this.flush();
  }

  async #deliver(m) {
    const model = this.#model, wire = this.#wire, first = await this.#introduce(), group = this.#page.group;
    for (let tries = 0; ; tries++) {
      try {
        if (model.active) return await wire.request('send_event', { chat_id: model.chatId, event: event(m) });
        const chat = { thread: { events: [...first, event(m)] }, ...(group && !model.chatId && { access: { group_ids: [group] } }) };
        if (model.chatId) return await wire.request('resume_chat', { chat: { ...chat, id: model.chatId }, continuous: true });
        const made = await wire.request('start_chat', { chat, continuous: true });
        model.chatId = made.chat_id;
        return made;
      } catch (err) {
        // What we believed of the chat was old: look again, once.
        if (tries || !['chat_inactive', 'chat_already_active', 'limit_reached'].includes(err.type)) throw err;
        const { chats_summary: [chat] } = await wire.request('list_chats', {});
        if (!chat) throw err;
        model.chatId = chat.id;
        model.read(await wire.request('get_chat', { chat_id: chat.id }), { threads: [] });
        if (model.events.some((e) => e.custom_id === m.custom_id)) return;
      }
    }
  }

  // introduce tells who the customer is, where the fields were filled in. The form has
  // the labels as the customer saw them.
  async #introduce() {
    const who = !this.#model.chatId && this.#page.who();
    if (!who || !(who.name || who.email)) return [];
    const { name, email } = who;
    await this.#wire.request('update_customer', { ...(name && { name }), ...(email && { email }) });
    const fields = [name && { type: 'name', id: 'name', label: T('Your name'), answer: name }, email && { type: 'email', id: 'email', label: T('E-mail'), answer: email }];
    return [{ type: 'filled_form', form_id: 'widget-prechat', form_type: 'prechat', fields: fields.filter(Boolean) }];
  }
}
