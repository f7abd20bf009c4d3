package handlers

import (
	"agentdesk/desk"
)

// The forms of a chat and of its customer, one function each. Whether an id names something that
// this agent may touch is for the desk to say.

func retry(f *form, chatID string) desk.Command {
	return desk.Retry{ChatID: chatID, CustomID: f.customID()}
}

func discard(f *form, chatID string) desk.Command {
	return desk.Discard{ChatID: chatID, CustomID: f.customID()}
}

func typing(f *form, chatID string) desk.Command {
	return desk.ShowTyping{ChatID: chatID, On: f.choice("on", "true", "false") == "true", AgentsOnly: f.agentsOnly()}
}

// preview is what is being written, as the customer is shown it.
func preview(f *form, chatID string) desk.Command {
	return desk.ShowPreview{ChatID: chatID, Text: f.text("text", maxText)}
}

func seen(f *form, chatID string) desk.Command {
	return desk.MarkSeen{ChatID: chatID, UpTo: f.micros("up_to")}
}

func markUnread(_ *form, chatID string) desk.Command { return desk.MarkUnread{ChatID: chatID} }

func deactivate(f *form, chatID string) desk.Command {
	if f.values.Get("undo") != "" { // a script can offer to take it back
		return desk.CloseSoon{ChatID: chatID, IgnorePresence: f.values.Get("force") != ""}
	}
	return desk.Deactivate{ChatID: chatID, IgnorePresence: f.values.Get("force") != ""}
}

func resume(_ *form, chatID string) desk.Command   { return desk.Resume{ChatID: chatID} }
func take(_ *form, chatID string) desk.Command     { return desk.Take{ChatID: chatID} }
func follow(_ *form, chatID string) desk.Command   { return desk.Follow{ChatID: chatID} }
func unfollow(_ *form, chatID string) desk.Command { return desk.Unfollow{ChatID: chatID} }

func addUser(f *form, chatID string) desk.Command {
	return desk.AddUser{ChatID: chatID, UserID: f.id("user_id", "Choose who joins."), AgentsOnly: f.agentsOnly()}
}

func removeUser(f *form, chatID string) desk.Command {
	return desk.RemoveUser{ChatID: chatID, UserID: f.id("user_id", "Choose who leaves.")}
}

func tag(f *form, chatID string) desk.Command {
	return desk.Tag{ChatID: chatID, ThreadID: f.thread(), Tag: f.id("tag", "Write a tag.")}
}

func untag(f *form, chatID string) desk.Command {
	return desk.Untag{ChatID: chatID, ThreadID: f.thread(), Tag: f.id("tag", "Choose a tag.")}
}

// thread is optional: without it the chat's newest thread is meant.
func (f *form) thread() string {
	if f.values.Get("thread_id") == "" {
		return ""
	}
	return f.id("thread_id", "There is no such conversation.")
}

func (f *form) properties() desk.Properties {
	ns, name := f.id("namespace", "Name a namespace."), f.id("name", "Name a property.")
	return desk.Properties{ns: {name: f.text("value", maxText)}}
}

// setProperty and deleteProperty are about the chat, or about its conversation
// where one is named.
func setProperty(f *form, chatID string) desk.Command {
	return desk.SetProperties{ChatID: chatID, ThreadID: f.thread(), Properties: f.properties()}
}

func deleteProperty(f *form, chatID string) desk.Command {
	return desk.DeleteProperty{
		ChatID: chatID, ThreadID: f.thread(), Namespace: f.id("namespace", "Name a namespace."), Name: f.id("name", "Name a property."),
	}
}

func giveAccess(f *form, chatID string) desk.Command {
	return desk.GiveAccess{ChatID: chatID, GroupID: f.number("group", 0, maxGroup, noGroup)}
}

func setAccess(f *form, chatID string) desk.Command {
	return desk.SetAccess{ChatID: chatID, GroupID: f.number("group", 0, maxGroup, noGroup)}
}

func takeAccess(f *form, chatID string) desk.Command {
	return desk.TakeAccess{ChatID: chatID, GroupID: f.number("group", 0, maxGroup, noGroup)}
}

// postback presses a button of a rich message; toggled=false lets go of it.
func postback(f *form, chatID string) desk.Command {
	return desk.Postback{
		ChatID: chatID, ThreadID: f.id("thread_id", "Name the conversation."), EventID: f.id("event_id", "Name the message."),
		PostbackID: f.id("postback_id", "Name the button."), Toggled: f.choice("toggled", "true", "false") == "true",
	}
}

// maxBan is the longest ban, in days.
const maxBan = 1000

func banCustomer(f *form, customerID string) desk.Command {
	return desk.BanCustomer{CustomerID: customerID, Days: f.number("days", 1, maxBan, "A ban lasts between 1 and 1000 days.")}
}

// summary asks for the summary of the chat's newest thread.
func summary(_ *form, chatID string) desk.Command { return desk.RequestSummary{ChatID: chatID} }

// thinking tells the others that an answer is being worked on.
func thinking(f *form, chatID string) desk.Command {
	return desk.ShowThinking{ChatID: chatID, Title: f.line("title"), Text: f.line("text"), AgentsOnly: f.agentsOnly()}
}

func followCustomer(_ *form, customerID string) desk.Command {
	return desk.FollowCustomer{CustomerID: customerID}
}

func unfollowCustomer(_ *form, customerID string) desk.Command {
	return desk.UnfollowCustomer{CustomerID: customerID}
}
