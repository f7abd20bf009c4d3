package handlers

import (
	"regexp"
	"testing"

	"agentdesk/static"
)

// TestFirstView holds what the first view of the inbox costs with ten thousand
// chats, in both ways of opening it, in every language: its bytes over the wire,
// and its requests with the worker's script and the stream. What it costs in time
// make bench-browser prints.
func TestFirstView(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.crowd(10_000)
	assets := regexp.MustCompile(`(?:<script src|<link rel="[^"]*"[^>]* href|<img src)="(/static/[^"]+)"`)
	worker := static.URL("worker.js")
	for _, language := range []string{"en", "ar"} {
		h.desk.set(func() {
			p := h.desk.board.Me().Preferences
			p.Language = language
			h.desk.board.SetPreferences(p)
		})
		for _, path := range []string{"/chats", "/chats/CROWD00003"} {
			page := h.get(path).body
			bytes, requests := len(h.get(path, "Accept-Encoding", "gzip").body), 2 // the page and the stream
			parts := []string{worker}
			for _, m := range assets.FindAllStringSubmatch(page, -1) {
				parts = append(parts, m[1])
			}
			for _, part := range parts {
				bytes += len(h.get(part, "Accept-Encoding", "gzip").body)
				requests++
			}
			t.Logf("%s %s: %d bytes, %d requests: %v", language, path, bytes, requests, parts)
			if len(parts) < 4 {
				t.Errorf("%s %s: only %v were found", language, path, parts)
			}
			if headers := 600 * requests; bytes+headers > 100_000 || requests > 8 {
				t.Errorf("%s %s: %d bytes in %d requests, 100 kB in 8 are promised", language, path, bytes+headers, requests)
			}
		}
	}
}
