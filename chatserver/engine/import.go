package engine

import (
	"context"

	"agentdesk/chatserver/store"
)

// ImportThreads writes closed threads of the past in one transaction: the
// history of another system, or of the demo. Customers are written first. Give
// the threads of one chat oldest first and with the same *store.Chat. Nothing is
// pushed. See store.Import for what the caller has to fill in.
func (e *Engine) ImportThreads(ctx context.Context, customers []store.Customer, threads []store.Import) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	err := e.store.Update(ctx, func(t *store.Tx) error {
		for _, c := range customers {
			if err := t.PutCustomer(c); err != nil {
				return err
			}
		}
		for _, m := range threads {
			if err := t.ImportThread(m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	e.view.Lock()
	defer e.view.Unlock()
	for _, c := range customers {
		delete(e.customers, c.ID)
	}
	return nil
}
