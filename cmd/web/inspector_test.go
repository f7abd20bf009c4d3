package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestInspector: an administrator sees the frames of the own connection, without
// the token that it was made with, and can send a request again.
func TestInspector(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	anna, sam := newBrowser(t, p.URL()), newBrowser(t, p.URL())
	anna.signIn("anna@example.com")
	if code, _ := anna.get("/inspector"); code != http.StatusForbidden {
		t.Errorf("an agent who is no administrator gets %d", code)
	}
	if code, _ := anna.post("/inspector/1/resend", url.Values{"payload": {"{}"}}); code != http.StatusForbidden {
		t.Errorf("an agent who is no administrator sends again: %d", code)
	}
	if code, body := sam.post("/login", url.Values{"token": {token(t, "sam@example.com")}}); code != http.StatusSeeOther {
		t.Fatalf("sign-in answered %d: %.300s", code, body)
	}
	v := p.visitor()
	v.start("my password is hunter2 and password=hunter2")
	if code, _ := sam.post("/chats/"+v.chat+"/follow", nil); code != http.StatusSeeOther {
		t.Fatalf("following answered %d", code)
	}
	var page string
	until(t, "the frames", func() bool {
		_, page = sam.get("/inspector")
		return strings.Contains(page, "follow_chat") && strings.Contains(page, "incoming_chat")
	})
	for _, want := range []string{"•••", `data-kind="request"`, `data-kind="response"`, `data-kind="push"`, ">login<"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if s := "demo-sam"; strings.Contains(page, s) || strings.Contains(page, "password=hunter2") {
		t.Error("the page shows a secret")
	}

	_, page = sam.get("/inspector?kind=request&action=follow_chat")
	at := regexp.MustCompile(`/inspector/[0-9]+`).FindString(page)
	if at == "" || strings.Contains(page, ">login<") {
		t.Fatalf("the filter leaves %.2000s", page)
	}
	code, whole := sam.get(at)
	if code != http.StatusOK || !strings.Contains(whole, `data-action="resend"`) || !strings.Contains(whole, v.chat) {
		t.Errorf("the frame's page answered %d", code)
	}
	if _, doc := sam.get(at + "?format=json"); !strings.Contains(doc, `"action": "follow_chat"`) {
		t.Errorf("as JSON it is %s", doc)
	}
	if code, _ := sam.post(at+"/resend", url.Values{"payload": {`{"id":"` + v.chat + `"}`}}); code != http.StatusSeeOther {
		t.Errorf("sending it again answered %d", code)
	}
	until(t, "both requests", func() bool {
		_, page = sam.get("/inspector?kind=response&action=follow_chat")
		return strings.Count(page, `class="frame"`) == 2
	})
	for payload, status := range map[string]int{`{`: 422, `[]`: 422, `{"token":"•••"}`: 422, `{"id":"NOSUCH"}`: 404} {
		if code, body := sam.post(at+"/resend", url.Values{"payload": {payload}}); code != status || status == 422 && !strings.Contains(body, `class="reason"`) {
			t.Errorf("%s answered %d: %.300s", payload, code, body)
		}
	}
	if code, _ := sam.get("/inspector/999999"); code != http.StatusNotFound {
		t.Errorf("a frame that is not kept answers %d", code)
	}
}

// TestInspectorIsLive: new frames come by themselves where scripts run.
func TestInspectorIsLive(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	sam := newChrome(t, p.URL(), true)
	signIn(sam, "sam@example.com")
	sam.open("/inspector")
	sam.see("#f-1")
	newBrowser(t, p.URL()).signIn("anna@example.com")
	p.visitor().start("Do you ship to Norway?")
	sam.until("the push of the chat", `[...document.querySelectorAll("#frames [data-kind=push]")].some(e => e.textContent.includes("Do you ship to Norway?"))`)
	sam.click("#frames .frame:first-child summary")
	sam.see("#frames .frame:first-child .json")
	sam.shoot("inspector")
}
