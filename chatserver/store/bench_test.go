package store

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// benchThreads decides how long the seeding takes: about a minute for 100,000.
var benchThreads = flag.Int("threads", 20000, "archived threads in benchmarks")

// vocabulary is 20,000 words of 4 to 10 letters, the common ones first.
func vocabulary() []string {
	syllables := []string{"ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi", "yo", "zu"}
	out := make([]string, 20000)
	for i := range out {
		var b strings.Builder
		for n, j := i*7919+11, 0; j < 2+i%4; j++ {
			b.WriteString(syllables[n%len(syllables)])
			n = n/3 + j*17
		}
		out[i] = b.String()
	}
	return out
}

// crowd makes up the threads of a busy license: 50 agents in 5 groups, ten
// threads to a customer, tags, ratings, countries, forms.
type crowd struct {
	r     *rand.Rand
	words []string
	zipf  *rand.Zipf
}

func newCrowd() *crowd {
	r := rand.New(rand.NewPCG(1, 2))
	c := &crowd{r: r, words: vocabulary()}
	c.zipf = rand.NewZipf(r, 1.1, 8, uint64(len(c.words)-1))
	return c
}

func (c *crowd) text(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(c.words[c.zipf.Uint64()] + " ")
	}
	return b.String()
}

func (c *crowd) thread(i int, chat *Chat) Import {
	agent := fmt.Sprintf("agent%d", i%50)
	h := &Thread{ID: fmt.Sprintf("T%d", i), ChatID: chat.ID, CustomerID: chat.CustomerID, CreatedAt: protocol.Time(1e15 + i*1e6)}
	h.Access, h.AgentIDs = chat.Access, []string{agent}
	h.Visit = &protocol.Visit{Geolocation: &protocol.Geolocation{CountryCode: []string{"PL", "DE", "US", "FR"}[i%4]}}
	if i%3 == 0 {
		h.Tags = []string{fmt.Sprintf("tag%d", c.r.IntN(40))}
	}
	if i%7 == 0 {
		h.Properties = protocol.Properties{"rating": {"score": jsontext.Value(fmt.Sprint(c.r.IntN(2)))}}
	}
	m := Import{Chat: chat, Thread: h, Words: "Vera Example " + chat.CustomerID + "@example.com", Events: []protocol.Event{
		{Type: protocol.EventMessage, AuthorID: chat.CustomerID, Text: c.text(15), CreatedAt: h.CreatedAt},
		{Type: protocol.EventMessage, AuthorID: agent, Text: c.text(10), CreatedAt: h.CreatedAt + 1},
	}}
	if i%1000 == 0 {
		m.Events = append(m.Events, protocol.Event{Type: protocol.EventFile, AuthorID: agent, Name: "invoice.pdf", CreatedAt: h.CreatedAt + 2})
	}
	return m
}

// grown is a store with many threads in a tenth as many chats.
func grown(b *testing.B) *Store {
	s, c := open(b), newCrowd()
	chats := make([]*Chat, max(1, *benchThreads/10))
	for i := range chats {
		chats[i] = &Chat{ID: fmt.Sprintf("C%d", i), CustomerID: fmt.Sprintf("cust%d", i), CreatedAt: protocol.Time(1 + i), Access: []int{1 + i%5}}
		if i%500 == 1 {
			chats[i].Properties = protocol.Properties{"shop": {"vip": jsontext.Value("true")}}
		}
	}
	begin := time.Now()
	for at := 0; at < *benchThreads; at += 5000 {
		update(b, s, func(tx *Tx) error {
			for i := at; i < min(at+5000, *benchThreads); i++ {
				if err := tx.ImportThread(c.thread(i, chats[i%len(chats)])); err != nil {
					return err
				}
			}
			return nil
		})
	}
	b.Logf("%d threads in %v", *benchThreads, time.Since(begin).Round(time.Second))
	return s
}

// extreme is the most that a request may name, which people do not do.
const extreme = "1,000 chats"

