package store

import (
	"context"

	"agentdesk/protocol"
)

// Ban keeps a customer, an address, or one at the other, away until it expires.
type Ban struct {
	IP         string        `json:"ip,omitzero"`
	CustomerID string        `json:"customer_id,omitzero"`
	AgentID    string        `json:"agent_id"`
	ThreadID   string        `json:"thread_id,omitzero"`
	CreatedAt  protocol.Time `json:"created_at"`
	ExpiresAt  protocol.Time `json:"expires_at"`
}

// PutBan keeps a ban; one of the same customer and address is replaced.
func (t *Tx) PutBan(b Ban) error {
	return t.exec(`INSERT INTO bans (customer_id, ip, agent_id, thread_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (customer_id, ip) DO UPDATE SET agent_id = $3, thread_id = $4, created_at = $5, expires_at = $6`,
		b.CustomerID, b.IP, b.AgentID, b.ThreadID, times(b.CreatedAt), times(b.ExpiresAt))
}

// DeleteBans lifts the bans of a customer, or, where it is empty, of an address.
func (t *Tx) DeleteBans(customerID, ip string) error {
	if customerID != "" {
		return t.exec(`DELETE FROM bans WHERE customer_id = $1`, customerID)
	}
	return t.exec(`DELETE FROM bans WHERE ip = $1`, ip)
}

// TrimBans forgets the bans that have expired.
func (t *Tx) TrimBans(now protocol.Time) error {
	return t.exec(`DELETE FROM bans WHERE expires_at <= $1`, times(now))
}

// Bans returns the bans in force, the newest first.
func (s *Store) Bans(ctx context.Context, now protocol.Time) ([]Ban, error) {
	return collect(ctx, s.read, func(r scanner) (b Ban, err error) {
		return b, r.Scan(&b.CustomerID, &b.IP, &b.AgentID, &b.ThreadID, &b.CreatedAt, &b.ExpiresAt)
	}, `SELECT customer_id, ip, agent_id, thread_id, created_at, expires_at FROM bans
		WHERE expires_at > $1 ORDER BY created_at DESC, customer_id, ip`, times(now))
}
