//go:build !unix

package relay

import (
	"errors"
	"net"
	"syscall"
)

// rawOf gives nil: every event goes through its stream's goroutine.
func rawOf(net.Conn) syscall.RawConn { return nil }

func (c *conn) try([]byte) (int, error) { return 0, errors.ErrUnsupported }

func (a *attempt) write(uintptr) bool { return true }
