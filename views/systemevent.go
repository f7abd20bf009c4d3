package views

import (
	"encoding/json"
	"strings"

	"agentdesk/desk"
)

// systemNote is a system event as it is drawn (v3.6 "System event": its details
// are JSON in a string).
type systemNote struct {
	name    string
	data    []byte
	summary string // of a conversation, where it is one
	made    string // how the summary came about
}

func (e Env) systemEventOf(ev desk.Event) systemNote {
	var in struct {
		Source  string          `json:"source"`
		Subtype string          `json:"subtype"`
		Version json.RawMessage `json:"version,omitempty"`
		Details json.RawMessage `json:"details,omitempty"`
	}
	out := systemNote{name: e.T("System event"), data: ev.Raw}
	if json.Unmarshal(ev.Raw, &in) != nil {
		return out
	}
	if parts := filled(label(strings.ReplaceAll(in.Source, "_", " ")), label(strings.ReplaceAll(in.Subtype, "_", " "))); len(parts) > 0 {
		out.name = e.T("System event: %s", e.listed(parts))
	}
	var text string
	if json.Unmarshal(in.Details, &text) == nil && json.Valid([]byte(text)) {
		in.Details = json.RawMessage(text)
		if b, err := json.Marshal(in); err == nil {
			out.data = b
		}
	}
	var summary struct{ Text, Method string }
	if in.Subtype == "summary" && json.Unmarshal(in.Details, &summary) == nil {
		out.summary, out.made = summary.Text, e.T("Summary, made by the chat server")
		if summary.Method == "extractive" {
			out.made = e.T("Summary, sentences picked from what was said")
		}
	}
	return out
}
