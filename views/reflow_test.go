package views

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"agentdesk/static"
	"agentdesk/words"
)

// TestReflow draws every page in narrow windows: nothing is wider than the
// window (WCAG 2.2, 1.4.10), and no text is cut by a control.
func TestReflow(t *testing.T) {
	browser := chrome(t)
	pages := galleryPages()
	for _, tag := range []string{"de", "ar"} { // long words, and from right to left
		for name, c := range inLanguage(words.Find(tag), galleryPages) {
			pages[name+"."+tag] = c
		}
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if i := strings.Index(r.URL.Path, static.Prefix); i >= 0 {
			a, _ := static.Open(r.URL.Path[i+len(static.Prefix):])
			w.Header().Set("Content-Type", a.Type)
			if a.Type != "text/javascript; charset=utf-8" {
				_, _ = w.Write(a.Body)
			}
			return
		}
		if c := pages[strings.TrimPrefix(r.URL.Path, "/")]; c != nil {
			_ = c.Render(r.Context(), w)
		}
	}))
	defer srv.Close()
	for _, size := range [][2]int{{320, 640}, {720, 450}, {1024, 768}} {
		if err := chromedp.Do(browser, chromedp.EmulateViewport(int64(size[0]), int64(size[1]))); err != nil {
			t.Fatal(err)
		}
		for name := range pages {
			if strings.Contains(name, ".") && size[0] > 320 {
				continue // other languages where room is least
			}
			if err := chromedp.Do(browser, chromedp.Navigate(srv.URL+"/"+name)); err != nil {
				t.Fatal(err)
			}
			wide, err := chromedp.Run(browser, chromedp.Evaluate[string](`(() => {
				const w = innerWidth, out = [];
				const inside = r => r.right <= w + 1 && r.left >= -1;
				// A long name that ends in an ellipsis is no wider than what shows it.
				const cut = el => {
					for (let p = el.parentElement; p && p !== document.body; p = p.parentElement)
						if (getComputedStyle(p).textOverflow === "ellipsis" && inside(p.getBoundingClientRect())) return true;
					return false;
				};
				if (document.documentElement.scrollWidth > w) out.push("page " + document.documentElement.scrollWidth);
				for (const el of document.querySelectorAll("body *")) {
					const r = el.getBoundingClientRect();
					if (r.width && !inside(r) && !cut(el) && !el.closest(".hidden, .skip, .rich, .menu, details:not([open]) > *:not(summary)")) out.push(el.tagName + "." + el.className + " " + Math.round(r.right));
				}
				return out.slice(0, 4).join("; ");
			})()`))
			if err != nil {
				t.Fatal(err)
			}
			if wide != "" {
				t.Errorf("%s at %d: wider than the window: %s", name, size[0], wide)
			}
		}
	}
}
