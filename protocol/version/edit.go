package version

import "bytes"

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
