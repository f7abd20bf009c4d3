package relay

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/r3labs/sse/v2"

	"agentdesk/internal/nonblock"
)

// conn is a browser's connection that was taken over from the HTTP server. An
// open stream needs neither that server's buffers nor the deep stack of the
// request's goroutine, and its events leave in one write each. It speaks
// chunked HTTP/1.1, and the connection ends with the stream.
type conn struct {
	net.Conn
	direct *nonblock.Writer // nil where writing without waiting is not to be had
	head   http.Header      // until it is sent
	buf    *[]byte          // a chunk that is being filled, or nil
}

// sendBuffer is how much of what was sent the kernel may hold for a tab, in bytes
// (Linux doubles it). By itself it would grow to megabytes: so much could a tab
// that stopped reading swallow before anybody notices.
const sendBuffer = 64 << 10

// takeOver gets the connection of a request. nil means that it is not to be
// had (HTTP/1.0, HTTP/2, a test's recorder): the stream then runs in the
// request's own handler.
func takeOver(w http.ResponseWriter, r *http.Request) *conn {
	if r.ProtoMajor != 1 || r.ProtoMinor < 1 || r.ContentLength != 0 {
		return nil
	}
	head := w.Header().Clone()
	plain, rest, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil
	}
	c := &conn{Conn: plain, head: head}
	if rest.Reader.Buffered() > 0 {
		_ = plain.Close() // a second request came along: no browser does that
	}
	_ = plain.SetDeadline(time.Time{})
	if tcp, ok := plain.(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(sendBuffer)
	}
	c.direct = nonblock.NewWriter(plain)
	return c
}

// watch waits until the browser leaves. Whatever it says is a fault: the answer
// has announced that the connection ends with it.
func (c *conn) watch(left context.CancelFunc) {
	var one [1]byte
	_, _ = c.Read(one[:])
	left()
}

// A chunk begins with its length, for which there is room at its front.
const (
	chunkHead = "00000000\r\n"
	chunkTail = "\r\n"
	chunkFull = 32 << 10 // bytes after which a chunk is sent though more follows
	chunkKeep = 64 << 10 // the largest buffer that is kept
)

var chunks = sync.Pool{New: func() any { b := make([]byte, 0, 4<<10); return &b }}

func newChunk() *[]byte {
	b := chunks.Get().(*[]byte)
	*b = append((*b)[:0], chunkHead...)
	return b
}

func dropChunk(b *[]byte) {
	if cap(*b) <= chunkKeep {
		chunks.Put(b)
	}
}

// sealed writes the length and the end of a chunk.
func sealed(b *[]byte) []byte {
	const digits = "0123456789abcdef"
	n := len(*b) - len(chunkHead)
	for i := 7; i >= 0; i-- {
		(*b)[i] = digits[n&15]
		n >>= 4
	}
	*b = append(*b, chunkTail...)
	return *b
}

// add puts bytes into the chunk, and sends it where it is full.
func (c *conn) add(p []byte) (int, error) {
	if c.buf == nil {
		c.buf = newChunk()
	}
	*c.buf = append(*c.buf, p...)
	if len(*c.buf) < chunkFull {
		return len(p), nil
	}
	return len(p), c.flush()
}

// flush sends what there is.
func (c *conn) flush() error {
	if c.head != nil {
		if err := c.begin(); err != nil {
			return err
		}
	}
	if c.buf == nil {
		return nil
	}
	b := c.buf
	c.buf = nil
	defer dropChunk(b)
	_, err := c.Write(sealed(b))
	return err
}

// begin sends the answer's head.
func (c *conn) begin() error {
	b := newChunk()
	defer dropChunk(b)
	c.head.Set("Connection", "close")
	c.head.Set("Transfer-Encoding", "chunked")
	c.head.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	w := appender{append((*b)[:0], "HTTP/1.1 200 OK\r\n"...)}
	_ = c.head.Write(&w)
	c.head = nil
	*b = append(w.b, "\r\n"...)
	_, err := c.Write(*b)
	return err
}

type appender struct{ b []byte }

func (a *appender) Write(p []byte) (int, error) { a.b = append(a.b, p...); return len(p), nil }

// end says that the answer is complete.
func (c *conn) end() { _, _ = fmt.Fprint(c, "0\r\n\r\n") }

// appendEvent lays out an event of one line as the library does.
func appendEvent(b []byte, ev *sse.Event) []byte {
	b = append(append(append(b, "id: "...), ev.ID...), "\ndata: "...)
	b = append(append(append(b, ev.Data...), "\nevent: "...), ev.Event...)
	return append(b, "\n\n"...)
}
