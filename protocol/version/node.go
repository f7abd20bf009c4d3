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

// set gives the object's member of that name a value, at the end where it is new.
func (n *node) set(name string, value node) {
	if !n.open('{') {
		return
	}
	if i := n.find(name); i >= 0 {
		n.kids[i].node = value
		return
	}
	n.kids = append(n.kids, member{quote(name), value})
}

// setKey is set for a name out of the data: a key with its quotes.
func (n *node) setKey(key []byte, value node) {
	for i := range n.kids {
		if bytes.Equal(n.kids[i].key, key) {
			n.kids[i].node = value
			return
		}
	}
	n.kids = append(n.kids, member{key, value})
}

// add appends an element to an array.
func (n *node) add(value node) { n.kids = append(n.kids, member{node: value}) }

// rename gives a member another name in its place. A member that has that name
// already gives way.
func (n *node) rename(from, to string) {
	i := n.find(from)
	if i < 0 {
		return
	}
	n.kids[i].key = quote(to)
	for j := range n.kids {
		if j != i && bytes.Equal(n.kids[j].key, n.kids[i].key) {
			n.kids = append(n.kids[:j], n.kids[j+1:]...)
			return
		}
	}
}

// drop removes members.
func (n *node) drop(names ...string) {
	for _, name := range names {
		if i := n.find(name); i >= 0 {
			n.kids = append(n.kids[:i], n.kids[i+1:]...)
		}
	}
}

// take removes a member and returns its value, nil where there was none.
func (n *node) take(name string) *node {
	i := n.find(name)
	if i < 0 {
		return nil
	}
	value := n.kids[i].node
	n.kids = append(n.kids[:i], n.kids[i+1:]...)
	return &value
}

// move gives another object the member of that name, if there is one.
func (n *node) move(name string, to *node, as string) {
	if value := n.take(name); value != nil {
		to.set(as, *value)
	}
}

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

// bytes writes the value out. An unopened one is returned as it came.
func (n *node) bytes() []byte {
	if n.kind == 0 {
		return n.raw
	}
	return n.append(make([]byte, 0, n.size()))
}

func (n *node) size() int {
	size := len(n.raw) + 2
	for i := range n.kids {
		size += len(n.kids[i].key) + 2 + n.kids[i].size()
	}
	return size
}

func (n *node) append(b []byte) []byte {
	if n.kind == 0 {
		return append(b, n.raw...)
	}
	b = append(b, n.kind)
	for i := range n.kids {
		if i > 0 {
			b = append(b, ',')
		}
		if n.kind == '{' {
			b = append(append(b, n.kids[i].key...), ':')
		}
		b = n.kids[i].append(b)
	}
	return append(b, n.kind+2) // '}' and ']' follow their openers by two
}
