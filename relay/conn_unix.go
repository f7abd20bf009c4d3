//go:build unix

package relay

import (
	"errors"
	"net"
	"syscall"
)

// rawOf is for writing without waiting.
func rawOf(c net.Conn) syscall.RawConn {
	s, ok := c.(*net.TCPConn)
	if !ok {
		return nil
	}
	raw, err := s.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}

// try writes what the kernel takes at once.
func (c *conn) try(b []byte) (n int, err error) {
	a := &c.attempt
	a.b, a.n, a.err = b, 0, nil
	err = c.raw.Write(a.do)
	a.b = nil
	if err == nil {
		err = a.err
	}
	return a.n, err
}

func (a *attempt) write(fd uintptr) bool {
	n, err := syscall.Write(int(fd), a.b)
	if n > 0 {
		a.n = n
	}
	if err != nil && !errors.Is(err, syscall.EAGAIN) && !errors.Is(err, syscall.EINTR) {
		a.err = err
	}
	return true // whatever came of it
}
