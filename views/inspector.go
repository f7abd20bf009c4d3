package views

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"agentdesk/desk"
)

// InspectorPage shows the frames of one's own connection, oldest first in
// Frames. Kind and Action narrow them; Last is the number of the newest there is.
type InspectorPage struct {
	Page
	Frames []desk.Frame
	Kind   desk.FrameKind
	Action string
	Last   int64
	Error  string
}

// FramePage shows one frame. Resend offers to send a request again; Payload is
// what its form holds.
type FramePage struct {
	Page
	Frame   desk.Frame
	Resend  bool
	Payload string
	Error   string
}

// inlineFrame is the largest body, in bytes, that a row holds itself; a larger
// one has its own page.
const inlineFrame = 2 << 10

// shown are the frames that fit, newest first.
func (p InspectorPage) shown() []desk.Frame {
	var out []desk.Frame
	for _, f := range slices.Backward(p.Frames) {
		if (p.Kind == "" || f.Kind == p.Kind) && strings.Contains(f.Action, p.Action) {
			out = append(out, f)
		}
	}
	return out
}

func (p InspectorPage) actions() []string {
	var out []string
	for _, f := range p.Frames {
		if f.Action != "" && !slices.Contains(out, f.Action) {
			out = append(out, f.Action)
		}
	}
	slices.Sort(out)
	return out
}

func (p InspectorPage) count() string {
	n := len(p.shown())
	if n == len(p.Frames) {
		return p.N(n, "%d frame", "%d frames")
	}
	return p.N(len(p.Frames), "%[2]d of %[1]d frame", "%[2]d of %[1]d frames", n)
}

// here is the page with its filter.
func (p InspectorPage) here() string {
	var q []string
	if p.Kind != "" {
		q = append(q, "kind="+queryEscape(string(p.Kind)))
	}
	if p.Action != "" {
		q = append(q, "action="+queryEscape(p.Action))
	}
	if len(q) == 0 {
		return p.Path("inspector")
	}
	return p.Path("inspector") + "?" + strings.Join(q, "&")
}

func (p InspectorPage) frame(f desk.Frame) string { return framePath(p.Env, f) }

func (p FramePage) path() string { return framePath(p.Env, p.Frame) }

func (p FramePage) mayResend() bool { return p.Resend && p.Frame.Kind == desk.FrameRequest }

func framePath(e Env, f desk.Frame) string {
	return e.Path("inspector", strconv.FormatInt(f.Seq, 10))
}

func (e Env) openWord(f desk.Frame) string {
	switch {
	case len(f.Body) > inlineFrame:
		return e.T("Open: %s", e.size(int64(len(f.Body))))
	case f.Kind == desk.FrameRequest:
		return e.T("Open, send again")
	}
	return e.T("Open")
}

func (e Env) kindWord(k desk.FrameKind) string {
	switch k {
	case desk.FrameRequest:
		return e.T("Request")
	case desk.FrameResponse:
		return e.T("Response")
	}
	return e.T("Push")
}

// kindsWord is kindWord of many.
func (e Env) kindsWord(k desk.FrameKind) string {
	switch k {
	case desk.FrameRequest:
		return e.T("Requests")
	case desk.FrameResponse:
		return e.T("Responses")
	}
	return e.T("Pushes")
}

func (e Env) frameAction(f desk.Frame) string {
	if a := label(f.Action); a != "" {
		return a
	}
	return e.T("not readable")
}

func (e Env) frameFacts(f desk.Frame) string {
	var parts []string
	if f.Failed {
		parts = append(parts, e.T("error"))
	}
	if f.Took > 0 {
		parts = append(parts, f.Took.Round(10*time.Microsecond).String())
	}
	if s := e.size(int64(f.Size)); s != "" {
		parts = append(parts, s)
	}
	if id := label(f.RequestID); id != "" {
		parts = append(parts, id)
	}
	return strings.Join(parts, " · ")
}
