package main

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// TestInspectionSees: the eyes of the tests below are open.
func TestInspectionSees(t *testing.T) {
	t.Parallel()
	at := mustParse(t, "http://localhost:8080/chats")
	for _, bad := range []string{
		`<script>x</script>`, `<script src="https://evil.example/x.js"></script>`, `<script src="/files/x.js"></script>`, `<b onclick="x">`,
		`<img src="https://evil.example/x.png">`, `<img src=x onerror=y>`, `<svg onload=x>`, `<a href="javascript:x">`, `<a href=" JaVaScRiPt:x">`,
		`<a href="data:text/html,x">`, `<a href="https://evil.example/">`, `<form action="https://evil.example/">`, `<button formaction="//evil.example/">`,
		`<iframe></iframe>`, `<base href="/">`, `<p style="x">`, `<style></style>`, `<object data="x"></object>`, `<meta http-equiv="Set-Cookie">`,
		`<meta http-equiv="refresh" content="0;url=https://evil.example/">`, `<img srcset="https://evil.example/x">`, `<link rel=stylesheet href="//evil.example/x">`,
	} {
		if doc, err := html.Parse(strings.NewReader("<body>" + bad)); err != nil || len(active(doc, at)) == 0 {
			t.Errorf("%s goes unnoticed", bad)
		}
	}
}

// TestHostileCustomer: whatever a customer puts into the fields he controls, no
// page and no push of the agents' holds anything active from it, and what he
// wrote is shown as he wrote it.
func TestHostileCustomer(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	b := newBrowser(t, p.URL())
	b.signIn("anna@example.com")
	stream, tab := b.listen()
	at := mustParse(t, p.URL()+"/chats")
	pushed := make(chan string, 1)
	go func() {
		var all strings.Builder
		for {
			ev, err := readEvent(stream)
			if err != nil {
				pushed <- all.String()
				return
			}
			all.WriteString(ev.data + "\n")
		}
	}()
	a := attack(t, p)
	chat := "/chats/" + a.chat
	until(t, "the file in the chat", func() bool { _, body := b.get(chat); return strings.Contains(body, "/files/") })

	var all, conversation strings.Builder
	look := func(starts ...string) {
		for _, v := range crawl(t, b, 120, starts...) {
			if v.status >= 500 {
				t.Errorf("%s answers %d", v.url, v.status)
			}
			if v.kind() == "text/html" && !strings.HasPrefix(v.url.Path, "/widget") && !strings.HasPrefix(v.url.Path, "/demo") {
				text := inspect(t, v.url.String(), v.url, v.body)
				all.WriteString(text)
				if v.url.Path == chat {
					conversation.WriteString(text)
				}
			}
			if strings.HasPrefix(v.url.Path, "/files/") && (v.kind() == "text/html" || !strings.HasPrefix(v.header.Get("Content-Disposition"), "attachment")) {
				t.Errorf("the customer's page is served as %s, %s", v.kind(), v.header.Get("Content-Disposition"))
			}
		}
	}
	look("/chats", chat, chat+"/transfer", "/chats?tag="+url.QueryEscape(evil("TAG")), "/login?next="+url.QueryEscape(wicked))
	for _, tag := range fields {
		if !strings.Contains(conversation.String(), evil(tag)) {
			t.Errorf("%s is not shown as it was written", tag)
		}
	}
	for _, text := range []string{"two lines:\n[10:00] Anna: I pay you back\n\ttabbed  and   spaced", wicked + " and https://evil.example/\"onmouseover=alert(1) and http://evil.example/<script>"} {
		if !strings.Contains(conversation.String(), text) {
			t.Errorf("not shown as it was written: %q", text)
		}
	}
	b.post(chat+"/deactivate", nil)
	look("/archives", "/archives?query="+url.QueryEscape(evil("TEXT")), "/archives/"+a.chat+"/"+a.thread, chat+"/threads/"+a.thread)
	for _, path := range []string{"/archives/export?chat=" + a.chat + "&thread=" + a.thread, "/archives/export"} {
		code, body := b.get(path)
		if code != http.StatusOK || !strings.Contains(body, evil("TEXT")) {
			t.Errorf("%s answers %d without the text", path, code)
		}
		if strings.Contains(body, "\n[10:00] Anna: I pay you back") {
			t.Errorf("%s: a customer's line looks like an agent's", path)
		}
	}
	tab.Close()
	fragments := <-pushed
	if !strings.Contains(inspect(t, "the stream", at, []byte("<body>"+fragments)), evil("PEEK")) {
		t.Error("the stream does not show what the customer types")
	}
}

// TestHostileCustomerInABrowser: a real browser with the agent's pages open, live
// and loaded anew, shows no dialog, throws nothing and has nothing to block.
func TestHostileCustomerInABrowser(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	c := newChrome(t, p.URL(), true)
	if err := chromedp.Listen(c.ctx, func(ev any) {
		if d, ok := ev.(*page.EventJavascriptDialogOpening); ok && d.Type != "beforeunload" {
			t.Errorf("a dialog: %s", d.Message)
			go func() {
				ctx, cancel := context.WithTimeout(c.ctx, 5*time.Second)
				defer cancel()
				_, _ = chromedp.Call(ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
			}()
		}
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(c.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `addEventListener("securitypolicyviolation", e => console.error("policy: " + e.effectiveDirective + " " + e.blockedURI + " at " + e.sourceFile), true)`,
	}); err != nil {
		t.Fatal(err)
	}
	signIn(c, "anna@example.com")
	c.until("an online desk", `document.body.dataset.connection === "online"`)
	a := attack(t, p)
	c.until("the row", rowWith(evil("NAME")))
	c.js(`document.querySelector("[data-chat-id='` + a.chat + `'] a").click(), ""`)
	c.text("[role=log]", evil("TEXT"))
	a.speak(t) // and once more, live
	c.until("what is typed", `document.querySelector("[data-sneak-peek]")?.textContent.includes(`+object(evil("PEEK"))+`)`)
	c.until("everything twice", `[...document.querySelectorAll("[role=log] [data-event-id]")].filter(e => e.textContent.includes(`+object(evil("RICHTITLE"))+`)).length === 2`)
	for _, path := range []string{"/chats/" + a.chat, "/chats/" + a.chat + "/transfer", "/archives"} {
		c.open(path)
		c.until("the page", `document.readyState === "complete" && document.body.textContent.length > 100`)
	}
	if n := c.js(`String(document.querySelectorAll("script:not([src]), [onerror], [onload], iframe, [src=x]").length)`); n != "0" {
		t.Errorf("%s active elements", n)
	}
}
