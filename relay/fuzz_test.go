package relay

import (
	"context"
	"strings"
	"testing"
)

// FuzzWire sends any bytes through the library and reads them back as a browser
// would: one event, of our name, with the same text.
func FuzzWire(f *testing.F) {
	for _, s := range []string{"", " ", "\n", "\r", "\r\n", "\n\r\n\r", ":) thanks", "data: x\nevent: admin\n\n", "a\r\revent: admin\r\r",
		"id: 1", "\x00", "  two", "\ttab", "end\n", "\ufeff", "\u2028", "\xff\xfe", "<script>\r</script>", "retry: 1"} {
		f.Add("n", s)
		f.Add(s, "x")
	}
	f.Fuzz(func(t *testing.T, name, data string) {
		h := New(Options{})
		defer h.Close()
		rec := newRecorder()
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = h.Serve(rec, request(t, ctx), Tab{Topic: "anna", Session: "s"})
		}()
		until(t, "hello", func() bool { return len(rec.heard()) > 0 })
		h.Publish("anna", Event{Name: name, Data: []byte(data)})
		h.CloseTopic("anna", Elsewhere)
		<-ended
		all := rec.heard()
		if len(all) != 3 || all[0].name != "hello" || all[2] != (heard{all[1].id, "bye", Elsewhere}) {
			t.Fatalf("%q became %+v", data, all)
		}
		want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(data)
		if want == "" {
			want = " "
		}
		if got := all[1]; got.data != want || got.name != strings.TrimPrefix(strings.NewReplacer("\r", "", "\n", "").Replace(" "+name), " ") {
			t.Fatalf("%q %q became %+v", name, data, got)
		}
	})
}

// FuzzPosition holds the parser to accept exactly what position makes.
func FuzzPosition(f *testing.F) {
	for _, s := range []string{"A.0", "A.1", "A.01", ".1", "A.", "A", "A.B.1", "A.18446744073709551615", "A.18446744073709551616", "A.-1", "A.1 "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if epoch, seq, ok := parsePosition(s); ok && position(epoch, seq) != s {
			t.Fatalf("%q was taken for %q", s, position(epoch, seq))
		}
	})
}
