package store

import (
	"strings"
	"testing"

	"agentdesk/protocol"
)

// TestCustomersMigration fills the columns of customers from before there were
// any, as migration 20 does, and reads the same values back.
func TestCustomersMigration(t *testing.T) {
	s := open(t)
	c := Customer{ID: "c", Name: "V", CreatedAt: 5}
	c.Details.Statistics = &protocol.Statistics{Chats: 1, Threads: 2, Visits: 3}
	c.Details.Visit = &protocol.Visit{Geolocation: &protocol.Geolocation{Country: "Poland", CountryCode: "PL"}}
	first := &Thread{Seq: 10, ID: "T1", ChatID: "C", CustomerID: "c", CreatedAt: 10}
	first.AgentLast, first.CustomerLast = 1763722800123456, 1763722800000000
	second := &Thread{Seq: 20, ID: "T2", ChatID: "C", CustomerID: "c", CreatedAt: 20}
	second.CustomerLast = 1763722900000000
	update(t, s, func(tx *Tx) error {
		if err := tx.PutCustomer(c); err != nil {
			return err
		}
		if err := tx.PutThread(first); err != nil {
			return err
		}
		return tx.PutThread(second)
	})
	read := func() (row [7]any) {
		t.Helper()
		dest := make([]any, len(row))
		for i := range row {
			dest[i] = &row[i]
		}
		err := s.read.QueryRowContext(t.Context(), `SELECT country, country_code, chats_count, threads_count, visits_count, agent_last / 1000, customer_last / 1000 FROM customers`).Scan(dest...)
		if err != nil {
			t.Fatal(err)
		}
		return row
	}
	want := [7]any{"Poland", "PL", int64(1), int64(2), int64(3), int64(1763722800123), int64(1763722900000)}
	if got := read(); got != want {
		t.Errorf("written: %v, want %v", got, want)
	}
	file, err := migrations.ReadFile("migrations/sqlite/00020_customers.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, fill, _ := strings.Cut(string(file), "UPDATE customers")
	fill, _, _ = strings.Cut(fill, ";")
	update(t, s, func(tx *Tx) error {
		if err := tx.exec(`UPDATE customers SET country = '', country_code = '', chats_count = 0, threads_count = 0, visits_count = 0, agent_last = 0, customer_last = 0`); err != nil {
			return err
		}
		return tx.exec("UPDATE customers" + fill)
	})
	if got := read(); got != want {
		t.Errorf("migrated: %v, want %v", got, want)
	}
}
