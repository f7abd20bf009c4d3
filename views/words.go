package views

import (
	"strings"
	"time"

	"agentdesk/desk"
)

// form prints a time in one of the ways that static/js/time.js knows too.
func (e Env) form(how string, t time.Time) string {
	switch how {
	case "clock":
		return e.clock(t)
	case "day":
		return e.day(t)
	case "full":
		return e.in(t).Format("2 January 2006 15:04 MST")
	case "date":
		return e.in(t).Format("2 Jan 2006")
	}
	return e.stamp(t)
}

// capped is a number as a pill shows it.
func capped(n int) string {
	if n > 99 {
		return "99+"
	}
	return itoa(n)
}

// plural puts a number and a word together.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}

func myName(me desk.Me) string {
	return nameOf(desk.Person{Agent: true, ID: me.ID, Name: me.Name})
}

func statusWord(s desk.RoutingStatus) string {
	switch s {
	case desk.Accepting:
		return "Accepting chats"
	case desk.NotAccepting:
		return "Not accepting chats"
	case desk.Offline:
		return "Offline"
	}
	return "Status unknown"
}

func statusShort(s desk.RoutingStatus) string {
	switch s {
	case desk.Accepting:
		return "Accepting"
	case desk.NotAccepting:
		return "Paused"
	case desk.Offline:
		return "Offline"
	}
	return "Unknown"
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

func connectionWord(c desk.Connection) string {
	switch c.State {
	case desk.Online, "":
		return "Connected"
	case desk.Connecting:
		return "Connecting"
	case desk.Reconnecting:
		return "Reconnecting"
	case desk.Closed:
		return "Closed"
	}
	return "Not connected"
}

// connectionText is the sentence of a state; a good state needs none.
func connectionText(c desk.Connection) string {
	switch {
	case c.State == desk.Online || c.State == "":
		return ""
	case c.Text != "" && !c.RetryAt.IsZero():
		return strings.TrimSuffix(label(c.Text), " Trying again…") // when is said behind it
	case c.Text != "":
		return label(c.Text)
	case c.State == desk.Connecting:
		return "The chat server is being called."
	case c.State == desk.Reconnecting:
		return "The connection to the chat server was lost."
	}
	return "The chat server does not want this connection."
}

func unsentText(sending, failed int) string {
	switch {
	case failed > 0 && sending > 0:
		return itoa(failed) + " not sent, " + itoa(sending) + " on the way"
	case failed > 0:
		return plural(failed, "message", "messages") + " not sent"
	case sending > 1:
		return itoa(sending) + " messages on the way"
	}
	return ""
}

func countdown(e Env, at time.Time) string {
	return itoa(max(0, int(at.Sub(e.now())/time.Second))) + " s"
}
