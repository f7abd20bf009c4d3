package store

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"agentdesk/protocol"
)

var benchThreads = flag.Int("threads", 20000, "archived threads in benchmarks")

// grown is a store with many threads in a tenth as many chats.
func grown(b *testing.B) *Store {
	s := open(b)
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string { return fmt.Sprintf("word%d", int(5000*r.Float64()*r.Float64()*r.Float64())) }
	chats := make([]*Chat, max(1, *benchThreads/10))
	for i := range chats {
		chats[i] = &Chat{ID: fmt.Sprintf("C%d", i), CustomerID: fmt.Sprintf("cust%d", i), CreatedAt: protocol.Time(1 + i), Access: []int{1 + i%5}}
	}
	for at := 0; at < *benchThreads; at += 5000 {
		update(b, s, func(tx *Tx) error {
			for i := at; i < min(at+5000, *benchThreads); i++ {
				c := chats[i%len(chats)]
				h := &Thread{ID: fmt.Sprintf("T%d", i), ChatID: c.ID, CustomerID: c.CustomerID, CreatedAt: protocol.Time(1e15 + i*1e6)}
				h.Access, h.AgentIDs = c.Access, []string{fmt.Sprintf("agent%d", i%50)}
				var text strings.Builder
				for range 25 {
					text.WriteString(word() + " ")
				}
				if err := tx.ImportThread(Import{Chat: c, Thread: h, Events: []protocol.Event{{Type: protocol.EventMessage, Text: text.String()}}}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return s
}

func BenchmarkArchives(b *testing.B) {
	s := grown(b)
	w := Window{Limit: 25}
	for name, q := range map[string]ArchiveQuery{
		"newest":       {Window: w},
		"reach":        {Window: w, Reach: []int{0, 2}, MemberID: "agent1"},
		"common word":  {Window: w, Words: Words("word1")},
		"rare word":    {Window: w, Words: Words("word4321")},
		"two words":    {Window: w, Words: Words("word12 word7")},
		"word + reach": {Window: w, Words: Words("word1"), Reach: []int{0, 2}, MemberID: "agent1"},
		"agent":        {Window: w, Agents: &protocol.SetFilter{Values: []string{"agent7"}}},
		"nobody's":     {Window: w, Reach: []int{99}, MemberID: "x"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := s.Archives(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkChats(b *testing.B) {
	s := grown(b)
	for name, q := range map[string]ChatQuery{
		"all":   {WithoutThreads: true, Window: Window{Limit: 25}},
		"reach": {WithoutThreads: true, Reach: []int{0, 2}, Window: Window{Limit: 25}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := s.Chats(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
