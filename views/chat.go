package views

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"agentdesk/desk"
)

func queryEscape(s string) string { return url.QueryEscape(s) }

func pathEscape(s string) string { return url.PathEscape(s) }

func (c ChatPane) id() string { return c.View.Chat.ID }

func (c ChatPane) threadID() string {
	if c.Thread != nil {
		return c.Thread.Thread.ID
	}
	return c.View.Chat.Thread.ID
}

func (c ChatPane) customer() desk.Person {
	p := c.View.Chat.Customer()
	if p.ID == "" && c.Thread != nil {
		return c.Thread.Customer()
	}
	if p.ID == "" {
		return c.View.Row.Customer
	}
	return p
}

func (c ChatPane) name(e Env) string { return e.nameOf(c.customer()) }

// logID names the container that new events go into. Where later events are left
// out it has another name, so that news do not land behind the gap.
func (c ChatPane) logID() string {
	switch {
	case c.Thread != nil:
		return "thread-" + DOMID(c.threadID())
	case c.Newer:
		return "older-" + DOMID(c.id())
	}
	return "log-" + DOMID(c.id())
}

// shown is the thread that the pane shows.
func (c ChatPane) shown() *desk.Thread {
	if c.Thread != nil {
		return &c.Thread.Thread
	}
	return &c.View.Chat.Thread
}

// previous is the thread before the one shown.
func (c ChatPane) previous() string {
	if c.Thread != nil {
		return c.Thread.Thread.Previous
	}
	return c.View.Earlier
}

// page is the address of another part of the thread shown.
func (c ChatPane) page(e Env, query string, ev desk.Event) string {
	path := e.Path("chats", c.id())
	if c.Thread != nil {
		path = e.Path("chats", c.id(), "threads", c.threadID())
	}
	return path + "?" + query + "=" + queryEscape(ev.ID)
}

// endForm is how the end of a thread is told: the day where it is another one.
func (c ChatPane) endForm(e Env) string {
	if e.sameDay(c.Thread.Thread.CreatedAt, c.Ended) {
		return "clock"
	}
	return "full"
}

// inHead is how many of a conversation's tags stand in its head: a few, or two and
// the number of the others.
func inHead(tags []string) int {
	if len(tags) > 3 {
		return 2
	}
	return len(tags)
}

// endSort is the place of what stands under an earlier thread.
func (c ChatPane) endSort() string { return micros(c.Ended) + "-~" }

// openThread is the id of the conversation while it goes on; else "".
func (c ChatPane) openThread() string {
	if !c.View.Chat.Thread.Active {
		return ""
	}
	return c.View.Chat.Thread.ID
}

func (c ChatPane) entries(e Env) []entry {
	if c.Thread != nil {
		users := append(append([]desk.Person(nil), c.Thread.Users...), c.View.Chat.Users...)
		return entries(e, c.id(), "", c.At, c.Thread.Thread.Events, people(users, c.View.Agents, c.View.Me), c.View.NewFrom)
	}
	return entries(e, c.id(), c.openThread(), c.At, c.View.Chat.Thread.Events, people(c.View.Chat.Users, c.View.Agents, c.View.Me), c.View.NewFrom)
}

// canTake reports whether the chat may be taken over by its Take button.
func (c ChatPane) canTake() bool {
	return !c.View.Member && (c.View.Row.List == desk.Waiting || c.View.Row.List == desk.Others || c.View.Row.List == desk.Watched)
}

// notesOnly reports whether only other agents read what is written here.
func (c ChatPane) notesOnly() bool { return !c.View.Member && c.View.Row.Watching }

// standing says in a word whose chat it is.
func (c ChatPane) standing(e Env) string {
	parts := make([]string, 0, 3)
	if g := label(c.View.Row.Group); g != "" {
		parts = append(parts, g)
	}
	switch {
	case !c.View.Chat.Thread.Active:
		parts = append(parts, e.T("closed"))
	case c.View.Row.List == desk.Waiting && c.View.Row.Position > 0:
		parts = append(parts, e.T("number %d in the queue", c.View.Row.Position))
	case c.View.Row.List == desk.Waiting:
		parts = append(parts, e.T("waiting"))
	case len(c.View.Row.Agents) > 0:
		names := make([]string, 0, len(c.View.Row.Agents))
		for _, n := range c.View.Row.Agents {
			names = append(names, firstName(label(n)))
		}
		parts = append(parts, e.T("with %s", e.listed(names)))
	}
	if c.View.Row.From != "" {
		parts = append(parts, e.T("from %s", firstName(label(c.View.Row.From))))
	}
	if len(parts) == 0 {
		return e.T("With you")
	}
	s := strings.Join(parts, " · ")
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

// typers says who types.
func (e Env) typers(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return e.T("%s is typing", firstName(label(names[0])))
	case 2:
		return e.T("%s and %s are typing", firstName(label(names[0])), firstName(label(names[1])))
	}
	return e.N(len(names), "%d person is typing", "%d people are typing")
}

func (e Env) restricted(reason string) string {
	if t := label(reason); t != "" {
		return e.T("What was said here is not for you to see: %s", strings.ReplaceAll(t, "_", " "))
	}
	return e.T("What was said here is not for you to see.")
}

// thinking says who works on an answer, and on what where that is told.
func (e Env) thinking(list []desk.Thought) string {
	if len(list) == 0 {
		return ""
	}
	t := list[len(list)-1]
	said := e.T("%s is thinking", firstName(label(t.By)))
	if what := e.listed(filled(oneliner(t.Title), oneliner(t.Text))); what != "" {
		said = e.T("%s is thinking: %s", firstName(label(t.By)), what)
	}
	if more := len(list) - 1; more > 0 {
		said += " " + e.N(more, "(and %d more)", "(and %d more)")
	}
	return said
}

// summarised reports whether the conversation has a summary or had one asked
// for, and mayAsk whether one can be asked for: of a closed conversation once.
func (c ChatPane) summarised() bool {
	return c.View.Chat.Thread.Summary != "" || c.View.Chat.Thread.SummaryFailed
}

func (c ChatPane) mayAsk() bool {
	th := &c.View.Chat.Thread
	return c.View.Me.Can.Summarise && th.ID != "" && (th.Active || th.Summary == "")
}

func (c ChatPane) followed() bool {
	k := c.customer().Customer
	return k != nil && k.Followed
}
