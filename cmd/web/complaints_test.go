package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The worst complaints about desks like this one, each tried on the whole
// program in a browser. The fourth, slow lists and long chats, stands in
// complaints_long_test.go.

// shaky is the line between an agent's browser and the desk. It can be cut, and
// it can lose answers on their way back. Others, who have no cookie, are not
// disturbed.
type shaky struct {
	srv    *httptest.Server
	proxy  *httputil.ReverseProxy
	mu     sync.Mutex
	down   chan struct{} // closed while the line is cut
	losing string        // requests to such a path are done, and their answer is lost
	lost   int
}

func newShaky(t *testing.T) *shaky {
	s := &shaky{down: make(chan struct{})}
	s.srv = httptest.NewServer(s)
	t.Cleanup(s.srv.Close)
	return s
}

func (s *shaky) to(target string) *shaky {
	u, _ := url.Parse(target) // of a listener
	s.proxy = &httputil.ReverseProxy{FlushInterval: -1, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(u)
		r.Out.Host = r.In.Host
	}, ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }}
	return s
}

func (s *shaky) cut() { s.mu.Lock(); close(s.down); s.mu.Unlock() }

func (s *shaky) mend() { s.mu.Lock(); s.down = make(chan struct{}); s.mu.Unlock() }

func (s *shaky) lose(path string) { s.mu.Lock(); s.losing = path; s.mu.Unlock() }

func (s *shaky) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	down, losing := s.down, s.losing != "" && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, s.losing)
	if losing {
		s.lost++
	}
	s.mu.Unlock()
	if losing {
		s.proxy.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler) // ends the line without an answer
	}
	if r.Header.Get("Cookie") == "" {
		s.proxy.ServeHTTP(w, r)
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	go func() {
		select {
		case <-down:
			cancel() // ends what is under way, streams too
		case <-ctx.Done():
		}
	}()
	s.proxy.ServeHTTP(w, r.WithContext(ctx))
}

// onShakyLine is Anna at her desk behind a line that can be cut, with a customer
// whose chat is hers and open.
func onShakyLine(t *testing.T) (*shaky, *chrome, *visitor) {
	line := newShaky(t)
	p := startProgram(t, "AGENTDESK_DEMO", "true", "AGENTDESK_PUBLIC_URL", line.srv.URL)
	line.to("http://" + p.listener.Addr().String())
	agent := newChrome(t, line.srv.URL, true)
	signIn(agent, "anna@example.com")
	agent.until("an online desk", `document.body.dataset.connection === "online"`)
	v := p.visitor()
	v.start("Where is my order?")
	agent.until("the customer's chat", rowWith("Where is my order?"))
	agent.js(rowWith("Where is my order?") + `.querySelector("a").click(), ""`)
	agent.text("[role=log]", "Where is my order?")
	takeIfWaiting(agent)
	agent.js(`window.kept = "since the beginning"`)
	return line, agent, v
}

// shownOnce waits until the conversation shows a text exactly once.
func shownOnce(c *chrome, text string) {
	c.t.Helper()
	c.until("“"+text+"” once", `[...document.querySelectorAll("[role=log] [data-event-id]")].filter(e => e.textContent.includes(`+quote(text)+`)).length === 1`)
}

// TestMissedAfterADroppedConnection: what is said while the line is down is
// there when it is back, in order, once, without loading the page.
func TestMissedAfterADroppedConnection(t *testing.T) {
	line, agent, v := onShakyLine(t)
	said := []string{"I wrote this in a tunnel", "And this too", "Are you there?"}
	line.cut()
	agent.until("the desk to say that it is cut off", `document.body.dataset.connection !== "online"`)
	for _, text := range said {
		v.say(text)
	}
	agent.write(`form[data-action=send] textarea[name=text]`, "I write without a line\r")
	agent.until("the bar to count what is unsent", `document.querySelector(".unsent")?.textContent.includes("1")`)
	line.mend()
	agent.until("an online desk", `document.body.dataset.connection === "online"`)
	for _, text := range said {
		shownOnce(agent, text)
	}
	agent.until("the order", `(t => `+quote(strings.Join(said, "|"))+`.split("|").map(w => t.indexOf(w)).every((at, i, all) => !i || at > all[i-1]))(document.querySelector("[role=log]").textContent)`)
	// What could not be sent goes by itself.
	agent.until("the agent's message to be sent", `document.querySelector("[role=log] [data-state=sent]")?.textContent.includes("I write without a line")`)
	shownOnce(agent, "I write without a line")
	until(t, "the customer to have the answer", func() bool { return v.has("I write without a line") == 1 })
	if kept := agent.js("String(window.kept)"); kept != "since the beginning" {
		t.Error("the page was loaded again")
	}
}

