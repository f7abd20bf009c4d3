package views

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"agentdesk/desk"
	"agentdesk/words"
)

// patchesOf draws one patch of every kind, with text that tries to break out of
// the line.
func patchesOf(t *testing.T) map[string]string {
	t.Helper()
	e := env0
	nasty := "one\ntwo\r\nthree\rfour</div><script>x</script>"
	r := sampleRows()[3]
	r.Customer.Name, r.Tags, r.Last.Text = nasty, []string{nasty}, nasty
	v := samplePane().View
	v.Peek, v.Chat.Thread.Tags = nasty, []string{nasty}
	v.Chat.Users[0].Customer.Fields = []desk.Field{{Name: nasty, Value: nasty}}
	out := map[string]string{}
	for name, draw := range map[string]func(w io.Writer) error{
		"row":      func(w io.Writer) error { return RowPatch(w, e, r) },
		"row-gone": func(w io.Writer) error { return RowGonePatch(w, "A B") },
		"event": func(w io.Writer) error {
			return EventPatch(w, e, "JONAS", "TH1", message("E1", "c3", nasty, sampleNow), jonas())
		},
		"event-gone": func(w io.Writer) error { return EventGonePatch(w, "E1") },
		"unknown": func(w io.Writer) error {
			return EventPatch(w, e, "JONAS", "TH1", desk.Event{ID: "E2", Kind: nasty, Raw: []byte(`{"a":"` + nasty + `"}`), At: sampleNow}, desk.Person{})
		},
		"pending": func(w io.Writer) error {
			return PendingPatch(w, e, desk.Outgoing{CustomID: "c1", ChatID: "JONAS", Text: nasty, State: desk.Failed, Reason: nasty, At: sampleNow})
		},
		"pending-gone": func(w io.Writer) error { return PendingGonePatch(w, "c1") },
		"head":         func(w io.Writer) error { return HeadPatch(w, e, v, []string{nasty}) },
		"seen":         func(w io.Writer) error { return SeenPatch(w, e, v) },
		"notice":       func(w io.Writer) error { return NoticePatch(w, e, desk.Notice{By: "Sam", Text: "a\nb", At: sampleNow}) },
		"alert": func(w io.Writer) error {
			return AlertPatch(w, desk.Alert{Kind: desk.AlertQueue, ChatID: "A B", Title: nasty, Text: nasty, At: sampleNow})
		},
		"peek":   func(w io.Writer) error { return PeekPatch(w, e, v) },
		"counts": func(w io.Writer) error { return CountsPatch(w, e, sampleInbox().Sections) },
		"me":     func(w io.Writer) error { return MePatch(w, e, desk.Me{ID: "a", Name: nasty, Email: nasty}) },
		"connection": func(w io.Writer) error {
			return ConnectionPatch(w, e, desk.Connection{State: desk.Reconnecting, Text: nasty, RetryAt: sampleNow.Add(time.Minute), Action: desk.ActRetry}, 1, 2)
		},
	} {
		var b bytes.Buffer
		if err := draw(&b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = b.String()
	}
	return out
}

// A patch is one line, and each of its top elements has an id; nothing of a
// customer becomes markup.
func TestPatchesAreOneLineWithIDs(t *testing.T) {
	for name, html := range patchesOf(t) {
		if strings.ContainsAny(html, "\r\n") {
			t.Errorf("%s has a line break:\n%s", name, html)
		}
		if strings.Contains(html, "<script") {
			t.Errorf("%s carries a script:\n%s", name, html)
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader("<body>" + html))
		if err != nil {
			t.Fatal(err)
		}
		top := doc.Find("body > *")
		if top.Length() == 0 {
			t.Errorf("%s draws nothing", name)
		}
		top.Each(func(_ int, s *goquery.Selection) {
			if id, _ := s.Attr("id"); id == "" || strings.ContainsAny(id, " \"<>") {
				t.Errorf("%s: an element without a good id: %q", name, id)
			}
			if into, ok := s.Attr("data-into"); ok && (into == "" || s.AttrOr("data-sort", "") == "") {
				t.Errorf("%s: data-into without a place", name)
			}
		})
	}
}

// Line breaks of a message survive the one line.
func TestLineBreaksSurvive(t *testing.T) {
	doc, _ := goquery.NewDocumentFromReader(strings.NewReader(patchesOf(t)["event"]))
	if got, want := doc.Find(".bub").Text(), "one\ntwo\nthree\nfour</div><script>x</script>"; got != want {
		t.Errorf("text is %q, want %q", got, want)
	}
}

// Patches are drawn by the components of the pages: the row of a page and the
// row of a patch are the same markup.
func TestPatchIsWhatThePageShows(t *testing.T) {
	p := InboxPage{Page: page("Chats", NavChats), Inbox: sampleInbox()}
	html := render(t, Inbox(p))
	for _, s := range p.Inbox.Sections {
		for _, r := range s.Rows {
			var b bytes.Buffer
			if err := RowPatch(&b, p.Env, r); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(html, b.String()) {
				t.Errorf("row %s of the page is not the patch %s", r.ChatID, b.String())
			}
		}
	}
}

func TestMyEventTakesThePlaceOfThePendingOne(t *testing.T) {
	var a, b bytes.Buffer
	ev := desk.Event{ID: "E5", CustomID: "my id", Kind: desk.KindMessage, AuthorID: sampleMe.ID, Text: "x", At: sampleNow}
	if err := EventPatch(&a, env0, "JONAS", "TH1", ev, desk.Person{}); err != nil {
		t.Fatal(err)
	}
	if err := PendingPatch(&b, env0, desk.Outgoing{CustomID: "my id", ChatID: "JONAS", Text: "x", At: sampleNow}); err != nil {
		t.Fatal(err)
	}
	id := func(s string) string {
		doc, _ := goquery.NewDocumentFromReader(strings.NewReader(s))
		return doc.Find("body > *").First().AttrOr("id", "")
	}
	if id(a.String()) != id(b.String()) || !strings.HasPrefix(id(a.String()), "e-c-") {
		t.Errorf("ids differ: %s, %s", id(a.String()), id(b.String()))
	}
	// A customer's event with my custom id does not.
	a.Reset()
	ev.AuthorID = "c3"
	if err := EventPatch(&a, env0, "JONAS", "TH1", ev, jonas()); err != nil {
		t.Fatal(err)
	}
	if got := id(a.String()); got != "e-E5" {
		t.Errorf("foreign event has id %s", got)
	}
}

// BenchmarkIncomingMessage draws what one incoming message changes: its row, the
// event, the counts.
func BenchmarkIncomingMessage(b *testing.B) {
	r, ev, who := sampleRows()[3], message("E100", "c3", "Great. How long until it is on my account?", sampleNow), jonas()
	sections := sampleInbox().Sections
	for i := range sections {
		sections[i].Rows = nil
	}
	for _, tag := range []string{"en", "ar"} {
		b.Run(tag, func(b *testing.B) {
			e := env0
			e.Words = words.Find(tag)
			var buf bytes.Buffer
			b.ReportAllocs()
			for b.Loop() {
				buf.Reset()
				_ = RowPatch(&buf, e, r)
				_ = EventPatch(&buf, e, "JONAS", "TH1", ev, who)
				_ = CountsPatch(&buf, e, sections)
			}
			b.ReportMetric(float64(buf.Len()), "bytes")
		})
	}
}
