package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"text/tabwriter"

	"agentdesk/chatserver/engine"

	"agentdesk/upstream"
)

// Settings are everything that can be set from outside, checked.
type Settings struct {
	Addr            string
	PublicURL       *url.URL // nil: from the address listened on
	DataDir         string
	Upstream        string // embedded, or an origin
	UpstreamVersion string
	OrganizationID  string
	Demo            bool
	SecretKeys      []string // empty: generated into DataDir
	FrameAncestors  []string
	ImageOrigins    []string
	TrustedProxies  []netip.Prefix
	MetricsFrom     []netip.Prefix
	LogLevel        slog.Level
	LogFormat       string
	demoByHand      bool

	// For tests, which would wait for a demo's long past.
	seed  func(context.Context, *engine.Engine) error // instead of the demo's
	quiet bool                                        // nobody comes by himself

	pushAnywhere bool // push services may be in private networks; set by tests alone

	timing upstream.Timing // of the connections upstream; set by tests alone
}

// embedded is the value of Upstream that starts our own chat server.
const embedded = "embedded"

// Embedded reports whether the chat server runs in this process.
func (s *Settings) Embedded() bool { return s.Upstream == embedded }

// setting is one line of the table: read from the environment variable name or
// the flag of the same name, explained in -help.
type setting struct {
	name  string // of the environment variable
	def   string
	means string
	takes string // what a value may be, for the error line
	set   func(*Settings, string) error
}

// flagName is the setting's name as a flag: AGENTDESK_DATA_DIR is -data-dir.
func (t setting) flagName() string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(t.name, prefix)), "_", "-")
}

const prefix = "AGENTDESK_"

// loadSettings reads flags, then the environment, then defaults; the first that
// is there wins. An empty variable counts as not there. The error is one line
// for the person who started the program, flag.ErrHelp where help was asked for.
func loadSettings(args []string, env func(string) (string, bool)) (*Settings, error) {
	given := map[string]string{}
	fs := flag.NewFlagSet("web", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	for _, t := range table {
		fs.Func(t.flagName(), t.means, func(v string) error { given[t.name] = v; return nil })
	}
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, err
		}
		return nil, fmt.Errorf("%w (-help lists all settings)", err)
	}
	if fs.NArg() > 0 {
		return nil, fmt.Errorf("unexpected argument %q: settings are given as -name value (-help lists all)", fs.Arg(0))
	}
	s := &Settings{}
	for _, t := range table {
		text, from := t.def, "default"
		if v, ok := env(t.name); ok && v != "" {
			text, from = v, "environment"
		}
		if v, ok := given[t.name]; ok {
			text, from = v, "flag"
		}
		if err := t.set(s, strings.TrimSpace(text)); err != nil {
			return nil, t.wrong(text, from, err)
		}
	}
	return s, s.check()
}

// wrong is the line about a value that is not taken. Keys are never shown.
func (t setting) wrong(text, from string, err error) error {
	got := fmt.Sprintf("got %q", text)
	if t.name == "AGENTDESK_SECRET_KEYS" {
		got = "got " + err.Error()
		err = nil
	}
	name := t.name
	if from == "flag" {
		name += " (-" + t.flagName() + ")"
	}
	var why string
	if err != nil && !errors.Is(err, errValue) {
		why = " (" + err.Error() + ")"
	}
	return fmt.Errorf("%s: %s%s; it takes %s", name, got, why, t.takes)
}

// check looks at settings together.
func (s *Settings) check() error {
	if !s.demoByHand {
		s.Demo = s.Embedded() && loopback(s.Addr)
	}
	if s.Demo && !s.Embedded() {
		return fmt.Errorf("AGENTDESK_DEMO: got true, but the demo lives in the embedded chat server and AGENTDESK_UPSTREAM is %s; it takes false, or leave it out", s.Upstream)
	}
	for _, o := range s.FrameAncestors {
		if s.PublicURL != nil && s.PublicURL.Scheme == "https" && strings.HasPrefix(o, "http://") {
			return fmt.Errorf("AGENTDESK_FRAME_ANCESTORS: got %q, but a page over http cannot frame AGENTDESK_PUBLIC_URL over https; it takes https origins", o)
		}
	}
	return nil
}

// strangers finds variables that look like settings and are none: a misspelt one
// would otherwise be left out in silence.
func strangers(environ []string) (names []string) {
	for _, v := range environ {
		name, _, _ := strings.Cut(v, "=")
		known := func(t setting) bool { return t.name == name }
		if strings.HasPrefix(name, prefix) && !strings.HasPrefix(name, prefix+"TEST_") && !slices.ContainsFunc(table, known) {
			names = append(names, name)
		}
	}
	return names
}

// printHelp lists every setting with its default.
func printHelp(w io.Writer) {
	fmt.Fprint(w, "web serves the agent desk, and the embedded chat server unless another is named.\n\n"+
		"Each setting is an environment variable and a flag; the flag wins.\n\n")
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, t := range table {
		def := t.def
		switch {
		case t.name == "AGENTDESK_DEMO":
			def = "true when embedded and on loopback"
		case t.name == "AGENTDESK_PUBLIC_URL":
			def = "from AGENTDESK_ADDR"
		case t.name == "AGENTDESK_SECRET_KEYS":
			def = "generated into the data folder"
		case def == "":
			def = "empty"
		}
		fmt.Fprintf(tw, "  %s\t-%s\t%s\n\t\tTakes %s. Default: %s.\n", t.name, t.flagName(), t.means, t.takes, def)
	}
	_ = tw.Flush()
	fmt.Fprint(w, "\nStatus: 0 after a graceful stop, 1 where the program cannot run, 2 for a wrong setting.\n")
}
