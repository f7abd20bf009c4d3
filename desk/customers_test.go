package desk

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestStageOf(t *testing.T) {
	who := func(state string, online bool) Person {
		return Person{ID: "c", Customer: &Customer{State: state, Online: online}}
	}
	for _, tt := range []struct {
		name string
		p    Person
		row  List
		live bool
		want Stage
	}{
		{"on the site", who("browsing", true), "", true, StageBrowsing},
		{"told of by a list of those who are there", who("", false), "", true, StageBrowsing},
		{"known, gone", who("browsing", false), "", false, StageAway},
		{"known, here", who("", true), "", false, StageBrowsing},
		{"chats with somebody", who("chatting", true), "", true, StageChatting},
		{"in the queue, not on my lists", who("queued", true), "", true, StageWaiting},
		{"was shown a greeting", who("invited", true), "", true, StageInvited},
		{"a word that is not known", who("levitating", true), "", true, StageBrowsing},
		{"in the queue that I see", who("browsing", true), Waiting, true, StageWaiting},
		{"in my chat, the page closed", who("", false), Idle, false, StageChatting},
		{"in another's chat", who("browsing", true), Others, true, StageChatting},
		{"nothing is known", Person{ID: "c"}, "", false, StageAway},
	} {
		l := CustomerList{Live: tt.live, Rows: map[string]Row{}}
		if tt.row != "" {
			l.Rows["c"] = Row{List: tt.row}
		}
		if got := l.StageOf(tt.p); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestNarrowCustomers(t *testing.T) {
	at := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	who := func(id, name, country, from string, visits, threads int, ago time.Duration) Person {
		return Person{ID: id, Name: name, Email: id + "@x.test", Customer: &Customer{Online: true, Visits: visits, Threads: threads,
			Visit: Visit{Country: country, Referrer: from, StartedAt: at.Add(-ago)}}}
	}
	list := func() CustomerList {
		return CustomerList{Live: true, Rows: map[string]Row{"b": {List: Waiting}}, Total: 9, Customers: []Person{
			who("a", "Jonas Weber", "Germany", "https://search.example/?q=coat", 1, 7, 3*time.Minute), who("b", "Marta", "Spain", "", 12, 0, time.Minute),
			who("c", "Żaneta", "Germany", "https://news.example/", 12, 2, 2*time.Minute), {ID: "d"},
		}}
	}
	for _, tt := range []struct {
		name string
		q    CustomerQuery
		want []string
	}{
		{"nothing", CustomerQuery{}, []string{"b", "c", "a", "d"}},
		{"part of a name, in another case", CustomerQuery{Name: "weB"}, []string{"a"}},
		{"letters beyond ASCII", CustomerQuery{Name: "żan"}, []string{"c"}},
		{"address", CustomerQuery{Email: "b@x"}, []string{"b"}},
		{"country", CustomerQuery{Country: "germany"}, []string{"c", "a"}},
		{"came from", CustomerQuery{From: "search."}, []string{"a"}},
		{"visits", CustomerQuery{Visits: 2}, []string{"b", "c"}},
		{"stage", CustomerQuery{Stage: StageWaiting}, []string{"b"}},
		{"most visits first", CustomerQuery{Sort: ByVisits, Visits: 1}, []string{"b", "c", "a"}},
		{"most chats first", CustomerQuery{Sort: ByThreads, Visits: 1}, []string{"a", "c", "b"}},
		{"nobody", CustomerQuery{Country: "Peru"}, nil},
	} {
		l := list()
		l.Narrow(tt.q)
		var got []string
		for _, p := range l.Customers {
			got = append(got, p.ID)
		}
		if d := cmp.Diff(tt.want, got); d != "" || l.Total != len(got) {
			t.Errorf("%s: total %d\n%s", tt.name, l.Total, d)
		}
	}
}
