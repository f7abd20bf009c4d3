package version

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// quote writes a field name of ours, which needs no escapes.
func quote(name string) []byte {
	b := make([]byte, 0, len(name)+2)
	return append(append(append(b, '"'), name...), '"')
}

// text makes a string value.
func text(s string) node {
	b, err := jsontext.AppendQuote(nil, s)
	if err != nil { // s is not UTF-8; no valid JSON gives such a string
		b = []byte(`""`)
	}
	return node{raw: b}
}

// number makes an integer value.
func number(v int64) node { return node{raw: strconv.AppendInt(nil, v, 10)} }

// literal makes a value of JSON text.
func literal(json string) node { return node{raw: []byte(json)} }

// flag makes a boolean.
func flag(v bool) node { return literal(strconv.FormatBool(v)) }

// array makes an array of values.
func array(values ...node) node {
	n := node{kind: '['}
	for _, v := range values {
		n.kids = append(n.kids, member{node: v})
	}
	return n
}

// list returns the value itself where it is an array, and [] otherwise.
func list(n *node) node {
	if n.open('[') {
		return *n
	}
	return array()
}

// copyTo gives an object its own copy of a value, if there is one.
func copyTo(n *node, name string, value *node) {
	if value != nil {
		n.set(name, node{raw: value.bytes()})
	}
}

// forEach calls f with every element of an array.
func forEach(n *node, f func(*node)) {
	elements := n.elements()
	for i := range elements {
		f(&elements[i].node)
	}
}

// forMembers calls f with the value of every member of an object.
func forMembers(n *node, f func(*node)) {
	members := n.members()
	for i := range members {
		f(&members[i].node)
	}
}
