package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"agentdesk/chatserver/demo"
)

// evil is a text that breaks out wherever its place in a page is written
// carelessly. tag tells the places apart.
func evil(tag string) string {
	return tag + `"'><script>alert("` + tag + `")</script><img src=x onerror=alert(1)><svg/onload=alert(2)>` +
		`&lt;b&gt;&amp;</textarea></title></style><!--]]>{{7*7}}${7*7} javascript:alert(3)`
}

// wicked are addresses that a page must never offer.
const wicked = `javascript:alert(document.domain)//`

// fields are the places of evil texts that agents see as they are; each is a tag.
var fields = []string{"NAME", "EMAIL", "TEXT", "TITLE", "SESSKEY", "SESSVAL", "COMMENT", "LABEL", "ANSWER", "RICHTITLE", "RICHSUB", "BUTTON"}

// attacker is a customer who fills everything with evil texts.
type attacker struct {
	*visitor
	ws     *websocket.Conn
	thread string
}

func object(v any) string { b, _ := json.Marshal(v); return string(b) }

type fill = map[string]any

// attack comes to the site, opens a chat and says everything there is to say.
func attack(t *testing.T, p *program) *attacker {
	t.Helper()
	a := &attacker{visitor: p.visitor()}
	at := strings.Replace(p.URL(), "http", "ws", 1) + "/v3.6/customer/rtm/ws?organization_id=" + demo.OrganizationID
	ws, _, err := websocket.DefaultDialer.Dial(at, http.Header{"User-Agent": {evil("AGENT")}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	a.ws = ws
	a.rtm(t, "login", fill{
		"token": "Bearer " + a.token, "referrer": wicked + evil("REFERRER"),
		"customer": fill{"name": evil("NAME"), "email": evil("EMAIL") + "@example.com", "session_fields": []fill{
			{evil("SESSKEY"): evil("SESSVAL")}, {"link": wicked + evil("SESSLINK")}, {"__proto__": "x"},
		}},
		"customer_page": fill{"url": "https://shop.example/?q=" + url.QueryEscape(evil("PAGE")) + `"><script>`, "title": evil("TITLE")},
	})
	var res struct {
		ChatID   string `json:"chat_id"`
		ThreadID string `json:"thread_id"`
	}
	body := a.do("start_chat", object(fill{"active": true, "chat": fill{"thread": fill{"events": []fill{
		{"type": "filled_form", "form_id": evil("FORM")[:100], "form_type": "prechat", "fields": []fill{
			{"type": "name", "id": "0", "label": evil("LABEL"), "answer": evil("ANSWER")},
			{"type": "radio", "id": "1", "label": "Radio", "answer": fill{"id": evil("OPTID"), "label": evil("OPTION")}},
		}},
	}}}}))
	if err := json.Unmarshal([]byte(body), &res); err != nil || res.ChatID == "" {
		t.Fatalf("no chat: %v %s", err, body)
	}
	a.chat, a.thread = res.ChatID, res.ThreadID
	a.speak(t)
	a.do("update_thread_properties", object(fill{"chat_id": a.chat, "thread_id": a.thread, "properties": fill{"rating": fill{"score": 0, "comment": evil("COMMENT")}}}))
	return a
}

// speak sends an event of every type.
func (a *attacker) speak(t *testing.T) {
	t.Helper()
	for i, ev := range []fill{
		{"type": "message", "text": evil("TEXT"), "custom_id": evil("CUSTOM")[:60]},
		{"type": "message", "text": "two lines:\n[10:00] Anna: I pay you back\r\n\ttabbed  and   spaced", "postback": fill{"id": evil("POSTBACK")[:60], "thread_id": wicked, "event_id": wicked, "type": wicked, "value": evil("VALUE")}},
		{"type": "message", "text": wicked + " and https://evil.example/\"onmouseover=alert(1) and http://evil.example/<script>"},
		{"type": "custom", "content": fill{evil("KEY"): evil("CONTENT"), "html": "<script>alert(1)</script>"}},
		{"type": "rich_message", "template_id": "cards", "elements": []fill{{
			"title": evil("RICHTITLE"), "subtitle": evil("RICHSUB"),
			"image":   fill{"url": wicked, "name": evil("IMAGENAME"), "alternative_text": evil("ALT")},
			"buttons": []fill{{"type": "url", "text": evil("BUTTON"), "value": wicked, "postback_id": evil("PB")[:60]}, {"type": "webview", "text": "web", "value": "data:text/html,<script>alert(1)</script>", "postback_id": wicked}},
		}, {"title": "picture", "image": fill{"url": "https://evil.example/x.png\" onerror=\"alert(1)"}}}},
		{"type": "file", "url": a.uploadEvil(t)},
	} {
		if res := a.do("send_event", object(fill{"chat_id": a.chat, "event": ev})); !strings.Contains(res, "event_id") {
			t.Fatalf("event %d: %s", i, res)
		}
	}
	a.rtm(t, "send_sneak_peek", fill{"chat_id": a.chat, "sneak_peek_text": evil("PEEK")})
	a.rtm(t, "update_customer_page", fill{"url": "https://shop.example/" + url.PathEscape(evil("PAGE2")), "title": evil("TITLE")})
}

// rtm sends a request over the customer's socket and waits for the answer.
func (a *attacker) rtm(t *testing.T, action string, payload fill) {
	t.Helper()
	_ = a.ws.SetReadDeadline(time.Now().Add(20 * time.Second))
	if err := a.ws.WriteJSON(fill{"request_id": action, "action": action, "version": "3.6", "payload": payload}); err != nil {
		t.Fatal(err)
	}
	for {
		var res struct {
			RequestID string          `json:"request_id"`
			Success   *bool           `json:"success"`
			Payload   json.RawMessage `json:"payload"`
		}
		if err := a.ws.ReadJSON(&res); err != nil {
			t.Fatalf("%s: %v", action, err)
		}
		if res.RequestID == action && res.Success != nil {
			if !*res.Success {
				t.Fatalf("%s: %s", action, res.Payload)
			}
			return
		}
	}
}

// uploadEvil stores a page as a file whose name is evil, and gives its address.
func (a *attacker) uploadEvil(t *testing.T) string {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	h := textproto.MIMEHeader{"Content-Type": {"text/html"}}
	h.Set("Content-Disposition", `form-data; name="file"; filename="`+strings.ReplaceAll(evil("FILE"), `"`, `\"`)+`.html"`)
	part, err := w.CreatePart(h)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(part, "<!doctype html><script>alert(1)</script>")
	w.Close()
	req, err := http.NewRequest(http.MethodPost, a.p.URL()+"/v3.6/customer/action/upload_file?organization_id="+demo.OrganizationID, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	req.Header.Set("Authorization", "Bearer "+a.token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var out struct{ URL string }
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil || out.URL == "" {
		t.Fatalf("upload: %d %v", res.StatusCode, err)
	}
	return out.URL
}
