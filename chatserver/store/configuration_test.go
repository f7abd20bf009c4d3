package store

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"agentdesk/protocol"
)

// TestOldTokensGrow: a database of before the Configuration API could change
// anything lets its administrators use it.
func TestOldTokensGrow(t *testing.T) {
	const normal = "agents--my:rw,agents--all:ro,agents-bot--all:ro,canned_responses--groups:ro,chats--access:rw,customers.ban:rw," +
		"customers:ro,customers:rw,groups--all:ro,groups--my:ro,multicast:ro,multicast:rw,tags--groups:ro"
	const admin = normal + ",access_rules:ro,agents--all:rw,agents-bot--all:rw,canned_responses--all:rw,chats--all:rw,customers:own," +
		"groups--all:rw,properties--all:rw,tags--all:rw"
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "chat.db")
	s, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx *Tx) error {
		for hash, scopes := range map[string]string{"admin": admin, "normal": normal, "few": "chats--access:rw"} {
			if err := tx.PutToken(Token{Hash: hash, Kind: TokenAgent, OwnerID: "a", Scopes: []string{scopes}}); err != nil {
				return err
			}
		}
		return tx.exec(`DELETE FROM goose_db_version WHERE version_id = 31`)
	})
	s.Close()
	if s, err = Open(ctx, path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for hash, c := range map[string]struct {
		scope string
		want  bool
	}{"admin": {"access_rules:rw", true}, "normal": {"canned_responses--groups:rw", true}, "few": {"canned_responses--groups:rw", false}} {
		k, err := s.Token(ctx, hash)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(k.Scopes, c.scope) != c.want {
			t.Errorf("%s has %v", hash, k.Scopes)
		}
	}
}

// TestNumbersStayTaken: what is deleted does not lend its number to another.
func TestNumbersStayTaken(t *testing.T) {
	s := open(t)
	var groups []int
	var canned []int64
	for range 3 {
		update(t, s, func(tx *Tx) error {
			g, err := tx.NewGroupID()
			if err != nil {
				return err
			}
			c, err := tx.NewCannedID()
			if err != nil {
				return err
			}
			groups, canned = append(groups, g), append(canned, c)
			for _, step := range []func() error{
				func() error { return tx.PutGroup(Group{ID: g, Name: "x"}) },
				func() error { return tx.PutCanned(CannedResponse{ID: c, Text: "secret"}) },
				func() error { return tx.DeleteGroup(g, 1) },
				func() error { return tx.DeleteCanned(c) },
			} {
				if err := step(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if !slices.Equal(groups, []int{1, 2, 3}) || !slices.Equal(canned, []int64{1, 2, 3}) {
		t.Errorf("groups %v, canned responses %v", groups, canned)
	}
	if all, err := s.AllCanned(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("left: %v, %v", all, err)
	}
	var kept int
	if err := s.read.QueryRow(`SELECT count(*) FROM canned_responses WHERE text <> ''`).Scan(&kept); err != nil || kept != 0 {
		t.Errorf("%d texts of deleted canned responses are kept: %v", kept, err)
	}
}

func TestBansExpire(t *testing.T) {
	s := open(t)
	update(t, s, func(tx *Tx) error {
		for i, until := range []protocol.Time{10, 20, 30} {
			if err := tx.PutBan(Ban{CustomerID: string(rune('a' + i)), CreatedAt: protocol.Time(i + 1), ExpiresAt: until}); err != nil {
				return err
			}
		}
		return nil
	})
	names := func(now protocol.Time) (out string) {
		t.Helper()
		list, err := s.Bans(t.Context(), now)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range list {
			out += b.CustomerID
		}
		return out
	}
	if got := names(10); got != "cb" {
		t.Errorf("bans in force = %q", got)
	}
	update(t, s, func(tx *Tx) error { return tx.TrimBans(20) })
	if got := names(0); got != "c" {
		t.Errorf("bans left = %q", got)
	}
}
