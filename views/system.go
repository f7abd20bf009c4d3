package views

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"agentdesk/desk"
)

// systemWords are the standard system messages in this desk's words. A variable
// in braces is taken from the event; alternatives are separated by "|", because
// the names changed over time. A sentence with a missing variable is not used:
// then the server's own text is shown.
var systemWords = map[string]string{
	"agent_added":                    "{initiator|agent_added_by} added {agent|added_agent}",
	"agent_joined":                   "{agent} joined",
	"agent_left":                     "{agent} left",
	"agent_removed":                  "{initiator} removed {agent|removed_agent}",
	"archived_customer_disconnected": "Closed: {customer} left the site",
	"chat_transferred":               "{agent|initiator} transferred the chat to {targets|target}",
	"customer_added":                 "{initiator} added {customer}",
	"customer_removed":               "{initiator} removed {customer}",
	"customer_updated":               "Customer details were changed",
	"manual_archived_agent":          "{agent} closed the chat",
	"manual_archived_customer":       "{customer} closed the chat",
	"rating.chat_commented":          "{customer} commented: “{comment}”",
	"rating.chat_rated":              "{customer} rated the chat {score}",
	"rating.chat_rating_canceled":    "{customer} took the rating back",
	"routing.archived_deleted":       "Closed: {agent}’s account was deleted and nobody else was there",
	"routing.archived_disconnected":  "Closed: {agent} lost connection and nobody else was there",
	"routing.archived_offline":       "Closed: nobody was there to take it",
	"routing.archived_other":         "The chat was closed",

	"routing.archived_remotely_signed_out": "Closed: {agent} was signed out and nobody else was there",
	"routing.archived_signed_out":          "Closed: {agent} signed out and nobody else was there",

	"routing.assigned":                       "Assigned to {agent_added|addedAgent|agent}",
	"routing.assigned_deleted":               "Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent}’s account was deleted",
	"routing.assigned_disconnected":          "Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent} lost connection",
	"routing.assigned_other":                 "Assigned to {agent_added|addedAgent|agent}",
	"routing.assigned_remotely_signed_out":   "Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent} was signed out",
	"routing.assigned_signed_out":            "Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent} signed out",
	"routing.unassigned_deleted":             "Back in the queue: {agent}’s account was deleted",
	"routing.unassigned_disconnected":        "Back in the queue: {agent} lost connection",
	"routing.unassigned_other":               "Back in the queue",
	"routing.unassigned_remotely_signed_out": "Back in the queue: {agent} was signed out",
	"routing.unassigned_signed_out":          "Back in the queue: {agent} signed out",

	"system_archived":      "The chat was closed by the system",
	"transcript_requested": "{customer} asked for a transcript to {email}",
	"transcript_sent":      "A transcript was sent to {email}",
}

// counted is a sentence about a number of days or minutes: %d stands for it, and
// unit is the variable that holds it.
type counted struct{ unit, one, many string }

var countedWords = map[string]counted{
	"customer_banned":           {"duration|days", "{agent} banned the customer for %d day, the chat is closed", "{agent} banned the customer for %d days, the chat is closed"},
	"routing.archived_inactive": {"duration", "Closed after %d minute without a message", "Closed after %d minutes without a message"},
	"routing.assigned_inactive": {"duration", "Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent} had not answered for %d minute",
		"Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent} had not answered for %d minutes"},
	"routing.idle": {"duration", "Idle: no message for %d minute", "Idle: no message for %d minutes"},
}

// systemText says a system message in words.
func (e Env) systemText(ev desk.Event) string {
	if by, ok := took(ev); ok {
		return e.T("%s took the chat", by)
	}
	if t, ok := e.standard(ev); ok {
		return t
	}
	if t := oneliner(withVars(ev)); t != "" {
		return t
	}
	if t := label(ev.SystemType); t != "" {
		return strings.NewReplacer(".", ": ", "_", " ").Replace(t)
	}
	return e.T("Something happened here")
}

// standard says a standard system message; ok is false where it is none, or
// lacks a variable.
func (e Env) standard(ev desk.Event) (string, bool) {
	if c, ok := countedWords[ev.SystemType]; ok {
		n, err := strconv.Atoi(strings.TrimSpace(variable(c.unit, ev.Vars)))
		if err != nil {
			return "", false
		}
		return e.fill(e.N(n, c.one, c.many), ev.Vars)
	}
	if sentence, ok := systemWords[ev.SystemType]; ok {
		return e.fill(e.T(sentence), ev.Vars)
	}
	return "", false
}

// took reports who transferred a chat to themselves. Servers name the one who
// gives the chat away agent, or where agent is the one who gets it initiator.
func took(ev desk.Event) (by string, ok bool) {
	if ev.SystemType != "chat_transferred" {
		return "", false
	}
	by, to := ev.Vars["agent"], ev.Vars["targets"]
	if first := ev.Vars["initiator"]; first != "" && to == "" {
		by, to = first, by
	}
	return oneliner(by), by != "" && by == to
}

// withVars is the server's own text, in which %name% stands for a variable.
func withVars(ev desk.Event) string {
	if !strings.Contains(ev.Text, "%") || len(ev.Vars) == 0 {
		return ev.Text
	}
	pairs := make([]string, 0, 2*len(ev.Vars))
	for _, name := range slices.Sorted(maps.Keys(ev.Vars)) {
		pairs = append(pairs, "%"+name+"%", ev.Vars[name])
	}
	return strings.NewReplacer(pairs...).Replace(ev.Text)
}

// fill puts variables into a sentence; ok is false where one is missing. Names
// stand isolated where they could turn the sentence around.
func (e Env) fill(sentence string, vars map[string]string) (string, bool) {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !ok {
			return b.String(), true
		}
		names, after, _ := strings.Cut(rest, "}")
		value := variable(names, vars)
		if value == "" {
			return "", false
		}
		b.WriteString(e.Words.Isolate(value))
		sentence = after
	}
}

// variable is the first of several variables that is there.
func variable(names string, vars map[string]string) string {
	for name := range strings.SplitSeq(names, "|") {
		if value := oneliner(vars[name]); value != "" {
			return value
		}
	}
	return ""
}

// annotationText says an annotation, mostly a rating, in words.
func (e Env) annotationText(ev desk.Event) string {
	rating := ev.Properties["rating"]
	comment := oneliner(rating["comment"])
	score := rating["score"]
	if score == "" {
		score = rating["value"]
	}
	switch {
	case (score == "1" || score == "good") && comment != "":
		return e.T("Rated good: “%s”", comment)
	case score == "1" || score == "good":
		return e.T("Rated good")
	case (score == "0" || score == "-1" || score == "bad") && comment != "":
		return e.T("Rated bad: “%s”", comment)
	case score == "0" || score == "-1" || score == "bad":
		return e.T("Rated bad")
	case comment != "":
		return e.T("Commented: “%s”", comment)
	}
	if t := oneliner(ev.Text); t != "" {
		return t
	}
	return e.T("Annotation")
}
