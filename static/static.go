package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"

	"agentdesk/words"
)

// Prefix is where assets live below the base path. The handler strips base path
// and prefix and passes the rest to Open.
const Prefix = "/static/"

// FS holds the sources: css, js, img.
//
//go:embed css js img
var FS embed.FS

// The parts of a bundle, in order. Later styles win; scripts share one scope, so
// their order is only that of what runs at once.
var bundles = map[string][]string{
	"desk.css": {
		"css/tokens.css", "css/base.css", "css/frame.css", "css/list.css", "css/chat.css", "css/event.css",
		"css/composer.css", "css/details.css", "css/forms.css", "css/archives.css", "css/team.css", "css/settings.css", "css/small.css",
	},
	// Of their pages alone.
	"me.css":        {"css/me.css"},
	"customers.css": {"css/customers.css"},
	"inspector.css": {"css/inspector.css"},
	"reports.css":   {"css/reports.css"},
	"desk.js": {
		"js/line.js", "js/words.js",
		"js/dom.js", "js/prefs.js", "js/morph.js", "js/time.js", "js/stream.js", "js/patch.js", "js/layout.js", "js/log.js", "js/history.js", "js/event.js", "js/lightbox.js", "js/order.js", "js/bulk.js", "js/drafts.js", "js/stranded.js", "js/composer.js", "js/colleagues.js", "js/closing.js", "js/emoji.js", "js/complete.js",
		"js/tabs.js", "js/alerts.js", "js/away.js",
		"js/upload.js", "js/forms.js", "js/navigate.js", "js/panes.js", "js/blocks.js", "js/typing.js", "js/keys.js", "js/press.js", "js/palette.js", "js/desk.js",
	},
	sideName:   {"js/push.js", "js/inspector.js", "js/renew.js"},
	workerName: {"js/line.js", "js/worker.js"},
	"sw.js":    {"js/sw.js"}, // served at the base path
	emojiName:  {"js/emoji.txt"},
}

// workerName is the script of the worker that tabs share.
const workerName = "worker.js"

// emojiName is the list of emoji, which few pages come to need.
const emojiName = "emoji.txt"

// Asset is something to serve.
type Asset struct {
	Body []byte
	Gzip []byte // the same, compressed; nil where that does not pay
	Type string // Content-Type
	ETag string // strong, with quotes
}

type assets struct {
	byName map[string]string // plain name → hashed name
	byPath map[string]Asset  // hashed name → asset
}

// load reads everything once. What is embedded cannot fail to be read; a part
// that is missing is caught by a test.
var load = sync.OnceValue(func() assets {
	a := assets{byName: map[string]string{}, byPath: map[string]Asset{}}
	_ = fs.WalkDir(FS, "img", func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			body, _ := FS.ReadFile(file)
			a.add(path.Base(file), body)
		}
		return nil
	})
	for _, name := range []string{workerName, emojiName} {
		a.add(name, bundle(name, bundles[name]))
	}
	for name, parts := range bundles {
		a.add(name, a.addressed(bundle(name, whole(name, parts))))
	}
	keys := said()
	for _, l := range words.Languages()[1:] {
		a.add(WordsName(l.Tag), dictionary(l, keys))
	}
	return a
})

// addressed puts the addresses with hashes in place of the plain ones of what was
// added before.
func (a *assets) addressed(body []byte) []byte {
	for name, hashed := range a.byName {
		body = bytes.ReplaceAll(body, []byte(`"`+Prefix+name+`"`), []byte(`"`+Prefix+hashed+`"`))
	}
	return body
}

// bundle puts parts together and leaves out what only their readers need. Scripts get
// one scope of their own, strict.
func bundle(name string, parts []string) []byte {
	var b bytes.Buffer
	script := path.Ext(name) == ".js"
	if script {
		b.WriteString("\"use strict\";(() => {\n")
	}
	for _, part := range parts {
		body, _ := FS.ReadFile(part)
		b.Write(body)
		b.WriteByte('\n')
	}
	if script {
		b.WriteString("})();\n")
	}
	return smaller(path.Ext(name), b.Bytes())
}

// smaller shortens scripts and styles. A source that cannot be read stays as it is: a
// test finds it.
func smaller(ext string, body []byte) []byte {
	m := minify.New()
	m.AddFunc(".js", js.Minify)
	m.AddFunc(".css", css.Minify)
	if small, err := m.Bytes(ext, body); err == nil {
		return small
	}
	return body
}

func (a *assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:6])
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "-" + hash + ext
	asset := Asset{Body: body, Type: types[ext], ETag: `"` + hash + `"`}
	if asset.Type == "" {
		asset.Type = "application/octet-stream"
	}
	if z := compress(body); len(z) < len(body)*9/10 {
		asset.Gzip = z
	}
	a.byName[name], a.byPath[hashed] = hashed, asset
}

var types = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".txt": "text/plain; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".ico": "image/x-icon",
}

func compress(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // fails only for a bad level
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}

// URL gives an asset's address below the base path: URL("desk.css") is
// "/static/desk-<hash>.css". An unknown name gives its plain path, which is
// answered with 404.
func URL(name string) string {
	if hashed, ok := load().byName[name]; ok {
		return Prefix + hashed
	}
	return Prefix + name
}

// Open finds an asset by its address below Prefix. Only the current hash is
// found: an old page asks in vain and loads itself again.
func Open(name string) (Asset, bool) {
	a, ok := load().byPath[name]
	return a, ok
}
