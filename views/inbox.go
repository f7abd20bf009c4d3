package views

import (
	"agentdesk/desk"
)

func (p InboxPage) class() string {
	if p.Chat != nil || p.Missing {
		return "inbox has-chat"
	}
	return "inbox"
}

func (p InboxPage) openID() string {
	if p.Chat == nil {
		return ""
	}
	return p.Chat.id()
}

func (p InboxPage) query() string {
	f := p.Inbox.Filter
	f.After = ""
	return FilterQuery(f)
}

func (p InboxPage) rowLook() rowLook {
	look := rowLook{open: p.openID(), query: p.query(), tick: p.Select}
	if p.Inbox.Filter.List == desk.All {
		look.into = desk.All
	}
	return look
}

func (p InboxPage) narrowed() bool { return !p.Inbox.Filter.Zero() }

// herePath is the page itself, so that a filter keeps the open chat open.
func (p InboxPage) herePath() string {
	if id := p.openID(); id != "" {
		return p.Path("chats", id)
	}
	return p.Path("chats")
}

func (p InboxPage) here(f desk.Filter) string { return p.herePath() + FilterQuery(f) }

// sections are the lists to draw: all, or the chosen one.
func (p InboxPage) sections() []desk.Section {
	if p.Inbox.Filter.List == "" {
		return p.Inbox.Sections
	}
	for _, s := range p.Inbox.Sections {
		if s.List == p.Inbox.Filter.List {
			return []desk.Section{s}
		}
	}
	return nil
}

func (p InboxPage) noRows() bool {
	for _, s := range p.sections() {
		if len(s.Rows) > 0 {
			return false
		}
	}
	return true
}

// more is where the rest of a list is shown, "" where this is all.
func (p InboxPage) more(s desk.Section) string {
	if len(s.Rows) == 0 || s.Before+len(s.Rows) >= s.Total {
		return ""
	}
	f := p.Inbox.Filter
	if f.List == s.List {
		f.After = s.Rows[len(s.Rows)-1].Sort
	} else {
		f.List, f.After = s.List, ""
	}
	return p.here(f)
}

func (p InboxPage) moreWord(s desk.Section) string {
	if p.Inbox.Filter.List == s.List {
		return p.T("Show more")
	}
	return p.T("All %d", s.Total)
}

func (e Env) emptyList(l desk.List, narrowed bool) string {
	if narrowed {
		return e.T("None of these")
	}
	switch l {
	case desk.Waiting:
		return e.T("Nobody waits")
	case desk.Mine:
		return e.T("No chat of yours")
	case desk.Idle:
		return e.T("None of yours is idle")
	case desk.Watched:
		return e.T("You watch no chat")
	case desk.Others:
		return e.T("Nobody else is chatting")
	case desk.All:
		return e.T("No chats")
	}
	return e.T("None lately")
}

// quiet describes a desk without work.
func (e Env) quiet(me desk.Me, agents []desk.Agent) string {
	others := 0
	for _, a := range agents {
		if a.ID != me.ID && a.Status == desk.Accepting {
			others++
		}
	}
	mates := e.T("Nobody else is accepting chats now.")
	if others > 0 {
		mates = e.N(others, "%d colleague is accepting chats too.", "%d colleagues are accepting chats too.")
	}
	switch me.Status {
	case desk.Accepting:
		return e.T("You accept chats, and nobody is waiting.") + " " + mates
	case desk.NotAccepting:
		return e.T("You do not accept chats, so none come to you.") + " " + mates
	}
	return e.T("You are offline, so no chats come to you.") + " " + mates
}
