package desk

// leastRows is how many rows a section has at least, however many those before
// it took.
const leastRows = 2

// Sections returns the lists with their numbers and without rows.
func (b *Board) Sections() []Section {
	out := make([]Section, 0, len(Lists))
	for _, l := range Lists {
		s := Section{List: l, Total: len(b.lists[l]), Unread: b.unread[l]}
		if l == Waiting || l == Mine {
			for _, e := range b.lists[l] {
				if w := e.waitFrom; !w.IsZero() && (s.Longest.IsZero() || w.Before(s.Longest)) {
					s.Longest, s.GroupID = w, e.groupID()
				}
			}
		}
		out = append(out, s)
	}
	return out
}

// Inbox returns the lists, narrowed by a filter.
func (b *Board) Inbox(f Filter) Inbox {
	in := Inbox{Me: b.me, Connection: b.conn, Groups: b.groups, Agents: b.Agents(), Tags: b.tags, Filter: f}
	in.Sending, in.Failed = b.Unsent()
	in.Notice, _ = b.Notice()
	limit := f.Limit
	if limit <= 0 {
		limit = defaultRows
	}
	zero, left := f.Zero(), f.All
	for _, s := range b.Sections() {
		if f.List != "" && f.List != s.List {
			s.Rows = nil
			in.Sections = append(in.Sections, s)
			continue
		}
		list := make([]*entry, 0, len(b.lists[s.List]))
		for _, e := range b.lists[s.List] {
			if zero || b.matches(e, &f) {
				list = append(list, e)
			}
		}
		if !zero {
			s.Total = len(list)
		}
		n := limit
		if f.All > 0 {
			n = min(n, max(leastRows, left))
		}
		for _, e := range first(list, n, f.Sort) {
			r := b.row(e)
			r.Sort = sortKey(e, f.Sort)
			s.Rows = append(s.Rows, r)
		}
		left -= len(s.Rows)
		in.Sections = append(in.Sections, s)
	}
	return in
}
