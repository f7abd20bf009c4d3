package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"agentdesk/chatserver/demo"
)

// visitor is a customer who uses the embedded server's Web API.
type visitor struct {
	p     *program
	token string
	chat  string
}

func (p *program) visitor() *visitor {
	p.t.Helper()
	var res struct {
		AccessToken string `json:"access_token"`
	}
	body := p.call("/v2/customer/token", "", `{"grant_type":"cookie","client_id":"widget","organization_id":"`+demo.OrganizationID+`","response_type":"token"}`)
	if err := json.Unmarshal([]byte(body), &res); err != nil || res.AccessToken == "" {
		p.t.Fatalf("no customer token: %v %s", err, body)
	}
	return &visitor{p: p, token: res.AccessToken}
}

func (v *visitor) do(action, body string) string {
	v.p.t.Helper()
	return v.p.call("/v3.6/customer/action/"+action+"?organization_id="+demo.OrganizationID, v.token, body)
}

// start opens a chat with a first message.
func (v *visitor) start(text string) {
	v.p.t.Helper()
	var res struct {
		ChatID string `json:"chat_id"`
	}
	body := v.do("start_chat", `{"active":true,"chat":{"thread":{"events":[{"type":"message","text":"`+text+`"}]}}}`)
	if err := json.Unmarshal([]byte(body), &res); err != nil || res.ChatID == "" {
		v.p.t.Fatalf("no chat: %v %s", err, body)
	}
	v.chat = res.ChatID
}

func (v *visitor) say(text string) {
	v.p.t.Helper()
	v.do("send_event", `{"chat_id":"`+v.chat+`","event":{"type":"message","text":"`+text+`"}}`)
}

func TestTalk(t *testing.T) {
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	b := newBrowser(t, p.URL())
	b.signIn("anna@example.com")
	b.get("/chats")
	stream := openStream(t, b)
	hear(t, stream, "hello", "")

	v := p.visitor()
	v.start("Is the zebra lamp still available?")
	hear(t, stream, "patch", v.chat)
	page := "/chats/" + v.chat
	if code, body := b.get(page); code != http.StatusOK || !strings.Contains(body, "zebra lamp") {
		t.Fatalf("the chat answered %d: %.300s", code, body)
	}

	// The agent's message arrives once, however often its form is sent.
	form := url.Values{"text": {"Yes, <two> left"}, "visibility": {"all"}, "custom_id": {"form-1"}}
	for range 3 {
		if code, body := b.post(page+"/events", form); code != http.StatusSeeOther {
			t.Fatalf("send answered %d: %.300s", code, body)
		}
	}
	ev := hear(t, stream, "patch", `data-state="sent"`)
	if !strings.Contains(ev.data, "Yes, &lt;two&gt; left") || strings.Contains(ev.data, "<two>") {
		t.Errorf("the push is %s", ev.data)
	}
	v.say("Then I take both")
	hear(t, stream, "patch", "Then I take both")
	if n := strings.Count(v.do("list_threads", `{"chat_id":"`+v.chat+`"}`), "Yes, <two> left"); n != 1 {
		t.Errorf("the customer got the answer %d times", n)
	}

	// Closed, it is found by a word from it.
	if code, _ := b.post(page+"/deactivate", nil); code != http.StatusSeeOther {
		t.Errorf("closing answered %d", code)
	}
	if _, body := b.get("/archives?query=zebra"); !strings.Contains(body, v.chat) {
		t.Error("the archives do not find it")
	}
	if _, body := b.get("/archives/export?query=zebra"); !strings.Contains(body, "zebra lamp") {
		t.Error("the export does not hold it")
	}
}

func TestForeignChatsStayForeign(t *testing.T) {
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	b := newBrowser(t, p.URL())
	b.signIn("anna@example.com")
	for _, path := range []string{"/chats/NOSUCHCHAT", "/chats/NOSUCHCHAT/threads/T", "/archives/NOSUCHCHAT/T", "/chats/NOSUCHCHAT/transfer"} {
		if code, _ := b.get(path); code != http.StatusNotFound {
			t.Errorf("GET %s answers %d", path, code)
		}
	}
	for _, path := range []string{"events", "take", "deactivate", "resume", "follow"} {
		code, body := b.post("/chats/NOSUCHCHAT/"+path, url.Values{"text": {"x"}, "custom_id": {"c-" + path}})
		if code != http.StatusNotFound {
			t.Errorf("POST %s answers %d: %.200s", path, code, body)
		}
	}
}

// TestRevokedToken: when the chat server withdraws a token, the agent's browsers
// go to the sign-in page.
func TestRevokedToken(t *testing.T) {
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	b := newBrowser(t, p.URL())
	token := "dal:demo-anna"
	if code, body := b.post("/login", url.Values{"token": {token}}); code != http.StatusSeeOther {
		t.Fatalf("sign-in answered %d: %.300s", code, body)
	}
	stream := openStream(t, b)
	hear(t, stream, "hello", "")
	req, err := http.NewRequest(http.MethodDelete, p.URL()+"/v2/token", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("revoking answered %d", res.StatusCode)
	}
	hear(t, stream, "bye", "signed-out")
	until(t, "the session to end", func() bool {
		code, _ := b.get("/chats")
		return code == http.StatusSeeOther
	})
}
