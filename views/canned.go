package views

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"agentdesk/desk"
)

// CannedPage is where canned responses are kept.
type CannedPage struct {
	Page
	Groups []desk.Group
	List   []desk.CannedResponse // all that the agent may see
	Edit   desk.CannedResponse   // what stands in the form; no ID: a new one
	Query  string
	From   int // the first one shown
	Added  int // how many an import has just added
	Error  string
	Wrong  []string // what is wrong with lines of an imported file
}

// ChoicePage lets a browser without scripts choose a canned response for a chat.
// Texts have their placeholders filled in.
type ChoicePage struct {
	Page
	ChatID   string
	List     []desk.CannedResponse
	Query    string
	CustomID string
}

// Chosen is a file of a canned response as the composer's script gets it.
type Chosen struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Size int64  `json:"size"`
}

// cannedRows is how many responses one page shows.
const cannedRows = 50

// Date is a day as the agent reads it.
func (e Env) Date(t time.Time) string { return e.date(longDate, e.in(t), false) }

// Clock is a time of the day as the agent reads it.
func (e Env) Clock(t time.Time) string { return e.clock(e.in(t)) }

// cannedFound are the responses with some words in them.
func cannedFound(list []desk.CannedResponse, query string) []desk.CannedResponse {
	query = strings.ToLower(strings.TrimLeft(strings.TrimSpace(query), "#/"))
	if query == "" {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(r desk.CannedResponse) bool {
		return !strings.Contains(strings.Join(r.Words, " "), query) && !strings.Contains(strings.ToLower(r.Text), query)
	})
}

// shown are the responses of this page, and where the next page begins; 0: this
// is the last.
func (p CannedPage) shown() (list []desk.CannedResponse, next int) {
	list = cannedFound(p.List, p.Query)
	from := min(max(p.From, 0), len(list))
	if list = list[from:]; len(list) > cannedRows {
		return list[:cannedRows], from + cannedRows
	}
	return list, 0
}

func (p CannedPage) rest() []desk.CannedResponse { list, _ := p.shown(); return list }

func (p CannedPage) next() string {
	_, next := p.shown()
	if next == 0 {
		return ""
	}
	return p.Path("canned") + "?q=" + queryEscape(p.Query) + "&from=" + strconv.Itoa(next)
}

// mayChange reports whether the agent may change a response.
func (p CannedPage) mayChange(r desk.CannedResponse) bool {
	return r.Owner == p.Me.ID || p.Me.Administrator()
}

// whose says whose a response is.
func (p CannedPage) whose(r desk.CannedResponse) string {
	switch {
	case r.Private():
		return p.T("Only you")
	case r.Group == desk.EveryGroup:
		return p.T("Everybody")
	}
	return p.groupName(p.Groups, r.Group)
}

// forValue is the value of the form's field that says whose a response is.
func forValue(r desk.CannedResponse) string {
	switch {
	case r.ID == "" && r.Text == "" || r.Private():
		return "me"
	case r.Group == desk.EveryGroup:
		return "all"
	}
	return strconv.Itoa(r.Group)
}

// hashed are the words of a response for reading.
func hashed(words []string) string { return label(typed(words)) }

// typed are the words as they are written into a field, whole.
func typed(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "#" + strings.Join(words, " #")
}

// placeholders names what is filled in.
func placeholders() string { return "%" + strings.Join(desk.Placeholders, "% %") + "%" }
