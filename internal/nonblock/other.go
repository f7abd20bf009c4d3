//go:build !unix

package nonblock

import (
	"errors"
	"net"
)

// Conn gives the connection as it is.
func Conn(c net.Conn) net.Conn { return c }

// Writer is not to be had on this system.
type Writer struct{}

// NewWriter gives nil.
func NewWriter(net.Conn) *Writer { return nil }

// Try is never called.
func (*Writer) Try([]byte) (int, error) { return 0, errors.ErrUnsupported }
