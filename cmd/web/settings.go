package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// errValue says that a value is not one of those a setting takes; the error
// line names them.
var errValue = errors.New("wrong value")

// minKey is the shortest secret key taken, in characters.
const minKey = 16

// table holds all settings in the order of -help.
var table = []setting{
	{"AGENTDESK_ADDR", "localhost:8080", "where to listen", "host:port such as localhost:8080 or :8080", setAddr},
	{"AGENTDESK_PUBLIC_URL", "", "how browsers reach it; gives scheme, host and base path", "an http or https address such as https://intranet.example/desk", setPublicURL},
	{"AGENTDESK_DATA_DIR", "./data", "folder of everything that is kept", "a folder", func(s *Settings, v string) error {
		s.DataDir = v
		return nonEmpty(v)
	}},
	{"AGENTDESK_UPSTREAM", embedded, "the chat server", "embedded, or the origin of an Agent Chat API such as https://api.livechatinc.com", setUpstream},
	{"AGENTDESK_UPSTREAM_VERSION", "3.6", "the API version spoken upstream", "3.0, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6 or 3.7", setVersion},
	{"AGENTDESK_ORGANIZATION_ID", "", "sent upstream where set", "up to 64 letters, digits and dashes", setOrganization},
	{"AGENTDESK_DEMO", "", "demo agents, history and simulated customers", "true or false", setDemo},
	{"AGENTDESK_SECRET_KEYS", "", "the first seals, the rest still open", "comma-separated keys of at least 16 characters", setKeys},
	{"AGENTDESK_FRAME_ANCESTORS", "", "origins that may show the desk in an iframe", "comma-separated origins such as https://portal.example", setAncestors},
	{"AGENTDESK_IMAGE_ORIGINS", "", "further origins that pictures of chats may come from", "comma-separated origins such as https://cdn.example", func(s *Settings, v string) (err error) {
		s.ImageOrigins, err = origins(v)
		return err
	}},
	{"AGENTDESK_TRUSTED_PROXIES", "", "proxies whose X-Forwarded-For is believed", "comma-separated addresses or networks such as 10.0.0.0/8", func(s *Settings, v string) (err error) {
		s.TrustedProxies, err = networks(v)
		return err
	}},
	{"AGENTDESK_METRICS_FROM", "127.0.0.0/8,::1", "who may read /metrics", "comma-separated addresses or networks such as 10.0.0.0/8", func(s *Settings, v string) (err error) {
		s.MetricsFrom, err = networks(v)
		return err
	}},
	{"AGENTDESK_LOG_LEVEL", "info", "how much is logged", "debug, info, warn or error", setLogLevel},
	{"AGENTDESK_LOG_FORMAT", "text", "how it is logged", "text or json", func(s *Settings, v string) error {
		s.LogFormat = v
		return oneOf(v, "text", "json")
	}},
}

func nonEmpty(v string) error {
	if v == "" || strings.ContainsRune(v, 0) {
		return errValue
	}
	return nil
}

func oneOf(v string, words ...string) error {
	for _, w := range words {
		if v == w {
			return nil
		}
	}
	return errValue
}

func setAddr(s *Settings, v string) error {
	host, port, err := net.SplitHostPort(v)
	if err != nil {
		return errValue
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return errors.New("the port is a number up to 65535")
	}
	if strings.ContainsAny(host, " /\\@") {
		return errValue
	}
	s.Addr = v
	return nil
}

// loopback reports whether an address to listen on is reached from this machine
// alone.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// basePath is what a base path may be. It ends up in every link and in the
// cookie's path, so nothing that would have to be escaped is taken.
var basePath = regexp.MustCompile(`^(/[A-Za-z0-9._~-]+)*/?$`)

func setPublicURL(s *Settings, v string) error {
	if v == "" {
		return nil
	}
	u, err := url.Parse(v)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return errValue
	case u.User != nil, u.RawQuery != "", u.ForceQuery, strings.Contains(v, "#"):
		return errors.New("no user, query or fragment")
	case !basePath.MatchString(u.EscapedPath()) || strings.Contains(u.Path+"/", "/./") || strings.Contains(u.Path+"/", "/../"):
		return errors.New("the path is made of letters, digits, dots, dashes, underscores and tildes")
	}
	s.PublicURL = &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(u.Path, "/")}
	return nil
}

// origin takes scheme://host[:port] and gives it back without a slash.
func origin(v string) (string, error) {
	u, err := url.Parse(v)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil ||
		strings.TrimSuffix(u.Path, "/") != "" || u.RawQuery != "" || u.ForceQuery || strings.Contains(v, "#") || strings.ContainsAny(u.Host, "*;,' \"") {
		return "", errValue
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

func list(v string) []string {
	return strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' })
}

func origins(v string) (out []string, err error) {
	for _, item := range list(v) {
		o, err := origin(item)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// setAncestors takes origins, and 'self' for frames of our own.
func setAncestors(s *Settings, v string) error {
	for _, item := range list(v) {
		if item == "self" || item == "'self'" {
			s.FrameAncestors = append(s.FrameAncestors, "'self'")
			continue
		}
		o, err := origin(item)
		if err != nil {
			return err
		}
		s.FrameAncestors = append(s.FrameAncestors, o)
	}
	return nil
}

func networks(v string) (out []netip.Prefix, err error) {
	for _, item := range list(v) {
		p, err := netip.ParsePrefix(item)
		if err != nil {
			a, err := netip.ParseAddr(item)
			if err != nil {
				return nil, errValue
			}
			p = netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen())
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

func setUpstream(s *Settings, v string) error {
	if v == embedded {
		s.Upstream = v
		return nil
	}
	o, err := origin(v)
	s.Upstream = o
	return err
}

func setVersion(s *Settings, v string) error {
	s.UpstreamVersion = v
	return oneOf(v, "3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7")
}

var organization = regexp.MustCompile(`^[A-Za-z0-9-]{0,64}$`)

func setOrganization(s *Settings, v string) error {
	if !organization.MatchString(v) {
		return errValue
	}
	s.OrganizationID = v
	return nil
}

func setDemo(s *Settings, v string) error {
	if v == "" {
		return nil
	}
	on, err := strconv.ParseBool(v)
	if err != nil {
		return errValue
	}
	s.Demo, s.demoByHand = on, true
	return nil
}

func setKeys(s *Settings, v string) error {
	for _, k := range list(v) {
		if len(k) < minKey {
			return fmt.Errorf("a key of %d characters", len(k))
		}
		s.SecretKeys = append(s.SecretKeys, k)
	}
	return nil
}

func setLogLevel(s *Settings, v string) error {
	if err := oneOf(v, "debug", "info", "warn", "error"); err != nil {
		return err
	}
	return s.LogLevel.UnmarshalText([]byte(v))
}
