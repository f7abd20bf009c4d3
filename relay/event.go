package relay

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/r3labs/sse/v2"
)

// Event is what tabs are told.
type Event struct {
	// Name of the event, one of the caller's constants. Line ends are removed.
	Name string
	// Data is handed over: it must not be changed after Publish. One line is
	// cheapest. Every line end arrives as LF; nothing arrives as one space,
	// because an event without data is none.
	Data []byte
	// Ephemeral events (typing, a sneak peek) are not logged, not replayed, and
	// left out where a tab is behind. What clears them on the page should come
	// by itself too, or not be ephemeral.
	Ephemeral bool
}

// overhead is what an event costs besides its bytes, counted in limits.
const overhead = 192

func size(e *sse.Event) int { return len(e.Data) + overhead }

// wire makes the library's event. It is shared by the log and all tabs, which
// is safe because without AutoReplay the library writes nothing into it.
func wire(name string, data []byte, id string) *sse.Event {
	return &sse.Event{ID: []byte(id), Event: []byte(cleanName(name)), Data: cleanData(data)}
}

var (
	blank = []byte(" ")
	cr    = []byte("\r")
	lf    = []byte("\n")
	crlf  = []byte("\r\n")
)

// cleanData turns every line end that a browser knows into LF, the only one
// that the library splits at: a bare CR would begin a field of its own.
func cleanData(b []byte) []byte {
	if len(b) == 0 {
		return blank
	}
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(b, crlf, lf), cr, lf)
}

func cleanName(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	return strings.NewReplacer("\r", "", "\n", "").Replace(s)
}

func position(epoch string, seq uint64) string {
	return epoch + "." + strconv.FormatUint(seq, 10)
}

// maxPosition is longer than any position we make.
const maxPosition = 64

// parsePosition takes apart what a browser sends back. Only the exact form that
// position makes is understood.
func parsePosition(s string) (epoch string, seq uint64, ok bool) {
	if len(s) > maxPosition {
		return "", 0, false
	}
	epoch, digits, found := strings.Cut(s, ".")
	if !found || epoch == "" {
		return "", 0, false
	}
	seq, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || strconv.FormatUint(seq, 10) != digits {
		return "", 0, false
	}
	return epoch, seq, true
}

// hello is the first answer on every stream, and the news of a new epoch. at is
// our clock in milliseconds since 1970, for what a browser has to compare with its
// own.
func hello(epoch string, seq uint64, resumed bool) *sse.Event {
	data := `{"epoch":"` + epoch + `","resumed":` + strconv.FormatBool(resumed) + `,"at":` + strconv.FormatInt(time.Now().UnixMilli(), 10) + `}`
	ev := wire("hello", []byte(data), position(epoch, seq))
	ev.Retry = retry
	return ev
}

// retry tells a browser without our script how many milliseconds to wait before
// it comes back.
var retry = []byte("2000")
