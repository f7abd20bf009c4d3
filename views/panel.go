package views

import (
	"strings"
	"time"

	"agentdesk/desk"
)

// known is what is known of the customer, never nil.
func (c ChatPane) known() *desk.Customer {
	if k := c.customer().Customer; k != nil {
		return k
	}
	return &desk.Customer{}
}

// alone reports whether the panel is a customer's own page.
func (c ChatPane) alone() bool { return c.id() != "" && c.id() == c.customer().ID }

// unfolded reports whether a card begins open.
func (c ChatPane) unfolded(name string, open bool) bool {
	return open || c.alone() && name != "editCustomer" && name != "sessionEdit"
}

// about is the address of what is asked about the customer.
func (c ChatPane) about(e Env, more ...string) string {
	return e.Path(append([]string{"customers", c.customer().ID}, more...)...)
}

func (c ChatPane) online() bool { return c.known().Online || c.customer().Present }

// hereNow says in a word whether the customer is on the site.
func (c ChatPane) hereNow(e Env) string {
	if c.online() {
		return e.T("now")
	}
	return ""
}

// opened is when the page that is open now was opened.
func (c ChatPane) opened() (at time.Time) {
	if pages := c.visit().Pages; len(pages) > 0 {
		at = pages[len(pages)-1].At
	}
	return at
}

// passed are the opened pages without the one that is open now, newest first.
func (c ChatPane) passed() []desk.Page {
	pages := c.pages()
	if c.online() && len(pages) > 0 {
		return pages[1:]
	}
	return pages
}

// stayed is how long a visit lasted that is over.
func (e Env) stayed(v desk.Visit) string {
	if v.StartedAt.IsZero() || v.EndedAt.Before(v.StartedAt) {
		return ""
	}
	e.Now = v.EndedAt
	return e.waited(v.StartedAt)
}

// fieldsOf collects fields that have a value.
type fieldsOf []desk.Field

func (f *fieldsOf) add(name, value string) {
	if value != "" {
		*f = append(*f, desk.Field{Name: name, Value: value})
	}
}

// facts are what is known of the customer, in a fixed order.
func (c ChatPane) facts(e Env) []desk.Field {
	var out fieldsOf
	k := c.known()
	out.add(e.T("E-mail"), label(c.customer().Email))
	out.add(e.T("Telephone"), label(k.Phone))
	if !k.CreatedAt.IsZero() {
		out.add(e.T("Known since"), e.form("date", k.CreatedAt))
	}
	if len(out) == 0 {
		out.add(e.T("Known"), e.T("nothing but the conversation"))
	}
	return out
}

func (c ChatPane) address(e Env) []desk.Field {
	var out fieldsOf
	p := c.known().Postal
	out.add(e.T("Street"), label(p.Street))
	out.add(e.T("City"), strings.TrimSpace(label(p.Code)+" "+label(p.City)))
	out.add(e.T("Region"), label(p.State))
	out.add(e.T("Country"), label(p.Country))
	out.add(e.T("IP address"), label(c.visit().IP))
	return out
}

// whence is where a visit comes from, in one line.
func (e Env) whence(v desk.Visit) string {
	return e.listed(filled(label(v.City), label(v.Country)))
}

func (c ChatPane) location(e Env) []desk.Field {
	var out fieldsOf
	v := c.visit()
	out.add(e.T("Country"), label(v.Country))
	out.add(e.T("Region"), label(v.Region))
	out.add(e.T("City"), label(v.City))
	out.add(e.T("Time zone"), strings.ReplaceAll(label(v.Timezone), "_", " "))
	return out
}

// clockIn is the time of day in a zone, "" where the zone is not known.
func (e Env) clockIn(zone string) string {
	if zone == "" || zone == "Local" {
		return ""
	}
	at, err := time.LoadLocation(zone)
	if err != nil {
		return ""
	}
	return e.clock(e.now().In(at))
}

// technology puts a user agent into words; one that is not plain stands as it is.
func (e Env) technology(ua string) []desk.Field {
	var out fieldsOf
	out.add(e.T("Browser"), browserOf(ua))
	out.add(e.T("System"), systemOf(ua))
	out.add(e.T("Device"), e.machine(ua))
	if len(out) == 0 {
		out.add(e.T("Browser"), device(ua))
	}
	return out
}

// machine says what kind of device a user agent runs on, "" where it does not
// tell.
func (e Env) machine(ua string) string {
	switch system := systemOf(ua); {
	case system == "iPad", system == "Android" && !strings.Contains(ua, "Mobile"):
		return e.T("Tablet")
	case system == "iPhone", system == "Android":
		return e.T("Telephone #device")
	case system != "":
		return e.T("Computer")
	}
	return ""
}

func (c ChatPane) statistics(e Env) []desk.Field {
	var out fieldsOf
	k := c.known()
	for _, n := range [...]struct {
		name string
		n    int
	}{{e.T("Visits"), k.Visits}, {e.T("Pages opened"), k.PageViews}, {e.T("Chats"), k.Chats}, {e.T("Conversations"), k.Threads}} {
		if n.n > 0 {
			out.add(n.name, e.Words.Number(n.n))
		}
	}
	return out
}

// FilesOf are the events of a thread that are files which can be had; never nil.
func FilesOf(events []desk.Event) []desk.Event {
	out := []desk.Event{}
	for i := range events {
		if hasFile(&events[i]) {
			out = append(out, events[i])
		}
	}
	return out
}

func hasFile(ev *desk.Event) bool { return ev.Kind == desk.KindFile && ev.File != nil && !ev.Deleted }

func (c ChatPane) historyURL(e Env, part string) string {
	return e.Path("chats", c.id(), "history") + "#" + part
}
