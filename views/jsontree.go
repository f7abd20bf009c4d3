package views

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// maxTree bounds how deep folds are drawn; what lies deeper is drawn as text.
const maxTree = 40

// leaf is a value of JSON as it is drawn: a fold with members, or a text.
type leaf struct {
	name    string // what leads to it; "" at the top
	class   string // text, number, word, empty
	text    string
	members []leaf
	open    bool
}

// parseTree reads JSON that was found whole before; where it is not, ok is
// false.
func parseTree(body []byte) (top leaf, ok bool) {
	dec := jsontext.NewDecoder(bytes.NewReader(body))
	top, err := readLeaf(dec, "", 0)
	return top, err == nil
}

func readLeaf(dec *jsontext.Decoder, name string, depth int) (leaf, error) {
	out := leaf{name: clean(name), open: depth < 3}
	kind := dec.PeekKind()
	if kind != '{' && kind != '[' || depth >= maxTree {
		v, err := dec.ReadValue()
		out.class, out.text = scalar(v)
		return out, err
	}
	if _, err := dec.ReadToken(); err != nil {
		return out, err
	}
	for i := 0; ; i++ {
		switch dec.PeekKind() {
		case '}', ']':
			_, err := dec.ReadToken()
			out.class, out.text = "empty", map[jsontext.Kind]string{'{': "{ }", '[': "[ ]"}[kind]
			return out, err
		}
		member := itoa(i)
		if kind == '{' {
			tok, err := dec.ReadToken()
			if err != nil {
				return out, err
			}
			member = tok.String()
		}
		m, err := readLeaf(dec, member, depth+1)
		if err != nil {
			return out, err
		}
		out.members = append(out.members, m)
	}
}

// scalar is a value as it is read: texts without the escapes of JSON, where that
// leaves them on one line.
func scalar(v jsontext.Value) (class, text string) {
	switch v.Kind() {
	case '"':
		s, err := jsontext.AppendUnquote(nil, v)
		if err != nil || bytes.ContainsAny(s, "\n\r\t") {
			return "text", clean(string(v))
		}
		return "text", clean(`"` + string(s) + `"`)
	case '0':
		return "number", clean(string(v))
	}
	return "word", clean(string(v))
}

// fold is what a closed fold says of its content.
func (l leaf) fold(e Env) string {
	return e.N(len(l.members), "%d entry", "%d entries")
}
