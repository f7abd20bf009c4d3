package upstream

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
)

// withHistory gives chat A three threads; A-1 is the oldest.
func withHistory(w *world) *wchat {
	c := w.open("A", me0)
	w.say(c, "cust-A", "the first time", "")
	w.reopen(c)
	w.reopen(c)
	return c
}

func TestHistoryAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		var middle, newest string
		g.do(func(w *world) {
			c := withHistory(w)
			middle, newest = c.old[1].id, c.thread
		})
		s := g.signIn(t)
		c, err := s.Chat(context.Background(), "A", "", 0)
		if err != nil || c.Chat.Thread.ID != newest || c.Earlier != middle {
			t.Fatalf("thread %q, earlier %q, %v", c.Chat.Thread.ID, c.Earlier, err)
		}
		th, err := s.Thread(context.Background(), "A", middle)
		if err != nil || th.Thread.ID != middle || th.Thread.Previous != "A-1" || len(th.Thread.Events) != 1 || th.Thread.Active {
			t.Errorf("the middle one is %+v, %v", th.Thread, err)
		}
		th, err = s.Thread(context.Background(), "A", "A-1")
		if err != nil || th.Thread.Previous != "" || len(th.Thread.Events) != 1 || th.Thread.Events[0].Text != "the first time" {
			t.Errorf("the first is %+v, %v", th.Thread, err)
		}
		if _, err := s.Thread(context.Background(), "A", "none"); codeOf(err) != desk.NotFound {
			t.Errorf("no thread gives %v", err)
		}
		g.server.mu.Lock()
		defer g.server.mu.Unlock()
		for _, r := range g.requests {
			if r.Action == "get_chat_threads" && r.first("thread_ids") == "" {
				t.Error("a whole chat was asked for, though its newest thread is known")
			}
		}
	})
}

// TestEarlierThreadOfAPushedChat: before 3.2 a push does not name the thread
// before; whether the chat was here already or not, it is known.
func TestEarlierThreadOfAPushedChat(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		var before string
		g.do(func(w *world) {
			w.say(w.open("B", "ben@example.com"), "cust-B", "bye", "")
			w.chats["B"].active = false
		})
		for _, id := range []string{"A", "A", "B"} {
			g.pushOf(func(v tongue, w *world) pushed {
				before = w.chats[id].thread
				w.reopen(w.chats[id])
				return v.openedPush(w.chats[id])
			})
			g.pushOf(func(v tongue, w *world) pushed { return v.openedPush(w.chats[id]) }) // it may come twice
			g.sink.until(t, "the thread before", func() bool {
				c, err := s.Chat(context.Background(), id, "", 0)
				return err == nil && c.Earlier == before
			})
		}
	})
}

// TestNewestThreadIsFollowed: before 3.2 the newest thread is asked for by its
// name; where another one began meanwhile that one is read.
func TestNewestThreadIsFollowed(t *testing.T) {
	for _, v := range []tongue{30, 31} {
		g := newRig(t, newServerAt(t, v), func(o *Options) { o.Version = v.String() })
		s := withA(t, g)
		var newest string
		g.do(func(w *world) { w.reopen(w.chats["A"]); newest = w.chats["A"].thread })
		if err := s.loadChat(context.Background(), "A"); err != nil {
			t.Fatal(err)
		}
		if c, _ := s.Chat(context.Background(), "A", "", 0); c.Chat.Thread.ID != newest || c.Earlier != "A-1" {
			t.Errorf("thread %q, earlier %q", c.Chat.Thread.ID, c.Earlier)
		}
	}
}

