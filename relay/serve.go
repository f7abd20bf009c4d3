package relay

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"agentdesk/desk"
)

// Tab says whose stream a request gets. Both names come from the session, never
// from the request.
type Tab struct {
	Topic   string // the agent
	Session string
	// Valid, where set, is asked once after the tab is known to CloseSession.
	// False ends it with SignedOut: it closes the moment between looking up a
	// session and serving it, in which a sign-out would otherwise go unnoticed.
	Valid func() bool
	// Left, where set, is called once when the stream is over. It is not called
	// where Serve gives an error.
	Left func()
}

// Serve is one stream, from hello to bye. The browser's position comes from the
// header Last-Event-ID, else from the query's last. Serve returns at once where
// it can take the connection over from the HTTP server, otherwise when the
// browser leaves, is cut, or the stream is closed; an error means that nothing
// was written yet.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, who Tab) error {
	w = bottom(w)
	tb := &tab{id: rand.Text(), session: who.Session, since: r.Header.Get("Last-Event-ID"), left: who.Left}
	if tb.since == "" {
		tb.since = r.URL.Query().Get("last")
	}
	tb.w = &writer{ResponseWriter: w, rc: http.NewResponseController(w), timeout: h.opt.Write}
	tb.w.more = func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.pump(tb)
	}
	ctx, cancel := context.WithCancel(context.Background())
	tb.w.cancel = cancel
	if !h.join(tb, who.Topic) {
		cancel()
		return desk.Fail(desk.Unavailable, "The dashboard is being restarted.")
	}
	h.tell()
	if who.Valid != nil && !who.Valid() {
		h.mu.Lock()
		h.end(tb, SignedOut)
		h.mu.Unlock()
	}
	// Nobody else touches the writer before the stream is attached.
	if c := takeOver(w, r); c != nil {
		tb.w.conn, tb.w.ResponseWriter, tb.w.rc = c, nil, nil
		go h.run(ctx, tb)
		go c.watch(cancel)
		return nil
	}
	_ = tb.w.rc.SetReadDeadline(time.Time{}) // a server's ReadTimeout would end the stream
	defer context.AfterFunc(r.Context(), cancel)()
	h.run(ctx, tb)
	return nil
}

// run is a stream from its first byte to its last.
func (h *Hub) run(ctx context.Context, tb *tab) {
	defer h.streams.Done()
	defer h.over(tb)
	h.srv.CreateStream(tb.id)
	// The library gets a request of its own: the stream's id is the only thing
	// it may learn, and Last-Event-ID is not for it.
	own := (&http.Request{URL: &url.URL{Path: "/", RawQuery: "stream=" + tb.id}, Header: http.Header{}}).WithContext(ctx)
	h.srv.ServeHTTP(tb.w, own)
}

// over cleans up after a stream, also after one that panicked: nobody else
// would recover where the connection was taken over.
func (h *Hub) over(tb *tab) {
	if p := recover(); p != nil {
		h.opt.Logger.Error("panic", "where", "stream", "err", fmt.Sprint(p))
	}
	tb.w.cancel()
	// ServeHTTP returns only after the stream has let go of its one subscriber,
	// so removing the stream now leaves nothing behind. Earlier it would.
	tb.w.finish()
	h.leave(tb)
	h.srv.RemoveStream(tb.id)
	h.tell()
	if tb.left != nil {
		tb.left()
	}
}

// join makes a tab known.
func (h *Hub) join(tb *tab, name string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.streams.Add(1)
	t := h.topic(name)
	tb.topic = t
	t.tabs = append(t.tabs, tb)
	t.used = time.Now()
	h.tabs[tb.id] = tb
	list := append(h.sessions[tb.session], tb)
	h.sessions[tb.session] = list
	for _, old := range list[:max(0, len(list)-h.opt.MaxTabsPerSession)] {
		h.end(old, Elsewhere)
	}
	h.opt.Metrics.Opened()
	h.changed = append(h.changed, t)
	return true
}

// attach answers a tab and makes it live. The library calls it after it has
// registered the subscriber, so whatever is queued from here on arrives; what
// was published before is in the log.
func (h *Hub) attach(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	tb := h.tabs[id]
	if tb == nil {
		return // gone already
	}
	t := tb.topic
	missed, resumed := t.since(tb.since)
	tb.attached, tb.slack = true, len(missed)
	for _, ev := range missed {
		tb.slackBytes += size(ev)
	}
	h.push(tb, hello(t.epoch, t.seq-uint64(len(missed)), resumed))
	h.opt.Metrics.Answered(resumed)
	if tb.ending != "" {
		h.bye(tb)
		return
	}
	for _, ev := range missed {
		h.push(tb, ev)
	}
	tb.slot = h.slot
	h.slot = (h.slot + 1) % beatSlots
	h.beats[tb.slot][tb] = struct{}{}
}

// leave forgets a tab.
func (h *Hub) leave(tb *tab) {
	h.mu.Lock()
	defer h.mu.Unlock()
	is := func(x *tab) bool { return x == tb }
	t := tb.topic
	t.tabs = slices.DeleteFunc(t.tabs, is)
	if t.used.IsZero() && tb.ending != "" && len(t.tabs) == 0 && h.topics[t.name] == t {
		delete(h.topics, t.name) // closed as a whole
	} else {
		t.used = time.Now()
	}
	delete(h.tabs, tb.id)
	delete(h.beats[tb.slot], tb)
	if list := slices.DeleteFunc(h.sessions[tb.session], is); len(list) > 0 {
		h.sessions[tb.session] = list
	} else {
		delete(h.sessions, tb.session)
	}
	h.opt.Metrics.Closed(tb.ending)
	h.changed = append(h.changed, t)
}
