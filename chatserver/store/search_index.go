package store

import (
	"context"
	"strings"

	"agentdesk/protocol"
)

// ArchiveThread makes a closed thread findable, or takes notice of what changed
// about it: tags, properties, events. An active thread is in no archive and must
// not be indexed. chat is the properties of its chat, words is text beside the
// messages, such as the customer's name.
func (t *Tx) ArchiveThread(h *Thread, chat protocol.Properties, words string) error {
	events, err := t.Events(h.ID)
	if err != nil {
		return err
	}
	return t.index(Searchable{Thread: h, Events: events, Properties: chat, Words: words})
}

// index replaces a thread's entry in the search index.
func (t *Tx) index(s Searchable) error {
	if err := t.exec(`DELETE FROM thread_text WHERE rowid = $1`, s.Thread.Seq); err != nil {
		return err
	}
	return t.exec(`INSERT INTO thread_text (rowid, body) VALUES ($1, $2)`, s.Thread.Seq, s.body())
}

// body is the entry: what people wrote, and the terms.
func (s Searchable) body() string {
	var b strings.Builder
	b.WriteString(plainText(s.Words))
	for i := range s.Events {
		if s.Events[i].Deleted {
			continue // nobody finds what was taken back
		}
		switch e := &s.Events[i]; e.Type {
		case protocol.EventMessage:
			b.WriteByte('\n')
			b.WriteString(plainText(e.Text))
		case protocol.EventFile:
			b.WriteByte('\n')
			b.WriteString(plainText(e.Name))
		}
	}
	for _, term := range s.terms() {
		b.WriteByte(' ')
		b.WriteString(string(term))
	}
	return b.String()
}

// reindex fills the index of threads and chats where a migration has made it
// anew. It is one transaction: done whole or not at all.
func (s *Store) reindex(ctx context.Context) error {
	var stale bool
	err := s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM threads WHERE active = 0) AND NOT EXISTS (SELECT rowid FROM thread_text)
		OR EXISTS (SELECT 1 FROM chats) AND NOT EXISTS (SELECT rowid FROM chat_text)`).Scan(&stale)
	if err != nil || !stale {
		return err
	}
	return s.Update(ctx, func(t *Tx) error {
		last := ""
		for {
			chats, err := collect(ctx, t.tx, scanChat, chatJoin+` WHERE c.id > $1 ORDER BY c.id LIMIT 500`, last)
			if err != nil || len(chats) == 0 {
				return err
			}
			for _, c := range chats {
				if err := t.reindexChat(c); err != nil {
					return err
				}
				last = c.ID
			}
		}
	})
}

func (t *Tx) reindexChat(c *Chat) error {
	if err := t.IndexChat(c); err != nil {
		return err
	}
	who, err := collect(t.ctx, t.tx, scanCustomer, `SELECT `+customerColumns+` FROM customers WHERE id = $1`, c.CustomerID)
	if err != nil {
		return err
	}
	words := ""
	for _, w := range who {
		words = w.Words()
	}
	threads, err := collect(t.ctx, t.tx, scanThread, `SELECT `+threadColumns+` FROM threads t WHERE t.chat_id = $1 AND t.active = 0`, c.ID)
	if err != nil {
		return err
	}
	for _, h := range threads {
		if err := t.ArchiveThread(h, c.Properties, words); err != nil {
			return err
		}
	}
	return nil
}

// Words are what a customer's threads are found by beside their messages.
func (c Customer) Words() string { return c.Name + "\n" + c.Email }
