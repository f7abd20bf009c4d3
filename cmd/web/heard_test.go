package main

import (
	"testing"

	permission "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"agentdesk/relay"
)

// before runs a script ahead of those of every page.
func (c *chrome) before(script string) {
	c.t.Helper()
	if _, err := chromedp.Call(c.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
		c.t.Fatal(err)
	}
}

// tones counts the notes that a page plays.
const tones = `window.played = 0;
	window.AudioContext = class {
		state = "running"; currentTime = 0;
		resume() { return Promise.resolve(); }
		createOscillator() { return { frequency: {}, connect: g => g, start: () => window.played++, stop() {} }; }
		createGain() { return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect() {} }; }
	};
	document.hasFocus = () => false;`

// TestNobodyIsUnheard: a customer is heard when the chat begins, and when a message
// comes while the connection is down and its stream cannot go on where it was.
func TestNobodyIsUnheard(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	c := newChrome(t, p.URL(), true)
	c.before(tones)
	signIn(c, "anna@example.com")
	c.until("the stream", `document.body.dataset.connection === "online"`)
	v := p.visitor()
	v.start("Is anybody there?")
	c.until("a tone for the new chat", `window.played > 0 && document.title.startsWith("(1)")`)
	c.until("one message", `document.querySelector(".row[data-unread='1']")`)

	c.js(`window.played = 0, ""`)
	p.hub.CloseTopic("anna@example.com", relay.Shutdown)
	v.say("Hello? I am still here.")
	c.until("the message", `document.querySelector(".row[data-unread='2']")`)
	v.say("Hello?")
	c.until("a tone for what was said", `window.played > 0`)
}

// TestCalledInThisBrowser: notifications without a tab are turned on and off by a
// button of one's own settings. The push service itself is not to be had here.
func TestCalledInThisBrowser(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	c := newChrome(t, p.URL(), true)
	if _, err := chromedp.Call(c.ctx, permission.SetPermission, permission.SetPermissionParams{
		Permission: &permission.PermissionDescriptor{Name: "notifications"}, Setting: permission.PermissionSettingGranted,
	}); err != nil {
		t.Fatal(err)
	}
	c.before(`{
		const made = { endpoint: "https://push.example/me", keys: { auth: "A".repeat(22), p256dh: "B" + "A".repeat(86) } };
		const sub = { endpoint: made.endpoint, toJSON: () => made, unsubscribe: async () => sessionStorage.removeItem("sub") };
		PushManager.prototype.subscribe = async o => {
			if (!o.userVisibleOnly || o.applicationServerKey.length !== 87) throw new Error("not as it must be");
			sessionStorage.setItem("sub", 1);
			return sub;
		};
		PushManager.prototype.getSubscription = async () => sessionStorage.getItem("sub") ? sub : null;
	}`)
	signIn(c, "anna@example.com")
	c.open("/me")
	c.text("#push button", "Call me also while no tab is open")
	c.click("#push input")
	c.click("#push button")
	c.text("#push button", "Call me in open tabs only")
	list, err := p.push.Store.Devices(t.Context(), "anna@example.com")
	if err != nil || len(list) != 1 || list[0].Endpoint != "https://push.example/me" || !list[0].Words || list[0].UserAgent == "" {
		t.Fatalf("kept %+v (%v)", list, err)
	}
	c.click("#push button")
	c.text("#push button", "Call me also while no tab is open")
	if list, _ := p.push.Store.Devices(t.Context(), "anna@example.com"); len(list) != 0 {
		t.Errorf("still kept: %+v", list)
	}
}
