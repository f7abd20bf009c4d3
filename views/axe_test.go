package views

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"agentdesk/internal/axe"
	"agentdesk/static"
	"agentdesk/words"
)

// gallery serves pages as they are drawn, by their names. With scripts it has a
// stream on which nothing comes.
func gallery(t *testing.T, pages map[string]templ.Component, scripts bool) string {
	over := make(chan bool)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/desk"), "/")
		if asset, ok := strings.CutPrefix("/"+name, static.Prefix); ok {
			a, _ := static.Open(asset)
			w.Header().Set("Content-Type", a.Type)
			if scripts || !strings.Contains(a.Type, "javascript") {
				_, _ = w.Write(a.Body)
			}
			return
		}
		switch c := pages[name]; {
		case c != nil:
			_ = c.Render(r.Context(), w)
		case name == "palette":
			_ = json.NewEncoder(w).Encode(PaletteChats(env0, sampleRows()))
		case name == "events" && scripts:
			w.Header().Set("Content-Type", "text/event-stream")
			_, _ = io.WriteString(w, "id: 7.42\nevent: hello\ndata: {\"epoch\":\"7\",\"resumed\":true}\n\n")
			w.(http.Flusher).Flush()
			select {
			case <-over:
			case <-r.Context().Done():
			}
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	t.Cleanup(func() { close(over); srv.CloseClientConnections(); srv.Close() })
	return srv.URL
}

// violations checks the page that stands in the browser.
func violations(t *testing.T, ctx context.Context, rules ...string) string {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("window.axe ? true : (() => {"+axe.Script+"; return true})()")); err != nil {
		t.Fatal(err)
	}
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](axe.Check(rules...), chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func media(t *testing.T, ctx context.Context, features ...string) {
	t.Helper()
	var p emulation.SetEmulatedMediaParams
	for _, f := range features {
		name, value, _ := strings.Cut(f, "=")
		p.Features = append(p.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, p); err != nil {
		t.Fatal(err)
	}
}

// axeStates are what a page looks like after something was done on it.
var axeStates = map[string]string{
	"inbox tags":     `document.querySelector(".tagging > summary").click()`,
	"inbox more":     `document.querySelector(".acts .more > summary").click()`,
	"inbox me":       `document.querySelector("#me > summary").click()`,
	"inbox filter":   `document.querySelector(".filter > summary").click()`,
	"inbox folds":    `document.querySelectorAll(".about details").forEach(d => d.open = true)`,
	"inbox note":     `document.querySelector("form[data-action=send] [value=agents]").click()`,
	"inbox help":     `document.querySelector(".head h2").focus(), document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "?", bubbles: true}))`,
	"reports tables": `document.querySelectorAll(".breakdown details").forEach(d => d.open = true)`,
	"inbox palette":  `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true, bubbles: true}))`,
}

// TestAccessible draws every page and state and finds no fault of WCAG 2.2 AA in
// any; of the pages that have colours or words of their own also in the dark and
// in Arabic, by the rules that can have another outcome there.
func TestAccessible(t *testing.T) {
	browser := chrome(t)
	pages := galleryPages()
	var names []string
	for name := range pages {
		names = append(names, name)
	}
	for name := range axeStates {
		names = append(names, name)
	}
	slices.Sort(names)
	arabic := []string{"inbox.ar", "login.ar", "archives.ar", "settings.ar", "my-settings.ar", "reports.ar"}
	for name, c := range inLanguage(words.Find("ar"), galleryPages) {
		if name += ".ar"; slices.Contains(arabic, name) {
			pages[name] = c
		}
	}
	url := gallery(t, pages, true)
	check := func(name string, rules ...string) {
		t.Helper()
		page, state, _ := strings.Cut(name, " ")
		if err := chromedp.Do(browser, chromedp.Navigate(url+"/"+page)); err != nil {
			t.Fatal(err)
		}
		if state != "" {
			if _, err := chromedp.Run(browser, chromedp.Evaluate[string]("("+axeStates[name]+", '')")); err != nil {
				t.Fatal(name, err)
			}
		}
		if text := violations(t, browser, rules...); text != "" {
			t.Errorf("%s %v:\n%s", name, rules, text)
		}
	}
	media(t, browser, "prefers-color-scheme=light", "prefers-reduced-motion=reduce")
	for _, name := range append(names, arabic...) {
		check(name)
	}
	media(t, browser, "prefers-color-scheme=dark", "prefers-reduced-motion=reduce")
	for _, name := range []string{
		"inbox", "kinds", "closed", "waiting", "none", "login-token", "archives", "transcript", "settings", "my-settings-refused", "team", "inspector", "reports tables", "reports-refused", "inbox note", "inbox palette", "inbox folds",
	} {
		check(name, "color-contrast", "link-in-text-block")
	}
}
