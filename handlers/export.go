package handlers

import (
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

// export writes one conversation, or all that a search finds, as a file.
func (s *Server) export(c echo.Context) error {
	q := c.QueryParams()
	format, ok := views.FindExportFormat(q.Get("format"))
	if !ok {
		return badRequest("Conversations are exported as txt, html, csv or json.")
	}
	d, ctx := visitIn(c).desk, c.Request().Context()
	in, err := d.Inbox(ctx, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	x := &exporter{c: c, format: format, options: views.ExportOptions{Env: s.env(c, in.Me), Agents: in.Agents, Me: in.Me, Notes: true, System: true}}
	for _, part := range q["leave"] {
		switch part {
		case "notes":
			x.options.Notes = false
		case "system":
			x.options.System = false
		default:
			return badRequest("What can be left out of an export are notes and system.")
		}
	}
	if q.Has("chat") || q.Has("thread") {
		if !validID(q.Get("chat")) || !validID(q.Get("thread")) {
			return badRequest("Name both the chat and its thread.")
		}
		thread, err := d.Thread(ctx, q.Get("chat"), q.Get("thread"))
		if err != nil {
			return err
		}
		x.begin("conversation-" + thread.Thread.ID)
		if err := x.file.Thread(thread); err != nil {
			return err
		}
		return x.file.End("")
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

// exporter answers with a file that is written as conversations are read.
type exporter struct {
	c       echo.Context
	format  views.ExportFormat
	options views.ExportOptions
	file    views.Exporter // nil before the first byte
	count   int
}

// begin sends the head. name is without an extension.
func (x *exporter) begin(name string) {
	attach(x.c, name+"."+x.format.Name)
	x.c.Response().Header().Set(echo.HeaderContentType, x.format.Type)
	x.c.Response().WriteHeader(http.StatusOK)
	x.file = x.format.Open(x.c.Response(), x.options)
}

// attach makes the answer a file, which is kept by nobody on the way.
func attach(c echo.Context, name string) {
	h := c.Response().Header()
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+fileName(name)+`"`)
	h.Set("Cache-Control", "no-store")
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

// search writes page after page. After the first byte a mistake can only be
// told in the file itself.
func (x *exporter) search(next func() (desk.ArchivePage, error)) error {
	e := x.options.Env
	for {
		found, err := next()
		if err != nil && x.file == nil {
			return err
		}
		if err != nil {
			text, args := desk.SentenceOf(err)
			return x.file.End(e.T("This export is not complete: %s", e.T(text, args...)))
		}
		if x.file == nil {
			x.begin("conversations")
		}
		for i, t := range found.Threads {
			if x.count == maxExport {
				left := len(found.Threads) - i
				return x.file.End(e.N(left, "This export ends after %[2]d conversations; at least %[1]d more was found. Narrow the days to get it.", "This export ends after %[2]d conversations; at least %[1]d more were found. Narrow the days to get them.", maxExport))
			}
			x.count++
			if err := x.file.Thread(t); err != nil {
				return err
			}
		}
		if found.Next == "" {
			return x.file.End("")
		}
		x.c.Response().Flush()
	}
}
