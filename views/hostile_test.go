package views

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"agentdesk/desk"
)

// payloads try to become markup, an address that runs, or something that looks
// like another thing.
var payloads = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</textarea></title></style><svg onload=alert(1)>`,
	`javascript:alert(1)`, `JaVaScRiPt:alert(1)`, " \tjava\nscript:alert(1)", `data:text/html,<script>alert(1)</script>`, `vbscript:msgbox(1)`,
	`//evil.example/x`, `\\evil.example`, `https://a@evil.example/`, `&#60;script&#62;`, "<!--", "]]>", "`${alert(1)}`", "a\x00b", "\u202egpj.exe", "\u2028\u2029", "\xff\xfe",
	"{{constructor.constructor('alert(1)')()}}", "-->\r\n<p id=me>", "https://files.example/x.png?a='b'&c=<d>",
}

// poison fills every string a value holds, however deep, and makes lists,
// pointers and maps that would be empty hold something.
func poison(v reflect.Value, text string, depth int) {
	if depth > 9 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		poison(v.Elem(), text, depth+1)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte(`{"x":"` + text + `"}`))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			poison(v.Index(i), text, depth+1)
		}
	case reflect.Map:
		m := reflect.MakeMap(v.Type())
		k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		poison(k, text, depth+1)
		poison(e, text, depth+1)
		m.SetMapIndex(k, e)
		v.Set(m)
	case reflect.Struct:
		switch v.Interface().(type) {
		case time.Time:
			v.Set(reflect.ValueOf(sampleNow.Add(-time.Hour)))
			return
		case time.Location:
			return
		case Env:
			v.Set(reflect.ValueOf(sampleEnv))
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				poison(v.Field(i), text, depth+1)
			}
		}
	}
}

func poisoned[T any](text string, change func(*T)) T {
	var v T
	poison(reflect.ValueOf(&v).Elem(), text, 0)
	if change != nil {
		change(&v)
	}
	return v
}

// kinds are events of every kind, poisoned.
func poisonedEvents(text string) []desk.Event {
	var out []desk.Event
	for i, kind := range []string{desk.KindMessage, desk.KindFile, desk.KindRich, desk.KindFilledForm, desk.KindForm, desk.KindCustom, desk.KindSystemText, desk.KindSystem, desk.KindAnnotation, "", text} {
		ev := poisoned[desk.Event](text, func(e *desk.Event) { e.Kind, e.Deleted, e.AgentsOnly = kind, false, i%2 == 0 })
		out = append(out, ev)
		if ev.Rich != nil {
			for _, t := range []string{"url", "webview", "phone", "message"} {
				b := ev.Rich.Cards[0].Buttons
				b = append([]desk.Button(nil), b...)
				b[0].Type = t
				ev.Rich = &desk.Rich{Template: "quick_replies", Cards: []desk.Card{{Title: text, Image: text, Buttons: b}}}
				out = append(out, ev)
			}
		}
	}
	for kind := range systemWords {
		out = append(out, desk.Event{ID: "s", Kind: desk.KindSystemText, SystemType: kind, At: sampleNow, Text: text, Vars: map[string]string{
			"agent": text, "initiator": text, "customer": text, "comment": text, "targets": text, "email": text, "agent_added": text, "agent_removed": text, "duration": text, "score": text,
		}})
	}
	details, _ := json.Marshal(map[string]string{"text": text, "method": text})
	raw, _ := json.Marshal(map[string]string{"source": text, "subtype": "summary", "details": string(details)})
	plain := message("p", text, text, sampleNow)
	gone := plain
	gone.Deleted = true
	out = append(out, plain, gone, desk.Event{ID: "y", Kind: desk.KindSystem, At: sampleNow, Raw: raw})
	image := desk.Event{ID: "i", Kind: desk.KindFile, At: sampleNow, AuthorID: text, File: &desk.File{Name: text, URL: text, Thumbnail: text, ContentType: "image/png", Alt: text}}
	return append(out, image)
}

