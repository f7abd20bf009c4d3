package views

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// around draws its children, mostly a time, where %s stands in a text of the
// catalogue: which side of the words they are on is for the language to say.
func (e Env) around(text string) templ.Component {
	before, after, _ := strings.Cut(e.T(text), "%s")
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		inner := templ.GetChildren(ctx)
		ctx = templ.ClearChildren(ctx)
		return drawn(w, func(m *markup) {
			m.text(before)
			_ = inner.Render(ctx, m)
			m.text(after)
		})
	})
}

// around is the same in markup written by hand.
func (m *markup) around(e Env, text string, inner func()) {
	before, after, _ := strings.Cut(e.T(text), "%s")
	m.text(before)
	inner()
	m.text(after)
}
