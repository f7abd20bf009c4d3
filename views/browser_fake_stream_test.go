package views

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// events is the stream of a fake desk.
func (f *fakeDesk) events(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	status, resume, seq, missed := f.head, f.resume, f.seq, ""
	ch := make(chan string, 64)
	if r.Method == http.MethodGet && status == http.StatusOK {
		f.tabs[ch] = true
		if resume {
			missed = strings.Join(f.missed, "")
		}
		f.missed = nil
	}
	f.mu.Unlock()
	if status != http.StatusOK || r.Method == http.MethodHead {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = fmt.Fprintf(w, "id: 7.%d\nevent: hello\ndata: {\"epoch\":\"7\",\"resumed\":%v}\n\n%s", seq, resume, missed)
	w.(http.Flusher).Flush()
	for {
		select {
		case s, ok := <-ch:
			if !ok {
				return
			}
			_, _ = io.WriteString(w, s)
			w.(http.Flusher).Flush()
		case <-r.Context().Done():
			f.mu.Lock()
			delete(f.tabs, ch)
			f.mu.Unlock()
			return
		}
	}
}

// push sends a patch to all tabs.
func (f *fakeDesk) push(t *testing.T, draw func(w io.Writer) error) { t.Helper(); f.send(t, 1, draw) }

// flash sends a patch that is not kept and takes no number.
func (f *fakeDesk) flash(t *testing.T, draw func(w io.Writer) error) { t.Helper(); f.send(t, 0, draw) }

func (f *fakeDesk) send(t *testing.T, step int, draw func(w io.Writer) error) {
	t.Helper()
	var b bytes.Buffer
	if err := draw(&b); err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seq += step
	patch := fmt.Sprintf("id: 7.%d\nevent: patch\ndata: %s\n\n", f.seq, b.String())
	if len(f.tabs) == 0 {
		f.missed = append(f.missed, patch)
	}
	for ch := range f.tabs {
		ch <- patch
	}
}

func (f *fakeDesk) bye(reason string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for ch := range f.tabs {
		ch <- "event: bye\ndata: " + reason + "\n\n"
	}
}

// cut ends all streams.
func (f *fakeDesk) cut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for ch := range f.tabs {
		close(ch)
		delete(f.tabs, ch)
	}
}
