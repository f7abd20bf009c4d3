//go:build unix

package nonblock

import (
	"errors"
	"io"
	"net"
	"syscall"
)

// Conn gives a connection that reads directly and does all else as before. What
// is not a TCP connection comes back as it is.
func Conn(c net.Conn) net.Conn {
	raw := rawOf(c)
	if raw == nil {
		return c
	}
	n := &conn{TCPConn: c.(*net.TCPConn), raw: raw}
	n.do = n.attempt
	return n
}

// conn keeps one attempt, so that none has to be made for each read. Reads of
// one connection must not overlap, as with every reader.
type conn struct {
	*net.TCPConn
	raw syscall.RawConn
	do  func(fd uintptr) bool
	b   []byte
	n   int
	err error
}

// Read waits until there is something, the connection ends, or its read
// deadline passes.
func (c *conn) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	c.b, c.n, c.err = b, 0, nil
	err := c.raw.Read(c.do)
	c.b = nil
	switch {
	case err != nil:
		return 0, err
	case c.err != nil:
		return 0, &net.OpError{Op: "read", Net: "tcp", Source: c.LocalAddr(), Addr: c.RemoteAddr(), Err: c.err}
	case c.n == 0:
		return 0, io.EOF
	}
	return c.n, nil
}

// attempt reports whether it came to something; otherwise it is called again
// when the socket has news.
func (c *conn) attempt(fd uintptr) bool {
	for {
		c.n, c.err = read(fd, c.b)
		if !errors.Is(c.err, syscall.EINTR) {
			return !errors.Is(c.err, syscall.EAGAIN)
		}
	}
}

// Writer writes without waiting. Its writes must not overlap.
type Writer struct {
	raw syscall.RawConn
	do  func(fd uintptr) bool
	b   []byte
	n   int
	err error
}

// NewWriter gives nil for what is not a TCP connection.
func NewWriter(c net.Conn) *Writer {
	raw := rawOf(c)
	if raw == nil {
		return nil
	}
	w := &Writer{raw: raw}
	w.do = w.attempt
	return w
}

// Try writes as much as the kernel takes at once, perhaps nothing. An error
// means that the connection is of no use any more, or that a write deadline has
// passed.
func (w *Writer) Try(b []byte) (n int, err error) {
	w.b, w.n, w.err = b, 0, nil
	err = w.raw.Write(w.do)
	w.b = nil
	if err == nil {
		err = w.err
	}
	return w.n, err
}

func (w *Writer) attempt(fd uintptr) bool {
	n, err := write(fd, w.b)
	if n > 0 {
		w.n = n
	}
	if err != nil && !errors.Is(err, syscall.EAGAIN) && !errors.Is(err, syscall.EINTR) {
		w.err = err
	}
	return true // whatever came of it
}

func rawOf(c net.Conn) syscall.RawConn {
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return nil
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}