// searches are what people look for, another one each time, and the extreme last.
var searches = []struct {
	name string
	q    func(r *rand.Rand, words []string) ArchiveQuery
}{
	{"newest", func(*rand.Rand, []string) (q ArchiveQuery) { return q }},
	{"reach", func(r *rand.Rand, _ []string) ArchiveQuery { return reached(r) }},
	{"common word", func(r *rand.Rand, words []string) ArchiveQuery {
		return ArchiveQuery{Words: []string{words[r.IntN(50)]}}
	}},
	{"rare word", func(r *rand.Rand, words []string) ArchiveQuery {
		return ArchiveQuery{Words: []string{words[5000+r.IntN(15000)]}}
	}},
	{"two words + reach", func(r *rand.Rand, words []string) ArchiveQuery {
		q := reached(r)
		q.Words = []string{words[r.IntN(200)], words[r.IntN(2000)]}
		return q
	}},
	{"agent + time", func(r *rand.Rand, _ []string) ArchiveQuery {
		q := values(KindAgent, fmt.Sprintf("agent%d", r.IntN(50)))
		q.From = protocol.Time(1e15 + r.IntN(*benchThreads)*1e6)
		return q
	}},
	{"tag + word", func(r *rand.Rand, words []string) ArchiveQuery {
		q := values(KindTag, fmt.Sprintf("tag%d", r.IntN(40)))
		q.Words = []string{words[r.IntN(500)]}
		return q
	}},
	{"property + country", func(r *rand.Rand, _ []string) ArchiveQuery {
		q := values(KindCountry, "PL", "DE")
		q.Properties(protocol.PropertyFilters{"rating": {"score": {Values: []jsontext.Value{jsontext.Value("0")}}}})
		return q
	}},
	{"file sent + group", func(r *rand.Rand, _ []string) ArchiveQuery {
		q := values(KindEventType, protocol.EventFile)
		q.Groups([]int{1 + r.IntN(5)})
		return q
	}},
	{"answered by nobody", func(*rand.Rand, []string) (q ArchiveQuery) {
		no := false
		q.Filter(KindResponse, &protocol.SetFilter{Exists: &no})
		return q
	}},
	{"without two tags", func(r *rand.Rand, _ []string) (q ArchiveQuery) {
		q.Filter(KindTag, &protocol.SetFilter{ExcludeValues: []string{fmt.Sprintf("tag%d", r.IntN(40)), "tag7"}})
		return q
	}},
	{"customer", func(r *rand.Rand, _ []string) ArchiveQuery {
		return values(KindCustomer, fmt.Sprintf("cust%d", r.IntN(*benchThreads/10)))
	}},
	{extreme, func(r *rand.Rand, _ []string) ArchiveQuery {
		ids := make([]string, 1000)
		for i := range ids {
			ids[i] = fmt.Sprintf("C%d", r.IntN(*benchThreads/10))
		}
		return values(KindChat, ids...)
	}},
}

func reached(r *rand.Rand) ArchiveQuery {
	return ArchiveQuery{All: [][]Term{ReachTerms([]int{0, 1 + r.IntN(5)}, fmt.Sprintf("agent%d", r.IntN(50)))}}
}

func values(k Kind, v ...string) (q ArchiveQuery) {
	q.Filter(k, &protocol.SetFilter{Values: v})
	return q
}

// BenchmarkArchives prints, for each kind of search and for all but the extreme
// mixed, the 50th and 95th percentile of the time to a first page with its count.
func BenchmarkArchives(b *testing.B) {
	s, words := grown(b), vocabulary()
	r := rand.New(rand.NewPCG(3, 4))
	run := func(name string, next func() ArchiveQuery) {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				q := next()
				q.Limit = 25
				begin := time.Now()
				if _, _, err := s.Archives(b.Context(), q); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(begin))
			}
			percentiles(b, took)
		})
	}
	for _, search := range searches {
		run(search.name, func() ArchiveQuery { return search.q(r, words) })
	}
	run("mixed", func() ArchiveQuery { return searches[r.IntN(len(searches)-1)].q(r, words) })
}

func percentiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

func BenchmarkChats(b *testing.B) {
	s := grown(b)
	w, no := Window{Limit: 25}, false
	for name, q := range map[string]ChatQuery{
		"all":       {WithoutThreads: true, Window: w},
		"inactive":  {Active: &no, Window: w},
		"reach":     {WithoutThreads: true, Reach: []int{0, 2}, Window: w},
		"nobody's":  {WithoutThreads: true, Reach: []int{99}, Window: w},
		"few":       {WithoutThreads: true, Groups: []int{2}, Properties: protocol.PropertyFilters{"shop": {"vip": {Values: []jsontext.Value{jsontext.Value("true")}}}}, Window: w},
		"not a few": {WithoutThreads: true, Properties: protocol.PropertyFilters{"shop": {"vip": {Exists: &no}}}, Window: w},
	} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				begin := time.Now()
				if _, _, err := s.Chats(b.Context(), q); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(begin))
			}
			percentiles(b, took)
		})
	}
}