// has counts a text in the customer's conversation.
func (v *visitor) has(text string) int {
	return strings.Count(v.do("list_threads", `{"chat_id":"`+v.chat+`"}`), text)
}

// TestSentTwice: answers to a send are lost, and the agent tries again; the
// customer has the message once.
func TestSentTwice(t *testing.T) {
	line, agent, v := onShakyLine(t)
	line.lose("/events")
	agent.write(`form[data-action=send] textarea[name=text]`, "Your parcel left on Monday\r")
	until(t, "a lost answer", func() bool { line.mu.Lock(); defer line.mu.Unlock(); return line.lost > 0 })
	// The message came back as a push, or waits to be tried again: then try.
	for range 3 {
		agent.js(`(b => { b?.click(); return "" })([...document.querySelectorAll("[role=log] [data-state=failed] button")].find(b => b.textContent.includes("Retry")))`)
	}
	line.lose("")
	agent.js(`(b => { b?.click(); return "" })([...document.querySelectorAll("[role=log] [data-state=failed] button")].find(b => b.textContent.includes("Retry")))`)
	agent.until("the message to be sent", `document.querySelector("[role=log] [data-state=sent]")?.textContent.includes("Your parcel left on Monday")`)
	shownOnce(agent, "Your parcel left on Monday")
	agent.open("/chats/" + v.chat)
	shownOnce(agent, "Your parcel left on Monday")
	if n := v.has("Your parcel left on Monday"); n != 1 {
		t.Errorf("the customer has it %d times", n)
	}
}

// TestWaitingCustomerIsHeard: a customer joins the queue while the agent reads
// something else in this very tab; a tone plays, and again, until somebody takes
// the chat. The tab's title says it too.
func TestWaitingCustomerIsHeard(t *testing.T) {
	p := startProgram(t, "AGENTDESK_DEMO", "true")
	agent := newChrome(t, p.URL(), true)
	// Notes are counted where they begin, and the clock of what repeats runs fast.
	if _, err := chromedp.Call(agent.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.notes = 0;
		const start = OscillatorNode.prototype.start;
		OscillatorNode.prototype.start = function (...a) { window.notes++; return start.apply(this, a); };
		const now = Date.now, origin = now(), every = setInterval;
		Date.now = () => origin + (now() - origin) * 20;
		window.setInterval = (f, ms, ...a) => every(f, ms / 20, ...a);`}); err != nil {
		t.Fatal(err)
	}
	signIn(agent, "anna@example.com")
	agent.open("/archives")
	agent.until("a line", `document.body.dataset.connection === "online"`)
	agent.click("#me summary") // a person has used the page: the browser lets it sound
	const waiting = `Number(document.getElementById("nav-unread")?.dataset.waiting || 0)`
	for n := 0; agent.js("String("+waiting+")") == "0"; n++ {
		if n == 40 {
			t.Fatal("the agents take every chat")
		}
		v := p.visitor() // until the agents have their hands full
		v.start("Hello? Is anybody there?")
		agent.until("the chat to be counted", `/^\(\d+\)/.test(document.title)`)
	}
	heard := agent.js("String(window.notes)")
	if heard == "0" {
		agent.until("a tone", "window.notes > 0")
	}
	agent.until("the tone again, as nobody takes the chat", "window.notes >= "+heard+" + 4")
}

// TestOldChatIsFoundAndTakenOut: by a phrase, the day and the agent; and it can
// be taken out in every kind of file.
func TestOldChatIsFoundAndTakenOut(t *testing.T) {
	_, agent, v := onShakyLine(t)
	v.say("It was the green zebra lamp of 1987")
	agent.text("[role=log]", "green zebra lamp")
	agent.click(`form[data-action=deactivate] button`)
	agent.until("the chat to be closed", `document.querySelector("form[data-action=resume]")`)
	today := agent.js(`new Date().toLocaleDateString("sv")`)
	agent.open("/archives?query=%22green+zebra+lamp%22&agent=anna%40example.com&from=" + today + "&to=" + today)
	agent.text(".hit mark", "zebra")
	if n := agent.js(`String(document.querySelectorAll(".hit").length)`); n != "1" {
		t.Errorf("%s conversations found", n)
	}
	for _, format := range []string{"txt", "html", "csv", "json"} {
		agent.js(`(async () => { window.file = ""; const f = document.querySelector("form[data-action=export]"); f.elements.format.value = "` + format + `";
			window.file = await (await fetch(f.action + "?" + new URLSearchParams(new FormData(f)))).text() })(), ""`)
		want := "green zebra lamp"
		if format == "csv" { // a row of figures, with the chat's id
			want = v.chat
		}
		agent.until("the conversation as "+format, "window.file.includes("+quote(want)+")")
	}
	agent.js(`document.querySelector(".hit a").click(), ""`)
	agent.text("[role=log]", "green zebra lamp")
}
