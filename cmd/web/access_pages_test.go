package main

import (
	"net/http"
	"net/url"
	"testing"
)

// place is a page of the program, what of it is waited for, and what is opened.
type place struct{ what, path, shows, open string }

const folds = `document.querySelectorAll("main details:not(.pop)").forEach(d => d.open = true)`

var places = []place{
	{"the archives", "/archives", `document.querySelector(".hit")`, ``},
	{"a search of the archives", "/archives?query=zebra", `document.querySelector(".hit mark")`, folds},
	{"a search that finds nothing", "/archives?query=xyzzy", `document.querySelector(".empty")`, ``},
	{"the customers", "/customers", `document.querySelector(".hit[data-customer-id]")`, folds},
	{"the team", "/team", `document.querySelector("[data-agent-id]")`, folds},
	{"the reports", "/reports?period=month", `document.querySelector(".bars rect")`, folds},
	{"a refused report", "/reports?period=days", `document.querySelector(".reason")`, ``},
	{"the settings", "/settings", `document.querySelector("form[data-action=create-group]")`, folds},
	{"the canned responses", "/canned", `document.querySelector("[id^=canned-]")`, folds},
	{"my settings", "/me", `document.querySelector("#look")`, folds},
	{"the inspector", "/inspector", `document.querySelector(".frame")`, `document.querySelectorAll(".frame details").forEach((d, i) => d.open = i < 4)`},
	{"a chat that is not there", "/chats/NOSUCHCHAT", `document.querySelector("main")`, ``},
	{"a page that is not there", "/nosuchpage", `document.querySelector("h1")`, ``},
}

// visit looks for faults in a page of the live program, also while the focus moves.
func (c *chrome) visit(p place) {
	c.t.Helper()
	if p.path != "" {
		c.open(p.path)
	}
	c.until(p.what, p.shows)
	if p.open != "" {
		c.js("(() => {" + p.open + "; return '' })()")
	}
	c.faultless(p.what)
	c.unobscured(p.what)
}

// TestAccessibleLivePages goes through the pages of the live program around one
// closed chat, as an administrator; some in Arabic.
func TestAccessibleLivePages(t *testing.T) {
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	c := newChrome(t, p.URL(), true)
	c.focused()
	c.appearance("prefers-color-scheme=light", "prefers-reduced-motion=reduce")
	signIn(c, "olivia@example.com")
	if code, body := withDemoToken(t, p, "olivia").post("/canned/save", url.Values{"words": {"#hello"}, "text": {"Good to hear from you, %name%."}, "for": {"all"}}); code != http.StatusSeeOther {
		t.Fatalf("keeping a response answered %d: %.300s", code, body)
	}
	shop := newChrome(t, p.URL(), true)
	shop.open("/demo/shop")
	shop.until("the launcher", launcher)
	v, other := p.visitor(), p.visitor()
	v.start("Is the zebra lamp still available?")
	other.start("أين طلبي؟")
	c.open("/chats/" + v.chat)
	c.write("form[data-action=send] textarea[name=text]", "Yes, it is\r")
	c.until("the answer", `document.querySelector(".log .own[data-state=sent]")`)
	c.click(`.acts form[data-action=deactivate] button`)
	c.visit(place{"a chat that is being closed", "", `document.querySelector("#toasts .undo, form[data-action=resume]")`, ``})
	c.visit(place{"a closed chat", "", `document.querySelector("form[data-action=resume]")`, ``})
	for _, at := range places {
		c.visit(at)
	}
	for what, link := range map[string][2]string{"a transcript": {"/archives", ".hit a"}, "a customer": {"/customers", ".hit[data-customer-id] a"}} {
		c.open(link[0])
		c.click(link[1])
		c.visit(place{what, "", `location.pathname.startsWith("` + link[0] + `/") && document.querySelector("h1")`, folds})
	}

	c.open("/me")
	c.choose("look", map[string]string{"language": "ar"})
	const arabic = `document.documentElement.dir === "rtl" && `
	c.visit(place{"my settings in Arabic", "/me", arabic + `document.querySelector("#look")`, folds})
	c.visit(place{"the archives in Arabic", "/archives?query=zebra", arabic + `document.querySelector(".hit")`, folds})
	c.visit(place{"the reports in Arabic", "/reports?period=month", arabic + `document.querySelector(".bars rect")`, folds})
	c.visit(place{"an open chat in Arabic", "/chats/" + other.chat, arabic + `document.querySelector("form[data-action=send]")`, `document.querySelectorAll(".about details").forEach(d => d.open = true)`})
	c.walk(chatMenus[:3]...)

	c.js(`document.querySelector("#me > summary").click(), ""`)
	c.click("#me form[data-action=logout] button")
	c.visit(place{"signed out", "", `document.querySelector("form[data-action=login]")`, ``})
}
