package engine

import (
	"context"

	"agentdesk/protocol"
)

// DeactivateChat closes the active thread (v3.6 "Deactivate Chat"). An agent
// must be in the chat unless the rule is waived.
func (e *Engine) DeactivateChat(ctx context.Context, by Actor, r protocol.ChatIDRequest) error {
	if err := required("id", r.ID); err != nil {
		return err
	}
	return e.change(ctx, by, func(w *work) error {
		d, err := w.chat(r.ID)
		if err != nil {
			return err
		}
		if err := e.mayWrite(by, d.Chat); err != nil {
			return err
		}
		if !d.Active {
			return inactive()
		}
		if err := mustBePresent(by, d.Chat, r.IgnorePresence); err != nil {
			return err
		}
		if by.IsCustomer() {
			return w.close(d, sysClosedByCustomer, "%customer% closed the chat", map[string]string{"customer": w.name(by.ID)})
		}
		return w.close(d, sysClosedByAgent, "%agent% closed the chat", map[string]string{"agent": w.name(by.ID)})
	})
}

// close archives the thread: the last system message, then the push. The push
// names the user who closed it; for the router it names nobody.
func (w *work) close(d *draft, typ, text string, vars map[string]string) error {
	t := d.Thread
	w.leaveQueue(d)
	if err := w.system(d, typ, text, vars); err != nil {
		return err
	}
	if err := w.summarizeClosed(d, t); err != nil {
		return err
	}
	t.ClosedAt, t.Active, d.Active, d.archive = w.e.tick(), false, false, true
	w.e.handling.add(t.ClosedAt.Time().Sub(t.CreatedAt.Time()).Seconds())
	p := protocol.ChatDeactivated{ChatID: d.ID, ThreadID: t.ID, UserID: w.by.ID}
	w.push(protocol.PushChatDeactivated, p, w.e.watchers(d.Chat), w.e.guests(d.Chat))
	return nil
}
