package main

import (
	"bufio"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"agentdesk/chatserver/demo"
)

// TestDeskAtEachVersion: a second desk has the embedded server of the first as
// its chat server, and speaks each version of the API with it.
func TestDeskAtEachVersion(t *testing.T) {
	server := startProgram(t, "AGENTDESK_DEMO", "true")
	for _, v := range []string{"3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7"} {
		t.Run(v, func(t *testing.T) {
			talkAt(t, &program{App: server.App, t: t}, startProgram(t, "AGENTDESK_UPSTREAM", server.URL(), "AGENTDESK_UPSTREAM_VERSION", v,
				"AGENTDESK_ORGANIZATION_ID", demo.OrganizationID), "lamp"+strings.ReplaceAll(v, ".", "x"))
		})
	}
}

// withDemoToken is a browser that signed in with a demo agent's token.
func withDemoToken(t *testing.T, desk *program, who string) *browser {
	t.Helper()
	b := newBrowser(t, desk.URL())
	if code, body := b.post("/login", url.Values{"token": {"dal:demo-" + who}}); code != http.StatusSeeOther {
		t.Fatalf("signing %s in answered %d: %.300s", who, code, body)
	}
	return b
}

// talkAt is a whole talk, from sign-in to the archives. word is said in no other.
func talkAt(t *testing.T, server, desk *program, word string) {
	withDemoToken(t, desk, "anna")     // who takes new chats
	b := withDemoToken(t, desk, "sam") // at 3.0 only administrators may search the archives
	if code, body := b.get("/chats"); code != http.StatusOK || !strings.Contains(body, `data-connection="online"`) {
		t.Fatalf("the inbox answered %d, not online: %.300s", code, body)
	}
	stream := openStream(t, b)
	hear(t, stream, "hello", "")

	v := server.visitor()
	v.start("Is the " + word + " still available?")
	hear(t, stream, "patch", v.chat)
	page := "/chats/" + v.chat
	until(t, "the chat", func() bool {
		code, body := b.get(page)
		return code == http.StatusOK && strings.Contains(body, word)
	})
	if _, body := b.get(page); !strings.Contains(body, `data-action="send"`) {
		if code, body := b.post(page+"/take", nil); code != http.StatusSeeOther {
			t.Fatalf("taking answered %d: %.300s", code, body)
		}
	}
	form := url.Values{"text": {"Yes, two are left"}, "visibility": {"all"}, "custom_id": {"form-" + word}}
	for range 2 {
		if code, body := b.post(page+"/events", form); code != http.StatusSeeOther {
			t.Fatalf("send answered %d: %.300s", code, body)
		}
	}
	hear(t, stream, "patch", `data-state="sent"`)
	if code := b.upload(page+"/events", word+".txt", "a file"); code != http.StatusSeeOther {
		t.Errorf("a file answered %d", code)
	}
	hear(t, stream, "patch", word+".txt")
	// At 3.0 marks are whole seconds: the one of a later second must be shown.
	until(t, "the customer's mark behind what was sent", func() bool {
		v.do("mark_events_as_seen", `{"chat_id":"`+v.chat+`","seen_up_to":"`+time.Now().UTC().Format("2006-01-02T15:04:05.000000Z")+`"}`)
		sent, seen := sortOf(t, b, page, "[data-custom-id^=form-]"), sortOf(t, b, page, ".tick.seen")
		return sent != "" && seen > sent && seen[:10] > sent[:10]
	})
	hear(t, stream, "patch", `id="seen-`)
	v.say("Then I take both")
	hear(t, stream, "patch", "Then I take both")
	threads := ""
	until(t, "the file at the customer's", func() bool {
		threads = v.do("list_threads", `{"chat_id":"`+v.chat+`"}`)
		return strings.Contains(threads, word+".txt")
	})
	if n := strings.Count(threads, "Yes, two are left"); n != 1 {
		t.Errorf("the customer got the answer %d times: %s", n, threads)
	}
	v.do("send_sneak_peek", `{"chat_id":"`+v.chat+`","sneak_peek_text":"And one more `+word+`"}`)
	hear(t, stream, "patch", "And one more "+word)
	if code, body := b.get(page + "/transfer"); code != http.StatusOK || !strings.Contains(body, "anna@example.com") {
		t.Errorf("those who can take it: %d %.300s", code, body)
	}
	if code, body := b.post(page+"/tags", url.Values{"tag": {"sales"}}); code != http.StatusSeeOther {
		t.Errorf("tagging answered %d: %.300s", code, body)
	}
	if code, body := b.post(page+"/deactivate", nil); code != http.StatusSeeOther {
		t.Fatalf("closing answered %d: %.300s", code, body)
	}
	until(t, "the thread in the archives", func() bool {
		_, body := b.get("/archives?query=" + word)
		return strings.Contains(body, v.chat)
	})
	if code, body := b.post(page+"/resume", nil); code != http.StatusSeeOther {
		t.Fatalf("resuming answered %d: %.300s", code, body)
	}
	until(t, "a new thread, which names the one before", func() bool {
		_, body := b.get(page)
		return strings.Contains(body, `data-action="send"`) && strings.Contains(body, page+"/threads/")
	})
	if code, body := b.post(page+"/deactivate", nil); code != http.StatusSeeOther {
		t.Errorf("closing again answered %d: %.300s", code, body)
	}
}

