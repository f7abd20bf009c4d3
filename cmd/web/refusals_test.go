package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestBadInput: what no page of ours sends, or what people get wrong, is answered
// with the right status and one sentence; a text that was written stays in the
// form, also where JavaScript is off.
func TestBadInput(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	b := newBrowser(t, p.URL())
	b.signIn("anna@example.com")
	stream, _ := b.listen()
	v := p.visitor()
	v.start("hello")
	hear(t, stream, "patch", v.chat)
	chat := "/chats/" + v.chat
	const plain, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=XX"
	form := func(kv ...string) string {
		q := url.Values{}
		for i := 0; i < len(kv); i += 2 {
			q.Set(kv[i], kv[i+1])
		}
		return q.Encode()
	}
	long := strings.Repeat("ä", 8<<10) + "x" // 16 KiB and one byte
	for _, c := range []struct {
		name, path, kind, body string
		status                 int
		says                   string
		keeps                  string // in the composer
	}{
		{"huge form", chat + "/tags", plain, form("tag", strings.Repeat("x", 100<<10)), 413, "more than can be sent at once", ""},
		{"huge text", chat + "/events", plain, form("text", strings.Repeat("x", 41<<20)), 413, "more than can be sent at once", ""},
		{"huge sign-in", "/login", plain, form("email", strings.Repeat("x", 100<<10)), 413, "more than can be sent at once", ""},
		{"huge part", chat + "/events", parts, "--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n" + strings.Repeat("x", 100<<10) + "\r\n--XX--\r\n", 413, "more than can be sent at once", ""},
		{"cut multipart", chat + "/events", parts, "--XX\r\nContent-Disposition: form-data; name=\"te", 400, "could not be understood", ""},
		{"multipart without an end", chat + "/events", parts, "--XX\r\nContent-Disposition: form-data; name=\"custom_id\"\r\n\r\nc7\r\n--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nmy words\r\n--XX\r\n", 400, "could not be understood", ""},
		{"multipart of another border", chat + "/events", parts, "--YY\r\n\r\n--YY--\r\n", 400, "could not be understood", ""},
		{"multipart without a border", chat + "/tags", "multipart/form-data", "x", 400, "could not be understood", ""},
		{"broken escapes", chat + "/tags", plain, "tag=%zz", 400, "could not be understood", ""},
		{"JSON", chat + "/events", "application/json", `{"text":"x"}`, 415, "not understood", ""},
		{"unknown chat", "/chats/NOSUCH/events", plain, form("text", "x", "custom_id", "c1"), 404, "", ""},
		{"chat that cannot be", "/chats/a%00b/events", plain, form("text", "x", "custom_id", "c1"), 404, "nothing at this address", ""},
		{"unknown action", chat + "/explode", plain, "", 404, "nothing at this address", ""},
		{"read-only page", "/archives", plain, "", 405, "does not take such a request", ""},
		{"unknown fields", chat + "/tags", plain, form("tag", "lamp", "colour", "red"), 303, "", ""},
		{"long custom_id", chat + "/events", plain, form("text", "my words", "custom_id", strings.Repeat("c", 5000)), 422, "not complete", "my words"},
		{"no custom_id", chat + "/events", plain, form("text", "my words"), 422, "not complete", "my words"},
		{"text too long", chat + "/events", plain, form("text", long, "custom_id", "c2"), 422, "up to 16 kB", long},
		{"text too long, in parts", chat + "/events", parts, "--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n" + long + "\r\n--XX\r\nContent-Disposition: form-data; name=\"custom_id\"\r\n\r\nc3\r\n--XX--\r\n", 422, "up to 16 kB", long},
		{"invalid UTF-8", chat + "/events", plain, "text=my+%FF+words&custom_id=c4", 422, "cannot be sent", "my \uFFFD words"},
		{"no text", chat + "/events", plain, form("text", "  \r\n ", "custom_id", "c5"), 422, "Write something", ""},
		{"unknown visibility", chat + "/events", plain, form("text", "my words", "visibility", "everybody", "custom_id", "c6"), 422, "Choose one", "my words"},
		{"foreign customer", "/customers/somebody/ban", plain, form("chat", strings.TrimPrefix(chat, "/chats/"), "days", "3"), 404, "not part of this chat", ""},
		{"unknown customer", "/customers/somebody/ban", plain, form("days", "1e9"), 404, "", ""},
		{"unknown target", chat + "/transfer", plain, form("to", "agent:nobody@example.com"), 404, "", ""},
		{"unknown status", "/status", plain, form("status", "asleep"), 422, "Choose whether", ""},
		{"postback of no message", chat + "/postback", plain, form("thread_id", "T", "event_id", "T_1", "postback_id", "p"), 404, "", ""},
		{"postback of nothing", chat + "/postback", plain, form("thread_id", "T"), 422, "Name the message", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, body := b.send(c.path, c.kind, strings.NewReader(c.body))
			if status != c.status {
				t.Fatalf("answers %d, want %d: %.600s", status, c.status, body)
			}
			if status == http.StatusSeeOther {
				return
			}
			doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if text := doc.Find("body").Text(); !strings.Contains(text, c.says) || doc.Find("h1, h2, form").Length() == 0 {
				t.Errorf("the page does not say %q: %.2000s", c.says, strings.Join(strings.Fields(text), " "))
			}
			if got := doc.Find("form[data-action=send] textarea").Text(); c.keeps != "" && strings.TrimPrefix(got, "\n") != c.keeps {
				t.Errorf("the form has %.100q, want %.100q", got, c.keeps)
			}
			for _, secret := range []string{"goroutine", "agentdesk/", "sql", ".go:"} {
				if strings.Contains(doc.Find("main").Text(), secret) {
					t.Errorf("the page shows %q", secret)
				}
			}
		})
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, "BREW"} {
		req, err := http.NewRequest(method, p.URL()+chat, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Origin", b.origin())
		res, err := b.http.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s answers %d", method, res.StatusCode)
		}
	}
	if n := strings.Count(v.do("list_threads", `{"chat_id":"`+v.chat+`"}`), `"type":"message"`); n != 1 {
		t.Errorf("%d messages were sent by forms that were refused", n-1)
	}
}

