package main

import (
	"errors"
	"flag"
	"strings"
	"testing"
)

func settingsOf(t *testing.T, env map[string]string, args ...string) (*Settings, error) {
	t.Helper()
	return loadSettings(args, func(k string) (string, bool) { v, ok := env[k]; return v, ok })
}

func TestWrongSettingsAreOneClearLine(t *testing.T) {
	const tls = "https://portal.example"
	cases := []struct {
		name, value string
		ok          bool
	}{
		{"AGENTDESK_ADDR", ":8080", true},
		{"AGENTDESK_ADDR", "[::1]:0", true},
		{"AGENTDESK_ADDR", "localhost", false},
		{"AGENTDESK_ADDR", "localhost:http", false},
		{"AGENTDESK_ADDR", "localhost:70000", false},
		{"AGENTDESK_PUBLIC_URL", "https://intranet.example/desk/", true},
		{"AGENTDESK_PUBLIC_URL", "intranet.example/desk", false},
		{"AGENTDESK_PUBLIC_URL", "ftp://intranet.example", false},
		{"AGENTDESK_PUBLIC_URL", "https://u:p@intranet.example", false},
		{"AGENTDESK_PUBLIC_URL", "https://intranet.example/a b", false},
		{"AGENTDESK_PUBLIC_URL", "https://intranet.example/a//b", false},
		{"AGENTDESK_PUBLIC_URL", "https://intranet.example/../b", false},
		{"AGENTDESK_PUBLIC_URL", "https://intranet.example/?q=1", false},
		{"AGENTDESK_PUBLIC_URL", "https://intranet.example/\"><script>", false},
		{"AGENTDESK_UPSTREAM", "http://127.0.0.1:9000/", true},
		{"AGENTDESK_UPSTREAM", "127.0.0.1:9000", false},
		{"AGENTDESK_UPSTREAM", "https://api.example/v3", false},
		{"AGENTDESK_UPSTREAM_VERSION", "3.6", true},
		{"AGENTDESK_UPSTREAM_VERSION", "3.0", true},
		{"AGENTDESK_UPSTREAM_VERSION", "3.7", true},
		{"AGENTDESK_UPSTREAM_VERSION", "3.8", false},
		{"AGENTDESK_UPSTREAM_VERSION", "v3.5", false},
		{"AGENTDESK_UPSTREAM_VERSION", "latest", false},
		{"AGENTDESK_ORGANIZATION_ID", "390e44e6-f1e6-4368-b6dd-74a14508c2e0", true},
		{"AGENTDESK_ORGANIZATION_ID", "a b", false},
		{"AGENTDESK_DEMO", "false", true},
		{"AGENTDESK_DEMO", "perhaps", false},
		{"AGENTDESK_SECRET_KEYS", strings.Repeat("k", 32) + "," + strings.Repeat("q", 40), true},
		{"AGENTDESK_SECRET_KEYS", "hunter2hunter2", false},
		{"AGENTDESK_FRAME_ANCESTORS", tls + ",https://other.example:8443", true},
		{"AGENTDESK_FRAME_ANCESTORS", "https://*.example", false},
		{"AGENTDESK_FRAME_ANCESTORS", tls + "/page", false},
		{"AGENTDESK_FRAME_ANCESTORS", tls + "; script-src *", false},
		{"AGENTDESK_TRUSTED_PROXIES", "10.0.0.0/8, 192.168.1.7", true},
		{"AGENTDESK_TRUSTED_PROXIES", "everyone", false},
		{"AGENTDESK_METRICS_FROM", "10.0.0.300", false},
		{"AGENTDESK_LOG_LEVEL", "warn", true},
		{"AGENTDESK_LOG_LEVEL", "loud", false},
		{"AGENTDESK_LOG_FORMAT", "xml", false},
	}
	for _, c := range cases {
		t.Run(c.name+"="+c.value, func(t *testing.T) {
			_, err := settingsOf(t, map[string]string{c.name: c.value})
			if (err == nil) != c.ok {
				t.Fatalf("got %v, want taken: %v", err, c.ok)
			}
			if err == nil {
				return
			}
			line := err.Error()
			if strings.Contains(line, "\n") || !strings.Contains(line, c.name) || !strings.Contains(line, "takes") {
				t.Errorf("line does not name setting and what it takes: %s", line)
			}
			if secret := c.name == "AGENTDESK_SECRET_KEYS"; strings.Contains(line, c.value) == secret && !strings.Contains(c.value, `"`) {
				t.Errorf("line shows the value: %v, want %v: %s", !secret, secret, line)
			}
		})
	}
}

func TestFlagBeatsEnvironmentBeatsDefault(t *testing.T) {
	s, err := settingsOf(t, map[string]string{"AGENTDESK_ADDR": "localhost:1", "AGENTDESK_DATA_DIR": "/env", "AGENTDESK_LOG_LEVEL": ""}, "-addr", "localhost:2")
	if err != nil {
		t.Fatal(err)
	}
	if s.Addr != "localhost:2" || s.DataDir != "/env" || s.LogFormat != "text" || s.LogLevel != 0 {
		t.Errorf("got %+v", s)
	}
	if _, err := settingsOf(t, nil, "-help"); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-help gives %v", err)
	}
	for _, args := range [][]string{{"-nonsense", "1"}, {"serve"}, {"-addr"}} {
		if _, err := settingsOf(t, nil, args...); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%v gives %v, want one line", args, err)
		}
	}
}

func TestDemoIsOnOnlyAtHome(t *testing.T) {
	cases := []struct {
		addr, upstream, demo string
		on, fails            bool
	}{
		{addr: "localhost:8080", on: true},
		{addr: "127.0.0.1:8080", on: true},
		{addr: "[::1]:8080", on: true},
		{addr: ":8080"},
		{addr: "0.0.0.0:8080"},
		{addr: "192.168.1.2:8080"},
		{addr: ":8080", demo: "true", on: true},
		{addr: "localhost:8080", demo: "false"},
		{addr: "localhost:8080", upstream: "http://127.0.0.1:9000"},
		{addr: "localhost:8080", upstream: "http://127.0.0.1:9000", demo: "true", fails: true},
	}
	for _, c := range cases {
		s, err := settingsOf(t, map[string]string{"AGENTDESK_ADDR": c.addr, "AGENTDESK_UPSTREAM": c.upstream, "AGENTDESK_DEMO": c.demo})
		if (err != nil) != c.fails {
			t.Errorf("%+v: %v", c, err)
		}
		if err == nil && s.Demo != c.on {
			t.Errorf("%+v: demo is %v", c, s.Demo)
		}
	}
}

func TestHelpListsAllSettings(t *testing.T) {
	var sb strings.Builder
	printHelp(&sb)
	for _, s := range table {
		if !strings.Contains(sb.String(), s.name) || !strings.Contains(sb.String(), "-"+s.flagName()) {
			t.Errorf("-help leaves out %s", s.name)
		}
	}
}

func TestMisspeltSettingsAreNoticed(t *testing.T) {
	got := strangers([]string{"AGENTDESK_ADRR=x", "AGENTDESK_ADDR=y", "PATH=z", "AGENTDESK_TEST_CHILD=1"})
	if len(got) != 1 || got[0] != "AGENTDESK_ADRR" {
		t.Errorf("got %v", got)
	}
}
