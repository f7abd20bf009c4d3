package store

import (
	"context"
	"strings"

	"agentdesk/protocol"
)

// SetLicense creates or replaces the license.
func (t *Tx) SetLicense(l License) error {
	if err := t.exec(`DELETE FROM licenses`); err != nil {
		return err
	}
	return t.exec(`INSERT INTO licenses (id, organization_id, plan, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		l.ID, l.OrganizationID, l.Plan, times(l.CreatedAt), times(l.ExpiresAt))
}

// License returns the license, or ErrNotFound in a new database.
func (s *Store) License(ctx context.Context) (License, error) {
	var l License
	err := s.read.QueryRowContext(ctx, `SELECT id, organization_id, plan, created_at, expires_at FROM licenses`).
		Scan(&l.ID, &l.OrganizationID, &l.Plan, &l.CreatedAt, &l.ExpiresAt)
	return l, notFound(err)
}

// PutAgent creates an agent or replaces it with its groups.
func (t *Tx) PutAgent(a Agent) error {
	err := t.exec(`INSERT INTO agents (id, account_id, name, avatar, job_title, role, password, max_chats, routing_status, suspended, created_at, doc)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET name = $3, avatar = $4, job_title = $5, role = $6, password = $7,
			max_chats = $8, routing_status = $9, suspended = $10, doc = $12, deleted_at = 0`,
		a.ID, a.AccountID, a.Name, a.Avatar, a.JobTitle, a.Role, a.Password, a.MaxChats, a.RoutingStatus, bit(a.Suspended),
		times(a.CreatedAt), encode(a.Details))
	if err != nil {
		return err
	}
	if err := t.exec(`DELETE FROM group_agents WHERE agent_id = $1`, a.ID); err != nil {
		return err
	}
	for g, priority := range a.Groups {
		if err := t.exec(`INSERT INTO group_agents (group_id, agent_id, priority) VALUES ($1, $2, $3)`, g, a.ID, priority); err != nil {
			return err
		}
	}
	return nil
}

// SetRoutingStatus keeps an agent's last routing status.
func (t *Tx) SetRoutingStatus(agentID, status string) error {
	return t.exec(`UPDATE agents SET routing_status = $2 WHERE id = $1`, agentID, status)
}

// Agents returns every agent with its groups, by id, also the deleted ones.
func (s *Store) Agents(ctx context.Context) ([]Agent, error) {
	agents, err := collect(ctx, s.read, func(r scanner) (Agent, error) {
		a := Agent{Groups: map[int]string{}}
		var doc string
		err := r.Scan(&a.ID, &a.AccountID, &a.Name, &a.Avatar, &a.JobTitle, &a.Role, &a.Password, &a.MaxChats,
			&a.RoutingStatus, &a.Suspended, &a.CreatedAt, &a.DeletedAt, &doc)
		if err == nil {
			err = decode(doc, &a.Details)
		}
		return a, err
	}, `SELECT id, account_id, name, avatar, job_title, role, password, max_chats, routing_status, suspended, created_at, deleted_at, doc
		FROM agents ORDER BY id`)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]map[int]string, len(agents))
	for _, a := range agents {
		byID[a.ID] = a.Groups
	}
	_, err = collect(ctx, s.read, func(r scanner) (struct{}, error) {
		var g int
		var id, priority string
		err := r.Scan(&g, &id, &priority)
		if m := byID[id]; m != nil {
			m[g] = priority
		}
		return struct{}{}, err
	}, `SELECT group_id, agent_id, priority FROM group_agents`)
	return agents, err
}

// PutGroup creates or renames a group.
func (t *Tx) PutGroup(g Group) error {
	return t.exec(`INSERT INTO groups (id, name, language) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET name = $2, language = $3, deleted_at = 0`, g.ID, g.Name, g.Language)
}

// Groups returns every group, by id, also the deleted ones.
func (s *Store) Groups(ctx context.Context) ([]Group, error) {
	return collect(ctx, s.read, func(r scanner) (g Group, err error) {
		return g, r.Scan(&g.ID, &g.Name, &g.Language, &g.DeletedAt)
	}, `SELECT id, name, language, deleted_at FROM groups ORDER BY id`)
}

// PutTag creates a tag or sets the groups it is offered to.
func (t *Tx) PutTag(g Tag) error {
	return t.exec(`INSERT INTO tags (name, group_ids, created_at, author_id) VALUES ($1, $2, $3, $4)
		ON CONFLICT (name) DO UPDATE SET group_ids = $2`, g.Name, encode(g.GroupIDs), times(g.CreatedAt), g.AuthorID)
}

// Tags returns every tag, by name.
func (s *Store) Tags(ctx context.Context) ([]Tag, error) {
	return collect(ctx, s.read, func(r scanner) (g Tag, err error) {
		var ids string
		if err = r.Scan(&g.Name, &ids, &g.CreatedAt, &g.AuthorID); err != nil {
			return g, err
		}
		return g, decode(ids, &g.GroupIDs)
	}, `SELECT name, group_ids, created_at, author_id FROM tags ORDER BY name`)
}

// PutToken keeps a token by its hash.
func (t *Tx) PutToken(k Token) error {
	return t.exec(`INSERT INTO tokens (hash, kind, owner_id, client_id, scopes, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (hash) DO UPDATE SET scopes = $5, expires_at = $7`,
		k.Hash, k.Kind, k.OwnerID, k.ClientID, strings.Join(k.Scopes, ","), times(k.CreatedAt), times(k.ExpiresAt))
}

// Token finds a token by its hash. Whether it expired is for the caller to see.
func (s *Store) Token(ctx context.Context, hash string) (Token, error) {
	var k Token
	var scopes string
	err := s.read.QueryRowContext(ctx, `SELECT hash, kind, owner_id, client_id, scopes, created_at, expires_at
		FROM tokens WHERE hash = $1`, hash).
		Scan(&k.Hash, &k.Kind, &k.OwnerID, &k.ClientID, &scopes, &k.CreatedAt, &k.ExpiresAt)
	if scopes != "" {
		k.Scopes = strings.Split(scopes, ",")
	}
	return k, notFound(err)
}

// DeleteToken forgets a token.
func (t *Tx) DeleteToken(hash string) error {
	return t.exec(`DELETE FROM tokens WHERE hash = $1`, hash)
}

// TrimTokens deletes what expired before now, and of one owner's agent tokens of
// one client all but the newest keep, whose hashes it returns. Personal tokens
// stay.
func (t *Tx) TrimTokens(now protocol.Time, owner, client string, keep int) ([]string, error) {
	if err := t.exec(`DELETE FROM tokens WHERE expires_at > 0 AND expires_at < $1`, times(now)); err != nil {
		return nil, err
	}
	old, err := collect(t.ctx, t.tx, func(r scanner) (hash string, err error) { return hash, r.Scan(&hash) },
		`SELECT hash FROM tokens WHERE kind = $1 AND owner_id = $2 AND client_id = $3 AND expires_at > 0
		ORDER BY created_at DESC LIMIT 1000 OFFSET $4`, TokenAgent, owner, client, keep)
	for _, hash := range old {
		if err == nil {
			err = t.DeleteToken(hash)
		}
	}
	return old, err
}
