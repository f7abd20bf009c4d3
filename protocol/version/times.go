package version

import "agentdesk/protocol"

// micros reads a time as the API writes it, in microseconds since 1970.
func micros(n *node) (int64, bool) {
	raw := n.scalar()
	var t protocol.Time
	if len(raw) < 2 || raw[0] != '"' || t.UnmarshalText(raw[1:len(raw)-1]) != nil || t.IsZero() {
		return 0, false
	}
	return int64(t), true
}

// moment writes microseconds since 1970.
func moment(us int64) node {
	b, _ := protocol.Time(us).AppendText(append(make([]byte, 0, 32), '"')) // never fails
	return node{raw: append(b, '"')}
}

const second = 1_000_000

// endOfSecond is the last moment that whole seconds stand for, where they say
// how far something was seen.
func endOfSecond(seconds int64) node { return moment(seconds*second + second - 1) }

// Up to 3.0 and 3.1, events and threads have an order, the key to sort by, and a
// timestamp in seconds, where later versions have created_at. The order we give
// is created_at in microseconds, so it grows with time and survives the way
// back. A foreign order is any number: its last six digits then stand for the
// part of a second, which keeps the order within one.
func createdUp(n *node) {
	if n.has("created_at") {
		n.drop("order", "timestamp")
		return
	}
	order, ordered := n.take("order").number()
	seconds, dated := n.take("timestamp").number()
	switch {
	case dated && ordered && order >= 0 && plausible(seconds*second):
		n.set("created_at", moment(seconds*second+order%second))
	case dated && plausible(seconds*second):
		n.set("created_at", moment(seconds*second))
	case ordered && isMoment(order):
		n.set("created_at", moment(order))
	}
}

func createdDown(n *node) {
	if us, ok := micros(n.get("created_at")); ok {
		n.drop("created_at")
		n.set("order", number(us))
		n.set("timestamp", number(us/second))
	}
}

// plausible reports whether a time can be written: after 1970, before 2100.
func plausible(us int64) bool { return us > 0 && us < 4_102_444_800*second }

// isMoment reports whether an order is one of ours, the microseconds of a time
// after 2001, and not somebody's count.
func isMoment(order int64) bool { return order > 1_000_000_000*second && plausible(order) }
