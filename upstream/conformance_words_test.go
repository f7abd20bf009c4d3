package upstream

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"agentdesk/desk"
)

// words puts all that the desk holds into lines, each about one thing. Lines
// about a structure of the API begin with its name. Of a desk that is over no
// more is known than before.
func (st *stage) words(before []string) (out []string) {
	if err := st.s.do(context.Background(), func() { out = boardWords(st.s.board) }); err != nil {
		return append(slices.Clone(before), "Ended "+st.sink.ended[0].Reason)
	}
	return out
}

// say makes a line of what has a value, in pairs of name and value.
func say(head string, pairs ...any) string {
	var out strings.Builder
	out.WriteString(head)
	for i := 0; i+1 < len(pairs); i += 2 {
		value := reflect.ValueOf(pairs[i+1])
		if value.IsZero() || value.Kind() == reflect.Slice && value.Len() == 0 {
			continue
		}
		fmt.Fprintf(&out, " %s=", pairs[i])
		switch value := pairs[i+1].(type) {
		case time.Time:
			out.WriteString(value.UTC().Format("2006-01-02T15:04:05.999999Z"))
		case string:
			if strings.ContainsAny(value, " \"") {
				value = fmt.Sprintf("%q", value)
			}
			out.WriteString(value)
		default:
			fmt.Fprint(&out, value)
		}
	}
	return out.String()
}

func boardWords(b *desk.Board) (out []string) {
	me, line := b.Me(), b.Connection()
	out = append(out, say("MyProfile "+me.ID, "name", me.Name, "email", me.Email, "avatar", me.Avatar, "status", string(me.Status),
		"permission", me.Permission, "license", me.License, "organization", me.Organization),
		say("Connection "+string(line.State), "reason", line.Reason, "action", string(line.Action)))
	for _, a := range b.Team() {
		out = append(out, say("Colleague "+a.ID, "name", a.Name, "status", string(a.Status), "groups", a.Groups, "chats", a.Chats))
	}
	for _, g := range b.Groups() {
		out = append(out, say(fmt.Sprint("Group ", g.ID), "name", g.Name))
	}
	for _, tag := range b.Tags() {
		out = append(out, "Tag "+tag)
	}
	if n, ok := b.Notice(); ok {
		out = append(out, say("Notice", "by", n.By, "text", n.Text))
	}
	for _, o := range b.AllOutgoing() {
		out = append(out, say("Outgoing "+o.CustomID, "state", string(o.State), "reason", o.Reason))
	}
	ids := b.LoadedIDs()
	for _, sec := range b.Inbox(desk.Filter{}).Sections {
		for _, row := range sec.Rows {
			ids = append(ids, row.ChatID)
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		v, _ := b.Chat(id, "", 0)
		out = append(out, chatWords(&v)...)
	}
	return out
}

func chatWords(v *desk.ChatView) []string {
	c := &v.Chat
	head := "Summary "
	if c.Loaded {
		head = "Chat "
	}
	out := []string{say(head+c.ID, "list", string(v.Row.List), "unread", v.Row.Unread, "followed", c.Followed, "from", c.TransferredFrom,
		"last", c.LastEvent.ID, "earlier", v.Earlier)}
	if len(c.Groups) > 0 {
		out = append(out, say("Access "+c.ID, "groups", c.Groups))
	}
	for _, name := range v.Typing {
		out = append(out, say("TypingIndicator "+c.ID, "by", name))
	}
	for _, th := range v.Thoughts {
		out = append(out, say("Thinking "+c.ID, "by", th.By, "title", th.Title, "text", th.Text))
	}
	if v.Peek != "" {
		out = append(out, say("SneakPeek "+c.ID, "text", v.Peek))
	}
	for i := range c.Users {
		out = append(out, personWords(c.ID+"/", &c.Users[i])...)
	}
	return append(append(out, propertyWords(c.ID, c.Properties)...), threadWords(&c.Thread)...)
}

func threadWords(th *desk.Thread) []string {
	out := []string{say("Thread "+th.ID, "active", th.Active, "at", th.CreatedAt, "users", th.UserIDs, "groups", th.Groups, "tags", th.Tags,
		"queued", th.QueuesDuration, "previous", th.Previous, "next", th.Next, "restricted", th.Restricted)}
	if q := th.Queue; q != nil {
		out = append(out, say("Queue "+th.ID, "position", q.Position, "wait", q.Wait, "since", q.Since))
	}
	if th.Summary != "" || th.SummaryFailed {
		out = append(out, say("ThreadSummaryAI "+th.ID, "text", th.Summary, "at", th.SummaryAt, "failed", th.SummaryFailed))
	}
	out = append(out, propertyWords(th.ID, th.Properties)...)
	for i := range th.Events {
		out = append(out, eventWords(&th.Events[i])...)
	}
	return out
}

func propertyWords(of string, p desk.Properties) (out []string) {
	for _, space := range slices.Sorted(maps.Keys(p)) {
		for _, name := range slices.Sorted(maps.Keys(p[space])) {
			out = append(out, fmt.Sprintf("Properties %s %s.%s=%s", of, space, name, p[space][name]))
		}
	}
	return out
}
