package widget

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, o Options, path string) *http.Response {
	t.Helper()
	w := httptest.NewRecorder()
	Handler(o).ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w.Result()
}

func TestEveryFileIsServed(t *testing.T) {
	for path, f := range files {
		r := get(t, Options{Demo: true}, path)
		if r.StatusCode != 200 || r.Header.Get("Content-Type") == "" || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", path, r.StatusCode, r.Header)
		}
		if strings.HasSuffix(f.name, ".html") {
			if csp := r.Header.Get("Content-Security-Policy"); csp == "" || strings.Contains(csp, "unsafe") {
				t.Errorf("%s: policy %q", path, csp)
			}
		}
		req := httptest.NewRequest("GET", path, nil)
		req.Header.Set("If-None-Match", r.Header.Get("ETag"))
		w := httptest.NewRecorder()
		Handler(Options{Demo: true}).ServeHTTP(w, req)
		if w.Code != http.StatusNotModified {
			t.Errorf("%s with its ETag: %d", path, w.Code)
		}
	}
}

func TestFraming(t *testing.T) {
	if csp := get(t, Options{}, "/widget").Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors *") {
		t.Errorf("the widget cannot be framed: %q", csp)
	}
	if csp := get(t, Options{Demo: true}, "/demo/shop").Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") {
		t.Errorf("the shop can be framed: %q", csp)
	}
}

func TestShopIsForTheDemoOnly(t *testing.T) {
	for path, f := range files {
		if r := get(t, Options{}, path); (r.StatusCode == 200) == f.demo {
			t.Errorf("%s without demo: %d", path, r.StatusCode)
		}
	}
	w := httptest.NewRecorder()
	Handler(Options{}).ServeHTTP(w, httptest.NewRequest("POST", "/widget", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

// TestSize holds the promise of 25 kB for all the widget's scripts and styles, and
// 3 kB for the texts of a language beside English.
func TestSize(t *testing.T) {
	total := 0
	for path, f := range files {
		if f.demo || strings.HasSuffix(f.name, ".html") {
			continue
		}
		body, err := assets.ReadFile("assets/" + f.name)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(body)
		z.Close()
		if !strings.HasSuffix(f.name, ".json") {
			total += b.Len()
		} else if b.Len() > 3_000 {
			t.Errorf("%s weighs %d bytes, compressed", path, b.Len())
		}
	}
	if total > 25_000 {
		t.Errorf("the widget weighs %d bytes, compressed", total)
	}
}

// TestIcons: every page names its icon, so that no browser asks the site for
// /favicon.ico, and what it names is served.
func TestIcons(t *testing.T) {
	icon := regexp.MustCompile(`<link rel="icon" href="([^"]+)"`)
	for p, f := range files {
		if !strings.HasSuffix(f.name, ".html") {
			continue
		}
		body, err := assets.ReadFile("assets/" + f.name)
		if err != nil {
			t.Fatal(err)
		}
		m := icon.FindSubmatch(body)
		if m == nil {
			t.Errorf("%s has no icon", p)
			continue
		}
		if r := get(t, Options{Demo: true}, path.Join(path.Dir(p), string(m[1]))); r.StatusCode != 200 || r.Header.Get("Content-Type") != "image/svg+xml" {
			t.Errorf("%s: its icon %s is answered with %d %s", p, m[1], r.StatusCode, r.Header.Get("Content-Type"))
		}
	}
}

// TestNothingFromOutside: no page or script loads anything of another server,
// no page has a script or style inside, and no address is absolute, so that the
// widget works below any base path.
func TestNothingFromOutside(t *testing.T) {
	inline := regexp.MustCompile(`<style|\sstyle=|\son[a-z]+=|<script(>|[^>]*[^>]>[^<])`)
	loads := regexp.MustCompile(`(?:src|href)="([^"#][^"]*)"`)
	for path, f := range files {
		body, err := assets.ReadFile("assets/" + f.name)
		if err != nil {
			t.Fatal(err)
		}
		if regexp.MustCompile(`(@import|url\(["']?http|import\(|eval\(|new Function)`).Match(body) {
			t.Errorf("%s loads from outside or evaluates text", path)
		}
		if !strings.HasSuffix(f.name, ".html") {
			continue
		}
		if m := inline.Find(body); m != nil {
			t.Errorf("%s has %q inside, which its policy forbids", path, m)
		}
		for _, m := range loads.FindAllSubmatch(body, -1) {
			if a := string(m[1]); strings.Contains(a, "//") || strings.HasPrefix(a, "/") {
				t.Errorf("%s refers to %q", path, a)
			}
		}
	}
}
