package views

import (
	"maps"
	"slices"
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
	"customer_banned":                "{agent} banned the customer for {duration|days} days, the chat is closed",
	"customer_removed":               "{initiator} removed {customer}",
	"customer_updated":               "Customer details were changed",
	"manual_archived_agent":          "{agent} closed the chat",
	"manual_archived_customer":       "{customer} closed the chat",
	"rating.chat_commented":          "{customer} commented: “{comment}”",
	"rating.chat_rated":              "{customer} rated the chat {score}",
	"rating.chat_rating_canceled":    "{customer} took the rating back",
	"routing.archived_deleted":       "Closed: {agent}’s account was deleted and nobody else was there",
	"routing.archived_disconnected":  "Closed: {agent} lost connection and nobody else was there",
	"routing.archived_inactive":      "Closed after {duration} minutes without a message",
	"routing.archived_offline":       "Closed: nobody was there to take it",
	"routing.archived_other":         "The chat was closed",

	"routing.archived_remotely_signed_out": "Closed: {agent} was signed out and nobody else was there",
	"routing.archived_signed_out":          "Closed: {agent} signed out and nobody else was there",

	"routing.assigned":                       "Assigned to {agent_added|addedAgent|agent}",
	"routing.assigned_deleted":               "Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent}’s account was deleted",
	"routing.assigned_disconnected":          "Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent} lost connection",
	"routing.assigned_inactive":              "Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent} had not answered for {duration} minutes",
	"routing.assigned_other":                 "Assigned to {agent_added|addedAgent|agent}",
	"routing.assigned_remotely_signed_out":   "Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent} was signed out",
	"routing.assigned_signed_out":            "Assigned to {agent_added|addedAgent|agent}: {agent_removed|removedAgent} signed out",
	"routing.idle":                           "Idle: no message for {duration} minutes",
	"routing.unassigned_deleted":             "Back in the queue: {agent}’s account was deleted",
	"routing.unassigned_disconnected":        "Back in the queue: {agent} lost connection",
	"routing.unassigned_other":               "Back in the queue",
	"routing.unassigned_remotely_signed_out": "Back in the queue: {agent} was signed out",
	"routing.unassigned_signed_out":          "Back in the queue: {agent} signed out",

	"system_archived":      "The chat was closed by the system",
	"transcript_requested": "{customer} asked for a transcript to {email}",
	"transcript_sent":      "A transcript was sent to {email}",
}

// systemText says a system message in words.
func systemText(ev desk.Event) string {
	if by, ok := took(ev); ok {
		return by + " took the chat"
	}
	if t, ok := fill(systemWords[ev.SystemType], ev.Vars); ok {
		return t
	}
	if t := oneliner(withVars(ev)); t != "" {
		return t
	}
	if t := label(ev.SystemType); t != "" {
		return strings.NewReplacer(".", ": ", "_", " ").Replace(t)
	}
	return "Something happened here"
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

// fill puts variables into a sentence; ok is false where one is missing.
func fill(sentence string, vars map[string]string) (string, bool) {
	if sentence == "" {
		return "", false
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !ok {
			return b.String(), true
		}
		names, after, _ := strings.Cut(rest, "}")
		value := ""
		for name := range strings.SplitSeq(names, "|") {
			if value = oneliner(vars[name]); value != "" {
				break
			}
		}
		if value == "" {
			return "", false
		}
		b.WriteString(value)
		sentence = after
	}
}

// annotationText says an annotation, mostly a rating, in words.
func annotationText(ev desk.Event) string {
	rating := ev.Properties["rating"]
	comment := oneliner(rating["comment"])
	score := rating["score"]
	if score == "" {
		score = rating["value"]
	}
	switch score {
	case "1", "good":
		return join("Rated good", comment)
	case "0", "-1", "bad":
		return join("Rated bad", comment)
	}
	if comment != "" {
		return join("Commented", comment)
	}
	if t := oneliner(ev.Text); t != "" {
		return t
	}
	return "Annotation"
}

func join(word, comment string) string {
	if comment == "" {
		return word
	}
	return word + ": “" + comment + "”"
}