func TestArchivesAtEachVersion(t *testing.T) {
	from := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	q := desk.ArchiveQuery{Text: "refund", From: from, To: from.AddDate(0, 0, 1), Agents: []string{"a"}, Groups: []int{0, 1}, Limit: 50}
	marks := fmt.Sprintf(`"highlights":{"pre_tag":"%s","post_tag":"%s"}`, desk.MarkStart, desk.MarkEnd)
	old := `{"filters":{"query":"refund","date_from":"2026-01-02","date_to":"2026-01-02","agent_ids":["a"],"group_ids":[0,1]%s},"pagination":{"page":%d,"limit":50}}`
	first := since{30: fmt.Sprintf(old, `,"team_ids":[0,1]`, 1), 31: fmt.Sprintf(old, "", 1),
		32: `{"filters":{"query":"refund","from":"2026-01-02T00:00:00.000000Z","to":"2026-01-03T00:00:00.000000Z","agents":{"values":["a"]},"group_ids":[0,1]},"limit":50,` + marks + `}`}
	second := since{30: fmt.Sprintf(old, `,"team_ids":[0,1]`, 2), 31: fmt.Sprintf(old, "", 2), 32: `{"page_id":"n",` + marks + `}`}
	answer := since{
		30: `{"chats":[{"chat":{"id":"X","users":[{"id":"c","type":"customer","name":"Zoe"}],"thread":{"id":"X-1","active":false,"order":1,"timestamp":1767312000,"user_ids":["a"],
			"events":[{"id":"e","type":"message","text":"a refund","author_id":"c","order":1,"timestamp":1767312001,"recipients":"all"}]}}}],"pagination":{"page":1,"total":60}}`,
		31: `{"chats":[{"id":"X","users":[{"id":"c","type":"customer","name":"Zoe"}],"thread":{"id":"X-1","active":false,"order":1,"timestamp":1767312000,"user_ids":["a"],
			"events":[{"id":"e","type":"message","text":"a refund","author_id":"c","created_at":"2026-01-02T00:00:01.000000Z","recipients":"all"}]}}],"found_chats":60}`,
		32: `{"chats":[{"id":"X","users":[{"id":"c","type":"customer","name":"Zoe"}],"thread":{"id":"X-1","active":false,"created_at":"2026-01-02T00:00:00.000000Z","user_ids":["a"],
			"events":[{"id":"e","type":"message","text":"a refund","author_id":"c","created_at":"2026-01-02T00:00:01.000000Z"}]}}],"found_chats":60,"next_page_id":"n"}`,
	}
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		action := v.method("list_archives")
		g.hook(action, func(c *conn, r request0) { c.reply(r, answer.at(v)) })
		page, err := s.Archives(context.Background(), q)
		if err != nil || page.Found != 60 || page.Next == "" || len(page.Threads) != 1 {
			t.Fatalf("%+v, %v", page, err)
		}
		th := page.Threads[0]
		if c := th.Customer(); th.ChatID != "X" || c.Name != "Zoe" || th.Thread.CreatedAt.Year() != 2026 || th.Thread.Events[0].Text != "a refund" {
			t.Errorf("%+v", th)
		}
		if got := g.lastOf(action); !sameJSON(got, first.at(v)) {
			t.Errorf("asked for\n%s, want\n%s", got, first.at(v))
		}
		again := q
		again.Page = page.Next
		if _, err := s.Archives(context.Background(), again); err != nil {
			t.Fatal(err)
		}
		if got := g.lastOf(action); !sameJSON(got, second.at(v)) {
			t.Errorf("the next page was asked for with\n%s, want\n%s", got, second.at(v))
		}
		tagged := desk.ArchiveQuery{Tags: []string{"vip"}}
		if _, err := s.Archives(context.Background(), tagged); (codeOf(err) == desk.Conflict) != (v == 30) || v > 30 && err != nil {
			t.Errorf("a search for tags gives %v", err)
		}
	})
}

func TestTransferTargetsAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		s := withA(t, g)
		g.do(func(w *world) { w.open("B", "ben@example.com") })
		g.pushOf(func(v tongue, w *world) pushed { return v.openedPush(w.chats["B"]) })
		g.sink.until(t, "chat B", func() bool { return len(sections(t, s)[desk.Others]) == 1 })
		g.hook("list_agents_for_transfer", func(c *conn, r request0) {
			if v < 32 {
				t.Error("a method of 3.2 was called")
			}
			c.reply(r, `[{"agent_id":"ben@example.com","total_active_chats":1}]`)
		})
		list, err := s.TransferTargets(context.Background(), "A")
		if err != nil || len(list) != 1 || list[0].Agent.Name != "Ben" || list[0].Active != 1 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// TestUploadAtEachVersion: until 3.0 a file is sent together with its message.
func TestUploadAtEachVersion(t *testing.T) {
	atEach(t, func(t *testing.T, v tongue, g *rig) {
		var parts []string
		g.server.mu.Lock()
		g.web[v.old(31, "send_file", "upload_file")] = func(w http.ResponseWriter, r *http.Request) {
			if err := r.ParseMultipartForm(1 << 20); err != nil || r.URL.Path != "/v"+v.String()+"/agent/action/"+v.old(31, "send_file", "upload_file") {
				t.Errorf("%s: %v", r.URL.Path, err)
				return
			}
			for field, list := range r.MultipartForm.File {
				f, _ := list[0].Open()
				b, _ := io.ReadAll(f)
				parts = append(parts, field+"="+list[0].Filename+":"+string(b))
			}
			if v == 30 {
				parts = append(parts, r.FormValue("payload.chat_id")+" "+r.FormValue("payload.custom_id"))
				g.do(func(w *world) {
					_, p := w.say(w.chats["A"], me0, "the file", r.FormValue("payload.custom_id"))
					g.push("incoming_event", p)
				})
			}
			_, _ = io.WriteString(w, `{"url":"https://cdn/x"}`)
		}
		g.server.mu.Unlock()
		s := withA(t, g)
		url, err := s.Upload(context.Background(), `C:\pics\x.png`, strings.NewReader("pixels"))
		if err != nil {
			t.Fatal(err)
		}
		send := desk.Send{ChatID: "A", CustomID: "f1", FileURL: url, FileName: "x.png"}
		for range 2 { // the form is posted twice
			if _, err := s.Do(context.Background(), send); err != nil {
				t.Fatal(err)
			}
			g.settled(t, s, "f1")
		}
		want := v.old(31, "[payload.file=x.png:pixels A f1]", "[file=x.png:pixels]")
		if fmt.Sprint(parts) != want {
			t.Errorf("sent %v, want %s", parts, want)
		}
		send.CustomID, send.AgentsOnly = "f2", true
		if _, err := s.Do(context.Background(), send); (codeOf(err) == desk.Invalid) != (v == 30) {
			t.Errorf("a file as a note gives %v", err)
		}
	})
}
