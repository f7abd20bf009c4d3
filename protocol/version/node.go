package version

import (
	"bytes"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// node is one JSON value: an object whose members keep their order, an array,
// or bytes nobody has looked into. Only what a step changes is opened, so
// numbers, unknown fields and white space elsewhere stay as they came. A nil
// *node stands for a value that is not there; reading it gives nothing.
type node struct {
	raw  []byte // the whole value, until it is opened
	kind byte   // '{' or '[' once opened, else 0
	kids []member
}

// member is an object's member, or an array's element, which has no key. The
// key is kept with its quotes.
type member struct {
	key []byte
	node
}

// object makes an empty object.
func object() *node { return &node{kind: '{'} }

// open takes the value apart, if it is an object or array and not yet open, and
// reports whether its kind is the wanted one.
func (n *node) open(kind byte) bool {
	if n == nil {
		return false
	}
	if n.kind == 0 {
		if i := skipSpace(n.raw, 0); i < len(n.raw) && n.raw[i] == kind {
			n.kids, n.kind = split(n.raw, i), kind
			n.raw = nil
		}
	}
	return n.kind == kind
}

// get returns the object's member of that name, or nil. The pointer holds until
// a member is added or removed.
func (n *node) get(name string) *node {
	if i := n.find(name); i >= 0 {
		return &n.kids[i].node
	}
	return nil
}

// has reports whether the object has a member of that name.
func (n *node) has(name string) bool { return n.find(name) >= 0 }

func (n *node) find(name string) int {
	if !n.open('{') {
		return -1
	}
	for i := range n.kids {
		if k := n.kids[i].key; len(k) == len(name)+2 && string(k[1:len(k)-1]) == name {
			return i
		}
	}
	return -1
}

// elements returns the array's elements; nil for anything else.
func (n *node) elements() []member {
	if !n.open('[') {
		return nil
	}
	return n.kids
}

// members returns the object's members; nil for anything else.
func (n *node) members() []member {
	if !n.open('{') {
		return nil
	}
	return n.kids
}

// name is a member's key without quotes. Keys that need escapes keep them.
func (m *member) name() string { return string(m.key[1 : len(m.key)-1]) }

// text returns the decoded string; ok is false for anything else.
func (n *node) text() (s string, ok bool) {
	raw := n.scalar()
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1]), true
	}
	b, err := jsontext.AppendUnquote(nil, raw)
	return string(b), err == nil
}

// str is text for those to whom another type is as good as none.
func (n *node) str() string { s, _ := n.text(); return s }

// number returns the value of a JSON integer that fits.
func (n *node) number() (v int64, ok bool) {
	v, err := strconv.ParseInt(string(n.scalar()), 10, 64)
	return v, err == nil
}

// is reports whether the value is this literal: true, false or null.
func (n *node) is(literal string) bool { return string(n.scalar()) == literal }

func (n *node) scalar() []byte {
	if n == nil || n.kind != 0 {
		return nil
	}
	return bytes.TrimSpace(n.raw)
}
