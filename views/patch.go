package views

import (
	"io"

	"github.com/a-h/templ"

	"agentdesk/desk"
)

// RowPatch draws a chat's row in its list.
func RowPatch(w io.Writer, e Env, row desk.Row) error {
	return drawn(w, func(m *markup) { drawRow(m, e, &row, rowLook{}) })
}

// RowGonePatch takes a chat's row out of all lists.
func RowGonePatch(w io.Writer, chatID string) error {
	return patch(w, gone("row-"+DOMID(chatID), "", ""))
}

// EventPatch draws an event of a chat's newest thread; by is its author. A file is
// put into the list of files too.
func EventPatch(w io.Writer, e Env, chatID, threadID string, ev desk.Event, by desk.Person) error {
	v := eventOf(e, chatID, threadID, ev, by)
	if err := drawn(w, func(m *markup) { drawEvent(m, &v) }); err != nil || !hasFile(&ev) {
		return err
	}
	return patch(w, fileItem(e, "files-in-"+DOMID(chatID), ev))
}

// EventGonePatch takes an event out, also where it is known by its custom id.
func EventGonePatch(w io.Writer, eventID string) error {
	return patch(w, gone("e-"+DOMID(eventID), "event", eventID))
}

// PendingPatch draws a message on its way, or one that failed.
func PendingPatch(w io.Writer, e Env, o desk.Outgoing) error { return patch(w, pending(e, o)) }

// PendingGonePatch takes a message on its way out, unless its event has taken
// its place already.
func PendingGonePatch(w io.Writer, customID string) error {
	return patch(w, gone("e-c-"+DOMID(customID), "pending", ""))
}

// HeadPatch draws an open chat's header, the foot under the conversation
// (composer or what stands in its place) and the customer's details.
func HeadPatch(w io.Writer, e Env, v desk.ChatView, tags []string) error {
	c := ChatPane{View: v, Tags: tags}
	if err := patch(w, chatHead(e, c)); err != nil {
		return err
	}
	if err := patch(w, chatFoot(e, c)); err != nil {
		return err
	}
	return patch(w, details(e, c))
}

// SeenPatch draws the mark up to where the customer has seen.
func SeenPatch(w io.Writer, e Env, v desk.ChatView) error { return patch(w, seen(e, v)) }

// PeekPatch draws who types, and what.
func PeekPatch(w io.Writer, e Env, v desk.ChatView) error { return patch(w, peek(e, v)) }

// ColleaguesPatch draws who else is in an open chat.
func ColleaguesPatch(w io.Writer, e Env, v desk.ChatView) error { return patch(w, colleagues(e, v)) }

// CountsPatch draws the numbers of the sections.
func CountsPatch(w io.Writer, e Env, sections []desk.Section) error {
	return drawn(w, func(m *markup) {
		for i := range sections {
			drawSection(m, e, &sections[i])
		}
		drawNavUnread(m, e, unreadChats(sections), waitingChats(sections))
	})
}

// ConnectionPatch draws the connection bar.
func ConnectionPatch(w io.Writer, e Env, c desk.Connection, sending, failed int) error {
	return patch(w, connection(e, c, sending, failed))
}

// NoticePatch draws what a colleague told the team.
func NoticePatch(w io.Writer, e Env, n desk.Notice) error { return patch(w, notice(e, n)) }

// MePatch draws the agent's own menu with the routing status.
func MePatch(w io.Writer, e Env, me desk.Me) error { return patch(w, meMenu(e, me)) }

// TeamPatch draws what a desk without work says of the agent and of who else takes
// chats.
func TeamPatch(w io.Writer, e Env, me desk.Me, agents []desk.Agent) error {
	return drawn(w, func(m *markup) {
		m.component(quiet(e, "quiet-list", me, agents))
		m.component(quiet(e, "quiet-pane", me, agents))
	})
}

// patch writes a component on one line.
func patch(w io.Writer, c templ.Component) error {
	return drawn(w, func(m *markup) { m.component(c) })
}

func unreadChats(sections []desk.Section) (n int) {
	for _, s := range sections {
		if s.List == desk.Mine {
			n += s.Unread
		}
	}
	return n
}

func waitingChats(sections []desk.Section) (n int) {
	for _, s := range sections {
		if s.List == desk.Waiting {
			n = s.Total
		}
	}
	return n
}
