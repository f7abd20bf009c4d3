package upstream

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// Bounds of what a tap keeps.
const (
	tapFrames = 200
	tapBody   = 64 << 10 // bytes of one frame
	tapBytes  = 1 << 20  // bytes of all
)

// tap keeps the newest frames of an administrator's connections, for the
// protocol inspector. Secrets are masked before anything is kept. A nil tap, as
// everybody else has, keeps nothing and costs nothing. Safe for concurrent use.
type tap struct {
	now func() time.Time

	mu      sync.Mutex
	secrets []string
	frames  []desk.Frame // oldest first
	bytes   int
	seq     int64
}

// tapFor opens a tap for administrators.
func tapFor(r *Registry, t Token, permission string) *tap {
	if !(desk.Me{Permission: permission}).Administrator() {
		return nil
	}
	return &tap{now: r.now, secrets: secretsOf(t)}
}

// sent notes a request, heard what came in.
func (t *tap) sent(frame []byte)  { t.note(desk.FrameRequest, frame) }
func (t *tap) heard(frame []byte) { t.note(desk.FramePush, frame) }

// loggedIn notes the login, which was before anybody knew whose it is.
func (t *tap) loggedIn(request []byte, id string, payload jsontext.Value) {
	if t == nil {
		return
	}
	t.sent(request)
	success := true
	response := protocol.Frame{RequestID: id, Action: protocol.ActLogin, Type: protocol.TypeResponse, Success: &success, Payload: payload}
	if frame, err := protocol.Encode(response); err == nil {
		t.heard(frame)
	}
}

func (t *tap) note(kind desk.FrameKind, frame []byte) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	f := desk.Frame{Kind: kind, At: t.now(), Size: len(frame)}
	t.read(&f, frame)
	if f.Kind == desk.FrameResponse {
		f.Took = t.since(f.RequestID, f.At)
	}
	t.seq++
	f.Seq = t.seq
	t.frames = append(t.frames, f)
	t.bytes += len(f.Body)
	for len(t.frames) > tapFrames || t.bytes > tapBytes {
		t.bytes -= len(t.frames[0].Body)
		t.frames[0] = desk.Frame{}
		t.frames = t.frames[1:]
	}
}

// read puts into f what a frame says. One that is far too large to be kept is not
// copied first.
func (t *tap) read(f *desk.Frame, frame []byte) {
	head := masker{secrets: t.secrets}
	if len(frame) > 2*tapBody {
		if in, err := protocol.ParseFrameUpTo(frame, maxFrame); err == nil {
			head.action, head.requestID, head.kind, head.success = in.Action, in.RequestID, in.Type, in.Success != nil && *in.Success
		}
	} else if body, err := head.mask(frame); err == nil && len(body) <= tapBody {
		f.Body = body
	}
	f.Action, f.RequestID = head.action, head.requestID
	if f.Kind == desk.FramePush && head.kind == protocol.TypeResponse {
		f.Kind, f.Failed = desk.FrameResponse, !head.success
	}
}

// since is how long ago a request was sent, zero where it is not here.
func (t *tap) since(id string, now time.Time) time.Duration {
	for i := len(t.frames) - 1; i >= 0 && id != ""; i-- {
		if f := &t.frames[i]; f.Kind == desk.FrameRequest && f.RequestID == id {
			return now.Sub(f.At)
		}
	}
	return 0
}

// after gives the frames after one, oldest first.
func (t *tap) after(seq int64) []desk.Frame {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []desk.Frame
	for _, f := range t.frames {
		if f.Seq > seq {
			out = append(out, f)
		}
	}
	return out
}

// join goes on with an older tap of the same session.
func (t *tap) join(older *tap) *tap {
	switch {
	case older == nil:
		return t
	case t == nil:
		return nil // no administrator any more
	}
	older.mu.Lock()
	defer older.mu.Unlock()
	older.secrets = t.secrets
	for _, f := range t.frames {
		older.seq++
		f.Seq = older.seq
		older.frames, older.bytes = append(older.frames, f), older.bytes+len(f.Body)
	}
	return older
}

// errNoTap is for those who may not look.
var errNoTap = desk.Fail(desk.Forbidden, "Only administrators can look at the connection.")

// Frames returns the frames of this session's connections after the one with a
// number, oldest first: the newest 200 at most. It fails for all but
// administrators.
func (s *Session) Frames(after int64) ([]desk.Frame, error) {
	t := s.tap.Load()
	if t == nil {
		return nil, errNoTap
	}
	return t.after(after), nil
}

// Resend sends a request as an administrator wrote it: payload is JSON in the
// words of the connection's own version. Its answer shows among the frames.
func (s *Session) Resend(ctx context.Context, action string, payload []byte) error {
	switch {
	case s.tap.Load() == nil:
		return errNoTap
	case action == "" || action == protocol.ActLogin || action == protocol.ActLogout:
		return &desk.Error{Code: desk.Invalid, Text: "This request is the connection's own and cannot be sent by hand.", Field: "action"}
	case !jsontext.Value(payload).IsValid() || jsontext.Value(payload).Kind() != '{':
		return &desk.Error{Code: desk.Invalid, Text: "The payload has to be one JSON object.", Field: "payload"}
	case strings.Contains(string(payload), desk.FrameMask):
		return &desk.Error{Code: desk.Invalid, Text: "A secret of this request is masked. Write it in full first.", Field: "payload"}
	}
	id := s.reg.nextID()
	frame, err := json.Marshal(protocol.Frame{RequestID: id, Action: action, Payload: payload})
	if err != nil {
		return desk.Wrap(desk.Internal, "The request could not be written.", err)
	}
	got := make(chan error, 1)
	err = s.do(ctx, func() {
		if err := s.offline(); err != nil {
			got <- err
			return
		}
		s.submit(&request{id: id, frame: frame, finish: func(_ jsontext.Value, err error) { got <- err }})
	})
	if err != nil {
		return err
	}
	select {
	case err := <-got:
		return err
	case <-ctx.Done():
		return expired(ctx.Err())
	}
}
