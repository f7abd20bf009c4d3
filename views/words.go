package views

import (
	"strings"
	"time"

	"agentdesk/desk"
)

// capped is a number as a pill shows it.
func capped(n int) string {
	if n > 99 {
		return "99+"
	}
	return itoa(n)
}

func (e Env) myName(me desk.Me) string {
	return e.nameOf(desk.Person{Agent: true, ID: me.ID, Name: me.Name})
}

func (e Env) statusWord(s desk.RoutingStatus) string {
	switch s {
	case desk.Accepting:
		return e.T("Accepting chats")
	case desk.NotAccepting:
		return e.T("Not accepting chats")
	case desk.Offline:
		return e.T("Offline")
	}
	return e.T("Status unknown")
}

func (e Env) statusShort(s desk.RoutingStatus) string {
	switch s {
	case desk.Accepting:
		return e.T("Accepting")
	case desk.NotAccepting:
		return e.T("Paused")
	case desk.Offline:
		return e.T("Offline")
	}
	return e.T("Unknown")
}

// presence is the shape at an avatar: a full dot, a ring, or none.
func presence(s desk.RoutingStatus) string {
	switch s {
	case desk.Accepting:
		return "here"
	case desk.NotAccepting:
		return "away"
	}
	return "gone"
}

func here(p desk.Person) string {
	if p.Present || p.Customer != nil && p.Customer.Online {
		return "here"
	}
	return "away"
}

func (e Env) connectionWord(c desk.Connection) string {
	switch c.State {
	case desk.Online, "":
		return e.T("Connected")
	case desk.Connecting:
		return e.T("Connecting")
	case desk.Reconnecting:
		return e.T("Reconnecting")
	case desk.Closed:
		return e.T("Closed #connection")
	}
	return e.T("Not connected")
}

// connectionText is the sentence of a state; a good state needs none.
func (e Env) connectionText(c desk.Connection) string {
	switch {
	case c.State == desk.Online || c.State == "":
		return ""
	case c.Text != "" && !c.RetryAt.IsZero():
		return strings.TrimSuffix(e.told(c), " "+e.T("Trying again…")) // when is said behind it
	case c.Text != "":
		return e.told(c)
	case c.State == desk.Connecting:
		return e.T("The chat server is being called.")
	case c.State == desk.Reconnecting:
		return e.T("The connection to the chat server was lost.")
	}
	return e.T("The chat server does not want this connection.")
}

// told is a connection's own sentence.
func (e Env) told(c desk.Connection) string {
	text, args := c.Sentence()
	return label(e.T(text, args...))
}

func (e Env) unsentText(sending, failed int) string {
	switch {
	case failed > 0 && sending > 0:
		return e.T("Not sent: %d, on the way: %d", failed, sending)
	case failed > 0:
		return e.N(failed, "%d message not sent", "%d messages not sent")
	case sending > 1:
		return e.N(sending, "%d message on the way", "%d messages on the way")
	}
	return ""
}

func countdown(e Env, at time.Time) string {
	return e.T("%d s", max(0, int(at.Sub(e.now())/time.Second)))
}
