package upstream

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// masker copies a frame without what is secret in it, and reads its head on the
// way: the fields of the envelope.
type masker struct {
	secrets                         []string // literals that are masked wherever they stand
	action, requestID, kind, member string
	success                         bool
}

// secretNames are parts of names whose values are never shown.
var secretNames = regexp.MustCompile(`(?i)token|authorization|cookie|secret|passw|credential|api_?key|private_?key`)

// secretTexts are secrets within texts: what a scheme of authorization
// announces, tokens with a region before them, parameters of addresses, and what
// a name within a text announces.
var secretTexts = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\b(bearer|basic)\s+[^\s"',;]+`),
	regexp.MustCompile(`\b((?:dal|fra)(?:-[a-z]+)?):[A-Za-z0-9][A-Za-z0-9_-]{3,}`),
	regexp.MustCompile(`(?i)([?&](?:[a-z_]*token|code|key|sig|signature)=)[^&\s"'#]+`),
	regexp.MustCompile(`(?i)((?:[a-z_]*token|authorization|cookie|secret|password)\\?["']?\s*[:=]\s*\\?["']?)[^\s"',;&}\\]+`),
}

// secretsOf are the forms in which a token may stand in a frame.
func secretsOf(t Token) (out []string) {
	header := t.header()
	_, bare, _ := strings.Cut(header, " ")
	for _, s := range []string{header, bare} {
		if len(s) >= 8 {
			out = append(out, s)
		}
	}
	return out
}

// mask copies one frame. An error is a frame that is no JSON; then nothing of it
// may be shown.
func (m *masker) mask(frame []byte) ([]byte, error) {
	var out bytes.Buffer
	dec := jsontext.NewDecoder(bytes.NewReader(frame))
	enc := jsontext.NewEncoder(&out)
	for {
		name := isName(dec)
		tok, err := dec.ReadToken()
		if errors.Is(err, io.EOF) {
			return bytes.TrimSpace(out.Bytes()), nil
		}
		if err != nil {
			return nil, err
		}
		if dec.StackDepth() == 1 {
			m.head(name, tok)
		}
		if err := m.copy(enc, dec, tok, name); err != nil {
			return nil, err
		}
	}
}

// isName reports whether the next token is a member's name, unless the object
// ends.
func isName(dec *jsontext.Decoder) bool {
	kind, length := dec.StackIndex(dec.StackDepth())
	return kind == '{' && length%2 == 0 && dec.PeekKind() == '"'
}

func (m *masker) copy(enc *jsontext.Encoder, dec *jsontext.Decoder, tok jsontext.Token, name bool) error {
	switch {
	case name && secretNames.MatchString(tok.String()):
		if err := enc.WriteToken(tok); err != nil {
			return err
		}
		if err := dec.SkipValue(); err != nil {
			return err
		}
		return enc.WriteToken(jsontext.String(desk.FrameMask))
	case !name && tok.Kind() == '"':
		return enc.WriteToken(jsontext.String(m.text(tok.String())))
	}
	return enc.WriteToken(tok)
}

// text masks what is secret within a text.
func (m *masker) text(s string) string {
	for _, secret := range m.secrets {
		s = strings.ReplaceAll(s, secret, desk.FrameMask)
	}
	if strings.ContainsAny(s, " :=") {
		for i, re := range secretTexts {
			switch i {
			case 0:
				s = re.ReplaceAllString(s, "$1 "+desk.FrameMask)
			case 1:
				s = re.ReplaceAllString(s, "$1:"+desk.FrameMask)
			default:
				s = re.ReplaceAllString(s, "${1}"+desk.FrameMask)
			}
		}
	}
	return s
}

// head notes a field of the envelope.
func (m *masker) head(name bool, tok jsontext.Token) {
	if name {
		m.member = tok.String()
		return
	}
	switch k := tok.Kind(); {
	case k == '"' && m.member == "action":
		m.action = m.text(tok.String())
	case k == '"' && m.member == "request_id":
		m.requestID = m.text(tok.String())
	case k == '"' && m.member == "type" && tok.String() == protocol.TypeResponse:
		m.kind = protocol.TypeResponse
	case k == 't' && m.member == "success":
		m.success = true
	}
}