// sortOf is the place of the last element that fits in a page's conversation.
func sortOf(t *testing.T, b *browser, page, sel string) string {
	t.Helper()
	_, body := b.get(page)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc.Find("[role=log] "+sel).Last().AttrOr("data-sort", "")
}

// TestVersionsInOneChat: agents whose desks speak 3.0, 3.3 and 3.7 talk in the
// same chat.
func TestVersionsInOneChat(t *testing.T) {
	server := startProgram(t, "AGENTDESK_DEMO", "true")
	agents := map[string]string{"anna": "3.3", "sam": "3.0", "ben": "3.7"}
	desks, streams := map[string]*browser{}, map[string]*bufio.Reader{}
	for who, v := range agents {
		b := withDemoToken(t, startProgram(t, "AGENTDESK_UPSTREAM", server.URL(), "AGENTDESK_UPSTREAM_VERSION", v), who)
		desks[who], streams[who] = b, openStream(t, b)
		hear(t, streams[who], "hello", "")
	}
	v := server.visitor()
	v.start("Is anybody there?")
	page := "/chats/" + v.chat
	for _, b := range desks {
		until(t, "the chat", func() bool {
			_, body := b.get(page)
			return strings.Contains(body, "Is anybody there?")
		})
	}
	if code, body := desks["anna"].post(page+"/take", nil); code != http.StatusSeeOther {
		t.Fatalf("taking answered %d: %.300s", code, body)
	}
	for _, who := range []string{"ben", "sam"} {
		if code, body := desks["anna"].post(page+"/users", url.Values{"user_id": {who + "@example.com"}, "visibility": {"all"}}); code != http.StatusSeeOther {
			t.Fatalf("adding %s answered %d: %.300s", who, code, body)
		}
	}
	for who, b := range desks {
		form := url.Values{"text": {"this is " + who}, "visibility": {"all"}, "custom_id": {"form-" + who}}
		until(t, who+" to be in", func() bool {
			code, _ := b.post(page+"/events", form)
			return code == http.StatusSeeOther
		})
	}
	for who := range desks {
		until(t, who+"'s words at the customer's and all desks", func() bool {
			all := strings.Count(v.do("list_threads", `{"chat_id":"`+v.chat+`"}`), "this is "+who) == 1
			for _, b := range desks {
				_, body := b.get(page)
				_, log, _ := strings.Cut(body, `role="log"`)
				all = all && strings.Contains(log, "this is "+who)
			}
			return all
		})
	}
}
