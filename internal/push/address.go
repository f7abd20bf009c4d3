package push

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// maxEndpoint is longer than any push service's address.
const maxEndpoint = 1024

var errPrivate = errors.New("a push service is not in a private network")

// Check reports whether an address may be a push service's: https, with a host by
// name or a public address, no user. The connection is looked at too.
func (s *Sender) Check(endpoint string) error {
	u, err := url.Parse(endpoint)
	switch {
	case err != nil || len(endpoint) > maxEndpoint || u.Host == "" || u.User != nil || u.Fragment != "":
		return errors.New("not the address of a push service")
	case s.anywhere:
		return nil
	case u.Scheme != "https":
		return errors.New("a push service speaks https")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !public(ip) {
		return errPrivate
	}
	return nil
}

// public reports whether an address belongs to the internet at large.
func public(ip netip.Addr) bool {
	ip = ip.Unmap()
	for _, p := range reserved {
		if p.Contains(ip) {
			return false
		}
	}
	return ip.IsGlobalUnicast() && !ip.IsPrivate()
}

// reserved are networks that netip does not count as private and that are not the
// internet either (RFC 6598, 6890, 2544, 6052, 3056).
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"),
}

// client connects to public addresses alone, whatever a name resolves to, and
// goes nowhere that an answer sends it.
func client(anywhere bool) *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	if !anywhere {
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(address)
			if err != nil || !public(ap.Addr()) {
				return errPrivate
			}
			return nil
		}
	}
	return &http.Client{
		Timeout:       10 * time.Second,
		Transport:     &http.Transport{DialContext: dialer.DialContext, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 16 << 10},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
