package handlers

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
)

// Limits of what forms may hold, in bytes. Ids of the API are far shorter.
const (
	maxID    = 256
	maxLabel = 500
	maxText  = 16 << 10 // Agent Chat API v3.6, send_event: a message's text
)

// customIDs are what forms mint and the desk takes.
var customIDs = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// form is a posted form that remembers its first mistake.
type form struct {
	values url.Values
	err    error
}

// postForm reads a posted form's body. Values of the address are not part of it.
func postForm(c echo.Context) (*form, error) {
	r := c.Request()
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	switch strings.TrimSpace(kind) {
	case "application/x-www-form-urlencoded", "":
		if err := r.ParseForm(); err != nil {
			return nil, readError(err)
		}
	case "multipart/form-data":
		// One memory limit and no more: a small form has no business with files.
		if r.MultipartForm != nil {
			break // read before, for the same request
		}
		end, border := watchEnding(r)
		if err := r.ParseMultipartForm(maxSmallForm); err != nil {
			return nil, readError(err)
		}
		if err := end.whole(border); err != nil {
			return nil, readError(err) // nothing of a form cut short is done
		}
	default:
		return nil, echo.NewHTTPError(http.StatusUnsupportedMediaType)
	}
	return &form{values: r.PostForm}, nil
}

// readError keeps the cause, so that a body over the limit is told from one
// that is broken.
func readError(err error) error {
	return echo.NewHTTPError(http.StatusBadRequest, sentences[http.StatusBadRequest]).SetInternal(err)
}

// wrong notes a mistake.
func (f *form) wrong(field, text string, args ...any) {
	if f.err == nil {
		f.err = &desk.Error{Code: desk.Invalid, Text: text, Args: args, Field: field}
	}
}

// text reads a field that is shown to people; it may be empty.
func (f *form) text(field string, limit int) string {
	v := f.values.Get(field)
	switch {
	case !utf8.ValidString(v) || strings.ContainsRune(v, 0):
		f.wrong(field, "This holds characters that cannot be sent.")
	case len(v) > limit:
		f.wrong(field, "This is too long: at most %d characters.", limit)
	default:
		return v
	}
	return ""
}

// id reads a field that names something. Whether it exists, and whether this
// agent may see it, is for the desk to say.
func (f *form) id(field, missing string) string {
	v := strings.TrimSpace(f.values.Get(field))
	if !validID(v) {
		f.wrong(field, missing)
		return ""
	}
	return v
}

func validID(v string) bool {
	return v != "" && len(v) <= maxID && utf8.ValidString(v) && !strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// number reads a whole number within bounds.
func (f *form) number(field string, low, high int, text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(f.values.Get(field)))
	if err != nil || n < low || n > high {
		f.wrong(field, text)
		return 0
	}
	return n
}

// choice reads a field that holds one of a few words; the first is taken where
// the field is missing.
func (f *form) choice(field string, words ...string) string {
	v := f.values.Get(field)
	switch {
	case v == "":
		return words[0]
	case !slices.Contains(words, v):
		f.wrong(field, "Choose one of what is offered.")
		return words[0]
	}
	return v
}

// agentsOnly reads the field visibility.
func (f *form) agentsOnly() bool { return f.choice("visibility", "all", "agents") == "agents" }

// customID reads the id that makes a send happen once; it is minted with the
// form.
func (f *form) customID() string {
	v := f.values.Get("custom_id")
	if !customIDs.MatchString(v) {
		f.wrong("custom_id", "This form is not complete. Load the page again.")
		return ""
	}
	return v
}

// micros reads a moment in microseconds since 1970.
func (f *form) micros(field string) time.Time {
	n, err := strconv.ParseInt(f.values.Get(field), 10, 64)
	if err != nil || n <= 0 {
		f.wrong(field, "This is not a moment.")
		return time.Time{}
	}
	return time.UnixMicro(n)
}

// filterOf reads the narrowing of the lists from an address.
func filterOf(q url.Values) (desk.Filter, error) {
	f := desk.Filter{List: desk.List(q.Get("list")), Agent: q.Get("agent"), Tag: q.Get("tag"), After: q.Get("after")}
	if f.List != "" && f.List != desk.All && !slices.Contains(desk.Lists[:], f.List) {
		return f, badRequest("There is no such list.")
	}
	if v := q.Get("group"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 {
			return f, badRequest("There is no such group.")
		}
		f.Group = n
	}
	switch v := q.Get("active"); v {
	case "":
	case "yes", "no":
		yes := v == "yes"
		f.Active = &yes
	default:
		return f, badRequest("Open chats are active=yes, closed ones active=no.")
	}
	for name, is := range map[string]*bool{"unread": &f.Unread, "unanswered": &f.Unanswered} {
		switch q.Get(name) {
		case "", "0":
		case "1":
			*is = true
		default:
			return f, badRequest("Unread chats are unread=1, unanswered ones unanswered=1.")
		}
	}
	if f.Sort = desk.Order(q.Get("sort")); f.Sort != "" && f.Sort != desk.Newest && f.Sort != desk.Longest {
		return f, badRequest("The newest first is sort=newest, who waits longest sort=waiting.")
	}
	if v := q.Get("property"); v != "" {
		var ok bool
		if f.Property, ok = desk.ParseProperty(v); !ok || len(v) > maxLabel || !validID(v) {
			return f, badRequest("A property is namespace.name=value.")
		}
	}
	for _, v := range []string{f.Agent, f.Tag, f.After} {
		if v != "" && !validID(v) {
			return f, badRequest("This filter cannot be understood.")
		}
	}
	return f, nil
}

// line reads a field of one line.
func (f *form) line(field string) string {
	v := strings.TrimSpace(f.text(field, maxLabel))
	if strings.ContainsAny(v, "\r\n") {
		f.wrong(field, "This has to be one line.")
		return ""
	}
	return v
}

// param reads an id from the path. One that cannot be is not found.
func param(c echo.Context, name string) (string, error) {
	v := c.Param(name)
	if c.Request().URL.RawPath != "" { // echo gives the parts as they came
		plain, err := url.PathUnescape(v)
		if err != nil {
			return "", echo.ErrNotFound
		}
		v = plain
	}
	if !validID(v) {
		return "", echo.ErrNotFound
	}
	return v, nil
}