// TestPostback: an agent presses a button of a rich message and lets go of it.
func TestPostback(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	b := newBrowser(t, p.URL())
	b.signIn("anna@example.com")
	stream, _ := b.listen()
	v := p.visitor()
	v.start("hello")
	hear(t, stream, "patch", v.chat)
	v.do("send_event", `{"chat_id":"`+v.chat+`","event":{"type":"rich_message","template_id":"cards","elements":[{"title":"Choose","buttons":[{"type":"message","text":"Yes","value":"yes","postback_id":"pb-yes"}]}]}}`)
	hear(t, stream, "patch", "Choose")
	_, body := b.get("/chats/" + v.chat)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	event := doc.Find("[data-event-type=rich_message]").AttrOr("data-event-id", "")
	thread, _, _ := strings.Cut(event, "_")
	press := url.Values{"thread_id": {thread}, "event_id": {event}, "postback_id": {"pb-yes"}}
	pressed := func() bool {
		return strings.Contains(v.do("list_threads", `{"chat_id":"`+v.chat+`"}`), `"user_ids":["anna@example.com"],"postback_id"`) ||
			strings.Contains(v.do("list_threads", `{"chat_id":"`+v.chat+`"}`), `"postback_id":"pb-yes","user_ids":["anna@example.com"]`)
	}
	if code, body := b.post("/chats/"+v.chat+"/postback", press); code != http.StatusSeeOther || !pressed() {
		t.Fatalf("pressing answers %d, pressed: %v: %.300s", code, pressed(), body)
	}
	press.Set("toggled", "false")
	if code, body := b.post("/chats/"+v.chat+"/postback", press); code != http.StatusSeeOther || pressed() {
		t.Fatalf("letting go answers %d, pressed: %v: %.300s", code, pressed(), body)
	}
	press.Set("postback_id", "pb-no")
	if code, _ := b.post("/chats/"+v.chat+"/postback", press); code != http.StatusNotFound {
		t.Errorf("a button that is not there answers %d", code)
	}
}
