package desk

// leastRows is how many rows a section has at least, however many those before
// it took.
const leastRows = 2

// Sections returns the lists with their numbers and without rows.
func (b *Board) Sections() []Section {
	out := make([]Section, 0, len(Lists)+1)
	for _, l := range Lists {
		s := Section{List: l, Total: len(b.lists[l]), Unread: b.unread[l]}
		if l == Waiting || l == Mine {
			for _, e := range b.lists[l] {
				s.waits(e)
			}
		}
		out = append(out, s)
	}
	return out
}

// waits takes a chat into account when it is asked who waits longest.
func (s *Section) waits(e *entry) {
	if w := e.waitFrom; !w.IsZero() && (s.Longest.IsZero() || w.Before(s.Longest)) {
		s.Longest, s.GroupID = w, e.groupID()
	}
}

// Inbox returns the lists, narrowed by a filter. Where the filter asks for All,
// that is one more section behind the lists, with the rows of them all.
func (b *Board) Inbox(f Filter) Inbox {
	in := Inbox{Me: b.me, Connection: b.conn, Groups: b.groups, Agents: b.Agents(), Tags: b.tags, Filter: f}
	in.Sending, in.Failed = b.Unsent()
	in.Notice, _ = b.Notice()
	in.Unread, in.Waiting = b.unread[Mine], len(b.lists[Waiting])
	in.Sections = b.Sections()
	if f.List == All {
		in.Sections = append(in.Sections, Section{List: All})
	}
	limit, left := f.Limit, f.All
	if limit <= 0 {
		limit = defaultRows
	}
	for i := range in.Sections {
		s := &in.Sections[i]
		if f.List != "" && f.List != s.List {
			continue
		}
		n := limit
		if f.All > 0 {
			n = min(n, max(leastRows, left))
		}
		b.fill(s, &f, n)
		left -= len(s.Rows)
	}
	return in
}

// fill gives a section its first rows, and the numbers of what a filter leaves of
// it.
func (b *Board) fill(s *Section, f *Filter, limit int) {
	zero := f.Zero()
	if !zero {
		*s = Section{List: s.List}
	}
	list := make([]*entry, 0, s.Total)
	for l, entries := range b.lists {
		if l != s.List && s.List != All {
			continue
		}
		for _, e := range entries {
			switch {
			case zero:
				list = append(list, e)
			case b.matches(e, f):
				s.count(e)
				if f.After == "" || sortKey(e, f.Sort) > f.After {
					list = append(list, e)
				} else {
					s.Before++
				}
			}
		}
	}
	for _, e := range first(list, limit, f.Sort) {
		r := b.row(e)
		r.Sort = sortKey(e, f.Sort)
		s.Rows = append(s.Rows, r)
	}
}

// count adds a chat to the numbers of a section.
func (s *Section) count(e *entry) {
	s.Total++
	if e.unread > 0 {
		s.Unread++
	}
	if e.list == Waiting || e.list == Mine {
		s.waits(e)
	}
}

// Count says how many chats each of some filters shows. It looks at every chat
// once for each filter that narrows its list: cheap enough for a page, too dear for
// every push (docs/performance.md).
func (b *Board) Count(filters []Filter) []int {
	out := make([]int, len(filters))
	var narrow []int // the filters that have to be asked about each chat of a list
	for l, entries := range b.lists {
		narrow = narrow[:0]
		for i := range filters {
			f := &filters[i]
			switch {
			case f.List != "" && f.List != All && f.List != l, f.Unread && b.unread[l] == 0:
			case f.narrows():
				narrow = append(narrow, i)
			default:
				out[i] += len(entries)
			}
		}
		if len(narrow) == 0 {
			continue
		}
		for _, e := range entries {
			for _, i := range narrow {
				if b.matches(e, &filters[i]) {
					out[i]++
				}
			}
		}
	}
	return out
}
