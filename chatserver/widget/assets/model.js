// The model: what the customer's chat is, as far as this browser knows. Pure
// state; the view reads it after every change.

export class Model {
  me = null;         // the customer
  chatId = '';
  users = new Map();
  threads = [];      // oldest first; each {id, active, events, properties, queue}
  typing = new Map(); // author → until when, ms
  previews = new Map(); // author → what is being written, and until when, ms
  older = '';        // page id of earlier threads
  online = true;     // somebody of the group is there

  get thread() { return this.threads.at(-1); }
  get active() { return !!this.thread?.active; }
  get queue() { return this.active ? this.thread.queue : null; }
  get agents() { return [...this.users.values()].filter((u) => u.type === 'agent' && u.present !== false); }
  get mine() { return this.users.get(this.me?.id); }
  get events() { return this.threads.flatMap((t) => t.events.map((e) => ({ ...e, thread: t }))); }

  login(payload) {
    this.me = payload.customer;
    this.chatId = payload.chats?.[0]?.chat_id ?? this.chatId;
    const cfg = payload.__priv_dynamic_config;
    const monitoring = cfg?.customer_groups?.monitoring?.id;
    this.online = !!cfg?.online_groups_ids?.includes(monitoring);
  }

  // read takes in what the server knows: chat of get_chat, page of list_threads.
  read(chat, page) {
    this.people(chat.users);
    for (const t of page.threads) this.put(t);
    this.older = page.next_page_id ?? '';
    if (chat.thread) this.put(chat.thread);
  }

  earlier(page) {
    for (const t of page.threads) this.put(t);
    this.older = page.next_page_id ?? '';
  }

  people(list) {
    for (const u of list ?? []) this.users.set(u.id, { ...this.users.get(u.id), ...u });
  }

  put(thread) {
    const have = this.threads.find((t) => t.id === thread.id);
    const made = { properties: {}, ...have, ...thread, queue: thread.queue, events: [...(have?.events ?? [])] };
    if (have) this.threads[this.threads.indexOf(have)] = made; else this.threads.push(made);
    for (const e of thread.events ?? []) insert(made.events, e);
    this.threads.sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
    for (const t of this.threads.slice(0, -1)) t.active = false;
  }

  // push applies one push and tells whether anything changed.
  push(action, p) {
    const t = this.threads.find((x) => x.id === p.thread_id);
    switch (action) {
      case 'incoming_chat':
        this.chatId = p.chat.id;
        this.people(p.chat.users);
        for (const [id, u] of this.users) if (u.type === 'agent' && !p.chat.users.some((x) => x.id === id && x.present)) u.present = false;
        this.put(p.chat.thread);
        return true;
      case 'incoming_event':
        if (!t) return false;
        insert(t.events, p.event);
        this.quiet(p.event.author_id);
        return true;
      case 'incoming_event_preview':
        this.previews.set(p.event.author_id, { text: p.event.text, until: Date.now() + 12e3 });
        return true;
      case 'event_updated': {
        const i = t?.events.findIndex((e) => e.id === p.event.id) ?? -1;
        if (i >= 0) t.events[i] = p.event;
        return i >= 0;
      }
      case 'event_deleted':
        if (t) t.events = t.events.filter((e) => e.id !== p.event_id);
        return !!t;
      case 'chat_deactivated':
        if (t) { t.active = false; t.queue = null; }
        this.typing.clear();
        this.previews.clear();
        return true;
      case 'user_added_to_chat':
        this.people([{ ...p.user, present: true }]);
        if (t && p.user.type === 'agent') t.queue = null;
        return true;
      case 'user_removed_from_chat': {
        const u = this.users.get(p.user_id);
        if (u) u.present = false;
        this.quiet(p.user_id);
        return true;
      }
      case 'chat_transferred':
        if (t) t.queue = p.queue ?? null;
        return true;
      case 'queue_position_updated':
        if (t) t.queue = { ...t.queue, ...p.queue };
        return true;
      case 'incoming_typing_indicator': {
        const { author_id: who, is_typing: on } = p.typing_indicator;
        if (who === this.me?.id) return false;
        on ? this.typing.set(who, Date.now() + 12e3) : this.quiet(who);
        return true;
      }
      case 'events_marked_as_seen': {
        const u = this.users.get(p.user_id);
        if (u && !(u.events_seen_up_to > p.seen_up_to)) u.events_seen_up_to = p.seen_up_to;
        return true;
      }
      case 'thread_properties_updated':
        if (t) for (const [ns, names] of Object.entries(p.properties)) t.properties[ns] = { ...t.properties[ns], ...names };
        return true;
      case 'thread_properties_deleted':
        if (t) for (const [ns, names] of Object.entries(p.properties)) for (const n of names) delete t.properties[ns]?.[n];
        return true;
      case 'customer_updated':
        this.me = { ...this.me, ...p };
        return true;
      case 'groups_status_updated':
        this.online = p.groups.some((g) => g.status !== 'offline');
        return true;
    }
    return false;
  }

  // quiet ends what somebody was writing.
  quiet(who) {
    this.typing.delete(who);
    this.previews.delete(who);
  }

  // seen is how far agents have read, "" where nobody has.
  get seen() {
    return [...this.users.values()].reduce((far, u) => (u.type === 'agent' && u.events_seen_up_to > far ? u.events_seen_up_to : far), '');
  }

  // unread are others' messages past the customer's own mark.
  get unread() {
    const mark = this.mine?.events_seen_up_to ?? '';
    return this.events.filter((e) => this.foreign(e) && e.created_at > mark);
  }

  foreign(e) { return e.author_id && e.author_id !== this.me?.id && e.type !== 'system_message'; }
}

// insert keeps events in order of time, each once.
function insert(list, event) {
  const i = list.findIndex((e) => e.id === event.id);
  if (i >= 0) { list[i] = event; return; }
  let at = list.length;
  while (at > 0 && list[at - 1].created_at > event.created_at) at--;
  list.splice(at, 0, event);
}
