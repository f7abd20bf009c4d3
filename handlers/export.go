package handlers

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// maxExport is how many threads one export holds. Whoever needs more narrows
// the days.
const maxExport = 1000

// exportPage is how many threads are asked for at once.
const exportPage = 100

// rule stands between the conversations of an export.
const rule = "\n----------------------------------------\n\n"

// export writes one thread, or all that a search finds, as plain text.
func (s *Server) export(c echo.Context) error {
	q := c.QueryParams()
	switch q.Get("format") {
	case "", "txt":
	default:
		return badRequest("Conversations are exported as plain text: format=txt.")
	}
	d, ctx := visitIn(c).desk, c.Request().Context()
	in, err := d.Inbox(ctx, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	x := &exporter{c: c, env: s.env(c, in.Me), in: in}
	if q.Has("chat") || q.Has("thread") {
		if !validID(q.Get("chat")) || !validID(q.Get("thread")) {
			return badRequest("Name both the chat and its thread.")
		}
		thread, err := d.Thread(ctx, q.Get("chat"), q.Get("thread"))
		if err != nil {
			return err
		}
		x.begin("conversation-" + thread.Thread.ID + ".txt")
		return x.thread(thread)
	}
	query, mistake := s.archiveQuery(q)
	if mistake != nil {
		return mistake
	}
	query.Limit = exportPage
	return x.search(func() (desk.ArchivePage, error) {
		found, err := d.Archives(ctx, query)
		query.Page = found.Next
		for i := range found.Threads {
			if t := &found.Threads[i]; found.Latest && err == nil {
				*t, err = d.Thread(ctx, t.ChatID, t.Thread.ID)
			}
		}
		return found, err
	})
}

// exporter writes conversations as they are read. Nothing is held back, so an
// export of any size costs one page of memory.
type exporter struct {
	c     echo.Context
	env   views.Env
	in    desk.Inbox
	count int
	begun bool
}

func (x *exporter) begin(name string) {
	h := x.c.Response().Header()
	h.Set(echo.HeaderContentType, "text/plain; charset=utf-8")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+fileName(name)+`"`)
	h.Set("Cache-Control", "no-store")
	x.c.Response().WriteHeader(http.StatusOK)
	x.begun = true
}

// fileName keeps of a name what every system takes.
func fileName(name string) string {
	out := []byte(name)
	for i, b := range out {
		if !(b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '.' || b == '-' || b == '_') {
			out[i] = '_'
		}
	}
	return string(out)
}

func (x *exporter) thread(t desk.ArchivedThread) error {
	if x.count > 0 {
		if _, err := x.c.Response().Write([]byte(rule)); err != nil {
			return err
		}
	}
	x.count++
	return views.WriteTranscript(x.c.Response(), x.env, t, x.in.Agents, x.in.Me)
}

// search writes page after page. After the first byte a mistake can only be
// told in the text itself.
func (x *exporter) search(next func() (desk.ArchivePage, error)) error {
	for {
		found, err := next()
		if err != nil && !x.begun {
			return err
		}
		if err != nil {
			text, args := desk.SentenceOf(err)
			_, err = fmt.Fprintf(x.c.Response(), "%s%s\n", rule, x.env.T("This export is not complete: %s", x.env.T(text, args...)))
			return err
		}
		if !x.begun {
			x.begin("conversations.txt")
		}
		for i, t := range found.Threads {
			if x.count == maxExport {
				left := len(found.Threads) - i
				text := x.env.N(left, "This export ends after %[2]d conversations; at least %[1]d more was found. Narrow the days to get it.", "This export ends after %[2]d conversations; at least %[1]d more were found. Narrow the days to get them.", maxExport)
				_, err := fmt.Fprintf(x.c.Response(), "%s%s\n", rule, text)
				return err
			}
			if err := x.thread(t); err != nil {
				return err
			}
		}
		if found.Next == "" {
			if x.count == 0 {
				_, err = fmt.Fprintln(x.c.Response(), x.env.T("No conversation was found."))
			}
			return err
		}
		x.c.Response().Flush()
	}
}
