package relay

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// recorder is a connection in memory. Like a real one it is written to by the
// handler alone but may be read by the test meanwhile.
type recorder struct {
	mu  sync.Mutex
	h   http.Header
	buf bytes.Buffer
}

func newRecorder() *recorder { return &recorder{h: http.Header{}} }

func (r *recorder) Header() http.Header { return r.h }
func (r *recorder) WriteHeader(int)     {}
func (r *recorder) FlushError() error   { return nil }
func (r *recorder) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.buf.Write(b)
}

func (r *recorder) heard() (all []heard) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = scan(strings.NewReader(r.buf.String()), func(e heard) { all = append(all, e) })
	return all
}

func request(t testing.TB, ctx context.Context) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// dechunk copies the body of a raw HTTP/1.1 response.
func dechunk(w io.Writer, r io.Reader) error {
	resp, err := http.ReadResponse(bufio.NewReader(r), nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(w, resp.Body)
	return err
}
