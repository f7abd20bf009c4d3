package store

import (
	"context"

	"agentdesk/protocol"
)

const customerColumns = `id, name, email, secret, banned_until, created_at, doc`

func (c *Customer) dest(doc *string) []any {
	return []any{&c.ID, &c.Name, &c.Email, &c.Secret, &c.BannedUntil, &c.CreatedAt, doc}
}

func scanCustomer(r scanner) (Customer, error) {
	var c Customer
	var doc string
	if err := r.Scan(c.dest(&doc)...); err != nil {
		return c, notFound(err)
	}
	return c, decode(doc, &c.Details)
}

// PutCustomer creates or replaces a customer.
func (t *Tx) PutCustomer(c Customer) error {
	var stats protocol.Statistics
	if c.Details.Statistics != nil {
		stats = *c.Details.Statistics
	}
	var place protocol.Geolocation
	if v := c.Details.Visit; v != nil && v.Geolocation != nil {
		place = *v.Geolocation
	}
	return t.exec(`INSERT INTO customers (`+customerColumns+`, country, country_code, chats_count, threads_count, visits_count)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET name = $2, email = $3, secret = $4, banned_until = $5, doc = $7,
			country = $8, country_code = $9, chats_count = $10, threads_count = $11, visits_count = $12`,
		c.ID, c.Name, c.Email, c.Secret, times(c.BannedUntil), times(c.CreatedAt), encode(c.Details),
		place.Country, place.CountryCode, stats.Chats, stats.Threads, stats.Visits)
}

// Customer finds a customer.
func (s *Store) Customer(ctx context.Context, id string) (Customer, error) {
	return scanCustomer(s.read.QueryRowContext(ctx, `SELECT `+customerColumns+` FROM customers WHERE id = $1`, id))
}

// Customers finds several customers; an unknown id is left out.
func (s *Store) Customers(ctx context.Context, ids []string) (map[string]Customer, error) {
	out := make(map[string]Customer, len(ids))
	for len(ids) > 0 {
		part := ids[:min(len(ids), 500)]
		ids = ids[len(part):]
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		found, err := collect(ctx, s.read, scanCustomer,
			`SELECT `+customerColumns+` FROM customers WHERE id IN (`+holders(1, len(part))+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			out[c.ID] = c
		}
	}
	return out, nil
}

// CustomerChats lists the ids of a customer's chats, newest first.
func (s *Store) CustomerChats(ctx context.Context, customerID string) ([]string, error) {
	return collect(ctx, s.read, func(r scanner) (id string, err error) {
		return id, r.Scan(&id)
	}, `SELECT id FROM chats WHERE customer_id = $1 ORDER BY sort_at DESC`, customerID)
}
