package views

import (
	"net/url"
	"strings"
	"time"

	"agentdesk/desk"
	"agentdesk/static"
	"agentdesk/words"
)

// Env is what every component needs to know besides its data.
type Env struct {
	Base string         // base path without a slash at its end: "" or "/desk"
	MeID string         // the agent who looks: whose messages are "You"
	Zone *time.Location // of printed times; nil is UTC. Scripts redraw them in the browser's
	Now  time.Time      // when the page is drawn; zero is now

	Words  *words.Language // nil is English
	Hour12 bool            // times of day have twelve hours
	Limits desk.WaitLimits // from when on a wait is marked
}

// Path joins a path below the base, escaping each segment: Path("chats", id).
func (e Env) Path(segments ...string) string {
	var b strings.Builder
	b.WriteString(e.Base)
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(s))
	}
	if b.Len() == 0 {
		return "/"
	}
	return b.String()
}

// T is a text of the catalogue in the page's language; see words.Language.T.
func (e Env) T(text string, args ...any) string { return e.Words.T(text, args...) }

// N is a text about n things; see words.Language.N.
func (e Env) N(n int, one, many string, args ...any) string { return e.Words.N(n, one, many, args...) }

// script is the script of a page with a class.
func script(class string) string {
	if strings.HasPrefix(class, "inbox") {
		return "desk.js"
	}
	return "side.js"
}

func (e Env) asset(name string) string { return e.Base + static.URL(name) }

func (e Env) now() time.Time {
	if e.Now.IsZero() {
		return time.Now()
	}
	return e.Now
}

func (e Env) in(t time.Time) time.Time {
	if e.Zone == nil {
		return t.UTC()
	}
	return t.In(e.Zone)
}

// Nav is an entry of the rail.
type Nav string

// The places that exist.
const (
	NavNone      Nav = ""
	NavChats     Nav = "chats"
	NavArchives  Nav = "archives"
	NavCustomers Nav = "customers"
	NavTeam      Nav = "team"
	NavReports   Nav = "reports"
	NavSettings  Nav = "settings"
)

// Page is the frame around every page behind the sign-in. Env.MeID is
// Me.ID.
type Page struct {
	Env
	Title      string // without the program's name; "" gives the name alone
	Me         desk.Me
	Connection desk.Connection
	Sending    int           // messages on their way
	Failed     int           // messages that were not sent
	Unread     int           // chats of mine with unread messages
	Waiting    int           // chats that nobody serves
	Active     Nav           // the rail's current entry
	Position   string        // id of the newest stream event this page already shows
	Refresh    int           // seconds after which a browser without scripts loads again; 0 never
	Framed     bool          // shown inside a portal: no mark, thinner rail
	Kept       bool          // lists and pictures are left out, for a script that has them on its page
	Notice     string        // a sentence about what was just done
	Told       desk.Notice   // what a colleague told the team
	Lasts      time.Duration // how long the session lasts without use; 0 tells nothing
}

// title is the text of the tab: the number of chats that want something first.
func (p Page) title() string {
	switch {
	case p.Title == "":
		return "agentdesk"
	case p.Unread > 0:
		return "(" + itoa(p.Unread) + ") " + label(p.Title) + " · agentdesk"
	}
	return label(p.Title) + " · agentdesk"
}

// link is the state marked on body: the upstream's, in the words of the public
// marks.
func link(c desk.Connection) string {
	switch c.State {
	case desk.Online, "":
		return "online"
	case desk.Connecting:
		return "connecting"
	case desk.Reconnecting:
		return "reconnecting"
	}
	return "offline"
}
