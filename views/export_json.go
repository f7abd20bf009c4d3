package views

import (
	"bufio"
	"encoding/json"
	"time"

	"agentdesk/desk"
)

// jsonExport is one object: the conversations with their events in the words of
// the Agent Chat API, and at its end whether it is whole.
type jsonExport struct {
	*bufio.Writer
	o     ExportOptions
	count int
}

// The shapes of the file.
type (
	jsonThread struct {
		ChatID     string          `json:"chat_id"`
		ThreadID   string          `json:"thread_id"`
		CreatedAt  time.Time       `json:"created_at"`
		Users      []jsonUser      `json:"users"`
		GroupIDs   []int           `json:"group_ids,omitempty"`
		Tags       []string        `json:"tags,omitempty"`
		Summary    string          `json:"summary,omitempty"`
		Restricted string          `json:"restricted,omitempty"`
		Properties desk.Properties `json:"properties,omitempty"`
		Events     []jsonEvent     `json:"events"`
	}
	jsonUser struct {
		ID    string `json:"id"`
		Type  string `json:"type"` // agent, customer
		Name  string `json:"name,omitempty"`
		Email string `json:"email,omitempty"`
	}
	jsonEvent struct {
		ID         string          `json:"id"`
		Type       string          `json:"type"`
		CreatedAt  time.Time       `json:"created_at"`
		AuthorID   string          `json:"author_id,omitempty"`
		Author     string          `json:"author,omitempty"`
		Visibility string          `json:"visibility"` // all, agents
		Text       string          `json:"text"`
		URL        string          `json:"url,omitempty"`
		Deleted    bool            `json:"deleted,omitempty"`
		Properties desk.Properties `json:"properties,omitempty"`
	}
)

func newJSONExport(b *bufio.Writer, o ExportOptions) Exporter {
	_, _ = b.WriteString(`{"conversations":[`)
	return &jsonExport{Writer: b, o: o}
}

// Thread implements Exporter.
func (x *jsonExport) Thread(t desk.ArchivedThread) error {
	out := jsonThread{ChatID: t.ChatID, ThreadID: t.Thread.ID, CreatedAt: t.Thread.CreatedAt.UTC(), GroupIDs: t.Thread.Groups, Tags: t.Thread.Tags,
		Summary: t.Thread.Summary, Restricted: t.Thread.Restricted, Properties: t.Thread.Properties, Events: []jsonEvent{}, Users: []jsonUser{}}
	for _, u := range t.Users {
		kind := "customer"
		if u.Agent {
			kind = "agent"
		}
		out.Users = append(out.Users, jsonUser{u.ID, kind, u.Name, u.Email})
	}
	_ = x.o.lines(t, func(ev desk.Event, l line) error { // the function gives no error
		e := jsonEvent{ID: ev.ID, Type: ev.Kind, CreatedAt: ev.At.UTC(), AuthorID: ev.AuthorID, Author: l.who, Visibility: "all",
			Text: unmark(l.what), Deleted: ev.Deleted, Properties: ev.Properties}
		if ev.AgentsOnly {
			e.Visibility = "agents"
		}
		if ev.File != nil {
			if link, ok := SafeLink(ev.File.URL); ok {
				e.URL = link.URL
			}
		}
		out.Events = append(out.Events, e)
		return nil
	})
	body, err := json.Marshal(out)
	if err != nil {
		return err
	}
	if x.count > 0 {
		_ = x.WriteByte(',') // a bufio.Writer keeps its first error for Flush
	}
	x.count++
	_, err = x.Write(body)
	return err
}

// End implements Exporter.
func (x *jsonExport) End(note string) error {
	rest, err := json.Marshal(struct {
		Complete bool   `json:"complete"`
		Note     string `json:"note,omitempty"`
	}{note == "", note})
	if err != nil {
		return err
	}
	_, err = x.WriteString("]," + string(rest[1:]) + "\n")
	return err
}