func hostilePages(text string) map[string]templ.Component {
	events := poisonedEvents(text)
	pane := poisoned[ChatPane](text, func(c *ChatPane) {
		c.Thread, c.View.Chat.Thread.Events, c.View.Total, c.View.Chat.Thread.Active, c.Older, c.Newer = nil, events, 999, true, true, false
	})
	inbox := poisoned[InboxPage](text, func(p *InboxPage) {
		p.Chat = &pane
		for i, l := range desk.Lists {
			if i < len(p.Inbox.Sections) {
				p.Inbox.Sections[i].List = l
				p.Inbox.Sections[i].Rows[0].List = l
				p.Inbox.Sections[i].Rows[1].Typing, p.Inbox.Sections[i].Rows[1].Failed = false, 0
			}
		}
		p.Inbox.Filter.List = ""
	})
	old := inbox
	oldPane := pane
	oldPane.Thread = &desk.ArchivedThread{ChatID: text, Users: pane.View.Chat.Users, Thread: desk.Thread{ID: text, Events: events, Tags: []string{text}, Previous: text, Next: text, Restricted: text}}
	old.Chat = &oldPane
	closed := inbox
	closedPane := pane
	closedPane.View.Chat.Thread.Active, closedPane.View.Member = false, false
	closed.Chat = &closedPane
	watched := inbox
	watchedPane := pane
	watchedPane.View.Member, watchedPane.View.Row.Watching, watchedPane.View.Row.List, watchedPane.View.Peek = false, false, desk.Others, ""
	watched.Chat = &watchedPane
	missing := inbox
	missing.Chat, missing.Missing = nil, true
	body, _ := json.Marshal(map[string]any{text: text, "list": []any{text, map[string]string{text: text}}})
	frame := desk.Frame{Seq: 3, Kind: desk.FrameRequest, Action: text, RequestID: text, Size: 1, Body: body}
	inspector := poisoned[InspectorPage](text, func(p *InspectorPage) { p.Frames, p.Action, p.Kind = []desk.Frame{frame}, "", "" })
	whole := poisoned[FramePage](text, func(p *FramePage) { p.Frame = frame })
	return map[string]templ.Component{
		"inspector": Inspector(inspector), "frame": FrameWhole(whole),
		"inbox": Inbox(inbox), "old": Inbox(old), "closed": Inbox(closed), "watched": Inbox(watched), "missing": Inbox(missing),
		"login":    Login(poisoned[LoginPage](text, func(p *LoginPage) { p.DemoShop = "/demo/shop" })),
		"transfer": TransferForm(poisoned[TransferPage](text, nil)),
		"archives": Archives(poisoned[ArchivesPage](text, func(p *ArchivesPage) {
			p.Result.Threads[0].Thread.Events, p.Result.Threads[0].Thread.Restricted = events, ""
			p.Result.Threads[1].Thread.Events, p.Result.Threads[1].Thread.Restricted = events[1:2], ""
		})),
		"transcript": Transcript(poisoned[TranscriptPage](text, func(p *TranscriptPage) { p.Thread.Thread.Events = events })),
		"customer":   Customer(poisoned[CustomerPage](text, nil)),
		"customers":  Customers(poisoned[CustomersPage](text, nil)),
		"history":    History(poisoned[HistoryPage](text, func(p *HistoryPage) { p.Threads[0].Thread.Events = events })),
		"team":       Team(poisoned[TeamPage](text, nil)),
		"reports":    Reports(poisoned[ReportPage](text, func(p *ReportPage) { p.Report.Days = p.Report.Days[:1] })), "report-days": Reports(poisoned[ReportPage](text, nil)),
		"event":    EventForm(poisoned[EventPage](text, nil)),
		"mine":     Me(poisoned[MePage](text, nil)),
		"canned":   Canned(poisoned[CannedPage](text, nil)),
		"choice":   Choice(poisoned[ChoicePage](text, nil)),
		"settings": Settings(poisoned[SettingsPage](text, nil)),
		"error":    Problem(poisoned[ErrorPage](text, nil)),
	}
}

// Hostile text in every field of every page stays text.
func TestHostileTextEverywhere(t *testing.T) {
	for _, text := range payloads {
		for name, c := range hostilePages(text) {
			checkHTML(t, name, text, render(t, c))
		}
		var b bytes.Buffer
		th := desk.ArchivedThread{ChatID: text, Users: []desk.Person{{ID: text, Name: text}}, Thread: desk.Thread{Events: poisonedEvents(text), Tags: []string{text}, CreatedAt: sampleNow}}
		exportThreads(t, &b, "txt", th)
		if i := strings.IndexAny(b.String(), "\x00\x1b\u202e\r"); i >= 0 {
			t.Errorf("transcript of %q carries a control character: %q", text, b.String()[max(0, i-20):i+1])
		}
	}
}

var allowedScripts = 1 // the desk's own, by address

// checkHTML parses a page as a browser does and looks for what should not be.
func checkHTML(t *testing.T, name, text, html string) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	if n := doc.Find("script").Length(); n > allowedScripts || doc.Find("script:not([src])").Length() > 0 {
		t.Errorf("%s with %q has a script of its own", name, text)
	}
	if doc.Find("iframe, object, embed, base, style, #me p#me, svg[onload], img[onerror]").Length() > 0 {
		t.Errorf("%s with %q has a forbidden element", name, text)
	}
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			switch key := strings.ToLower(a.Key); {
			case strings.HasPrefix(key, "on") || key == "style" || key == "srcdoc" || strings.ContainsAny(key, `"'<`):
				t.Errorf("%s with %q: attribute %s=%q", name, text, a.Key, a.Val)
			case key == "href" || key == "src" || key == "action" || key == "formaction" || key == "poster" || key == "srcset":
				if !goodTarget(a.Val) {
					t.Errorf("%s with %q: <%s %s=%q>", name, text, s.Nodes[0].Data, a.Key, a.Val)
				}
			case key == "title" || key == "aria-label" || key == "alt":
				if strings.ContainsAny(a.Val, "\u202e\x00\n") {
					t.Errorf("%s with %q: label %s=%q turns around", name, text, a.Key, a.Val)
				}
			}
		}
	})
	doc.Find("bdi").Each(func(_ int, s *goquery.Selection) {
		if strings.ContainsAny(s.Text(), "\u202e\u2066\x00") {
			t.Errorf("%s with %q: name %q turns around", name, text, s.Text())
		}
	})
}

// goodTarget is an address that may stand in a page made of these payloads: a
// path of our own, a fragment, or a checked address.
// plainAnchor is a place that a page names itself.
var plainAnchor = regexp.MustCompile(`^#[a-z]+$`)

func goodTarget(s string) bool {
	if plainAnchor.MatchString(s) || strings.HasPrefix(s, "#details-") || strings.HasPrefix(s, "#foot-") || s == "#list-pane" || strings.HasPrefix(s, "#i-") || strings.HasPrefix(s, "./") || strings.HasPrefix(s, "?event=") || s == "." {
		return true
	}
	l, ok := SafeLink(s)
	return ok && l.URL == s
}
