package views

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"agentdesk/desk"
)

func parsed(t *testing.T, html string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// The marks that tests, portals and user scripts rely on.
func TestPublicMarks(t *testing.T) {
	pane := samplePane()
	pane.View.Pending = []desk.Outgoing{{CustomID: "p1", ChatID: "JONAS", Text: "x", State: desk.Sending, At: sampleNow}, {CustomID: "p2", ChatID: "JONAS", Text: "y", State: desk.Failed, At: sampleNow}}
	doc := parsed(t, render(t, Inbox(InboxPage{Page: page("Chats", NavChats), Inbox: sampleInbox(), Chat: pane})))
	for sel, n := range map[string]int{
		"body[data-connection=online]":                          1,
		".row[data-chat-id]":                                    14,
		"main[data-chat-id=JONAS]":                              1,
		".row[data-unread='3']":                                 1,
		"[role=log] [data-event-id=E2][data-event-type]":        1,
		"[role=log] [data-custom-id=cu1][data-state=sent]":      1,
		"[role=log] [data-state=sending][data-custom-id=p1]":    1,
		"[role=log] [data-state=failed] [data-action=retry]":    1,
		"[role=log] [data-state=failed] [data-action=discard]":  1,
		"form[data-action=send] textarea[name=text]":            1,
		"form[data-action=send] input[name=custom_id]":          1,
		"form[data-action=send][enctype='multipart/form-data']": 1,
		"[data-sneak-peek]":                                     1,
		"#peek-JONAS [data-typing], #peek-JONAS[data-typing]":   1,
		"form:not([data-action])":                               0,
		"[aria-current=true]":                                   1,
		"noscript":                                              2,
		".day.new":                                              1,
		"h1":                                                    1,
	} {
		if got := doc.Find(sel).Length(); got != n {
			t.Errorf("%s: %d, want %d", sel, got, n)
		}
	}
	// goquery parses noscript's content as text where scripts run, so look at text.
	if s := doc.Find("noscript").Text(); !strings.Contains(s, "Show new messages") {
		t.Errorf("noscript says %q", s)
	}
	for state, want := range map[desk.State]string{desk.Connecting: "connecting", desk.Reconnecting: "reconnecting", desk.Refused: "offline", desk.Closed: "offline"} {
		p := page("Chats", NavChats)
		p.Connection.State = state
		if got := parsed(t, render(t, Inbox(InboxPage{Page: p, Inbox: sampleInbox()}))).Find("body").AttrOr("data-connection", ""); got != want {
			t.Errorf("%s is marked %s, want %s", state, got, want)
		}
	}
}

// A page that refreshes itself has no composer on it, and says so only to
// browsers without scripts.
func TestRefreshWithoutScripts(t *testing.T) {
	p := InboxPage{Page: page("Chats", NavChats), Inbox: sampleInbox()}
	p.Refresh = 15
	if html := render(t, Inbox(p)); !strings.Contains(html, `<noscript><meta http-equiv="refresh" content="15"></noscript>`) {
		t.Error("no refresh on the list page")
	}
}

// Every page works by links and plain forms, and names its controls.
func TestPagesArePlainAndNamed(t *testing.T) {
	for name, c := range galleryPages() {
		doc := parsed(t, render(t, c))
		ids := map[string]bool{}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			if id := s.AttrOr("id", ""); ids[id] {
				t.Errorf("%s: id %s twice", name, id)
			} else {
				ids[id] = true
			}
		})
		doc.Find("form").Each(func(_ int, s *goquery.Selection) {
			if m := s.AttrOr("method", ""); m != "post" && m != "get" || s.AttrOr("action", "") == "" || s.AttrOr("data-action", "") == "" {
				t.Errorf("%s: form %s is not plain", name, s.AttrOr("data-action", "?"))
			}
			if s.Find("button").Length() == 0 && s.Find("input[type=search]").Length() == 0 {
				t.Errorf("%s: form %s has no button", name, s.AttrOr("data-action", "?"))
			}
		})
		doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
			if s.Closest("label").Length() == 0 && s.AttrOr("aria-label", "") == "" {
				t.Errorf("%s: field %s has no label", name, s.AttrOr("name", "?"))
			}
		})
		doc.Find("button, a, summary").Each(func(_ int, s *goquery.Selection) {
			if strings.TrimSpace(s.Text()) == "" && s.AttrOr("aria-label", "") == "" && s.Find("img[alt]").Length() == 0 {
				html, _ := goquery.OuterHtml(s)
				t.Errorf("%s: no name: %s", name, html)
			}
		})
		doc.Find("a[href^='#'], [aria-labelledby], [aria-describedby]").Each(func(_ int, s *goquery.Selection) {
			for _, ref := range append(strings.Fields(s.AttrOr("aria-labelledby", "")+" "+s.AttrOr("aria-describedby", "")), strings.TrimPrefix(s.AttrOr("href", ""), "#")) {
				if ref != "" && !strings.Contains(ref, "/") && !ids[ref] {
					t.Errorf("%s: nothing has the id %s", name, ref)
				}
			}
		})
		if doc.Find("h1").Length() != 1 || doc.Find("main#main").Length() != 1 || doc.Find("html[lang]").Length() != 1 {
			t.Errorf("%s: not one h1, one main and a language", name)
		}
	}
}

// The base path stands before every address of ours.
func TestBasePath(t *testing.T) {
	p := InboxPage{Page: page("Chats", NavChats), Inbox: sampleInbox(), Chat: samplePane()}
	p.Base = "/desk"
	parsed(t, render(t, Inbox(p))).Find("[href], [action], [src]").Each(func(_ int, s *goquery.Selection) {
		for _, a := range []string{"href", "action", "src"} {
			v, ok := s.Attr(a)
			if ok && !strings.HasPrefix(v, "/desk/") && !strings.HasPrefix(v, "#") && !strings.HasPrefix(v, "?") && !strings.HasPrefix(v, "http") {
				t.Errorf("%s=%q is outside the base", a, v)
			}
		}
	})
}

// The list page of 100 rows a section stays small: about a kilobyte for each, with
// what only those hear who go from link to link.
func TestListPageSize(t *testing.T) {
	in := sampleInbox()
	for i := range in.Sections {
		for j := range 100 {
			r := sampleRows()[j%14]
			r.ChatID, r.List = "C"+itoa(i)+"-"+itoa(j), in.Sections[i].List
			in.Sections[i].Rows = append(in.Sections[i].Rows, r)
		}
		in.Sections[i].Total = 2500
	}
	n := len(render(t, Inbox(InboxPage{Page: page("Chats", NavChats), Inbox: in})))
	t.Logf("%d kB with %d rows", n/1000, 4*100)
	if n > 430_000 {
		t.Errorf("the page is %d bytes", n)
	}
}

func BenchmarkInboxPage(b *testing.B) {
	p := InboxPage{Page: page("Chats", NavChats), Inbox: sampleInbox(), Chat: samplePane()}
	b.ReportAllocs()
	for b.Loop() {
		_ = Inbox(p).Render(b.Context(), discard{})
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
