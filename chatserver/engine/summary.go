package engine

import (
	"context"

	"agentdesk/chatserver/extract"
	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// RequestSummary has a thread's summary made (v3.6 "Request Thread Summary"): of
// a closed thread once, of an active one as often as wanted, there with a system
// event for the agents in it. Where there is nothing to sum up the push is
// incoming_error instead of thread_summary_set.
func (e *Engine) RequestSummary(ctx context.Context, by Actor, r protocol.ThreadRequest) error {
	if err := required("chat_id", r.ChatID); err != nil {
		return err
	}
	if err := required("thread_id", r.ThreadID); err != nil {
		return err
	}
	return e.editThread(ctx, by, r.ChatID, r.ThreadID, func(w *work, d *draft, t *store.Thread) error {
		if !t.Active && t.Summary != nil && t.Summary.Status == protocol.SummaryOK {
			return invalid("thread_id", "names a closed thread that has its summary already")
		}
		if err := w.summarize(d, t); err != nil || !t.Active || t.Summary.Status != protocol.SummaryOK {
			return err
		}
		return w.tellSummary(d, t.Summary)
	})
}

// summarizeClosed makes the summary of a thread that is being closed, where the
// license wants that (property chats.auto_summary_enabled) and something was
// said.
func (w *work) summarizeClosed(d *draft, t *store.Thread) error {
	if string(w.e.LicenseProperties(PropertyQuery{Namespace: "chats"})["chats"]["auto_summary_enabled"]) != "true" {
		return nil
	}
	text, ok, err := w.extract(d, t)
	if ok {
		w.setSummary(d, t, text)
	}
	return err
}

// summarize makes the summary of a thread.
func (w *work) summarize(d *draft, t *store.Thread) error {
	text, ok, err := w.extract(d, t)
	if err != nil {
		return err
	}
	if ok {
		w.setSummary(d, t, text)
		return nil
	}
	t.Summary = &protocol.ThreadSummary{Status: protocol.SummaryError, UpdatedAt: protocol.At(w.e.now())}
	w.push(protocol.PushIncomingError, protocol.ThreadRequest{Action: "set_thread_summary", ChatID: d.ID, ThreadID: t.ID}, w.e.watchers(d.Chat))
	return nil
}

func (w *work) setSummary(d *draft, t *store.Thread, text string) {
	t.Summary = &protocol.ThreadSummary{Status: protocol.SummaryOK, Text: text, UpdatedAt: protocol.At(w.e.now())}
	w.push(protocol.PushThreadSummarySet, protocol.ThreadSummarySet{ChatID: d.ID, ThreadID: t.ID, Summary: *t.Summary}, w.e.watchers(d.Chat))
}

// extract picks from what was said in a thread to all. ok is false where nothing
// was.
func (w *work) extract(d *draft, t *store.Thread) (text string, ok bool, err error) {
	events, err := w.Events(t.ID)
	var out []extract.Line
	for _, ev := range events {
		if ev.Type == protocol.EventMessage && !ev.Deleted && ev.Visibility != protocol.VisibilityAgents {
			out = append(out, extract.Line{Name: w.name(ev.AuthorID), Text: ev.Text, Agent: ev.AuthorID != d.CustomerID})
		}
	}
	text, ok = extract.Summary(out)
	return text, ok, err
}

// tellSummary puts the summary into the chat, for its agents.
func (w *work) tellSummary(d *draft, s *protocol.ThreadSummary) error {
	details, err := protocol.Encode(map[string]string{"text": s.Text, "method": "extractive"})
	if err != nil {
		return err
	}
	more, err := protocol.Encode(protocol.SystemDetails{Source: "messaging", Subtype: "summary", Version: 1, Details: string(details)})
	if err != nil {
		return err
	}
	_, err = w.tell(d, "", protocol.Event{Type: protocol.EventSystem, Visibility: protocol.VisibilityAgents, Extra: more}, false)
	return err
}
