package views

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/static"
)

// strictCSP is the policy that the pages must work under.
const strictCSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /csp"

// fakeDesk answers as the dashboard does, from state that a test changes.
type fakeDesk struct {
	*httptest.Server
	mu      sync.Mutex
	inbox   desk.Inbox
	panes   map[string]*ChatPane
	posts   []string
	gets    []string
	csp     []string
	answer  int // status of POSTs
	head    int // status of HEAD /events, and of GET where it is not 200
	tabs    map[chan string]bool
	seq     int
	resume  bool
	missed  []string // patches that no tab got; a line that resumes gets them
	behind  int      // how many events pages are older than the stream
	waiting int      // chats that pages say are waiting
	chosen  desk.Preferences
	workers bool // the script of the worker is to be had
	failing bool // pages are answered with 503
	failed  int
	answers func(w http.ResponseWriter, r *http.Request) bool // pages that a test draws itself
	prefs   string                                            // how the agent sends: see desk.Preferences
	hold    chan struct{}                                     // POSTs of files wait for it
	canned  string                                            // JSON in place of cannedJSON
	keeps   bool                                              // lists that a script has are left out, as the dashboard does
	left    []bool                                            // of each page of the inbox, whether they were
}

func newFakeDesk(t *testing.T) *fakeDesk {
	f := &fakeDesk{inbox: sampleInbox(), panes: map[string]*ChatPane{}, answer: http.StatusNoContent, head: http.StatusOK, tabs: map[chan string]bool{}, seq: 42, resume: true, workers: true}
	for _, r := range sampleRows() {
		p := samplePane()
		p.View.Chat.ID, p.View.Row = r.ChatID, r
		p.View.Member = r.List == desk.Mine
		if r.ChatID != "JONAS" {
			p.View.Chat.Users = []desk.Person{r.Customer}
			p.View.Chat.Thread.Events = []desk.Event{message("F"+r.ChatID, r.Customer.ID, "First words of "+r.ChatID, r.At)}
			p.View.Total, p.View.Peek = 1, ""
		}
		f.panes[r.ChatID] = p
	}
	f.Server = httptest.NewServer(f)
	t.Cleanup(func() { f.cut(); f.CloseClientConnections(); f.Close() })
	return f
}

func (f *fakeDesk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", strictCSP)
	switch {
	case strings.HasPrefix(r.URL.Path, static.Prefix):
		a, ok := static.Open(strings.TrimPrefix(r.URL.Path, static.Prefix))
		if !ok || !f.workers && strings.Contains(r.URL.Path, "worker") {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", a.Type)
		_, _ = w.Write(a.Body)
	case r.URL.Path == "/csp":
		body, _ := io.ReadAll(r.Body)
		f.mu.Lock()
		f.csp = append(f.csp, string(body))
		f.mu.Unlock()
	case r.URL.Path == "/events":
		f.events(w, r)
	case r.URL.Path == "/palette":
		f.palette(w, r)
	case r.URL.Path == "/login":
		_ = Login(LoginPage{Passwords: true, Next: r.URL.Query().Get("next")}).Render(r.Context(), w)
	case r.Method == http.MethodPost:
		f.post(w, r)
	default:
		f.page(w, r)
	}
}

func (f *fakeDesk) post(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseMultipartForm(1 << 20)
	f.mu.Lock()
	hold := f.hold
	f.mu.Unlock()
	if hold != nil && r.MultipartForm != nil && len(r.MultipartForm.File) > 0 {
		select {
		case <-hold:
		case <-r.Context().Done():
			return
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	v := r.Form
	line := r.URL.Path + " " + v.Encode()
	if r.MultipartForm != nil {
		for _, h := range r.MultipartForm.File["file"] {
			line += " file=" + h.Filename
		}
	}
	f.posts = append(f.posts, line)
	if f.answer == lineCut {
		panic(http.ErrAbortHandler)
	}
	if f.answer >= 300 {
		http.Error(w, "Said by the server.", f.answer)
		return
	}
	if r.URL.Path == "/chats/bulk" {
		f.bulk(w, v)
		return
	}
	f.does(r.URL.Path, v)
	w.WriteHeader(f.answer)
}

func (f *fakeDesk) page(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gets = append(f.gets, r.URL.RequestURI())
	if f.answers != nil && f.answers(w, r) {
		return
	}
	if f.failing {
		f.failed++
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if strings.HasSuffix(r.URL.Path, "/canned") {
		f.giveCanned(w)
		return
	}
	p := page("Chats", NavChats)
	p.Base, p.Position = "", fmt.Sprintf("7.%d", f.seq-f.behind)
	p.Waiting, p.Me.Preferences, p.Lasts = f.waiting, f.chosen, 8*time.Hour
	p.Me.Preferences.Send = f.prefs
	in := InboxPage{Page: p, Inbox: f.inbox}
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(parts) > 1 {
		in.Chat = f.panes[parts[1]]
		in.Missing = in.Chat == nil
	}
	in.Select, in.Views = r.URL.Query().Get("select") == "1", sampleViews
	if g := r.URL.Query().Get("unread"); g != "" {
		in.Inbox.Filter.Unread = true
	}
	var b bytes.Buffer
	if len(parts) == 3 && parts[2] == "transfer" {
		tp := sampleTransfer()
		tp.Base = ""
		_ = TransferForm(tp).Render(r.Context(), &b)
	} else {
		in.Kept = f.keeps && r.Header.Get("X-Keep") == "lists"
		f.left = append(f.left, in.Kept)
		_ = Inbox(in).Render(r.Context(), &b)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes())
}

func (f *fakeDesk) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

// posted returns the fields of the POSTs to a path so far.
func (f *fakeDesk) posted(path string) (out []url.Values) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.posts {
		got, query, _ := strings.Cut(p, " ")
		if got == path {
			v, _ := url.ParseQuery(query)
			out = append(out, v)
		}
	}
	return out
}

func (f *fakeDesk) got(path string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Contains(f.gets, path)
}
