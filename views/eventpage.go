package views

import "agentdesk/desk"

func (p EventPage) path(rest ...string) string {
	return p.Path(append([]string{"chats", p.ChatID, "threads", p.ThreadID, "events", p.Event.ID}, rest...)...)
}

// back is the conversation that the event is part of.
func (p EventPage) back() string {
	if p.Earlier {
		return p.Path("chats", p.ChatID, "threads", p.ThreadID)
	}
	return p.Path("chats", p.ChatID)
}

// quote is the chat with the event in its composer. Scripts do that on the page.
func (p EventPage) quote() string {
	return p.Path("chats", p.ChatID) + "?thread=" + queryEscape(p.ThreadID) + "&quote=" + queryEscape(p.Event.ID)
}

// heading says what the event is.
func (p EventPage) heading() string {
	switch p.Event.Kind {
	case desk.KindMessage:
		return p.T("Message")
	case desk.KindFile:
		return p.T("File")
	case desk.KindRich:
		return p.T("Card")
	case desk.KindForm, desk.KindFilledForm:
		return p.T("Form")
	case desk.KindSystemText, desk.KindSystem, desk.KindAnnotation:
		return p.T("Note of the chat server")
	}
	return p.kindName(p.Event)
}

func (p EventPage) author() string {
	if p.Event.AuthorID == "" {
		return p.T("the chat server")
	}
	return p.nameOf(p.Author())
}

// Author is who the event is from, as far as it is known.
func (p EventPage) Author() desk.Person {
	return people(p.Users, p.Agents, p.Me)(p.Event.AuthorID)
}

func (p EventPage) readers() string {
	if p.Event.AgentsOnly {
		return p.T("agents only")
	}
	return p.T("everybody in the chat")
}
