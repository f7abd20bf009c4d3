package version

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestTablesEqualTheDocuments compares the tables with testdata/names.txt, which
// was copied from the documents and not made from the tables.
func TestTablesEqualTheDocuments(t *testing.T) {
	text, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for line := range strings.Lines(string(text)) {
		want = append(want, strings.TrimSpace(line))
	}
	var got []string
	for _, m := range Methods() {
		got = append(got, fmt.Sprintf("method %s %s rtm %s web %s", m.Name, span(m.Range), span(m.RTM), span(m.Web)))
	}
	for _, p := range Pushes() {
		got = append(got, fmt.Sprintf("push %s %s", p.Name, span(p.Range)))
	}
	for _, s := range Structures() {
		got = append(got, fmt.Sprintf("structure %s %s", s.Name, span(s.Range)))
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("the documents have %q", line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("the documents do not have %q", line)
		}
	}
}

func span(r Range) string {
	if r == (Range{}) {
		return "-"
	}
	return r.Since.String() + "-" + r.Until.String()
}

func TestMethodsPerVersion(t *testing.T) {
	// What the documents have, and ping, which they call a message.
	want := map[Version]int{V30: 44, V31: 39, V32: 40, V33: 43, V34: 39, V35: 39, V36: 42, V37: 42}
	for v, n := range want {
		got := 0
		for _, m := range Methods() {
			if m.Has(v) {
				got++
			}
		}
		if got != n {
			t.Errorf("%s has %d methods, want %d", v, got, n)
		}
	}
}

func TestMethodLookup(t *testing.T) {
	tests := []struct {
		v    Version
		name string
		has  bool
	}{
		{V30, "get_archives", true}, {V32, "get_archives", false}, {V32, "list_archives", true},
		{V33, "follow_customer", true}, {V36, "follow_customer", true}, {V32, "follow_customer", false},
		{V35, "get_license_info", true}, {V36, "get_license_info", false}, {0, "ping", false}, {V36, "fly", false},
	}
	for _, tt := range tests {
		if m, ok := tt.v.Method(tt.name); ok != tt.has || ok && m.Name != tt.name {
			t.Errorf("%s.Method(%q) = %v, %v", tt.v, tt.name, m.Name, ok)
		}
	}
}

func TestScopesAt(t *testing.T) {
	tests := []struct {
		method string
		v      Version
		web    bool
		want   string
		all    bool
	}{
		{"send_event", V30, false, "chats.conversation--all:write chats.conversation--my:write", false},
		{"send_event", V33, true, "chats.conversation--all:rw chats.conversation--access:rw chats.conversation--my:rw", false},
		{"send_event", V34, true, "chats--all:rw chats--access:rw", false},
		{"list_archives", V33, false, "chats--all:ro chats--access:ro chats--my:ro", false},
		{"list_archives", V33, true, "chats--all:ro chats--access:ro", false},
		{"follow_chat", V33, false, "chats--all:rw chats--access:rw chats--my:rw", false},
		{"follow_chat", V36, false, "chats--all:ro chats--access:ro", false},
		{"list_routing_statuses", V36, false, "agents--all:ro agents-bot--all:ro", true},
		{"activate_chat", V30, false, strings.Join(opening30, " "), false},
		{"start_chat", V30, false, "", false},
		{"logout", V36, false, "", false},
	}
	for _, tt := range tests {
		m, _ := tt.v.Method(tt.method)
		names, all := m.ScopesAt(tt.v, tt.web)
		if strings.Join(names, " ") != tt.want || all != tt.all {
			t.Errorf("%s at %s: %v %v, want %s", tt.method, tt.v, names, all, tt.want)
		}
	}
}

func TestHasPush(t *testing.T) {
	tests := []struct {
		v    Version
		name string
		want bool
	}{
		{V31, "agent_updated", true}, {V32, "agent_updated", false}, {V34, "agent_updated", true},
		{V36, "canned_response_created", false}, {V37, "canned_response_created", true},
		{V36, "customer_unfollowed", true}, {V36, "no_such_push", false}, {0, "incoming_event", false},
	}
	for _, tt := range tests {
		if got := tt.v.HasPush(tt.name); got != tt.want {
			t.Errorf("%s.HasPush(%q) = %v", tt.v, tt.name, got)
		}
	}
}

func TestParse(t *testing.T) {
	for _, v := range All() {
		for _, s := range []string{v.String(), "v" + v.String()} {
			if got, err := Parse(s); got != v || err != nil {
				t.Errorf("Parse(%q) = %v, %v", s, got, err)
			}
		}
	}
	for _, s := range []string{"", "v", "3", "3.8", "3.", "2.9", "3.10", "vv3.1", "3.a", " 3.1", "4.0"} {
		if _, err := Parse(s); err == nil || !strings.HasPrefix(err.Error(), "unsupported_version") {
			t.Errorf("Parse(%q): %v", s, err)
		}
	}
	if Version(0).Valid() || Version(0).String() != "" {
		t.Error("the zero Version is a version")
	}
}
