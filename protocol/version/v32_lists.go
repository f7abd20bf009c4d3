package version

import (
	"time"

	"agentdesk/protocol"
)

// Changelog 3.2: Get Archives was renamed to List Archives; the filter agents
// replaces agent_ids, page ids replace numbered pages; by the 3.2 page, from and
// to replace date_from and date_to, whose days are whole and UTC here.
func listArchivesUp32(m *message) *protocol.Error {
	filters := m.body.get("filters")
	if ids := filters.take("agent_ids"); ids != nil {
		agents := object()
		agents.set("values", *ids)
		filters.set("agents", *agents)
	}
	dayUp32(filters, "date_from", "from", 0)
	dayUp32(filters, "date_to", "to", 24*time.Hour-time.Microsecond)
	renameFilter(m, "surveys", "forms")
	if filters.has("thread_ids") || m.body.has("page_id") {
		m.body.drop("pagination")
		return nil
	}
	return pagedUp(m)
}

func dayUp32(filters *node, old, name string, within time.Duration) {
	filters.rename(old, name)
	date := filters.get(name)
	if day, err := time.Parse(time.DateOnly, date.str()); err == nil {
		*date = text(protocol.At(day.Add(within)).String())
	}
}

// The same downwards. Days are the finest that 3.1 can search by, so the answer
// may have threads of the same day from before and after. The mark-up that
// highlights asks for is left out.
func listArchivesDown32(m *message) *protocol.Error {
	if err := m.refuse(V32, "filters.agents.exists", "filters.agents.exclude_values", "filters.events"); err != nil {
		return err
	}
	if m.body.take("sort_order").is(`"asc"`) {
		return newIn(V32, "sort_order")
	}
	m.body.drop("highlights")
	filters := m.body.get("filters")
	if ids := filters.take("agents").get("values"); ids != nil {
		filters.set("agent_ids", *ids)
	}
	dayDown32(filters, "from", "date_from")
	dayDown32(filters, "to", "date_to")
	renameFilter(m, "forms", "surveys")
	if filters.has("thread_ids") {
		m.body.drop("limit")
		return nil
	}
	return pagedDown(m)
}

func dayDown32(filters *node, name, old string) {
	filters.rename(name, old)
	date := filters.get(old)
	if us, ok := micros(date); ok {
		*date = text(time.UnixMicro(us).UTC().Format(time.DateOnly))
	}
}

// 3.1 page of get_archives: found_chats counts, and the request pages by
// number, so the page ids of its sample are of no use (docs/protocol.md,
// "Choices").
func listedUp32(req, m *message) {
	if req.at("filters.thread_ids") == nil {
		neighbours(req, m)
	}
}

// Changelog 3.2: Get Chat has no chat key, and thread in place of threads.
func gotChatUp32(req, m *message) {
	chat := m.body.take("chat")
	if chat == nil {
		return
	}
	threads := chat.take("threads").elements()
	chat.drop("threads_summary")
	var wanted string
	if ids := req.body.get("thread_ids").elements(); len(ids) > 0 {
		wanted = ids[0].str()
	}
	if i := chosen(threads, wanted); i >= 0 {
		chat.set("thread", threads[i].node)
	}
	m.body = *chat
}

// chosen finds the thread of that id, or the newest.
func chosen(threads []member, id string) int {
	found, newest := -1, int64(-1)
	for i := range threads {
		created, _ := micros(threads[i].get("created_at"))
		if id != "" && threads[i].get("id").str() == id {
			return i
		}
		if created > newest {
			found, newest = i, created
		}
	}
	return found
}

func gotChatDown32(_, m *message) {
	chat, threads, summary := m.body, array(), array()
	if thread := chat.take("thread"); thread != nil {
		row := object()
		copyTo(row, "thread_id", thread.get("id"))
		copyTo(row, "order", thread.get("order"))
		threads, summary = array(*thread), array(*row)
	}
	chat.set("threads", threads)
	chat.set("threads_summary", summary)
	m.body = *object()
	m.body.set("chat", chat)
}

// 3.1 page of get_chat_threads_summary: rows of id, order and events_count. As
// threads they have no events, but still events_count; whoever wants the events
// reads each thread.
func listedThreadsUp32(_, m *message) {
	rows := m.body.take("threads_summary")
	forEach(rows, createdUp)
	m.body.set("threads", list(rows))
}

func listedThreadsDown32(_, m *message) {
	rows := array()
	forEach(m.body.take("threads"), func(thread *node) {
		row := object()
		copyTo(row, "id", thread.get("id"))
		copyTo(row, "order", thread.get("order"))
		row.set("events_count", number(int64(len(thread.get("events").elements()))))
		copyTo(row, "events_count", thread.get("events_count"))
		rows.add(*row)
	})
	m.body.set("threads_summary", rows)
}
