package nonblock

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"testing"
	"time"
)

// pair is a connection on this machine: one end wrapped, the other plain.
func pair(t *testing.T) (near, far *net.TCPConn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(); s.Close() })
	return c.(*net.TCPConn), s.(*net.TCPConn)
}

func TestReadWaitsForBytes(t *testing.T) {
	near, far := pair(t)
	c := Conn(near)
	for range 3 { // the second read begins with nothing there
		got := make(chan string, 1)
		go func() {
			b := make([]byte, 16)
			n, err := c.Read(b)
			got <- string(b[:n])
			if err != nil {
				t.Error(err)
			}
		}()
		runtime.Gosched()
		if _, err := far.Write([]byte("hello")); err != nil {
			t.Fatal(err)
		}
		if s := <-got; s != "hello" {
			t.Fatalf("read %q", s)
		}
	}
}

func TestReadInSmallPieces(t *testing.T) {
	near, far := pair(t)
	want := bytes.Repeat([]byte("0123456789"), 200_000)
	go func() {
		_, _ = far.Write(want)
		_ = far.Close()
	}()
	got, err := io.ReadAll(Conn(near))
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%d of %d bytes, %v", len(got), len(want), err)
	}
}

func TestReadEnds(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(near, far *net.TCPConn)
		is   func(error) bool
	}{
		{"the other end closes", func(_, far *net.TCPConn) { far.Close() }, func(err error) bool { return err == io.EOF }},
		{"the other end breaks off", func(_, far *net.TCPConn) { _ = far.SetLinger(0); far.Close() }, func(err error) bool {
			var op *net.OpError
			return errors.As(err, &op) && op.Op == "read"
		}},
		{"we close", func(near, _ *net.TCPConn) { near.Close() }, func(err error) bool { return errors.Is(err, net.ErrClosed) }},
		{"the deadline passes", func(near, _ *net.TCPConn) { _ = near.SetReadDeadline(time.Now().Add(time.Millisecond)) }, func(err error) bool {
			var timeout net.Error
			return errors.Is(err, os.ErrDeadlineExceeded) && errors.As(err, &timeout) && timeout.Timeout()
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			near, far := pair(t)
			got := make(chan error, 1)
			go func() {
				n, err := Conn(near).Read(make([]byte, 8))
				if n != 0 {
					t.Errorf("%d bytes of nothing", n)
				}
				got <- err
			}()
			runtime.Gosched()
			c.do(near, far)
			if err := <-got; !c.is(err) {
				t.Fatalf("read gave %v", err)
			}
		})
	}
}

func TestReadOfNothing(t *testing.T) {
	near, _ := pair(t)
	if n, err := Conn(near).Read(nil); n != 0 || err != nil {
		t.Fatal(n, err)
	}
}

// What is not a TCP connection has no system calls to save.
func TestOtherConnections(t *testing.T) {
	a, b := net.Pipe()
	defer a.Close()
	defer b.Close()
	if Conn(a) != a || NewWriter(a) != nil {
		t.Error("a pipe was taken for a TCP connection")
	}
}

func TestTryWritesWhatFits(t *testing.T) {
	near, far := pair(t)
	w := NewWriter(near)
	block, sent := bytes.Repeat([]byte("x"), 1<<20), 0
	for {
		n, err := w.Try(block)
		if err != nil {
			t.Fatal(err)
		}
		if sent += n; n == 0 {
			break // full, and it did not wait
		}
	}
	got := make(chan int64, 1)
	go func() { n, _ := io.Copy(io.Discard, far); got <- n }()
	if _, err := near.Write(block); err != nil { // waits, as ever
		t.Fatal(err)
	}
	near.Close()
	if n := <-got; n != int64(sent+len(block)) {
		t.Fatalf("%d bytes arrived of %d", n, sent+len(block))
	}
}

func TestTryOnABrokenLine(t *testing.T) {
	near, _ := pair(t)
	w := NewWriter(near)
	_ = near.SetWriteDeadline(time.Now().Add(-time.Second))
	if _, err := w.Try([]byte("x")); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("after the deadline: %v", err)
	}
	_ = near.SetWriteDeadline(time.Time{})
	near.Close()
	if _, err := w.Try([]byte("x")); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}
