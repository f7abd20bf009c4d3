package static

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func asset(t *testing.T, name string) Asset {
	t.Helper()
	url := URL(name)
	a, ok := Open(strings.TrimPrefix(url, Prefix))
	if !ok {
		t.Fatalf("%s is not at %s", name, url)
	}
	return a
}

// The scripts of the inbox are those of the page and of the worker that tabs share.
func TestBudgets(t *testing.T) {
	for limit, names := range map[int][]string{40_000: {"desk.js", "worker.js"}, 15_000: {"desk.css"}} {
		sum := 0
		for _, name := range names {
			n := len(asset(t, name).Gzip)
			t.Logf("%s: %d bytes in gzip", name, n)
			sum += n
		}
		if sum == 0 || sum > limit {
			t.Errorf("%v are %d bytes in gzip, more than %d", names, sum, limit)
		}
	}
}

// What cannot be read is served as it is, and would be found here.
func TestShorter(t *testing.T) {
	for name, parts := range bundles {
		ext := path.Ext(name)
		if ext == ".txt" {
			continue
		}
		sum := 0
		for _, part := range whole(name, parts) {
			body, _ := FS.ReadFile(part)
			sum += len(body)
		}
		if n := len(asset(t, name).Body); n > sum*19/20 {
			t.Errorf("%s is %d of %d bytes", name, n, sum)
		}
	}
	if got := string(smaller(".js", []byte("const = 1"))); got != "const = 1" {
		t.Errorf("what is no script becomes %q", got)
	}
}

func TestAddresses(t *testing.T) {
	hashed := regexp.MustCompile(`^/static/desk-[0-9a-f]{12}\.css$`)
	if u := URL("desk.css"); !hashed.MatchString(u) {
		t.Errorf("URL = %s", u)
	}
	if a := asset(t, "favicon.svg"); a.Type != "image/svg+xml" || len(a.ETag) != 14 {
		t.Errorf("favicon: %s %s", a.Type, a.ETag)
	}
	for _, name := range []string{"", "desk.css", "desk-000000000000.css", "../static.go", "css/tokens.css"} {
		if _, ok := Open(name); ok {
			t.Errorf("Open(%q) found something", name)
		}
	}
	a := asset(t, "desk.js")
	r, err := gzip.NewReader(bytes.NewReader(a.Gzip))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil || !bytes.Equal(b.Bytes(), a.Body) {
		t.Errorf("the compressed script is another one (%v)", err)
	}
}

// Every source is in a bundle, and every part of a bundle exists.
func TestEveryPartIsBundled(t *testing.T) {
	var parts []string
	for _, list := range bundles {
		parts = append(parts, list...)
	}
	for _, dir := range []string{"css", "js"} {
		files, err := fs.ReadDir(FS, dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !slices.Contains(parts, dir+"/"+f.Name()) {
				t.Errorf("%s/%s is in no bundle", dir, f.Name())
			}
		}
	}
	for _, p := range parts {
		if _, err := fs.Stat(FS, p); err != nil {
			t.Error(err)
		}
	}
}

// What a strict content security policy forbids, or what would load something
// from elsewhere, is not in the sources.
func TestNothingForbidden(t *testing.T) {
	bad := regexp.MustCompile(`\beval\(|new Function|javascript:|insertAdjacentHTML|outerHTML|document\.write|\.style\b|setAttribute\("style|on[a-z]+="|@import|url\(|https?://`)
	allowed := regexp.MustCompile(`http://www\.w3\.org/`)
	_ = fs.WalkDir(FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, _ := FS.ReadFile(path)
		for i, line := range strings.Split(string(allowed.ReplaceAll(body, nil)), "\n") {
			if m := bad.FindString(line); m != "" {
				t.Errorf("%s:%d: %s", path, i+1, m)
			}
		}
		return nil
	})
	js := string(asset(t, "desk.js").Body)
	if !strings.Contains(js, `"`+URL("worker.js")+`"`) {
		t.Error("the page's script does not name the worker's address")
	}
	if n := strings.Count(js, "innerHTML"); n != 1 {
		t.Errorf("innerHTML stands %d times: parse in dom.js is its one place", n)
	}
}

// Colours stand in the tokens alone.
func TestColoursAreTokens(t *testing.T) {
	literal := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl`)
	files, _ := fs.Glob(FS, "css/*.css")
	for _, f := range files {
		if f == "css/tokens.css" {
			continue
		}
		body, _ := FS.ReadFile(f)
		for i, line := range strings.Split(string(body), "\n") {
			if m := literal.FindString(strings.ReplaceAll(line, "#toasts", "")); m != "" {
				t.Errorf("%s:%d: %s", f, i+1, m)
			}
		}
	}
}
