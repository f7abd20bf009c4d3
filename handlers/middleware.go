package handlers

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"agentdesk/desk"
)

// Limits of request bodies, in bytes.
const (
	maxSmallForm = 64 << 10
	maxFile      = 10 << 20 // Agent Chat API v3.6, upload_file
	maxSend      = 4*maxFile + maxSmallForm
)

// compress is for pages. A stream must never get it: that would cost a
// compressor for each tab.
var compress = middleware.GzipWithConfig(middleware.GzipConfig{
	MinLength: 1 << 10,
	Skipper: func(c echo.Context) bool {
		return c.Path() == staticPath || c.Path() == metricsPath // both bring their own
	},
})

// Times for a request's body to arrive.
const (
	formTime = 30 * time.Second
	sendTime = 5 * time.Minute
)

const requestKey = "request"

// identify gives the request a number that a person can tell an administrator.
// Numbers sent along are not believed: they end up in the log.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := rand.Text()[:12]
		c.Set(requestKey, id)
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		return next(c)
	}
}

func requestID(c echo.Context) string {
	id, _ := c.Get(requestKey).(string)
	return id
}

// observe answers errors, so that the status is known, and tells the metrics.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := s.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		took, status := s.Now().Sub(start), c.Response().Status
		s.log.Debug("request", "req", requestID(c), "method", c.Request().Method, "route", c.Path(), "status", status, "dur", took)
		if c.Path() != streamPath {
			s.Observe(known(c.Request().Method), cmp.Or(c.Path(), "other"), status, took)
		}
		return nil
	}
}

// known keeps made-up methods out of the metrics.
func known(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return method
	}
	return "other"
}

// recoverPanic keeps a fault in one request from ending the program.
func (s *Server) recoverPanic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				s.log.Error("panic", "req", requestID(c), "route", c.Path(), "stack", string(debug.Stack()))
				err = fmt.Errorf("panic: %T", v) // its text may hold what people wrote
			}
		}()
		return next(c)
	}
}

// protect sets the security headers and refuses what another site may have made
// the browser ask for: anything that changes something, and reading the stream.
func (s *Server) protect(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		s.Auth.SetHeaders(c.Response().Header())
		if err := s.Auth.CheckForm(c.Request()); err != nil {
			return err
		}
		if c.Path() == streamPath {
			if err := s.Auth.CheckRead(c.Request()); err != nil {
				return err
			}
		}
		return next(c)
	}
}

// limit bounds what a request may send.
func (s *Server) limit(r route, next echo.HandlerFunc) echo.HandlerFunc {
	most, patience := int64(maxSmallForm), formTime
	switch r.path {
	case sendPath:
		most, patience = maxSend, sendTime
	case picturePath, ownPicturePath, cannedFilesPath, cannedImportPath:
		most, patience = maxFile+maxSmallForm, sendTime
	}
	return func(c echo.Context) error {
		req := c.Request()
		if req.ContentLength > most {
			return echo.NewHTTPError(http.StatusRequestEntityTooLarge)
		}
		if r.method == post {
			// A body that trickles in must not hold us for ever. A test's
			// recorder has no deadlines, which is its own affair.
			_ = http.NewResponseController(c.Response()).SetReadDeadline(time.Now().Add(patience))
		}
		req.Body = http.MaxBytesReader(c.Response().Writer, req.Body, most)
		return next(c)
	}
}

// admit asks for a session where the route needs one.
func (s *Server) admit(r route, next echo.HandlerFunc) echo.HandlerFunc {
	if r.access == open {
		return next
	}
	return func(c echo.Context) error {
		v, err := s.visitOf(c)
		switch {
		case err == nil:
			c.Set(visitKey, v)
			return next(c)
		case desk.CodeOf(err) == desk.Unauthorized && r.access == page && wantsHTML(c.Request()) && !byScript(c.Request()):
			return s.toSignIn(c, "")
		}
		return err
	}
}

// peerOf is the address that limits go by: the peer's, or what a trusted proxy
// says of its own.
func (s *Server) peerOf(r *http.Request) string {
	if len(s.Proxies) == 0 {
		return echo.ExtractIPDirect()(r)
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range s.Proxies {
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(options...)(r)
}

// from reports whether a request comes straight from one of some networks. One
// that a proxy passed on does not.
func from(r *http.Request, networks []netip.Prefix) bool {
	if r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(networks, func(p netip.Prefix) bool { return p.Contains(peer.Addr().Unmap()) })
}
