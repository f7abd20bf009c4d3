package views

import (
	"context"
	"io"
	"strconv"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
)

// markup is HTML being written by hand, for what the stream draws on every
// message: templ takes four times as long there (docs/adr/0007). Two methods
// add to it: raw takes literals of this package, text takes everything else and
// escapes it, for text and for attribute values in double quotes alike. Line
// breaks become references, so that markup stays on one line.
type markup struct{ b []byte }

func (m *markup) raw(literals ...string) {
	for _, s := range literals {
		m.b = append(m.b, s...)
	}
}

func (m *markup) text(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		var ref string
		switch s[i] {
		case '&':
			ref = "&amp;"
		case '<':
			ref = "&lt;"
		case '>':
			ref = "&gt;"
		case '"':
			ref = "&#34;"
		case '\'':
			ref = "&#39;"
		case '\n':
			ref = "&#10;"
		case '\r':
			ref = "&#13;"
		case 0:
			ref = "\ufffd"
		default:
			continue
		}
		m.b = append(append(m.b, s[from:i]...), ref...)
		from = i + 1
	}
	m.b = append(m.b, s[from:]...)
}

// bdi adds a name, kept from turning around what stands beside it.
func (m *markup) bdi(parts ...string) {
	m.raw(`<bdi>`)
	for _, s := range parts {
		m.text(s)
	}
	m.raw(`</bdi>`)
}

// attr adds an attribute, whose name is a literal.
func (m *markup) attr(attribute, value string) {
	m.raw(" ", attribute, `="`)
	m.text(value)
	m.b = append(m.b, '"')
}

func (m *markup) int(n int64) { m.b = strconv.AppendInt(m.b, n, 10) }

// micros adds a time for sorting: microseconds, sixteen digits.
func (m *markup) micros(t time.Time) {
	n := max(0, t.UnixMicro())
	for limit := int64(1e15); limit > n && limit > 1; limit /= 10 {
		m.b = append(m.b, '0')
	}
	m.int(n)
}

// Write lets components of templ draw into the markup, on the same line.
func (m *markup) Write(p []byte) (int, error) {
	from := 0
	for i, c := range p {
		switch c {
		case '\n':
			m.b = append(append(m.b, p[from:i]...), "&#10;"...)
			from = i + 1
		case '\r':
			m.b = append(append(m.b, p[from:i]...), "&#13;"...)
			from = i + 1
		}
	}
	m.b = append(m.b, p[from:]...)
	return len(p), nil
}

// component draws with templ. Writing into memory does not fail.
func (m *markup) component(c templ.Component) { _ = c.Render(context.Background(), m) }

var markups = sync.Pool{New: func() any { return &markup{b: make([]byte, 0, 4<<10)} }}

// drawn writes in one piece what draw makes.
func drawn(w io.Writer, draw func(m *markup)) error {
	m := markups.Get().(*markup)
	m.b = m.b[:0]
	draw(m)
	_, err := w.Write(m.b)
	if cap(m.b) <= 64<<10 {
		markups.Put(m)
	}
	return err
}

// byHand makes a component of hand-written markup.
func byHand(draw func(m *markup)) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { return drawn(w, draw) })
}

// path adds Path's result without making a string of it.
func (m *markup) path(e Env, segments ...string) {
	m.text(e.Base)
	for _, s := range segments {
		m.b = append(m.b, '/')
		m.text(pathEscape(s))
	}
}

// when adds a time that scripts redraw in the browser's zone.
func (m *markup) when(e Env, form string, t time.Time) {
	m.raw(`<time datetime="`)
	m.b = t.UTC().AppendFormat(m.b, "2006-01-02T15:04:05Z")
	m.raw(`" data-f="`, form, `">`)
	if form == "clock" {
		m.b = e.appendClock(m.b, t)
	} else {
		m.text(e.form(form, t))
	}
	m.raw(`</time>`)
}

// since adds a running waiting time.
func (m *markup) since(e Env, t time.Time) {
	m.raw(`<time data-since="`)
	m.int(t.Unix())
	m.raw(`">`, e.waited(t), `</time>`)
}

// face adds a round picture of letters, with presence by shape and colour. The
// picture of an address lies over them, so that they show where it does not come.
func (m *markup) face(name, id, presence, picture string) {
	m.raw(`<span class="av" data-h="`)
	m.int(int64(hue(id)))
	m.b = append(m.b, '"')
	if presence != "" {
		m.attr("data-on", presence)
	}
	m.raw(` aria-hidden="true">`)
	m.initials(name)
	if picture != "" {
		if src := SafeImage(picture); src != "" {
			m.raw(`<img`)
			m.attr("src", src)
			m.raw(` alt="" loading="lazy" decoding="async">`)
		}
	}
	m.raw(`</span>`)
}

// initials adds one or two letters of a name.
func (m *markup) initials(name string) {
	n, start := 0, true
	for _, r := range name {
		switch {
		case r == '@' && n > 0:
			return
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r > 0x2600:
			if start && n < 2 {
				m.b = utf8.AppendRune(m.b, unicode.ToUpper(r))
				n++
			}
			start = false
		case unicode.IsSpace(r) || r == '-' || r == '.':
			start = true
		}
	}
	if n == 0 {
		m.b = append(m.b, '?')
	}
}
